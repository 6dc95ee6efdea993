"""Exchanges made by hand: pages of the contract's examples, refusals, logins."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from evaluation.recording.drift import Verdict, View, verdicts
from evaluation.recording.exchange import Exchange, Request, Response
from mockserver import contract as contracts

CONTRACT = contracts.load()
BASE = "http://127.0.0.1:9"
SENT = (("Authorization", "Bearer a.b.c"), ("Secretkey", "invented"), ("Version", "3.0"))
CAME = (("Content-Type", "application/json"), ("Cache-Control", "no-cache, private"))
Row = dict[str, Any]


def row(path: str, number: int = 1, **changed: Any) -> Row:
    """The contract's examples; a larger ``number`` is a newer row with a larger id."""
    element = CONTRACT.paths[path]
    found: Row = {p.wire: p.example for p in element.properties}
    if element.surrogate is not None:
        found[element.surrogate.wire] = 100_000_000 + number
        stamps = ("hj_create_timestamp", "hj_modify_timestamp")
        found |= dict.fromkeys(stamps, f"2022-07-01 10:{number // 60:02}:{number % 60:02}.5")
    return {**found, **changed}


def page(path: str, rows: Sequence[Row], /, query: str = "", step: str = "one", **changed: Any) -> Exchange:
    """One page with these rows, ``changed`` members of the envelope on top."""
    url = f"{BASE}/hjdw/SBOX02/{path}"
    envelope = {
        "current_page": 1, "data": list(rows), "from": 1 if rows else None, "last_page": 1 if rows else 0,
        "next_page_url": None, "path": url, "per_page": 1000, "prev_page_url": None, "to": len(rows) or None,
        "total": len(rows), **changed,
    }  # fmt: skip
    return answered(f"{url}?{query}" if query else url, {k: v for k, v in envelope.items() if v != "absent"}, step=step)


def answered(
    url: str,
    document: object,
    status: int = 200,
    step: str = "one",
    method: str = "GET",
    sent: Sequence[tuple[str, str]] = SENT,
    came: Sequence[tuple[str, str]] = CAME,
) -> Exchange:
    """An exchange with a JSON body."""
    body = json.dumps(document).encode()
    return Exchange(step, Request(method, url, tuple(sent)), Response(status, "", tuple(came), body))


def judged(*exchanges: Exchange, steps: Mapping[str, Mapping[str, str]] | None = None, **view: Any) -> list[Verdict]:
    """All verdicts on these answers."""
    return verdicts(View("recording", exchanges, steps=steps, **view), CONTRACT)


def broken(*exchanges: Exchange, **view: Any) -> dict[str, str]:
    """What does not hold: id -> what was seen."""
    return {v.id: v.said for v in judged(*exchanges, **view) if not v.held}


def facets(*exchanges: Exchange, **view: Any) -> set[tuple[str, str]]:
    """What does not hold, as facet and id."""
    return {(v.facet, v.id) for v in judged(*exchanges, **view) if not v.held}
