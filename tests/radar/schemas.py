"""What other radar tools take, as JSON Schemas of ours, from the documentation of each; no registry has their parsers.

BYOR: the columns of Thoughtworks' build-your-own-radar, whose isNew is text. ZALANDO: the configuration of Zalando's
``radar_visualization``, without the keys that belong to the page (svg_id, size, colours of the page).
"""

from __future__ import annotations

from typing import Any

TEXT: dict[str, Any] = {"type": "string", "minLength": 1}
BYOR: dict[str, Any] = {
    "type": "array",
    "minItems": 1,
    "items": {
        "type": "object",
        "required": ["name", "ring", "quadrant", "isNew", "description"],
        "additionalProperties": False,
        "properties": {
            "name": TEXT,
            "ring": {"enum": ["adopt", "trial", "assess", "hold"]},
            "quadrant": {"enum": ["Languages & Frameworks", "Techniques", "Platforms", "Tools"]},
            "isNew": {"enum": ["TRUE", "FALSE"]},
            "status": {"enum": ["new", "moved in", "moved out", "no change"]},
            "description": {"type": "string", "pattern": "^[^<>]*$"},
        },
    },
}
NAMED: dict[str, Any] = {"type": "object", "required": ["name"], "properties": {"name": TEXT}}
ZALANDO: dict[str, Any] = {
    "type": "object",
    "required": ["title", "date", "quadrants", "rings", "entries"],
    "properties": {
        "title": TEXT,
        "date": {"type": "string", "pattern": r"^(\d{4}\.\d{2})?$"},
        "quadrants": {"type": "array", "minItems": 4, "maxItems": 4, "items": NAMED},
        "rings": {"type": "array", "minItems": 4, "maxItems": 4, "items": {**NAMED, "required": ["name", "color"]}},
        "entries": {
            "type": "array",
            "minItems": 1,
            "items": {
                "type": "object",
                "required": ["label", "quadrant", "ring", "moved", "active"],
                "additionalProperties": False,
                "properties": {
                    "label": TEXT,
                    "quadrant": {"type": "integer", "minimum": 0, "maximum": 3},
                    "ring": {"type": "integer", "minimum": 0, "maximum": 3},
                    "moved": {"enum": [-1, 0, 1, 2]},
                    "link": {"type": "string", "pattern": "^https?://"},
                    "active": {"type": "boolean"},
                },
            },
        },
    },
}
