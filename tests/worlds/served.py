"""A built practice with all versions of its rows read: what is served at any instant, without HTTP."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from mockserver.contract import Contract
from mockserver.store import Table
from mockserver.worlds import Practice, World

DAY = 86_400_000_000
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Stored:
    """A version of a row, visible from ``start`` until before ``end``. ``row`` is keyed by clean names."""

    start: int
    end: int
    surrogate: int
    row: Row

    def at(self, instant: int) -> bool:
        return self.start <= instant < self.end


@dataclass(frozen=True, eq=False)
class Tables:
    """The one practice of a shipped world."""

    world: World
    practice: Practice
    versions: Mapping[str, list[Stored]]

    @classmethod
    def of(cls, world: World) -> Tables:
        (practice,) = world.practices.values()
        read = {name: list(_versions(table, world.contract, name)) for name, table in practice.tables.items()}
        return cls(world, practice, read)

    @property
    def now(self) -> int:
        return self.world.now

    @property
    def contract(self) -> Contract:
        return self.world.contract

    def rows(self, element: str, at: int | None = None) -> list[Row]:
        """The rows served at an instant, the world's now unless another is given."""
        instant = self.now if at is None else at
        return [stored.row for stored in self.versions[element] if stored.at(instant)]

    def by(self, element: str, column: str, at: int | None = None) -> dict[Any, Row]:
        return {row[column]: row for row in self.rows(element, at)}


def _versions(table: Table, contract: Contract, name: str) -> Iterator[Stored]:
    columns = {wire: prop.clean for wire, prop in contract.elements[name].by_wire.items()}
    index = table.index
    spans = zip(index.start, index.end, index.surrogate, table.parsed(), strict=True)
    for start, end, surrogate, row in spans:
        yield Stored(start, end, surrogate, {columns[wire]: value for wire, value in row.items()})
