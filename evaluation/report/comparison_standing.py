"""Who is ahead on a criterion, by what is known of the vendors, and where nobody can say.

Only items that are known of all who are compared count, each by its weight: an unknown is neither better nor worse. A
fault counts the same whoever saw it, so that a vendor about whom more was proven does not look worse for it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from evaluation.findings.outcome import Verdict
from evaluation.findings.phrases import listed_words
from evaluation.radar.scorecard import Mark, Scorecard

TOLERANCE = 1e-9  # of 100, for sums of shares


@dataclass(frozen=True)
class Standing:
    """``verdict`` is ahead, even, open (too little is known to say) or unknown (there are no two to compare).

    ``ahead`` has the letters of those in front where the verdict is ahead. ``shared`` counts the items that are known
    of all who are compared, ``well`` is how much of their weight is well, of 100, by letter. ``without`` are those of
    whom nothing is known.
    """

    verdict: str
    ahead: tuple[str, ...]
    shared: int
    well: Mapping[str, int]
    without: tuple[str, ...]
    says: str


def standing(cards: Mapping[str, Scorecard], least: float, of: str = "") -> Standing:
    """Who is ahead on the criterion ``of``, or on all of them. ``cards`` are by letter; ``least`` is of 100."""
    marks = {letter: list(_marks(card, of)) for letter, card in cards.items()}
    known = {letter: {m.item.id: m for m in found if not m.open} for letter, found in marks.items()}
    compared = [letter for letter in cards if known[letter]]
    without = tuple(letter for letter in cards if not known[letter])
    if len(compared) < 2:
        return Standing("unknown", (), 0, {}, without, _too_few(compared, without))
    shared = [m for m in marks[compared[0]] if all(m.item.id in known[letter] for letter in compared)]
    common, full = sum(m.share for m in shared), sum(m.share for m in marks[compared[0]])
    points = {letter: sum(m.share for m in shared if _passed(known[letter][m.item.id])) for letter in compared}
    thin = [letter for letter in compared if cards[letter].whole("confidence", of) < least]
    enough = shared and not thin and 100 * common >= least * full - TOLERANCE
    first = _first(points)
    verdict = "open" if not enough else "ahead" if len(first) < len(compared) else "even"
    well = {letter: round(100 * points[letter] / common) for letter in compared if shared}
    says = _says(verdict, first, _counted(compared, len(shared), well), thin, without)
    return Standing(verdict, tuple(first) if verdict == "ahead" else (), len(shared), well, without, says)


def _marks(card: Scorecard, of: str) -> Iterator[Mark]:
    return (mark for mark in card.marks if of in ("", mark.item.criterion))


def _passed(mark: Mark) -> bool:
    return mark.verdict is Verdict.passed


def _first(points: Mapping[str, float]) -> list[str]:
    most = max(points.values())
    return [letter for letter, value in points.items() if value >= most - TOLERANCE]


def _too_few(compared: Sequence[str], without: Sequence[str]) -> str:
    if not compared:
        return "Nothing is known of any of them."
    return f"Something is known of {compared[0]} only; nothing of {listed_words(without, 9)}."


def _counted(compared: Sequence[str], shared: int, well: Mapping[str, int]) -> str:
    if not shared:
        return f"nothing is known of all of {listed_words(compared, 9)}"
    items = f"the {shared} items" if shared > 1 else "the one item"
    told = listed_words([f"{well[letter]} % for {letter}" for letter in compared], 9)
    return f"on {items} known of {listed_words(compared, 9)}, what is well weighs {told}"


def _says(verdict: str, first: Sequence[str], counted: str, thin: Collection[str], without: Sequence[str]) -> str:
    heads = {
        "ahead": f"{listed_words(first, 9)} {'is' if len(first) == 1 else 'are'} ahead: {counted}",
        "even": f"Even: {counted}",
        "open": f"Too little is known{f' of {listed_words(sorted(thin), 9)}' if thin else ' of the same things'} to "
        f"call it; {counted}",
    }  # fmt: skip
    left = f" Nothing is known of {listed_words(without, 9)}." if without else ""
    return f"{heads[verdict]}.{left}"
