"""What was not looked at, as data: checks that could not decide and why, unread documentation, open questions."""

from __future__ import annotations

from typing import Any

from evaluation.findings import documentation
from evaluation.findings.model import Api
from evaluation.radar import told
from evaluation.radar.scorecard import Scorecard

Facts = dict[str, Any]


def as_data(facts: Facts, api: Api, card: Scorecard) -> Facts:
    """``partial`` sentences, ``undecided`` checks by reason, ``topics`` nobody read about, ``questions`` still open."""
    return {
        "partial": facts["partial"],
        "undecided": _undecided(facts),
        "topics": _topics(api),
        "read": sum(1 for state in documentation.states(api.documents).values() if state != documentation.NOT_READ),
        "questions": _questions(card),
        "open": sum(1 for mark in card.marks if mark.open),
        "items": len(card.marks),
    }


def _undecided(facts: Facts) -> list[Facts]:
    """By reason, the one with most checks first."""
    reasons: dict[str, list[Facts]] = {}
    for result in sorted(facts["results"], key=lambda one: str(one["id"])):
        if result["verdict"] == "unknown":
            known = result["known"]["verdict"]
            reasons.setdefault(result["why"], []).append({"id": result["id"], "title": result["title"], "known": known})
    ordered = sorted(reasons.items(), key=lambda item: (-len(item[1]), item[0]))
    return [{"why": why, "checks": checks} for why, checks in ordered]


def _topics(api: Api) -> list[Facts]:
    """Questions to the documentation that nobody has looked up, by area."""
    topics, areas = documentation.load(), dict[str, list[str]]()
    for id_, state in documentation.states(api.documents).items():
        if state == documentation.NOT_READ:
            areas.setdefault(topics[id_].area, []).append(topics[id_].question)
    return [{"area": area, "questions": questions} for area, questions in areas.items()]


def _questions(card: Scorecard) -> list[Facts]:
    """Questions no check can answer, by criterion, with what is known of each."""
    made = []
    for criterion in card.criteria.criteria.values():
        asked = [mark for mark in card.of(criterion) if mark.open and told.is_question(mark)]
        if asked:
            rows = [{"asks": mark.item.asks, "says": mark.says} for mark in asked]
            made.append({"criterion": criterion.title, "questions": rows})
    return made
