"""Small descriptions of APIs, and files of them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from evaluation.findings.adapters import openapi
from evaluation.findings.model import Api

ROW = {"type": "object", "properties": {"id": {"type": "integer"}, "name": {"type": "string"}}}
REF = {"$ref": "#/components/schemas/Row"}
CANARY = "canary-Zq81-value"


def answer(schema: Any, **more: Any) -> dict[str, Any]:
    return {"description": "", "content": {"application/json": {"schema": schema, **more}}}


def lists(schema: Any, **more: Any) -> dict[str, Any]:
    """A path that answers so."""
    return {"get": {"responses": {"200": answer(schema)}, **more}}


def many(schema: Any, **more: Any) -> dict[str, Any]:
    """A path that answers with a list of such rows."""
    return lists({"type": "array", "items": schema}, **more)


def document(paths: Mapping[str, Any], **schemas: Any) -> dict[str, Any]:
    return {"openapi": "3.1.0", "info": {}, "paths": paths, "components": {"schemas": schemas}}


def read(paths: Mapping[str, Any], **schemas: Any) -> Api:
    return openapi.read(document(paths, **schemas), "a description")


def written(folder: Path, **files: Any) -> Path:
    """Files by name, ``__`` for a slash and ``_`` in front of the ending for a dot; the first is the main one."""
    paths = []
    for name, data in files.items():
        path = folder / name.replace("__", "/").replace("_json", ".json").replace("_yaml", ".yaml")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(data if isinstance(data, str) else json.dumps(data), encoding="utf-8")
        paths.append(path)
    return paths[0]
