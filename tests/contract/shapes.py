"""JSON Schemas of the contract's YAML files."""

from __future__ import annotations

from typing import Any

from mockserver.contract import Grade
from mockserver.contract.quirks import catalogue, switchable
from mockserver.contract.source import document, element_names
from mockserver.settings import table

TEXT = {"type": "string", "minLength": 1}
SOURCES = document("sources.yaml")
CHANNELS = {"api", "feed", "other", "research", "unload", "webhook", "none"}
EVIDENCE = {
    "type": "object",
    "additionalProperties": False,
    "required": ["grade", "sources"],
    "properties": {
        "grade": {"enum": [str(g) for g in Grade]},
        "sources": {"type": "array", "minItems": 1, "uniqueItems": True, "items": {"enum": list(SOURCES)}},
        "channels": {"type": "array", "uniqueItems": True, "items": {"enum": sorted(CHANNELS)}},
    },
}
BY_ELEMENT = {"type": "object", "minProperties": 1, "propertyNames": {"enum": list(element_names())}}
IDS = {"type": "array", "items": {"enum": list(catalogue())}}
KINDS = [
    "login", "token", "header", "tolerance", "path", "envelope", "paging", "filter", "order", "format", "error", "cors",
    "transport",
]  # fmt: skip
SHAPES: dict[str, dict[str, Any]] = {
    "behaviours.yaml": {
        "required": ["title", "claim", "kind", "x-evidence"],
        "properties": {
            "title": TEXT,
            "claim": TEXT,
            "kind": {"enum": KINDS},
            "x-evidence": EVIDENCE,
            "unknown": TEXT,
            "open_question": {"type": "integer", "minimum": 1, "maximum": 16},
            "setting": {"enum": [row.name.replace("_", "-") for row in table()]},
            "status": {"type": "integer", "minimum": 400, "maximum": 599},
            "body": {
                "type": "object",
                "additionalProperties": False,
                "required": ["error"],
                "properties": {"error": {"type": "string", "pattern": "^[a-z_]+$"}},
            },
        },
        "if": {"properties": {"kind": {"const": "error"}}},
        "then": {"required": ["status", "body"]},
        "else": {"not": {"anyOf": [{"required": ["status"]}, {"required": ["body"]}]}},
    },
    "quirks.yaml": {
        "required": ["title", "claim", "x-evidence", "layer", "set", "off", "order", "elements"],
        "properties": {
            "title": TEXT,
            "claim": TEXT,
            "x-evidence": EVIDENCE,
            "layer": {"enum": ["schema", "row", "behaviour", "token", "none"]},
            "set": {"enum": ["vendor", "feed", "none"]},
            "off": {"type": "string"},
            "order": {"type": "integer", "minimum": 0},
            "elements": {
                "type": "object",
                "propertyNames": {"enum": list(element_names())},
                "additionalProperties": EVIDENCE,
            },
            "schema": {
                "type": "object",
                "additionalProperties": False,
                "required": ["when"],
                "properties": {
                    "when": {"enum": ["on", "off"]},
                    **dict.fromkeys(("rename", "drop", "formats", "nullable"), BY_ELEMENT),
                    "path": {"type": "object", "additionalProperties": {"pattern": "^[a-z_]+$"}},
                    "add": {"type": "array", "items": {"enum": list(element_names())}},
                },
            },
            "requires": IDS,
            "conflicts": IDS,
            "worlds": {"type": "array", "minItems": 1, "uniqueItems": True, "items": {"enum": ["sandbox", "clinic"]}},
            "no_switch": TEXT,
        },
    },
    "sources.yaml": {
        "required": ["kind", "channel", "seen", "what"],
        "properties": {
            "kind": TEXT,
            "channel": {"enum": sorted(CHANNELS)},
            "seen": {"type": ["string", "null"]},
            "what": TEXT,
        },
    },
    "formats.yaml": {
        "required": ["clean", "schema", "broken", "evidence"],
        "properties": {
            "clean": {"enum": ["str", "int", "date", "time", "Decimal", "microseconds"]},
            "type": {"enum": ["string", "integer", "number"]},
            "example": TEXT,
            "schema": {"minProperties": 1, "propertyNames": {"enum": ["pattern", "minimum", "maximum"]}},
            "broken": {},
            "evidence": EVIDENCE,
        },
    },
}
ELEMENT: dict[str, Any] = {
    "type": "object",
    "additionalProperties": False,
    "required": ["element", "path", "description", "x-evidence", "properties"],
    "properties": {
        "element": TEXT,
        "path": {"type": "string", "pattern": "^[a-z_]+$"},
        "description": TEXT,
        "x-evidence": EVIDENCE,
        "only_without": {"enum": list(switchable())},
        "properties": {
            "type": "object",
            "propertyNames": {"pattern": "^[a-z][a-z0-9_]*$"},
            "additionalProperties": {
                "type": "object",
                "additionalProperties": False,
                "required": ["description", "type", "x-format", "examples", "x-evidence"],
                "properties": {
                    "description": TEXT,
                    "type": {"type": ["string", "array"]},
                    "x-format": {"enum": list(document("formats.yaml"))},
                    "examples": {"type": "array", "minItems": 1},
                    "x-evidence": EVIDENCE,
                },
            },
        },
    },
}
