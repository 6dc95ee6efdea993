"""The published page of the public descriptions, made from the labels, what was reported, and what is said of slips."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from tests.findings.bench.report import ROOT

from .figures import YOUNGER, Set, sets
from .loader import Labelled, labelled
from .reasons import Explained, again, counted, explained, first_run, later, percent, silent, slips, title
from .results import FIRST, NOW, Result, load
from .scoring import APART, LATER, WRONG, Score

PAGE: Final = ROOT / "docs/reference/findings-public.md"
FIRST_OF: Final = "6a5eb8d"  # the state of checks and words that the first run of the first set asked
COLUMNS: Final = (
    "check", "faults", "found", "missed", "false alarms", "precision", "recall", "places reported", "of them right",
    "first run: found, false alarms",
)  # fmt: skip


def page(labels: Sequence[Labelled], now: Mapping[str, Result], first: Mapping[str, Result], why: Explained) -> str:
    """The page as Markdown, the same for the same labels and results."""
    made = sets(labels, now, first)
    lines = ["# How well the checks find in public descriptions\n", *_head(made), *_labelled(labels, now), *_rules()]
    for one in made:
        lines += _table(one)
    lines += [*slips(made, why.slips), *later(labels), *first_run(made[0], why.first), *silent(labels, now)]
    return "\n".join([*lines, *again(labels)]) + "\n"


def _told(found: Score) -> str:
    return (
        f"{found.found} of {counted(found.planted, 'fault')} with {counted(found.alarms, 'false alarm')} (precision "
        f"{percent(found.precision)}, recall {percent(found.recall)})"
    )


def _head(made: Sequence[Set]) -> Iterator[str]:
    tuned = made[0]
    yield (
        f"In {len(tuned.labels)} public API descriptions, labelled by hand before any check had run on them, the "
        f"checks find {_told(tuned.now.total)}. Those whose finding may be of high severity find "
        f"{_told(tuned.now.high)}. Of {tuned.now.total.alarms + _right(tuned.now.total)} places they report and "
        f"somebody judged, {percent(tuned.now.total.by_place)} are right. {_unlabelled(tuned.now.total)}\n"
    )
    yield (
        f"The very first run, with checks and words as of revision {FIRST_OF}, which had seen no such description, "
        f"found {_told(tuned.first.total)}, and of high severity {_told(tuned.first.high)}; "
        f"{percent(tuned.first.total.by_place)} of the judged places were right. Checks were corrected on these "
        "descriptions since, so the figures of now flatter.\n"
    )
    for held in made[1:]:
        yield (
            f"{counted(len(held.labels), 'more description')} were labelled later, before any run, and not used to "
            f"correct anything. There the first run found {_told(held.first.total)}, of high severity "
            f"{_told(held.first.high)}; now it is {_told(held.now.total)}. That first run comes nearest to what to "
            "expect of an unknown API.\n"
        )


def _unlabelled(found: Score) -> str:
    since = found.places.get(LATER, 0)
    if not since:
        return "Every place they report is labelled."
    return f"By the labels alone it would be {counted(since, 'false alarm')} more; see what was judged later."


def _right(found: Score) -> int:
    return sum(count for how, count in found.places.items() if how not in (APART, WRONG))


def _labelled(labels: Sequence[Labelled], now: Mapping[str, Result]) -> Iterator[str]:
    yield "## What was labelled\n"
    yield "| description | of what kind | package | licence | OpenAPI | paths | schemas | resources read |"
    yield f"|{' --- |' * 8}"
    for one in labels:
        about = one.about
        name = f"{about['name']}{' (held out)' if one.held_out else ''}"
        package = f"{about['registry']} `{about['package']}` {about['version']}"
        cells = (name, about["kind"], package, about["licence"], about["openapi"], one.paths, one.schemas)
        yield f"| {' | '.join(map(str, cells))} | {now[one.stem].resources} |"
    yield "\nThe files are in those packages and not here. By sha256:\n"
    yield from (f"* {one.about['name']}: `{one.about['file']}`, `{one.about['sha256']}`" for one in labels)
    yield (
        "\nNo package with a description of a healthcare API was found; the made-up APIs of the "
        "[bench](findings-bench.md) are of that kind.\n"
    )


def _rules() -> Iterator[str]:
    yield "## How it is counted\n"
    yield (
        "Labels name faults and innocent look-alikes by resource and column. A fault seen in many places counts once; "
        "every place that is reported and is no fault counts as a false alarm of its own, also where nobody had "
        "thought of it. So one wrong rule can cost a hundred false alarms, as it did in the first run, and one right "
        "rule earns one fault. Precision is the share of faults among faults found and false alarms; the share of "
        "judged places that are right stands beside it. Places that could be argued either way count neither way. "
        "HJ-038 and HJ-040 are not judged, because nobody read the refusals and the prose, nor is "
        f"{', '.join(YOUNGER)}, which is younger than the labels."
    )


def _table(one: Set) -> Iterator[str]:
    heading = "Labelled later, before any run; not used for tuning" if one.labels[0].held_out else "Labelled first"
    yield f"\n## {heading}\n"
    yield f"| {' | '.join(COLUMNS)} |"
    yield f"|{' --- |' * len(COLUMNS)}"
    for now, first in (
        *zip(one.now.scores.values(), one.first.scores.values(), strict=True),
        (one.now.high, one.first.high),
        (one.now.total, one.first.total),
    ):
        if now.planted or now.places or first.places:
            yield f"| {' | '.join([title(now.check), *_cells(now)])} | {first.found}, {first.alarms} |"
    quiet = [check for check, found in one.now.scores.items() if found.innocent and not (found.planted or found.places)]
    yield f"\nSilent on all look-alikes, with no fault to find: {', '.join(quiet)}."


def _cells(one: Score) -> list[str]:
    counts = (one.planted, one.found, one.planted - one.found, one.alarms)
    said = sum(one.places.values())
    return [*map(str, counts), percent(one.precision), percent(one.recall), str(said), percent(one.by_place)]


def main() -> None:
    """Write the page."""
    PAGE.write_text(page(labelled(), load(NOW), load(FIRST), explained()), encoding="utf-8")


if __name__ == "__main__":
    main()
