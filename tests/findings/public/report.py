"""The published page of the public descriptions, made from the labels, what was reported, and what is said of slips."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from tests.findings.bench.report import ROOT

from .figures import Set, sets
from .loader import Labelled, labelled
from .reasons import Explained, again, counted, explained, first_run, later, missed_first, percent, silent, slips
from .results import FIRST, NOW, Result, load
from .scoring import APART, LATER, WRONG, Score
from .stale import made_by
from .tables import of_set, rules, what_was_labelled

PAGE: Final = ROOT / "docs/reference/findings-public.md"
FIRST_OF: Final = "6a5eb8d"  # the state of checks and words that the first run of the first set asked
HELD_OF: Final = {1: "b255619", 2: "e4621c8"}
"""Set held out -> the revision that holds its labels as they were before its first run."""
CAVEAT: Final = {
    1: " Not quite unseen: while checks were corrected on the first set, a search showed the names of these three "
    "descriptions and two or three lines of their labels (HJ-040 and HJ-041)."
}
"""Set held out -> what has to be said of how well it was kept apart."""


def page(labels: Sequence[Labelled], now: Mapping[str, Result], first: Mapping[str, Result], why: Explained) -> str:
    """The page as Markdown, the same for the same labels and results."""
    made = sets(labels, now, first)
    tuned, held = made[0], made[:0:-1]
    lines = ["# How well the checks find in public descriptions\n"]
    for one in held:
        lines += _held(one) if one.unseen else _held_once(one)
    lines += [*_tuned(tuned), *_made(labels, now, first), *what_was_labelled(made, now), *rules()]
    for one in (*held, tuned):
        lines += of_set(one)
    for one in held:
        lines += missed_first(one, why.held_out)
    lines += [*slips(made, why.slips), *later(labels), *first_run(tuned, why.first), *silent(labels, now)]
    return "\n".join([*lines, *again(labels)]) + "\n"


def _told(found: Score) -> str:
    return (
        f"{found.found} of {counted(found.planted, 'fault')} with {counted(found.alarms, 'false alarm')} (precision "
        f"{percent(found.precision)}, recall {percent(found.recall)})"
    )


def _places(found: Score) -> str:
    return f"{found.alarms + _right(found)} places that were reported and are judged"


def _held(one: Set) -> Iterator[str]:
    first, now = one.first, one.now
    yield (
        f"In {counted(len(one.labels), 'public API description')} that no check had seen before, labelled by hand "
        f"before the run, the first run found {_told(first.total)}. The checks whose finding may be of high severity "
        f"found {_told(first.high)}. Of {_places(first.total)}, {percent(first.total.by_place)} were right; of those "
        f"that may be of high severity, {percent(first.high.by_place)} of {first.high.alarms + _right(first.high)}. "
        "That is what to expect of an unknown API.\n"
    )
    if not one.moved:
        yield "No check was corrected on them, so the checks find the same in them now.\n"
        return
    yield (
        "Checks were corrected since where a slip showed a fault of a rule. In the same descriptions they now find "
        f"{_told(now.total)}, and of high severity {_told(now.high)}; {percent(now.total.by_place)} of "
        f"{_places(now.total)} are right. {_unlabelled(now.total)} These figures flatter, because checks were "
        "corrected on them.\n"
    )


def _held_once(one: Set) -> Iterator[str]:
    first, now = one.first, one.now
    yield (
        f"{len(one.labels)} other descriptions were held out before these, and have been used for correcting since. "
        f"Their first run found {_told(first.total)}, and of high severity {_told(first.high)}. In them the checks now "
        f"find {_told(now.total)}, and of high severity {_told(now.high)}; {percent(now.total.by_place)} of "
        f"{_places(now.total)} are right. {_unlabelled(now.total)}\n"
    )


def _tuned(one: Set) -> Iterator[str]:
    yield (
        f"{len(one.labels)} other descriptions, labelled by hand before any check had run on them, were used to "
        f"correct checks from the start. In them the checks now find {_told(one.now.total)}, and of high severity "
        f"{_told(one.now.high)}; {percent(one.now.total.by_place)} of {_places(one.now.total)} are right. "
        f"{_unlabelled(one.now.total)} The very first run of all, with checks and words as of revision {FIRST_OF}, "
        f"found {_told(one.first.total)}, and of high severity {_told(one.first.high)}; "
        f"{percent(one.first.total.by_place)} of {_places(one.first.total)} were right.\n"
    )


def _made(labels: Sequence[Labelled], now: Mapping[str, Result], first: Mapping[str, Result]) -> Iterator[str]:
    """Which checks were asked. Labels held out stand in the history before their first run."""
    newest = max(one.set_no for one in labels)
    for number in sorted({one.set_no for one in labels if one.held_out}, reverse=True):
        held = made_by(first[one.stem] for one in labels if one.set_no == number)
        what = "The labels held out" if number == newest else "Those held out before"
        where = f"{what} stand in revision {HELD_OF[number]}. " if number in HELD_OF else f"{what} are kept as well. "
        asked = f"{where}Their first run asked the checks with the print `{held}`, and it is kept as it was."
        yield asked * bool(held) + CAVEAT.get(number, "")
    yield (
        f"The results of now are those of checks with the print `{made_by(now[one.stem] for one in labels)}`. Whether "
        "the checks you have are the same, `python -m tests.findings.public.stale` tells without the descriptions.\n"
    )


def _unlabelled(found: Score) -> str:
    since = found.places.get(LATER, 0)
    if not since:
        return "Every place they report is labelled."
    return f"By the labels alone it would be {counted(since, 'false alarm')} more; see what was judged later."


def _right(found: Score) -> int:
    return sum(count for how, count in found.places.items() if how not in (APART, WRONG))


def main() -> None:
    """Write the page."""
    PAGE.write_text(page(labelled(), load(NOW), load(FIRST), explained()), encoding="utf-8")


if __name__ == "__main__":
    main()
