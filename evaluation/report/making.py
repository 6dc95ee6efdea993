"""Makes a report from the options of the verb: evaluates, gathers, writes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from evaluation.findings import baseline, catalogue
from evaluation.findings.adapters.whose import HEALTHJUMP
from evaluation.findings.catalogue import Severities
from evaluation.findings.evaluate import Evaluation, run
from evaluation.radar import criteria_file, entries, schema
from evaluation.radar.entry import Entry
from evaluation.targets import Options, Prompt, finite, fitting, opened
from mockserver.errors import InputError

from . import again, journal, names, pdf, writing
from .comparison_rules import load as comparison_rules
from .data import Order, as_data, as_json
from .document import as_html

FOLDER = Path("docs") / "radar"


@dataclass(frozen=True)
class Made:
    """Sentences on what was written, and whether everything could be read."""

    told: tuple[str, ...]
    complete: bool


def make(options: Options, environ: Mapping[str, str], prompt: Prompt | None = None) -> Made:
    """Write the report. Raises InputError, before anything is asked or written where the options alone show it."""
    customer, day = names.customer(options["customer"]), again.day(options["day"], environ)
    writing.check(options["out"])
    program = _program(options["pdf"], environ)
    order = _order(options, customer, day, environ, prompt)
    data = as_data(order)
    files = {writing.HTML: as_html(data).encode(), writing.JSON: as_json(data).encode()}
    if program:
        files[writing.PDF] = pdf.printed(program, as_html(data, options["paper"]), day)
    writing.write(options["out"], files)
    complete = not any(evaluation.partial for evaluation in (order.evaluation, *order.others))
    return Made(tuple(_told(options, files)), complete)


def _told(options: Options, files: Mapping[str, bytes]) -> list[str]:
    lines = [str(options["out"] / name) for name in writing.NAMES if name in files]
    if writing.PDF not in files and options["pdf"] is None:
        where = f"no Chromium was found on PATH or in {pdf.VARIABLE}"
        lines.append(f"No PDF: {where}. A browser prints {writing.HTML} as well.")
    return lines


def _program(wanted: bool | None, environ: Mapping[str, str]) -> str:
    """Chromium, empty where no PDF is to be made. Raises InputError where one is wanted and cannot be."""
    if wanted is False:
        return ""
    found = pdf.find(environ)
    if wanted and not found:
        raise InputError(f"no Chromium was found on PATH or in {pdf.VARIABLE}", pdf.WHERE, ["--no-pdf"])
    return found


def _order(options: Options, customer: str, day: str, environ: Mapping[str, str], prompt: Prompt | None) -> Order:
    """Everything a report is made of. Files are read before any server is asked."""
    levels = catalogue.severities(options["severity"])
    accepted = baseline.read(options["baseline"]) if options["baseline"] else None
    if options["client"] and not options["journal"]:
        raise InputError("only means something with --journal", "--client")
    uses = journal.read(options["journal"], options["client"]) if options["journal"] else None
    _few(options["alternatives"])
    entry = _entry(options["entry"])
    evaluation, *others = _evaluated(options, levels, environ, prompt)
    notes: tuple[str, ...] = ()
    if accepted:
        evaluation, found = accepted.apply(evaluation)
        notes = tuple(note.removeprefix(f"{accepted.where}: ") for note in found)
    return Order(
        customer, evaluation, levels, others, options["criteria"], _fitting(entry, evaluation, options), uses, day,
        options["public"], again.command(options, customer), notes,
    )  # fmt: skip


def _few(alternatives: tuple[str, ...]) -> None:
    most = comparison_rules().most
    if len(alternatives) >= most:
        raise InputError(f"no more than {most - 1} alternatives stand side by side", "--alternative")


def _evaluated(
    options: Options, levels: Severities, environ: Mapping[str, str], prompt: Prompt | None
) -> list[Evaluation]:
    """The target, then the alternatives; those that are no server have no use for a server's options."""
    finite(options)
    criteria_file.load(options["criteria"])
    targets = [(options["target"], options), *((one, fitting(one, options)) for one in options["alternatives"])]
    apis = [opened(target, fitted, environ, prompt) for target, fitted in targets]
    return [run(replace(api, title=names.target(api)), severities=levels) for api in apis]


def _entry(slug: str | None) -> Entry | None:
    """The entry of that name; without one, the usual one if this is a checkout. Raises InputError."""
    if slug is not None and not schema.SLUG.fullmatch(slug):
        raise InputError("must be lower-case words joined by hyphens", "--entry")
    path = FOLDER / f"{slug or HEALTHJUMP}.md"
    if path.is_file():
        return entries.one(path).entry
    if slug is not None:
        raise InputError(f"there is no such entry in {FOLDER.as_posix()}", "--entry", _slugs(), slug)
    return None


def _slugs() -> list[str]:
    found = sorted(FOLDER.glob("*.md")) if FOLDER.is_dir() else []
    return [path.stem for path in found if path.name not in entries.NO_ENTRIES]


def _fitting(entry: Entry | None, evaluation: Evaluation, options: Options) -> Entry | None:
    """The entry, if somebody named it or it is about this vendor."""
    return entry if entry and (options["entry"] or entry.findings == evaluation.api.vendor) else None
