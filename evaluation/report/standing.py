"""Where the vendor stands, as data: ring, score and confidence, what would change them, and the scorecard behind."""

from __future__ import annotations

from hashlib import sha256
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from evaluation.radar import told
from evaluation.radar.criteria import Criterion
from evaluation.radar.scorecard import Scorecard
from evaluation.schema import Node, document

ANSWERS = {
    "adopt": "Build on it",
    "trial": "Use it in one project and watch what is open",
    "assess": "Look closer before you depend on it",
    "hold": "Start nothing new with it",
}
THIN, FAIR = 10, 50  # percent known: below the first a ring says next to nothing, below the second gaps weigh most


def as_data(card: Scorecard, subject: str, wanted: str, criteria: Path | None) -> dict[str, Any]:
    """Ring, scales, two sentences and what would move it; ``wanted`` is the ring somebody would like it to reach."""
    made = told.as_data(card, wanted)
    return {
        **{key: made[key] for key in ("ring", "score", "confidence", "proven", "target", "blockers", "threats")},
        "subject": subject,
        "answer": ANSWERS[card.ring],
        "sentences": sentences(card, subject),
        "means": rules(criteria).node("rings").node(card.ring).text("because"),
        "criteria": [{**row, **_points(card, row["id"])} for row in made["criteria"]],
    }


def sentences(card: Scorecard, subject: str) -> list[str]:
    """Two sentences for somebody who reads no more than these."""
    first = f"{ANSWERS[card.ring]}: {subject} stands in the ring {card.ring}."
    known, against = card.confidence, 100 - card.score
    if known < THIN:
        return [first, f"Next to nothing of what counts is known ({known} %), so that ring is no praise and no blame."]
    told = f"Of 100 points {card.proven} are proven in its favour and {against} against it"
    if known < FAIR:
        return [first, f"{told}; only {known} % of what counts is known, so the open rest weighs more than all of it."]
    return [first, f"{told}; {known} % of what counts is known."]


def rules(criteria: Path | None) -> Node:
    """The file of criteria, which criteria_file.load has accepted."""
    return document(_file(criteria), "criteria")


def digest(criteria: Path | None) -> str:
    """The first letters of the file's SHA-256."""
    return sha256(_file(criteria).read_bytes()).hexdigest()[:12]


def _file(criteria: Path | None) -> Traversable:
    return criteria or files("evaluation.radar") / "criteria.yaml"


def _points(card: Scorecard, id_: str) -> dict[str, Any]:
    """What a criterion counts of 100, in three parts."""
    criterion: Criterion = card.criteria.criteria[id_]
    marks = card.of(criterion)
    share, lost, proven = (sum(getattr(mark, name) for mark in marks) for name in ("share", "lost", "proven"))
    parts = {"well": proven, "against": lost, "open": share - lost - proven}
    return {"share": round(share, 2), "points": {name: round(max(value, 0.0), 2) for name, value in parts.items()}}
