"""The tables of the page: what was labelled, and the figures of a set, by check, for the first run and for now."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from .figures import YOUNGER, Figures, Set
from .reasons import percent, title
from .results import Result
from .scoring import Score

COLUMNS: Final = (
    "check", "faults", "found", "missed", "false alarms", "precision", "recall", "places reported", "of them right",
)  # fmt: skip


def what_was_labelled(made: Sequence[Set], now: Mapping[str, Result]) -> Iterator[str]:
    """The descriptions, and how each file is told."""
    labels = [one for of in made for one in of.labels]
    marks = {one.stem: " (held out)" if of.unseen else " (held out at first)" for of in made for one in of.labels}
    yield "## What was labelled\n"
    yield "| description | of what kind | package | licence | OpenAPI | paths | schemas | resources read |"
    yield f"|{' --- |' * 8}"
    for one in labels:
        about = one.about
        name = f"{about['name']}{marks[one.stem] if one.held_out else ''}"
        package = f"{about['registry']} `{about['package']}` {about['version']}"
        cells = (name, about["kind"], package, about["licence"], about["openapi"], one.paths, one.schemas)
        yield f"| {' | '.join(map(str, cells))} | {now[one.stem].resources} |"
    yield "\nThe files are in those packages and not here. By sha256:\n"
    yield from (f"* {one.about['name']}: `{one.about['file']}`, `{one.about['sha256']}`" for one in labels)
    yield (
        "\nNo package with a description of a healthcare API was found; the made-up APIs of the "
        "[bench](findings-bench.md) are of that kind.\n"
    )


def rules() -> Iterator[str]:
    """How faults and false alarms are counted."""
    yield "## How it is counted\n"
    yield (
        "Labels name faults and innocent look-alikes by resource and column. A fault seen in many places counts once; "
        "every place that is reported and is no fault counts as a false alarm of its own, also where nobody had "
        "thought of it. So one wrong rule can cost a hundred false alarms, and one right rule earns one fault. "
        "Precision is the share of faults among faults found and false alarms; the share of judged places that are "
        "right stands beside it. Where a fault is everywhere (HJ-022, HJ-043), every place of that check is right "
        "unless it is named as innocent, which lifts that share. Places that could be argued either way count neither "
        "way. HJ-038 and HJ-040 are not judged, because nobody read the refusals and the prose, nor is "
        f"{', '.join(YOUNGER)}, which is younger than the labels."
    )


def of_set(one: Set) -> Iterator[str]:
    """The figures of a set: those of the first run, then those of now."""
    since = "Used for correcting since their first run" if one.held else "Used for correcting from the start"
    yield f"\n## {'Held out: never used before their first run' if one.unseen else since}"
    yield from _table("First run", one.first)
    yield from _table("Now, after corrections", one.now)


def _table(heading: str, made: Figures) -> Iterator[str]:
    yield f"\n### {heading}\n"
    yield f"| {' | '.join(COLUMNS)} |"
    yield f"|{' --- |' * len(COLUMNS)}"
    for found in (*made.scores.values(), made.high, made.total):
        if found.planted or found.places:
            yield f"| {' | '.join([title(found.check), *_cells(found)])} |"
    quiet = [check for check, found in made.scores.items() if found.innocent and not (found.planted or found.places)]
    yield f"\nSilent on all look-alikes, with no fault to find: {', '.join(quiet) or 'none'}."


def _cells(one: Score) -> list[str]:
    counts = (one.planted, one.found, one.planted - one.found, one.alarms)
    said = sum(one.places.values())
    return [*map(str, counts), percent(one.precision), percent(one.recall), str(said), percent(one.by_place)]
