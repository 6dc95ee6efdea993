"""One version of one row, and the orders in which rows are served."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Order = Literal["newest", "surrogate"]
ORDERS: tuple[Order, ...] = ("newest", "surrogate")
"""``newest``: the latest change first (observed on appointment). ``surrogate``: ascending number."""

Key = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """The bytes of a row as they are served while ``start <= now < end``.

    Instants are microseconds of vendor time. ``row`` is one JSON object of scalars, UTF-8, without
    anything before or after it. ``modified`` and ``created`` are what the row is ordered by.
    """

    start: int
    end: int
    modified: int
    created: int
    surrogate: int
    row: bytes


def key(order: Order, modified: int, created: int, surrogate: int) -> Key:
    """The place of a row among those visible at one instant: smaller keys are served first."""
    return (-modified, -created, -surrogate) if order == "newest" else (surrogate,)


def in_order(entries: Iterable[Entry], order: Order) -> list[Entry]:
    """``entries`` in serving order. Versions that tie have an order too, so that files repeat."""
    return sorted(
        entries, key=lambda e: (key(order, e.modified, e.created, e.surrogate), e.start, e.end, e.row)
    )
