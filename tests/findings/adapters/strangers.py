"""HAR files and Postman collections as tests make them, and everything an Api could show of itself."""

from __future__ import annotations

import json
from base64 import urlsafe_b64encode
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from evaluation.findings.model import Api, Field

HOST = "https://api.example.org"
FHIR = Path(__file__).parent / "fhir"


def entry(path: str, body: Any = None, status: int = 200, method: str = "GET", **how: Any) -> dict[str, Any]:
    """An entry of a HAR file; ``how`` may hold text, mime, host, headers and encoding."""
    text = how.get("text", json.dumps(body))
    content = {"size": len(text), "mimeType": how.get("mime", "application/json; charset=utf-8"), "text": text}
    if "encoding" in how:
        content["encoding"] = how["encoding"]
    headers = [{"name": name, "value": value} for name, value in how.get("headers", {}).items()]
    request = {"method": method, "url": how.get("host", HOST) + path, "headers": headers, "cookies": []}
    return {
        "startedDateTime": "2026-01-01T00:00:00Z",
        "request": request,
        "response": {"status": status, "content": content},
    }


def har(*entries: Any, version: str = "1.2") -> dict[str, Any]:
    return {"log": {"version": version, "creator": {"name": "a test", "version": "1"}, "entries": list(entries)}}


def example(body: Any = None, code: int = 200, **how: Any) -> dict[str, Any]:
    """A saved answer of a Postman request."""
    header = [{"key": "Content-Type", "value": how.pop("mime", "application/json")}]
    return {"name": "an example", "code": code, "header": header, "body": json.dumps(body), **how}


def request(url: Any, *examples: Any, method: str = "GET") -> dict[str, Any]:
    return {"name": "a request", "request": {"method": method, "header": [], "url": url}, "response": list(examples)}


def collection(*items: Any, version: str = "v2.1.0") -> dict[str, Any]:
    schema = f"https://schema.getpostman.com/json/collection/{version}/collection.json"
    return {"info": {"name": "a collection", "schema": schema}, "item": list(items)}


def put(folder: Path, content: Any, name: str = "file.json") -> Path:
    file = folder / name
    file.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    return file


def jwt(**claims: Any) -> str:
    parts = [{"alg": "HS256"}, claims]
    coded = [urlsafe_b64encode(json.dumps(part).encode()).decode().rstrip("=") for part in parts]
    return ".".join([*coded, "signature"])


def shown(api: Api) -> str:
    """Every text of an Api that a report may show: all but the values of columns and of rows."""
    return "\n".join(_texts(api))


def _texts(api: Api) -> Iterator[str]:
    yield from (api.title, *api.partial, repr(api.refusals), repr(api.token), repr(api.probes))
    for resource in api.resources:
        yield from (resource.name, resource.description, *resource.paths, resource.deletions)
        yield from _columns(resource.fields)
        yield from (name for table in resource.tables for name in (table.practice, *table.columns))


def _columns(fields: Sequence[Field]) -> Iterator[str]:
    for field in fields:
        yield from (field.name, field.format, field.pattern, field.description, *map(str, field.enum), *field.leads)
        yield from _columns(field.inner)
