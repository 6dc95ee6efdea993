"""What keeps an entry out of a ring, and what would push it out of its own: short lists derived from the limits."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from evaluation.findings.grades import Proof
from evaluation.findings.outcome import Verdict

from .criteria import Limit
from .entry import RINGS
from .scorecard import Mark, Scorecard

Change = Callable[[Mark], Mark]


def well(mark: Mark) -> Mark:
    """The mark if its item were observed to be well."""
    return replace(mark, verdict=Verdict.passed, grade=Proof.observed, lost=0.0, proven=mark.share)


def badly(mark: Mark) -> Mark:
    """The mark if its item were observed to be a fault."""
    return replace(mark, verdict=Verdict.fail, grade=Proof.observed, lost=mark.share, proven=0.0)


def settled(card: Scorecard, items: Iterable[str], how: Change = well) -> Scorecard:
    """The scorecard if these items turned out so."""
    wanted = set(items)
    return replace(card, marks=tuple(how(mark) if mark.item.id in wanted else mark for mark in card.marks))


def blockers(card: Scorecard, ring: str) -> tuple[Mark, ...]:
    """Items that would reach the limits of ``ring`` if all were observed to be well; none of them can be left out.

    What a ring needs comes first, then limits of single criteria, then the rest in the order of what an item brings.
    What can be found out is preferred to what the vendor would have to mend. Empty if the ring's limits are kept.
    """
    chosen: list[Mark] = []
    for limit in card.criteria.rings[ring]:
        chosen += _until_kept(settled(card, _ids(chosen)), limit)
    kept = _needed(chosen, lambda some: not settled(card, _ids(some)).missed(ring))
    return _in_order(card, kept)


def _until_kept(card: Scorecard, limit: Limit) -> list[Mark]:
    taken: list[Mark] = []
    for mark in sorted(card.marks, key=lambda mark: _order(mark, limit)):
        if settled(card, _ids(taken)).keeps(limit):
            break
        if limit.covers(mark.item) and _brings(mark, limit) > 0:
            taken.append(mark)
    return taken


def _brings(mark: Mark, limit: Limit) -> float:
    """What settling a mark well adds on the scale of a limit, in shares."""
    after = well(mark)
    lost, proven = mark.lost - after.lost, after.proven - mark.proven
    return {"score": lost, "proven": proven}[limit.scale]


def _order(mark: Mark, limit: Limit) -> tuple[bool, float, str]:
    return (limit.scale != "score" and mark.lost > 0, -_brings(mark, limit), mark.item.id)


def threats(card: Scorecard) -> tuple[Mark, ...]:
    """The shortest list of items that would push it out of its ring if all were observed to be faults.

    Empty in the outermost ring.
    """
    lists = (_until_missed(card, limit) for limit in card.criteria.rings[card.ring])
    found = sorted((marks for marks in lists if marks), key=len)
    return _in_order(card, found[0]) if found else ()


def _until_missed(card: Scorecard, limit: Limit) -> list[Mark]:
    """Marks in the order of what they would take, until the limit is missed; empty if they cannot do it."""
    taken: list[Mark] = []
    for mark in sorted(card.marks, key=lambda mark: (-_takes(mark, limit), mark.item.id)):
        if limit.covers(mark.item) and _takes(mark, limit) > 0:
            taken.append(mark)
            if not settled(card, _ids(taken), badly).keeps(limit):
                return taken
    return []


def _takes(mark: Mark, limit: Limit) -> float:
    """What settling a mark badly takes on the scale of a limit, in shares."""
    return {"score": mark.share - mark.lost, "proven": mark.proven}[limit.scale]


def _needed(chosen: list[Mark], enough: Callable[[list[Mark]], bool]) -> list[Mark]:
    """The chosen marks without those that can be left out, the last chosen tried first."""
    kept = list(chosen)
    for mark in reversed(chosen):
        without = [one for one in kept if one.item.id != mark.item.id]
        if enough(without):
            kept = without
    return kept


def _in_order(card: Scorecard, marks: Iterable[Mark]) -> tuple[Mark, ...]:
    wanted = set(_ids(marks))
    return tuple(mark for mark in card.marks if mark.item.id in wanted)


def _ids(marks: Iterable[Mark]) -> list[str]:
    return [mark.item.id for mark in marks]


def target(card: Scorecard, wanted: str = "") -> str:
    """The ring whose blockers are wanted: the one that is named, else the next inwards; empty at the centre."""
    if wanted in card.criteria.rings:
        return wanted
    inward = [ring for ring in RINGS[: RINGS.index(card.ring)] if ring in card.criteria.rings]
    return inward[-1] if inward else ""
