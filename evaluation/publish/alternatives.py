"""What an entry names to compare with: linked, with its own ring and scorecard where it is on the same radar."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from evaluation.radar import entries
from evaluation.radar.entries import Blip
from evaluation.radar.entry import QUADRANTS, Alternative
from evaluation.radar.scorecard import Scorecard

from . import radar
from .markdown import cell, link, section, table

HEAD = ["alternative", "ring", "quadrant", "why it is named"]
NUMBERS = ["score", "confidence"]
SCALE = (
    "A score starts at 100 and falls by what is proven against a vendor, so it says little where the confidence is low."
)


def alternatives(blip: Blip, blips: Mapping[str, Blip], cards: Mapping[str, Scorecard], here: str) -> str:
    """The table; empty where none is named. Numbers of 100 stand in it where facts of one of them are there."""
    found = entries.alternatives(blip, blips)
    numbers = any(other is not None and other.entry.slug in cards for _, other in found)
    head = [*HEAD[:3], *(NUMBERS if numbers else ()), HEAD[3]]
    rows = [_row(one, other, cards if numbers else None, here) for one, other in found]
    return section(table(head, rows), SCALE if numbers else "") if rows else ""


def _row(one: Alternative, other: Blip | None, cards: Mapping[str, Scorecard] | None, here: str) -> Sequence[str]:
    ring, quadrant = (one.ring, one.quadrant) if other is None else (other.entry.ring, other.entry.quadrant)
    title = cell(one.title) if other is None else link(cell(one.title), radar.path(other.entry.slug), here)
    card = cards.get(other.entry.slug) if cards is not None and other is not None else None
    numbers = ["unknown", "unknown"] if card is None else [str(card.score), str(card.confidence)]
    told = [title, ring or "not on this radar", QUADRANTS.get(quadrant, "")]
    return [*told, *(numbers if cards is not None else ()), cell(one.note)]
