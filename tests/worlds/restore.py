"""From what the vendor shows back to the clean twin, with nothing but the contract and the answer key."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from mockserver.contract import Contract, Element
from mockserver.contract.wire import parse_timestamp, timestamp

from .served import Row, Tables

Note = Mapping[str, Any]
Key = tuple[str, int]
"""Element and Healthjump id."""

MODIFIED, CREATED = "hj_modify_timestamp", "hj_create_timestamp"
NOTATIONS: Mapping[tuple[str, str], Callable[[Any], object]] = {
    ("surrogate", "surrogate-text"): str,
    ("integer-text", "integer"): int,
    ("decimal-text", "number"): float,
    ("money-text", "number"): float,
    ("clock-time", "compact-time"): lambda value: value[:2] + value[3:5],
    ("hj-timestamp", "hj-timestamp-fixed"): lambda value: timestamp(parse_timestamp(value), fixed=True),
}
"""How a notation of the vendor is read for the one the clean contract states; all others are text either way."""


@dataclass
class AnswerKey:
    """The notes of a practice, sorted for use."""

    maps: dict[tuple[str, str], dict[Any, Any]] = field(default_factory=dict)
    cells: dict[tuple[str, int, str], list[Note]] = field(default_factory=lambda: defaultdict(list))
    duplicates: set[Key] = field(default_factory=set)
    repeated: set[Key] = field(default_factory=set)
    withheld: set[Key] = field(default_factory=set)
    deleted: set[tuple[str, int, str]] = field(default_factory=set)

    @classmethod
    def of(cls, notes: Iterable[Note]) -> AnswerKey:
        key = cls()
        for note in notes:
            {"rule": key._rule, "cell": key._cell, "row": key._row}[note["note"]](note)
        return key

    def _rule(self, note: Note) -> None:
        if "map" in note:
            backwards = {dirty: clean for clean, dirty in note["map"]}
            assert len(backwards) == len(note["map"]), "a rule that cannot be read backwards"
            self.maps[note["element"], note["column"]] = backwards

    def _cell(self, note: Note) -> None:
        for modified in note["modified"]:
            self.cells[note["element"], note["surrogate"], modified].append(note)

    def _row(self, note: Note) -> None:
        row = note["element"], note["surrogate"]
        if note["what"] == "deleted":
            self.deleted |= {(*row, modified) for modified in note["modified"]}
        elif note["what"] == "withheld":
            self.withheld.add(row)
        else:
            (self.repeated if note["of"] == note["surrogate"] else self.duplicates).add(row)


def restored(shown: Tables, key: AnswerKey, clean: Contract, element: Element, at: int) -> list[Row]:
    """The rows of an element as the clean twin has them, but for those withheld."""
    rows = [_restore(row, key, shown.contract.elements[element.name]) for row in _kept(shown, key, element.name, at)]
    return [_written(row, shown.contract.elements[element.name], clean.elements[element.name]) for row in rows]


def _kept(shown: Tables, key: AnswerKey, name: str, at: int) -> Iterator[tuple[int, str, Row]]:
    """Rows that the clean twin has too, with Healthjump id and the version's modify instant at full length."""
    seen: set[Key] = set()
    there = (stored for stored in shown.versions[name] if stored.at(at))
    for stored in sorted(there, key=lambda s: parse_timestamp(s.row[CREATED])):
        row, modified = (name, stored.surrogate), timestamp(parse_timestamp(stored.row[MODIFIED]), fixed=True)
        again = row in key.repeated and row in seen
        seen.add(row)
        if not again and row not in key.duplicates and (*row, modified) not in key.deleted:
            yield stored.surrogate, modified, stored.row


def _restore(found: tuple[int, str, Row], key: AnswerKey, element: Element) -> Row:
    surrogate, modified, row = found
    clean = dict(row)
    for (name, column), backwards in key.maps.items():
        if name == element.name:
            clean[column] = backwards.get(clean[column], clean[column])
    for note in key.cells.get((element.name, surrogate, modified), ()):
        assert clean[note["column"]] == note["dirty"], note
        clean[note["column"]] = note["clean"]
    return clean


def _written(row: Row, shown: Element, clean: Element) -> Row:
    """The row in the notation and with the columns of the clean contract."""
    result = {}
    for prop in clean.properties:
        value, form = row[prop.clean], shown.by_clean[prop.clean].format
        read = NOTATIONS.get((form, prop.format))
        result[prop.clean] = value if value is None or read is None else read(value)
    return result
