"""A column of a table, sorted: which versions hold a value, by bisection."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import accumulate, chain
from threading import Lock
from typing import Any

from mockserver.store import values
from mockserver.store.cache import LRU
from mockserver.store.filters import Filter
from mockserver.store.values import Key, Kind

Wanted = tuple[str, Kind]
Row = Mapping[str, Any]


class Column:
    """The distinct values of a column, ascending, and the places of the rows that hold each."""

    def __init__(self, groups: Mapping[Key, Sequence[int]]) -> None:
        self.keys: list[Key] = sorted(groups)
        self._places = array("q", chain.from_iterable(groups[key] for key in self.keys))
        self._first = array("q", accumulate((len(groups[key]) for key in self.keys), initial=0))

    def places(self, condition: Filter) -> array[int]:
        """The places that meet ``condition``, each once, in no particular order."""
        found = array("q")
        for low, high in condition.spans(self.keys):
            found.extend(self._places[self._first[low] : self._first[high]])
        return found


def build(rows: Iterable[Row], wanted: Sequence[Wanted]) -> dict[Wanted, Column]:
    """The columns ``wanted`` of ``rows``, in one pass. Null, or a value not of the kind, has no place."""
    raw: dict[str, dict[Any, list[int]]] = {name: {} for name, _ in wanted}
    for place, row in enumerate(rows):
        for name, groups in raw.items():
            value = row.get(name)
            if value is not None:
                groups.setdefault(value, []).append(place)
    return {(name, kind): Column(_by_key(raw[name], kind)) for name, kind in wanted}


def _by_key(raw: Mapping[Any, list[int]], kind: Kind) -> dict[Key, list[int]]:
    """Places by what their values compare by: 12.5 and 12.50 are one number, written in two ways."""
    groups: dict[Key, list[int]] = {}
    for value, places in raw.items():
        key = values.key(kind, value)
        if key is not None:
            groups[key] = groups[key] + places if key in groups else places
    return groups


class Columns:
    """The columns of one table, each built when a filter first names it; the last ``limit`` used are kept."""

    def __init__(self, rows: Callable[[], Iterator[Row]], limit: int = 16) -> None:
        self._rows = rows
        self._built: LRU[Wanted, Column] = LRU(limit)
        self._lock = Lock()

    def get(self, wanted: Iterable[Wanted]) -> dict[Wanted, Column]:
        """The columns ``wanted``; what is missing is read from the rows in one pass."""
        found = {name: self._built.get(name) for name in wanted}
        missing = [name for name, column in found.items() if column is None]
        if missing:
            with self._lock:
                found |= self._build(missing)
        return {name: column for name, column in found.items() if column is not None}

    def _build(self, missing: Sequence[Wanted]) -> dict[Wanted, Column]:
        built = build(self._rows(), missing)
        for name, column in built.items():
            self._built.put(name, column)
        return built
