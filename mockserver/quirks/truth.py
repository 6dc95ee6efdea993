"""The answer key: what the quirks changed, so that every deviation of a served row is a labelled one.

There are three kinds of notes, one JSON line each (``Truth.lines``):

``cell``
    A value that differs from the clean twin's: ``surrogate``, ``modified`` (the versions concerned, as modify
    timestamps with six digits), ``column`` (clean name), ``quirk``, ``clean`` and ``dirty``.
``row``
    A row the clean twin has and the answer lacks (``withheld``), or the other way round (``duplicate`` of a
    surrogate, ``deleted`` from the version in ``modified`` on).
``rule``
    A quirk that treats every row of an element alike: a ``map`` of clean and dirty values that can be read
    backwards, or a ``text`` where no value tells (ids and timestamps).

Dates and times are written ``YYYYMMDD`` and ``HHMM``, as the clean contract has them. Renamed columns and
other formats are not noted: the contract states them.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, time

from ..contract.wire import timestamp
from ..world.model import Value

Plain = str | int | None


@dataclass(frozen=True, slots=True)
class _Cell:
    element: str
    surrogate: int
    column: str
    quirk: str
    clean: Plain
    dirty: Plain


@dataclass(frozen=True, slots=True)
class _Row:
    element: str
    surrogate: int
    quirk: str
    what: str
    of: int | None


_Rule = tuple[str, str, str]


@dataclass(slots=True)
class Truth:
    """Notes on one practice. Instants are microseconds of vendor time."""

    practice: str
    _cells: dict[_Cell, set[int]] = field(default_factory=dict)
    _rows: dict[_Row, set[int]] = field(default_factory=dict)
    _maps: dict[_Rule, dict[Plain, Plain]] = field(default_factory=dict)
    _texts: dict[_Rule, str] = field(default_factory=dict)

    def note(
        self, element: str, surrogate: int, column: str, quirk: str, clean: Value, dirty: Value, modified: int
    ) -> None:
        """The value of the version of instant ``modified`` differs from the clean twin's."""
        cell = _Cell(element, surrogate, column, quirk, plain(clean), plain(dirty))
        self._cells.setdefault(cell, set()).add(modified)

    def row(
        self,
        element: str,
        surrogate: int,
        quirk: str,
        what: str,
        of: int | None = None,
        modified: int | None = None,
    ) -> None:
        """The row is ``withheld``, a ``duplicate`` of another or ``deleted`` from ``modified`` on."""
        instants = self._rows.setdefault(_Row(element, surrogate, quirk, what, of), set())
        if modified is not None:
            instants.add(modified)

    def mapped(self, element: str, column: str, quirk: str, clean: Value, dirty: Value) -> None:
        """Every row of the practice with this clean value shows that dirty one."""
        self._maps.setdefault((element, column, quirk), {})[plain(clean)] = plain(dirty)

    def rule(self, element: str, column: str, quirk: str, text: str) -> None:
        """Every row's column differs in a way that only words can say."""
        self._texts[element, column, quirk] = text

    def renumber(self, element: str, numbers: Mapping[int, int]) -> None:
        """The rows of an element got other surrogates; numbers that are not named stay."""
        self._cells = {_cell_renumbered(c, element, numbers): at for c, at in self._cells.items()}
        self._rows = {_row_renumbered(r, element, numbers): at for r, at in self._rows.items()}

    def lines(self) -> Iterator[str]:
        """The notes as JSON lines: rules, then rows, then cells, each by element, surrogate and column."""
        for notes in (self._rule_notes(), self._row_notes(), self._cell_notes()):
            yield from (_line(note) for note in sorted(notes, key=_order))

    def _rule_notes(self) -> Iterator[dict[str, object]]:
        for key, pairs in self._maps.items():
            yield self._rule_note(key) | {"map": sorted(([c, d] for c, d in pairs.items()), key=str)}
        for key, text in self._texts.items():
            yield self._rule_note(key) | {"text": text}

    def _rule_note(self, key: _Rule) -> dict[str, object]:
        element, column, quirk = key
        note = {"note": "rule", "practice": self.practice, "element": element}
        return {**note, "column": column, "quirk": quirk}

    def _row_notes(self) -> Iterator[dict[str, object]]:
        for r, instants in self._rows.items():
            note = {"note": "row", "practice": self.practice, "element": r.element, "surrogate": r.surrogate}
            note |= {"quirk": r.quirk, "what": r.what}
            note |= {"of": r.of} if r.of is not None else {}
            yield note | ({"modified": _stamps(instants)} if instants else {})

    def _cell_notes(self) -> Iterator[dict[str, object]]:
        for c, instants in self._cells.items():
            note = {"note": "cell", "practice": self.practice, "element": c.element, "surrogate": c.surrogate}
            note |= {"modified": _stamps(instants), "column": c.column, "quirk": c.quirk}
            yield note | {"clean": c.clean, "dirty": c.dirty}


def plain(value: Value) -> Plain:
    """A value as JSON can hold it."""
    if value is None or isinstance(value, str | int):
        return value
    if isinstance(value, date):
        return f"{value.year:04}{value:%m%d}"
    return f"{value:%H%M}" if isinstance(value, time) else str(value)


def _stamps(instants: set[int]) -> list[str]:
    return [timestamp(at, fixed=True) for at in sorted(instants)]


def _cell_renumbered(cell: _Cell, element: str, numbers: Mapping[int, int]) -> _Cell:
    if cell.element != element:
        return cell
    surrogate = numbers.get(cell.surrogate, cell.surrogate)
    return _Cell(element, surrogate, cell.column, cell.quirk, cell.clean, cell.dirty)


def _row_renumbered(row: _Row, element: str, numbers: Mapping[int, int]) -> _Row:
    if row.element != element:
        return row
    of = None if row.of is None else numbers.get(row.of, row.of)
    return _Row(element, numbers.get(row.surrogate, row.surrogate), row.quirk, row.what, of)


def _order(note: Mapping[str, object]) -> tuple[object, ...]:
    return note["element"], note.get("surrogate", 0), note.get("column", ""), note["quirk"], _line(note)


def _line(note: Mapping[str, object]) -> str:
    return json.dumps(note, ensure_ascii=False, separators=(",", ":"))
