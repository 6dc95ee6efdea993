"""Deleted rows: those that are delivered (HJ-021), and those nobody tells of (HJ-022)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

Row = Mapping[str, Any]


def live(rows: Iterable[Row], flag: str = "delete_ind", deleted: Collection[Any] = ("Y",)) -> list[Row]:
    """Rows that are not deleted. A row without the flag, or with an unknown value, counts as live.

    Apply it where rows are counted or shown, not where they are stored: the copy has to learn of the deletion.
    """
    return [row for row in rows if row.get(flag) not in deleted]


def vanished(stored: Iterable[Any], delivered: Iterable[Any]) -> set[Any]:
    """Keys a copy has and a complete new listing has not: what was deleted, where nothing else tells.

    Both must be of the same practice and resource, and the listing must have come to its end without an error.
    Raises ValueError where the listing is empty and the copy is not: that is a failure more often than a deletion.
    """
    had, has = set(stored), set(delivered)
    if had and not has:
        raise ValueError("the listing is empty: nothing is taken for deleted")
    return had - has
