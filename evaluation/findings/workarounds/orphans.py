"""Rows whose parent is not delivered (HJ-026)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

Row = Mapping[str, Any]


def joined(rows: Iterable[Row], parents: Iterable[Row], reference: str, key: str) -> list[tuple[Row, Row | None]]:
    """Every row with its parent, None where it is not delivered. Ids are compared as text, because types differ."""
    known = {str(parent[key]): parent for parent in parents}
    return [(row, known.get(_text(row.get(reference)))) for row in rows]


def awaited(rows: Iterable[Row], parents: Iterable[Row], reference: str, key: str) -> set[str]:
    """Ids that rows name and no parent has: ask for them later, and store the rows meanwhile."""
    return {_text(row.get(reference)) for row, parent in joined(rows, parents, reference, key) if parent is None} - {""}


def _text(value: object) -> str:
    return "" if value is None else str(value)
