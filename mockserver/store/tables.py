"""All versions of the rows of one element of one practice, from disk or from memory."""

from __future__ import annotations

import mmap
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from functools import cached_property
from pathlib import Path
from typing import Any

from mockserver.errors import InputError
from mockserver.store import entries as orders
from mockserver.store import jsonio
from mockserver.store.cache import LRU
from mockserver.store.columns import Columns
from mockserver.store.entries import Entry, Key, Order
from mockserver.store.format import Index, chunks, pack
from mockserver.store.overlay import Overlay, Stamp
from mockserver.store.view import View

VIEWS = 4
"""How many instants a table remembers: the clock's, and those of a few tests beside it."""


class Table:
    """Versions by place: place 0 is served first. Never changes; rows by hand stand in an Overlay.

    ``len`` counts versions, not rows. ``where`` names the rows in errors.
    """

    def __init__(self, index: Index, rows: memoryview, where: str) -> None:
        """Raises InputError if ``rows`` is not what ``index`` describes."""
        if len(rows) != index.size:
            what = f"has {len(rows)} bytes where its index says {index.size}, build the world again"
            raise InputError(what, where)
        self.index = index
        self.where = where
        self.order: Order = index.order
        self.columns = Columns(self.parsed)
        self._rows = rows
        self._views: LRU[tuple[int, Overlay | None, Stamp], View] = LRU(VIEWS)

    @classmethod
    def open(cls, directory: Path, element: str) -> Table:
        """The table ``write`` made. Only the header is read; the rest when it is asked for.

        Raises InputError if a file is missing, cut short or not of this format.
        """
        head, body = directory / f"{element}.idx", directory / f"{element}.rows"
        return cls(Index(_mapped(head), str(head)), _mapped(body), str(body))

    def __len__(self) -> int:
        return self.index.count

    def slice(self, first: int, last: int) -> memoryview:
        """The rows of versions ``first`` to ``last``, both included, with the commas between them."""
        offsets = self.index.offsets
        return self._rows[offsets[first] : offsets[last + 1] - 1]

    def row(self, version: int) -> bytes:
        return bytes(self.slice(version, version))

    def key(self, version: int) -> Key:
        """Serving order: versions have ascending keys."""
        index = self.index
        return orders.key(
            self.order, index.modified[version], index.created[version], index.surrogate[version]
        )

    def parsed(self, step: int = 500) -> Iterator[dict[str, Any]]:
        """Each version as an object. Raises InputError if the rows are not JSON."""
        for first in range(0, len(self), step):
            text = self.slice(first, min(first + step, len(self)) - 1)
            try:
                yield from jsonio.loads(b"".join((b"[", text, b"]")))
            except ValueError as error:
                raise InputError(f"holds rows that are not JSON ({error})", self.where) from error

    @cached_property
    def _by_surrogate(self) -> array[int]:
        return array("q", sorted(range(len(self)), key=self.index.surrogate.__getitem__))

    def versions_of(self, surrogate: int) -> array[int]:
        """The places of all versions of one row."""
        by, numbers = self._by_surrogate, self.index.surrogate.__getitem__
        return by[bisect_left(by, surrogate, key=numbers) : bisect_right(by, surrogate, key=numbers)]

    def at(self, now: int, overlay: Overlay | None = None) -> View:
        """What is visible at ``now`` (microseconds of vendor time), with the rows of ``overlay`` on top."""
        epoch = bisect_right(self.index.instants, now)
        stamp = overlay.stamp(now) if overlay else (0, 0)
        name = (epoch, overlay if any(stamp) else None, stamp)
        found = self._views.get(name)
        if found is None:
            found = self._changed(now, epoch, overlay) if overlay and any(stamp) else self._plain(now, epoch)
            self._views.put(name, found)
        return found

    def _plain(self, now: int, epoch: int) -> View:
        spans = enumerate(zip(self.index.start, self.index.end, strict=True))
        base = array("q", [place for place, (start, end) in spans if start <= now < end])
        return View(self, base, (), (epoch, 0, 0))

    def _changed(self, now: int, epoch: int, overlay: Overlay) -> View:
        stamp, changes = overlay.at(now)
        hidden = {version for surrogate in changes for version in self.versions_of(surrogate)}
        base = array("q", [version for version in self.at(now).base if version not in hidden])
        entries = [entry for entry in changes.values() if entry]
        return View(self, base, entries, (epoch, *stamp))


class MemoryTable(Table):
    """A table that has no files."""

    def __init__(self, entries: Iterable[Entry], order: Order = "newest") -> None:
        index, ordered = pack(entries, order)
        rows = b"".join(chunks(ordered))
        super().__init__(Index(memoryview(index), "memory"), memoryview(rows), "memory")


def _mapped(path: Path) -> memoryview:
    """The content of a file, shared with every process that maps it. Raises InputError if there is none."""
    try:
        with path.open("rb") as file:
            empty = not file.read(1)  # an empty file cannot be mapped
            return memoryview(b"" if empty else mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
    except OSError as error:
        raise InputError(f"cannot be read ({error.strerror}), build the world again", str(path)) from error
