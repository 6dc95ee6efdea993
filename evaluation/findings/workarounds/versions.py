"""Changes of version that nothing holds off (HJ-037)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any


def strange(rows: Iterable[Mapping[str, Any]], known: Collection[str]) -> tuple[list[str], list[str]]:
    """Names of columns that came and are not known, and of known ones that some row lacks.

    Look at each answer before it is stored, and stop where a known column is gone.
    """
    new: set[str] = set()
    lost: set[str] = set()
    for row in rows:
        new |= row.keys() - set(known)
        lost |= set(known) - row.keys()
    return sorted(new), sorted(lost)
