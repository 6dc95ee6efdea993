"""Cassettes for tests: recorded from a mock and scrubbed as ``hjkit record`` does it, or made by hand."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from evaluation.recording import cassette
from evaluation.recording.cassette import Cassette
from evaluation.recording.exchange import Exchange, Request, Response
from evaluation.recording.scrub import Scrubber
from mockserver import contract

BASE = "http://127.0.0.1:8420"
JSON = (("content-type", "application/json"),)


def written(folder: Path, exchanges: list[Exchange], origin: str = "mock 0.1.0", **meta: Any) -> Path:
    """A cassette file of exchanges as they are."""
    path = folder / "made.yaml"
    cassette.write(path, Cassette({"origin": origin, **meta}, tuple(exchanges)))
    return path


def scrubbed(folder: Path, made: Cassette) -> Path:
    """A cassette file of a capture, scrubbed."""
    exchanges = Scrubber(contract.load()).session(made.exchanges)
    path = folder / "scrubbed.yaml"
    cassette.write(path, Cassette(made.meta, exchanges))
    return path


def asked(path: str, body: Any, status: int = 200, step: str = "", method: str = "GET", kind: Any = JSON) -> Exchange:
    """An exchange; a body that is no bytes is JSON."""
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    return Exchange(step, Request(method, BASE + path), Response(status, "", kind, raw))


def page(rows: list[Any], total: int | None = None, current: int = 1) -> dict[str, Any]:
    """The envelope of a page."""
    return {"current_page": current, "data": rows, "total": len(rows) if total is None else total}


def rows_of(path: str, rows: list[Any], total: int | None = None, current: int = 1, step: str = "") -> Exchange:
    return asked(path, page(rows, total, current), step=step)
