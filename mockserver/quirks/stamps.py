"""Q16, Q17: Healthjump's ids and timestamps."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from ..world.model import History
from .context import Context
from .trace import again, rebuilt
from .truth import Truth


def shared_instants(history: History, context: Context) -> list[History]:
    """Q17: created and modified are the instant of the load. Of two versions in one load the later stays."""
    gone = history.deleted
    loads = {v.batch: again(v, v.batch, 0) for v in history.versions}
    row = rebuilt(history, list(loads.values()), gone and again(gone, gone.batch, 0))
    row.created_jitter = 0
    return [row]


def unordered_ids(history: History, context: Context) -> list[History]:
    """Q16: ids are made by key and know no time, so there is nothing to do. ``rank`` is the other state."""
    return [history]


def rank(histories: Iterable[History], truth: Truth) -> list[History]:
    """Without Q16: one element's surrogates given out anew, ascending with the create instant.

    The set of numbers stays, and rows that shared one (Q15) still do. Order of the result: as given.
    Instants that are equal (Q17) go by patient index and slot. The notes in ``truth`` follow.
    """
    rows = list(histories)
    first: dict[int, tuple[int, int, int]] = {}
    for row in rows:
        key = (row.created, row.index, row.slot)
        first[row.surrogate] = min(key, first.get(row.surrogate, key))
    by_time = sorted(first, key=lambda number: first[number])
    numbers = dict(zip(by_time, sorted(first), strict=True))
    for element in {row.element: None for row in rows}:
        truth.renumber(element, numbers)
    return [replace(row, surrogate=numbers[row.surrogate]) for row in rows]
