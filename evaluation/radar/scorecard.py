"""Score, confidence and ring from the grades of facts about the vendor.

Of 100 points each item of the criteria holds a share. A fact that speaks against it takes its share times the weight
of its grade; one that speaks for it proves as much. ``score`` is 100 less what was taken, ``proven`` what speaks for
it, ``confidence`` both together. So what is unknown or inferred changes no score, and another fault never raises one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import floor
from typing import Protocol

from evaluation.findings import known
from evaluation.findings.evaluate import VENDOR_ITSELF, Evaluation
from evaluation.findings.grades import Proof
from evaluation.findings.model import Origin
from evaluation.findings.outcome import Verdict

from . import answers
from .criteria import Criteria, Criterion, Item, Limit
from .described import Described
from .entries import Blip

TOLERANCE = 1e-9  # of 100, for sums of shares
SPOKEN = {**dict.fromkeys(VENDOR_ITSELF, Proof.observed), Origin.description: Proof.documented}


@dataclass(frozen=True)
class Fact:
    """What is known of the vendor on one check or question. ``grade`` is None where the verdict is unknown."""

    item: str
    verdict: Verdict
    grade: Proof | None
    says: str = ""


class Graded(Protocol):
    """What a scorecard needs of knowledge or of an answer."""

    @property
    def verdict(self) -> Verdict: ...
    @property
    def grade(self) -> Proof | None: ...
    @property
    def says(self) -> str: ...


@dataclass(frozen=True)
class Mark:
    """One item on the scorecard: ``share`` is what it could count of 100, ``lost`` and ``proven`` what it does."""

    item: Item
    verdict: Verdict
    grade: Proof | None
    share: float
    lost: float
    proven: float
    says: str = ""

    @property
    def open(self) -> bool:
        """Whether nothing about it is known well enough to count."""
        return not (self.lost or self.proven)


@dataclass(frozen=True, eq=False)
class Scorecard:
    """Marks of all items under ``criteria``, in their order."""

    criteria: Criteria
    marks: tuple[Mark, ...]

    def scale(self, limit: Limit) -> float:
        """What it has on the scale of a limit, of 100."""
        marks = [mark for mark in self.marks if limit.covers(mark.item)]
        full = sum(mark.share for mark in marks)
        lost, proven = (100 * sum(values) / full for values in ([m.lost for m in marks], [m.proven for m in marks]))
        return {"score": 100 - lost, "proven": proven, "confidence": lost + proven}[limit.scale]

    def whole(self, scale: str, of: str = "") -> int:
        """``score``, ``proven`` or ``confidence`` of all or of one criterion, rounded down: no limit looks kept."""
        return floor(self.scale(Limit(scale, 0, of)) + TOLERANCE)

    @property
    def score(self) -> int:
        return self.whole("score")

    @property
    def confidence(self) -> int:
        return self.whole("confidence")

    @property
    def proven(self) -> int:
        return self.whole("proven")

    @property
    def ring(self) -> str:
        """The first ring, from the centre outwards, whose limits are all kept."""
        return next(ring for ring in self.criteria.rings if not self.missed(ring))

    def missed(self, ring: str) -> tuple[Limit, ...]:
        """The limits of a ring that are not kept."""
        return tuple(limit for limit in self.criteria.rings[ring] if not self.keeps(limit))

    def keeps(self, limit: Limit) -> bool:
        """Whether a limit is kept."""
        return self.scale(limit) >= limit.least - TOLERANCE

    def of(self, criterion: Criterion) -> tuple[Mark, ...]:
        """The marks of one criterion."""
        return tuple(mark for mark in self.marks if mark.item.criterion == criterion.id)


def score(facts: Iterable[Fact], criteria: Criteria) -> Scorecard:
    """The scorecard of these facts. Several on one item: the stronger grade counts; of two alike, the fault.

    A fact on an item that the criteria do not have changes nothing.
    """
    best: dict[str, Fact] = {}
    for fact in facts:
        held = best.get(fact.item)
        if held is None or _strength(fact) > _strength(held):
            best[fact.item] = fact
    return Scorecard(criteria, tuple(_mark(item, best.get(item.id), criteria) for item in criteria.items.values()))


def _strength(fact: Fact) -> tuple[int, bool]:
    decided = fact.verdict is not Verdict.unknown and fact.grade is not None
    return (int(fact.grade) if decided and fact.grade is not None else -1, fact.verdict is Verdict.fail)


def _mark(item: Item, fact: Fact | None, criteria: Criteria) -> Mark:
    share = criteria.share(item)
    if fact is None or fact.grade is None or fact.verdict is Verdict.unknown:
        return Mark(item, Verdict.unknown, None, share, 0, 0, fact.says if fact else "")
    counts = share * criteria.grades[fact.grade]
    lost, proven = (counts, 0.0) if fact.verdict is Verdict.fail else (0.0, counts)
    return Mark(item, fact.verdict, fact.grade, share, lost, proven, fact.says)


def facts_of_vendor(vendor: str, criteria: Criteria) -> list[Fact]:
    """What is known without any run: from the contract's evidence and from the answers to questions."""
    found: dict[str, Graded] = {**known.load(vendor), **answers.load(vendor, criteria.items)}
    return _facts(found)


def _facts(found: Mapping[str, Graded]) -> list[Fact]:
    return [Fact(id_, one.verdict, one.grade, one.says) for id_, one in found.items()]


def facts_of_run(evaluation: Evaluation) -> list[Fact]:
    """What a run says of the vendor: nothing, unless the vendor itself spoke.

    What its API answered is observed, what its description says is documented; what was not decided is left out.
    """
    grade = SPOKEN.get(evaluation.api.origin)
    decided = [r for r in evaluation.results if r.outcome.verdict is not Verdict.unknown]
    return [Fact(r.id, r.outcome.verdict, grade, r.outcome.why) for r in decided] if grade else []


def of_vendor(vendor: str, criteria: Criteria) -> Scorecard:
    """The scorecard of a vendor without any run."""
    return score(facts_of_vendor(vendor, criteria), criteria)


def of_described(found: Described, criteria: Criteria) -> Scorecard:
    """The scorecard of a vendor by its own description. Nothing answers the questions that no check can."""
    return score(_facts(found.facts), criteria)


def of_blip(blip: Blip, criteria: Criteria) -> Scorecard | None:
    """The scorecard of an entry's vendor, by the facts of its radar or of the kit; None where it names none."""
    if blip.facts is not None:
        return of_described(blip.facts, criteria)
    return of_vendor(blip.entry.findings, criteria) if blip.entry.findings else None


def of_evaluation(evaluation: Evaluation, criteria: Criteria) -> Scorecard:
    """The scorecard of the vendor whose API was evaluated. Our mock or contract adds nothing to what is known."""
    told: dict[str, Graded] = {r.id: r.known for r in evaluation.results}
    asked = answers.load(evaluation.api.vendor, criteria.items) if evaluation.api.vendor else {}
    return score([*_facts({**told, **asked}), *facts_of_run(evaluation)], criteria)
