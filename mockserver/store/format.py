"""The two files of a table, byte for byte.

``<element>.rows``: the rows of all versions in serving order, joined by a comma, so that any run of
neighbours is one slice that is valid inside a JSON array.

``<element>.idx``: a header of seven 8-byte fields (magic, byte-order mark, format version, order, versions,
instants, size of the rows file), then arrays of little-endian int64: ``offsets`` (one more than there are
versions; row *i* is ``rows[offsets[i] : offsets[i + 1] - 1]``), ``start``, ``end``, ``modified``,
``created``, ``surrogate``, and ``instants``: the ascending moments at which any version starts or ends.
"""

from __future__ import annotations

import os
import struct
import sys
from array import array
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from itertools import accumulate
from pathlib import Path
from typing import BinaryIO

from mockserver.errors import InputError
from mockserver.store.entries import ORDERS, Entry, Order, in_order

MAGIC = b"hjtable\n"
MARK = 0x0102030405060708
VERSION = 1
HEADER = struct.Struct("<8s6q")
WIDTH = 8
PER_VERSION = 6  # arrays with an item for each version


@dataclass(frozen=True, slots=True)
class TableInfo:
    """What ``write`` wrote: how many versions of how many rows, and a hash of both files' content."""

    element: str
    versions: int
    rows: int
    size: int
    sha256: str


class Index:
    """The arrays of an index, read when first asked for. ``where`` names the file in errors."""

    def __init__(self, data: memoryview, where: str) -> None:
        """Raises InputError if ``data`` is not a whole index."""
        if len(data) < HEADER.size or bytes(data[:8]) != MAGIC:
            raise InputError("is not an index of rows", where)
        fields: tuple[int, ...] = HEADER.unpack_from(data)[1:]
        mark, version, order, self.count, self.moments, self.size = fields
        if mark != MARK:
            raise InputError("has another byte order, build the world again", where)
        if version != VERSION:
            raise InputError(f"has format {version}, build the world again", where, [str(VERSION)])
        items = PER_VERSION * self.count + 1 + self.moments
        if min(self.count, self.moments, self.size) < 0 or len(data) != HEADER.size + WIDTH * items:
            raise InputError("is cut short or has been changed, build the world again", where)
        if order not in range(len(ORDERS)):
            raise InputError("names an unknown order of rows, build the world again", where)
        self.order: Order = ORDERS[order]
        self._data = data

    def _array(self, place: int, length: int) -> array[int]:
        begin = HEADER.size + WIDTH * place
        values = array("q")
        values.frombytes(self._data[begin : begin + WIDTH * length])
        if sys.byteorder == "big":
            values.byteswap()
        return values

    def _column(self, number: int) -> array[int]:
        return self._array(self.count + 1 + number * self.count, self.count)

    @cached_property
    def offsets(self) -> array[int]:
        return self._array(0, self.count + 1)

    @cached_property
    def start(self) -> array[int]:
        return self._column(0)

    @cached_property
    def end(self) -> array[int]:
        return self._column(1)

    @cached_property
    def modified(self) -> array[int]:
        return self._column(2)

    @cached_property
    def created(self) -> array[int]:
        return self._column(3)

    @cached_property
    def surrogate(self) -> array[int]:
        return self._column(4)

    @cached_property
    def instants(self) -> array[int]:
        return self._array(PER_VERSION * self.count + 1, self.moments)


def pack(entries: Iterable[Entry], order: Order) -> tuple[bytes, list[Entry]]:
    """The bytes of the index of ``entries``, and the entries in the order of their rows."""
    ordered = in_order(entries, order)
    offsets = list(accumulate((len(entry.row) + 1 for entry in ordered), initial=0))
    instants = sorted({e.start for e in ordered} | {e.end for e in ordered})
    size = max(offsets[-1] - 1, 0)
    header = HEADER.pack(MAGIC, MARK, VERSION, ORDERS.index(order), len(ordered), len(instants), size)
    arrays: list[Sequence[int]] = [
        offsets,
        [e.start for e in ordered],
        [e.end for e in ordered],
        [e.modified for e in ordered],
        [e.created for e in ordered],
        [e.surrogate for e in ordered],
        instants,
    ]
    return header + b"".join(map(_little, arrays)), ordered


def _little(values: Sequence[int]) -> bytes:
    data = array("q", values)
    if sys.byteorder == "big":
        data.byteswap()
    return data.tobytes()


def chunks(ordered: Sequence[Entry], size: int = 1000) -> Iterator[bytes]:
    """The content of the rows file, some rows at a time."""
    for begin in range(0, len(ordered), size):
        yield b"," * (begin > 0) + b",".join([entry.row for entry in ordered[begin : begin + size]])


def write(directory: Path, element: str, entries: Iterable[Entry], order: Order = "newest") -> TableInfo:
    """Write the table of ``element`` into ``directory``; each file appears whole or not at all.

    The same entries give the same bytes, in whatever order they come. Raises OSError as the disk does.
    """
    directory.mkdir(parents=True, exist_ok=True)
    index, ordered = pack(entries, order)
    digest, size = sha256(index), len(index)
    # The rows take their name first: an index never speaks of rows that are not there yet.
    with _replacing(directory / f"{element}.idx") as head, _replacing(directory / f"{element}.rows") as body:
        head.write(index)
        for chunk in chunks(ordered):
            body.write(chunk)
            digest.update(chunk)
            size += len(chunk)
    rows = len({entry.surrogate for entry in ordered})
    return TableInfo(element, len(ordered), rows, size, digest.hexdigest())


@contextmanager
def _replacing(path: Path) -> Iterator[BinaryIO]:
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        with temporary.open("wb") as file:
            yield file
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
