"""The parts of the page behind the figures: slips and why they are so, what was judged later, how to ask again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from evaluation.findings import catalogue
from evaluation.schema import document
from mockserver.errors import InputError
from tests.findings.bench.scoring import Slip
from tests.findings.bench.shape import CHECKS

from .figures import Set
from .loader import HERE, Labelled
from .results import Result, how_to_fetch

EXPLAINED: Final = HERE / "explained.yaml"
BLAMED: Final = ("Check", "Label", "Adapter")


@dataclass(frozen=True)
class Explained:
    """What is said of slips, one sentence or a few each.

    ``slips``: id of a slip of now -> why it is so. ``first``: check -> why the first run raised false alarms in the set
    used for correcting. ``held_out``: id of a slip of the first run in the set held out -> what was wrong, led by who.
    """

    slips: Mapping[str, str]
    first: Mapping[str, str]
    held_out: Mapping[str, str]


def explained(path: Path = EXPLAINED) -> Explained:
    """What is said of slips. Raises InputError for another key or a reason that is no sentence."""
    parts = ("slips", "first", "held_out")
    node = document(path, path.name).allow(*parts)
    said = Explained(*(node.node(key, optional=True).sentences() for key in parts))
    for what, why in (*said.slips.items(), *said.first.items(), *said.held_out.items()):
        if not why.endswith("."):
            raise InputError("the reason must be a sentence", f"{path.name}: {what}")
    for what, why in said.held_out.items():
        if why.partition(":")[0] not in BLAMED:
            raise InputError("the reason must begin with what was wrong", f"{path.name}: {what}", BLAMED)
    return said


def percent(value: float | None) -> str:
    """A share as text; a dash where there is none."""
    return "–" if value is None else f"{value:.0%}"


def counted(number: int, one: str) -> str:
    """A number of things in words."""
    return f"{number} {one}{'' if number == 1 else 's'}"


def title(check: str) -> str:
    """A check with its title."""
    return f"{check} {catalogue.load()[check].title}" if check in CHECKS else check


def slips(made: Sequence[Set], why: Mapping[str, str]) -> Iterator[str]:
    """What is missed or wrongly reported now, with the label and the reason."""
    yield "\n## What is missed or wrongly reported now\n"
    yield from _listed([slip for one in made for found in one.now.scores.values() for slip in found.slips], why)


def missed_first(one: Set, why: Mapping[str, str]) -> Iterator[str]:
    """What the first run on a set held out missed or wrongly reported, and whose fault it was."""
    yield f"\n## What the first run on the set held out {'' if one.unseen else 'before '}got wrong\n"
    yield from _listed([slip for found in one.first.scores.values() for slip in found.slips], why)


def _listed(every: Sequence[Slip], why: Mapping[str, str]) -> Iterator[str]:
    if not every:
        yield "Nothing."
        return
    yield "| slip | description | place | what the label says | why it is so |"
    yield "| --- | --- | --- | --- | --- |"
    for slip in every:
        said = why.get(slip.id, "Not explained.")
        yield f"| {slip.check} {slip.kind} | {slip.case} | `{slip.place}` | {slip.why or 'Not labelled.'} | {said} |"


def later(labels: Sequence[Labelled]) -> Iterator[str]:
    """What was judged when results were known."""
    yield "\n## Judged later\n"
    yield "Places that a check reported and no label named, and what was said of them then. Labels stay as they were.\n"
    entries = [(one, entry) for one in labels for entry in one.later]
    if not entries:
        yield "None."
    for one, entry in entries:
        verdict, where = "right" if entry.right else "wrong", ", ".join(f"`{at}`" for at in entry.at)
        yield f"* {entry.check} in {one.about['name']}, {where}: {verdict}. {entry.why}"


def first_run(one: Set, why: Mapping[str, str]) -> Iterator[str]:
    """Why the first run in the set used for correcting raised false alarms, by check."""
    yield "\n## What the first run of all got wrong, and the rule that followed\n"
    for check, found in one.first.scores.items():
        if found.alarms:
            said = why.get(check, "Not explained.")
            yield f"* {title(check)}, {counted(found.alarms, 'false alarm')}: {said}"


def silent(labels: Sequence[Labelled], now: Mapping[str, Result]) -> Iterator[str]:
    """The checks that could decide nothing on any description."""
    silent = set.intersection(*(set(now[one.stem].unknown) for one in labels))
    yield "\n## What no such description can tell\n"
    yield (
        f"{len(silent)} of {len(CHECKS)} checks could decide nothing on any of these descriptions, most of them "
        f"because they need rows, refusals or a token: {', '.join(sorted(silent))}. They are counted as unknown, never "
        "as passed."
    )


def again(labels: Sequence[Labelled]) -> Iterator[str]:
    """How to fetch the descriptions and to ask again."""
    yield "\n## To see it for yourself\n"
    yield "In an empty folder fetch the packages; then ask the checks, and write this page anew:\n"
    yield "```sh"
    yield from how_to_fetch(labels)
    yield "cd ../healthjump-kit  # this repository"
    yield "python -m tests.findings.public.results ../descriptions"
    yield "python -m tests.findings.public.report"
    yield "```\n"
    yield (
        "How a description becomes resources, and how places are counted, stands in "
        "`tests/findings/public/README.md`; the labels are beside it."
    )
