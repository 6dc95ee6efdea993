"""Descriptions of two made-up vendors, as files that a test reads, and entries drafted from them."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import yaml

from evaluation.findings.outcome import Verdict
from evaluation.radar import describing, draft
from evaluation.radar.described import Described, Source, known

DAY = date(2026, 12, 1)
TEXT, NUMBER = {"type": "string"}, {"type": "integer"}
MUDDLED = {
    "visit": {"visitid": NUMBER, "visit_id": TEXT, "patient_id": TEXT, "start_time": TEXT, "createdAt": TEXT},
    "patient": {"patient_id": NUMBER, "birthDate": TEXT, "last_name": TEXT},
}
TIDY = {
    "visits": {"id": NUMBER, "patient_id": NUMBER, "updated_at": {"type": "string", "format": "date-time"}},
    "patients": {"id": NUMBER, "birth_date": {"type": "string", "format": "date"}},
}
Resources = dict[str, dict[str, Any]]


def document(resources: Resources, title: str = "Muddle", version: str = "1.2") -> dict[str, Any]:
    """An OpenAPI document with a listing of each resource."""
    return {
        "openapi": "3.0.3",
        "info": {"title": title, "version": version},
        "paths": {f"/{name}": {"get": _listing(fields)} for name, fields in resources.items()},
    }


def _listing(fields: dict[str, Any]) -> dict[str, Any]:
    rows = {"type": "array", "items": {"type": "object", "properties": fields}}
    return {"responses": {"200": {"description": "rows", "content": {"application/json": {"schema": rows}}}}}


def file(folder: Path, resources: Resources = MUDDLED, name: str = "muddle.yaml", **how: str) -> Path:
    """A description as a file."""
    path = folder / name
    path.write_text(yaml.safe_dump(document(resources, **how), sort_keys=False), encoding="utf-8")
    return path


def drafted(folder: Path, name: str, described: Described, ring: str = "assess") -> Path:
    """The entry of a draft with its facts beside it."""
    return draft.write_described(name, folder, described, ring)[0]


def read(path: Path) -> Described:
    """What the file says, by every check."""
    return describing.read(f"openapi:{path}", DAY)


def small(**facts: str) -> Described:
    """Facts without any description: ``HJ_001='fail'``; all else is left out."""
    source = Source("Some API 1.0 (openapi file some.yaml)", "ab" * 32, DAY, "0.0.1")
    return Described(source, {id_.replace("_", "-"): known(Verdict(v), f"{v} it does") for id_, v in facts.items()}, {})
