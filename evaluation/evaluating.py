"""What ``hjkit evaluate`` does: reads a target, runs the checks, writes the report; side_by_side.py takes several."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from shutil import get_terminal_size
from typing import TYPE_CHECKING, Any

from mockserver.errors import InputError

from .findings import baseline, catalogue, claims
from .findings.adapters.whose import HEALTHJUMP
from .findings.evaluate import Evaluation, run
from .findings.output import FORMATS, Report, as_terminal, facts
from .radar import told as scorecards
from .targets import Options, asking, finite, fitting, opened

if TYPE_CHECKING:
    from .findings.catalogue import Severities

FAILED, PARTIAL = 1, 3
WIDEST = 100  # columns: longer lines are hard to read


def told(targets: Sequence[str], options: Options) -> tuple[str, int]:
    """The report in the format that is wanted, and the exit code. Raises InputError for what cannot be taken."""
    severities = catalogue.severities(options["severity"])
    _checked(options, severities.levels)
    if len(targets) == 1:
        return _one(targets[0], severities, options)
    from . import side_by_side

    return side_by_side.told(targets, severities, options)


def _checked(options: Options, levels: Sequence[str]) -> None:
    """What click cannot know: the levels of a file, names of checks, and numbers that are none."""
    _only(options["only"])
    if options["fail_on"] not in (*levels, "never"):
        raise InputError(f"{options['fail_on']} is no level of {options['severity']}", "--fail-on", (*levels, "never"))
    finite(options)


def _one(target: str, severities: Severities, options: Options) -> tuple[str, int]:
    report = _report(target, severities, options)
    code = code_of([report.evaluation], options["fail_on"])
    partial = report.against is not None and report.against.partial
    return _written(facts(report), options), PARTIAL if not code and partial else code


def _written(made: dict[str, Any], options: Options) -> str:
    shape = options["format_"]
    if shape == "terminal":
        return as_terminal(made, width(options["out"]))
    if shape == "html":
        from .report import evaluation_html

        return evaluation_html.as_html(made)
    return FORMATS[shape](made)


def width(out: Path | None) -> int:
    """Columns of a report: those of the terminal that shows it, from 40 to 100; 100 for files and programs."""
    shown = out is None and sys.stdout.isatty()
    return max(40, min(WIDEST, get_terminal_size((WIDEST, 24)).columns)) if shown else WIDEST


def _report(target: str, severities: Severities, options: Options) -> Report:
    """Everything that has to be said of one target."""
    evaluation = evaluated(target, severities, options)
    notes: tuple[str, ...] = ()
    if options["baseline"]:
        evaluation, notes = baseline.read(options["baseline"]).apply(evaluation)
    against = options["against"]
    other = None if against is None else evaluated(against, severities, fitting(against, options))
    if options["only"] is not None:
        return Report(evaluation, (), None, notes, other)
    card = scorecards.as_facts(evaluation, options["criteria"])
    table = claims.as_facts(evaluation.results) if evaluation.api.vendor == HEALTHJUMP else ()
    return Report(evaluation, table, card, notes, other)


def evaluated(target: str, severities: Severities, options: Options) -> Evaluation:
    """One target, judged. Raises InputError where it cannot be read or an option does not fit."""
    only = _only(options["only"])
    return run(opened(target, options, os.environ, asking()), severities=severities, only=only)


def _only(text: str | None) -> Sequence[str]:
    wanted = [part.strip() for part in (text or "").split(",") if part.strip()]
    if text is not None and not wanted:
        raise InputError("names no check", "--only", catalogue.load())
    for id_ in wanted:
        if id_ not in catalogue.load():
            raise InputError(f"no check is called {id_}", "--only", catalogue.load(), id_)
    return wanted


def code_of(runs: Sequence[Evaluation], fail_on: str) -> int:
    levels = runs[0].levels
    bound = levels.index(fail_on) if fail_on in levels else -1
    if any(result.failed and levels.index(result.severity) <= bound for one in runs for result in one.results):
        return FAILED
    return PARTIAL if any(one.partial for one in runs) else 0
