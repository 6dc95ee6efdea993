"""The scorecard of an entry: a table for everybody, and the data from which a script computes it for other weights."""

from __future__ import annotations

from typing import Any

from evaluation.html import Html, block, data, table, tag
from evaluation.radar.criteria import Limit
from evaluation.radar.scorecard import Mark, Scorecard
from evaluation.radar.told import as_data

HEAD = ("criterion", "weight", "score", "confidence", "why this weight")


def formula(card: Scorecard) -> dict[str, Any]:
    """Everything the script needs: weights of grades, limits of rings, criteria with the state of their items."""
    criteria = card.criteria
    return {
        "grades": {str(grade): weight for grade, weight in criteria.grades.items()},
        "rings": [{"name": ring, "limits": [_limit(one) for one in limits]} for ring, limits in criteria.rings.items()],
        "criteria": [
            {"id": one.id, "title": one.title, "weight": one.weight, "items": [_item(mark) for mark in card.of(one)]}
            for one in criteria.criteria.values()
        ],
    }


def _limit(limit: Limit) -> dict[str, Any]:
    return {"scale": limit.scale, "least": limit.least, "of": limit.of}


def _item(mark: Mark) -> dict[str, Any]:
    grade = None if mark.grade is None else str(mark.grade)
    return {"id": mark.item.id, "weight": mark.item.weight, "verdict": str(mark.verdict), "grade": grade}


def scorecard(card: Scorecard) -> Html:
    """The table, the data, and the place where the script says what follows. ``card`` is by the kit's own weights."""
    rows = [_row(criterion) for criterion in as_data(card)["criteria"]]
    told = "The kit's own weights. With script on, change one and the ring that follows is said below."
    return block(
        "div",
        table(f"What is judged, and how much it counts. {told}", HEAD, rows),
        data(formula(card), "scorecard-data"),
        class_="weights",
        data_scorecard="scorecard-data",
    )


def _row(criterion: dict[str, Any]) -> list[object]:
    known = criterion["fail"] or criterion["pass"]
    weight = tag("span", f"{criterion['weight']:g}", data_criterion=criterion["id"])
    score = criterion["score"] if known else "unknown"
    return [criterion["title"], weight, score, criterion["confidence"], criterion["because"]]
