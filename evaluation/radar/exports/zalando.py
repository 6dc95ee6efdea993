"""Zalando's radar: the configuration object that its script ``radar_visualization`` takes, without the page's own keys.

``quadrant`` and ``ring`` are places in the lists, ``moved`` is 1 inwards, -1 outwards, 2 new, 0 otherwise. Source: the
README of the tool; no registry has it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from ..entry import QUADRANTS, RINGS
from .picked import Shown

MOVED = {"new": 2, "moved in": 1, "moved out": -1, "no change": 0}
COLOURS = {"adopt": "#4f7d5c", "trial": "#3a6ea5", "assess": "#9a6b00", "hold": "#a33b3b"}


def as_zalando(shown: tuple[Shown, ...]) -> str:
    """JSON that can be assigned to a variable and handed to the script; ``date`` is the newest revision's month."""
    days = [moment.day for one in shown for moment in one.past]
    made = {
        "title": "Technology radar",
        "date": max(days).strftime("%Y.%m") if days else "",
        "quadrants": [{"name": name} for name in QUADRANTS.values()],
        "rings": [{"name": ring.upper(), "color": COLOURS[ring]} for ring in RINGS],
        "entries": [_entry(one) for one in shown],
    }
    return json.dumps(made, indent=1, ensure_ascii=False) + "\n"


def _entry(one: Shown) -> Mapping[str, Any]:
    place = {"quadrant": list(QUADRANTS).index(one.quadrant), "ring": RINGS.index(one.ring)}
    return {"label": one.title, **place, "moved": MOVED[one.movement], "link": one.link, "active": True}
