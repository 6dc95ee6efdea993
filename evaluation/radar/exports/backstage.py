"""Backstage's Tech Radar plugin: what its loader answers, read by TechRadarLoaderResponseParser of
``@backstage-community/plugin-tech-radar-common``. The plugin takes the first moment of a timeline as today's ring.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from mockserver.errors import InputError

from ..entry import QUADRANTS, RINGS
from .picked import Moment, Shown
from .zalando import COLOURS

MOVED = {"moved in": 1, "moved out": -1, "no change": 0}


def as_backstage(shown: tuple[Shown, ...]) -> str:
    """JSON of quadrants, rings and entries. Raises InputError for an entry without any day."""
    made = {
        "quadrants": [{"id": slug, "name": name} for slug, name in QUADRANTS.items()],
        "rings": [{"id": ring, "name": ring.capitalize(), "color": COLOURS[ring]} for ring in RINGS],
        "entries": [_entry(one) for one in shown],
    }
    return json.dumps(made, indent=1, ensure_ascii=False) + "\n"


def _entry(one: Shown) -> Mapping[str, Any]:
    if not one.past:
        raise InputError("needs a revision or the key reviewed, because Backstage wants a day", f"entry {one.slug}")
    return {
        "key": one.slug,
        "id": one.slug,
        "quadrant": one.quadrant,
        "title": one.title,
        "description": one.text,
        "links": [{"url": one.link, "title": f"Website of {one.title}"}],
        "timeline": [_moment(moment) for moment in one.past],
    }


def _moment(moment: Moment) -> Mapping[str, Any]:
    made: dict[str, Any] = {"date": moment.day.isoformat(), "ringId": moment.ring}
    if moment.changed:
        made["description"] = moment.changed
    if moment.moved in MOVED:
        made["moved"] = MOVED[moment.moved]
    return made
