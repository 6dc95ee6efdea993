"""Rows that come twice: as copies (HJ-024), or under one source key with different content (HJ-025)."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from typing import Any

Row = Mapping[str, Any]


def once(rows: Iterable[Row], ignore: Collection[str]) -> list[Row]:
    """Rows without copies, the first of each kept. ``ignore`` names what differs between copies: minted key, stamps.

    Drop deleted rows before, or a deleted row may stand for its live copy.
    """
    found: dict[str, Row] = {}
    for row in rows:
        content = {name: value for name, value in row.items() if name not in ignore}
        found.setdefault(json.dumps(content, sort_keys=True), row)
    return list(found.values())


def latest(rows: Iterable[Row], key: str, modified: str, tie: str) -> list[Row]:
    """One row for each source key: the one changed last, of equal ones that with the highest ``tie``, its minted key.

    So the result does not depend on the order of arrival.
    """
    found: dict[Any, Row] = {}
    for row in rows:
        best = found.get(row[key])
        if best is None or (row[modified], row[tie]) > (best[modified], best[tie]):
            found[row[key]] = row
    return list(found.values())
