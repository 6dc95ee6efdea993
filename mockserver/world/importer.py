"""A user's own rows, checked against the contract and completed. Files are only read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from ..contract import Contract, Property, check, wire
from ..errors import InputError
from .clock import parse_instant
from .importer_files import JSON, Problems, RawRow, raw_rows
from .seeds import seed_of, source_number

MOST_SHOWN = 20
PRACTICE = "MINE01"
STORED = parse_instant("2022-07-31 02:00:00.000001")
"""When the first row without timestamps was stored; the others follow ``STEP`` microseconds apart."""
STEP = 1009
STAMPS = (wire.CREATED, wire.MODIFIED)


@dataclass(frozen=True, slots=True)
class ImportedRow:
    """A complete row of the wire, in wire order, and what a store needs to know about it.

    Instants are microseconds of vendor time. Rows of an element without a Healthjump id have surrogate 0.
    """

    practice: str
    element: str
    row: dict[str, JSON]
    created_us: int
    modified_us: int
    surrogate: int


class RowsRefused(InputError):
    """Files that break the contract. ``problems`` holds a sentence for each place; values are not repeated."""

    def __init__(self, where: str, problems: Sequence[str]) -> None:
        self.problems = tuple(problems)
        count = "1 problem" if len(problems) == 1 else f"{len(problems)} problems"
        lines = [f"{count}, nothing was taken", *problems[:MOST_SHOWN]]
        if len(problems) > MOST_SHOWN:
            lines.append(f"and {len(problems) - MOST_SHOWN} more")
        super().__init__("\n  ".join(lines), where)


def read(directory: Path, contract: Contract, practice: str = PRACTICE) -> list[ImportedRow]:
    """All rows of a directory. ``practice`` is for rows that neither name one nor lie in a practice's directory.

    Columns that may be null may be left out, and so may the Healthjump id, the two timestamps, the practice
    and the row's own source id: these are made from the place of the row. Raises RowsRefused with all
    problems, InputError if there is nothing to read.
    """
    if not directory.is_dir():
        raise InputError("no such directory", directory.name)
    problems = Problems()
    groups: dict[tuple[str, str], list[RawRow]] = {}
    for row in raw_rows(directory, contract, problems):
        groups.setdefault((_practice(row, practice, problems), row.file.element.name), []).append(row)
    imported = [done for (code, _), rows in groups.items() for done in _Group(code, rows, problems).complete()]
    if problems.found:
        raise RowsRefused(directory.name, list(problems.found))
    if not imported:
        raise InputError("there are no rows", directory.name, [f"{name}.csv" for name in contract.elements])
    return imported


def _practice(row: RawRow, default: str, problems: Problems) -> str:
    column = row.file.element.by_clean["practice_id"].wire
    given, expected = row.cells.get(column), row.file.practice
    if expected and given not in (None, "", expected):
        problems.add(f"column {column} names another practice than the directory", row.where, [expected])
    return expected or (given if isinstance(given, str) and given else default)


class _Group:
    """The rows of one element of one practice, on their way to being complete."""

    def __init__(self, practice: str, rows: Sequence[RawRow], problems: Problems) -> None:
        self.element, self.practice = rows[0].file.element, practice
        self._rows, self._problems = rows, problems
        self._own = self.element.by_clean["practice_id"]
        self._id, self._source = self.element.surrogate, self._source_id()
        self._made = {p.wire: self._numbers(p, n) for p, n in ((self._id, 9), (self._source, 8)) if p}

    def _source_id(self) -> Property | None:
        """The row's own id in the source system, if any digits will do for it."""
        column = self.element.by_clean.get(f"{self.element.name}_id")
        return column if column and column.format == "digits" else None

    def _numbers(self, column: Property, digits: int) -> Iterator[JSON]:
        """Ids that no row of the group has, keyed by practice, element and column."""
        taken = {str(row.cells.get(column.wire)) for row in self._rows}
        seed, name = seed_of("import", self.practice), self.element.name
        made = (source_number(seed, f"{name}.{column.clean}", n, digits) for n in count())
        return (int(text) if column.number else text for text in made if text not in taken)

    def complete(self) -> Iterator[ImportedRow]:
        """The complete rows. Those with problems are left out and the problems noted."""
        seen: dict[int, str] = {}
        for place, raw in enumerate(self._rows):
            cells = self._filled(raw, STORED + place * STEP)
            if not self._fits(raw, cells):
                continue
            instants = self._instants(raw, cells)
            number = int(str(cells[self._id.wire])) if self._id else 0
            if self._id and seen.setdefault(number, raw.where) != raw.where:
                self._problems.add(f"column {self._id.wire} repeats that of {seen[number]}", raw.where)
            row = {p.wire: cells[p.wire] for p in self.element.properties}
            yield ImportedRow(self.practice, self.element.name, row, *instants, number)

    def _filled(self, raw: RawRow, stored: int) -> dict[str, JSON]:
        """The cells of a row, with all made that may be left out."""
        cells = {p.wire: None for p in self.element.properties if p.nullable} | dict(raw.cells)
        lacking = {p.wire for p in self.element.properties if cells.get(p.wire) in (None, "")}
        made = {name: next(numbers) for name, numbers in self._made.items() if name in lacking}
        if self._own.wire in lacking:
            made[self._own.wire] = self.practice
        stamps = [p for p in self.element.properties if p.clean in STAMPS]
        given = [cells[p.wire] for p in stamps if p.wire not in lacking]
        for column in stamps:
            if column.wire in lacking:
                made[column.wire] = given[0] if given else wire.encode(column, stored)
        return cells | made

    def _fits(self, raw: RawRow, cells: dict[str, JSON]) -> bool:
        missing = [p.wire for p in self.element.properties if p.wire not in cells]
        for name in missing:
            self._problems.add(f"column {name} is missing", raw.header)
        wrong = [(p, what) for p in self.element.properties for what in _wrong(p, cells)]
        for column, what in wrong:
            example = "" if column.example is None else f", for example {column.example}"
            self._problems.add(f"column {column.wire} {what}{example}", raw.where)
        return not missing and not wrong

    def _instants(self, raw: RawRow, cells: dict[str, JSON]) -> tuple[int, int]:
        """When the row was stored and last changed, in microseconds; elements without timestamps: ``STORED``."""
        names = [self.element.by_clean[clean].wire for clean in STAMPS if clean in self.element.by_clean]
        try:
            created, modified = [wire.parse_timestamp(str(cells[name])) for name in names] or [STORED, STORED]
        except ValueError:
            self._problems.add(f"columns {' and '.join(names)} must be instants that exist", raw.where)
            return STORED, STORED
        if created > modified:
            self._problems.add(f"column {names[0]} lies after {names[1]}", raw.where)
        return created, modified


def _wrong(column: Property, cells: dict[str, JSON]) -> list[str]:
    return check.value_problems(column, cells[column.wire]) if column.wire in cells else []
