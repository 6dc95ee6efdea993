"""The rows of one table that are visible at one instant, in serving order."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING

from mockserver.store.cache import LRU
from mockserver.store.entries import Entry, in_order, key

if TYPE_CHECKING:
    from mockserver.store.filters import Filter
    from mockserver.store.tables import Table

Token = tuple[int, int, int]


class View:
    """Versions of ``table`` by ascending place, with ``entries`` put in by hand between them. Never changes.

    ``token`` stands for the instant and the overlay (not for filters): two views of one table and one overlay
    with the same token show the same rows. ``selections`` remembers the filters last asked of this view.
    """

    def __init__(self, table: Table, base: array[int], entries: Iterable[Entry], token: Token) -> None:
        self.table = table
        self.base = base
        self.entries = in_order(entries, table.order)
        self.token = token
        self.selections: LRU[frozenset[Filter], View] = LRU(8)
        self._places = [self._place(entry) + before for before, entry in enumerate(self.entries)]

    def _place(self, entry: Entry) -> int:
        wanted = key(self.table.order, entry.modified, entry.created, entry.surrogate)
        return bisect_left(self.base, wanted, key=self.table.key)

    def __len__(self) -> int:
        return len(self.base) + len(self.entries)

    def page(self, offset: int, limit: int) -> bytes:
        """Rows ``[offset, offset + limit)`` joined by commas, nothing past the end.

        Costs the same at any depth.
        """
        return bytes(self.joined(offset, limit))

    def joined(self, offset: int, limit: int) -> bytes | memoryview:
        """The same as ``page``, but not copied where the rows stand together in the file."""
        at, stop = max(offset, 0), min(offset + limit, len(self))
        first, last = bisect_left(self._places, at), bisect_left(self._places, stop)
        pieces: list[bytes | memoryview] = []
        for before in range(first, last):
            pieces += self._slices(at - before, self._places[before] - before)
            pieces.append(self.entries[before].row)
            at = self._places[before] + 1
        pieces += self._slices(at - last, stop - last)
        return pieces[0] if len(pieces) == 1 else b",".join(pieces)

    def _slices(self, low: int, high: int) -> Iterator[memoryview]:
        """The rows of ``base[low:high]``: neighbours in the file in one slice."""
        if low >= high:
            return
        first, last = self.base[low], self.base[high - 1]
        if last - first == high - low - 1:
            yield self.table.slice(first, last)
            return
        for here, there in pairwise(self.base[low:high]):
            if there != here + 1:
                yield self.table.slice(first, here)
                first = there
        yield self.table.slice(first, last)

    def rows(self) -> Iterator[bytes]:
        """Each row, in serving order."""
        return (self.page(place, 1) for place in range(len(self)))

    def find(self, surrogate: int) -> bytes | None:
        """The row of that number, or None if this view shows none."""
        for entry in self.entries:
            if entry.surrogate == surrogate:
                return entry.row
        for version in self.table.versions_of(surrogate):
            place = bisect_left(self.base, version)
            if place < len(self.base) and self.base[place] == version:
                return bytes(self.table.slice(version, version))
        return None

    @cached_property
    def mask(self) -> bytearray:
        """1 for each version of the table that this view shows, 0 for the others."""
        mask = bytearray(len(self.table))
        for version in self.base:
            mask[version] = 1
        return mask
