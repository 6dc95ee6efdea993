"""Words that several pages use for the same thing."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from importlib.resources import files

from evaluation.schema import document

from .markdown import code

MODELS = {
    "open-source": "Open source",
    "free-tier": "Free tier",
    "start-up-program": "Start-up programme",
    "saas": "Software as a service",
    "on-premise": "On premise",
}
BASES = {
    "opinion": "opinion",
    "public-evidence": "public evidence",
    "sandbox": "a sandbox of the vendor",
    "production": "production use",
}
GRADES = {
    "observed": "in an answer of the API, or documented by the vendor",
    "consumed": "read by a public program",
    "seed": "stated by the radar entry",
    "adjacent": "seen in another channel of the vendor",
    "inferred": "filled in by analogy",
}


def day(when: date) -> str:
    """A day in words, such as 22 November 2026."""
    return f"{when.day} {when:%B %Y}"


def meaning(ring: str) -> str:
    """What it takes to be in a ring, as the criteria say."""
    rings = document(files("evaluation.radar") / "criteria.yaml", "evaluation/radar/criteria.yaml").node("rings")
    return rings.node(ring).text("because")


def codes(names: Iterable[str]) -> str:
    """Names as inline code with commas between them."""
    return ", ".join(code(name) for name in names)


def count(number: int, word: str) -> str:
    """A number with its noun."""
    return f"{number} {word}" if number == 1 else f"{number} {word}s"


def graded(verdict: str, grade: str | None) -> str:
    """A verdict with the grade behind it."""
    return f"{verdict}, {grade}" if grade else verdict
