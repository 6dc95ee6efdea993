"""A scorecard in words and as plain data, for terminals, reports and pages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from evaluation.findings.evaluate import Evaluation
from evaluation.findings.outcome import Verdict

from . import criteria_file
from .blockers import blockers, target, threats
from .criteria import Criterion, Limit
from .entries import Blip
from .scorecard import Mark, Scorecard, of_evaluation
from .scorecard import of_blip as card_of

SCALES = ("score", "confidence", "proven")


def short(card: Scorecard) -> str:
    """Ring and score on one line: a score of which little is proven and little is known shall not look good."""
    if not card.confidence:
        return f"ring {card.ring}: less than 1 % of the weight is known, so no score says anything"
    score = f"score {card.score} of 100, {card.proven} of it proven"
    return f"ring {card.ring}: {score}; {card.confidence} % of the weight is known"


def as_data(card: Scorecard, wanted: str = "") -> dict[str, Any]:
    """The scorecard as JSON data. ``blockers`` and ``threats`` are sentences, ``missed`` the limits of ``target``."""
    ring = target(card, wanted)
    return {
        "ring": card.ring,
        **{scale: card.whole(scale) for scale in SCALES},
        "target": ring or None,
        "missed": [_limit(card, limit) for limit in card.missed(ring)] if ring else [],
        "blockers": to_settle(card, ring) if ring else [],
        "threats": to_fear(card),
        "criteria": [_criterion(card, criterion) for criterion in card.criteria.criteria.values()],
    }


def as_facts(evaluation: Evaluation, criteria: Path | None = None) -> dict[str, Any]:
    """The scorecard of the vendor behind a run, by the package's criteria or a file's. Raises InputError."""
    return as_data(of_evaluation(evaluation, criteria_file.load(criteria)))


def of_blip(blip: Blip, criteria: Path | None = None) -> dict[str, Any] | None:
    """The scorecard of a radar's entry, None where its ring is an opinion. Raises InputError.

    ``described`` tells the description that its facts come from, None where they are graded one by one.
    """
    card = card_of(blip, criteria_file.load(criteria))
    return None if card is None else {**as_data(card, blip.entry.next_ring), "described": _described(blip)}


def _described(blip: Blip) -> Mapping[str, Any] | None:
    if blip.facts is None:
        return None
    source = blip.facts.source
    told = {"title": source.title, "sha256": source.sha256, "read": source.read.isoformat(), "kit": source.kit}
    return {**told, "partial": list(source.partial)}


def to_settle(card: Scorecard, ring: str) -> list[str]:
    """What would move it to a ring: a sentence for each criterion and kind of thing to be settled."""
    marks = blockers(card, ring)
    kinds = {
        "to be answered with yes": [mark for mark in marks if not mark.lost and is_question(mark)],
        "to be ruled out on the vendor's API": [mark for mark in marks if not mark.lost and not is_question(mark)],
        "to be mended by the vendor": [mark for mark in marks if mark.lost],
    }
    return [sentence for kind, found in kinds.items() for sentence in _by_criterion(card, kind, found)]


def to_fear(card: Scorecard) -> list[str]:
    """What would push it out of its ring: a sentence for each criterion."""
    return _by_criterion(card, "", threats(card))


def is_question(mark: Mark) -> bool:
    """Whether no check answers it."""
    return "." in mark.item.id


def _by_criterion(card: Scorecard, kind: str, marks: Iterable[Mark]) -> list[str]:
    found: dict[str, list[str]] = {}
    for mark in marks:
        found.setdefault(mark.item.criterion, []).append(named(mark))
    heads = {id_: card.criteria.criteria[id_].title + (f", {kind}" if kind else "") for id_ in found}
    return [f"{heads[id_]}: {'; '.join(names).replace('?; ', '? ')}" for id_, names in found.items()]


def named(mark: Mark) -> str:
    """A question as it is asked, or a check by id and title."""
    return mark.item.asks if is_question(mark) else f"{mark.item.id} {mark.item.asks}"


def _limit(card: Scorecard, limit: Limit) -> Mapping[str, Any]:
    has = card.whole(limit.scale, limit.of)
    return {"of": limit.of or None, "scale": limit.scale, "least": limit.least, "has": has}


def _criterion(card: Scorecard, criterion: Criterion) -> Mapping[str, Any]:
    counts = {str(v): sum(1 for mark in card.of(criterion) if mark.verdict is v) for v in Verdict}
    scales = {scale: card.whole(scale, criterion.id) for scale in SCALES}
    head = {"id": criterion.id, "title": criterion.title, "weight": criterion.weight}
    return {**head, **scales, **counts, "because": criterion.because}
