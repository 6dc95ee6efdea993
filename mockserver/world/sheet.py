"""The rows of one person in the making: slots, source ids and days.

A source id is a function of seed, element, person and slot, so a row can be referred to before it exists.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from functools import cache
from types import MappingProxyType

from mockserver.world.model import SLOTS, Change, Person, Record, Values
from mockserver.world.practice import DIGITS
from mockserver.world.seeds import Numbering, numbering

_STOPS = MappingProxyType({5: 2, 6: 1})


@cache
def _numbering(seed: int, element: str) -> Numbering:
    return numbering(seed, element, DIGITS)


def source_id(seed: int, element: str, index: int, slot: int) -> str:
    """Nine digits, unique in the element: the same number as ``Practice.number`` gives."""
    return _numbering(seed, element).at(index * SLOTS + slot)


def later(day: date, days: int) -> date:
    """``day`` and so many days."""
    return date.fromordinal(day.toordinal() + days)


def office_day(day: date, days: int) -> date:
    """So many days later, moved on to Monday from a weekend: offices do not post on weekends."""
    moved = later(day, days)
    return later(moved, _STOPS.get(moved.weekday(), 0))


class Sheet:
    """Collects the records of one person and hands out slots, at most ``SLOTS // 2`` per element."""

    def __init__(self, seed: int, person: Person) -> None:
        self._seed = seed
        self._person = person
        self._used: dict[str, int] = {}
        self._records: list[Record] = []

    def add(self, element: str, day: date, values: Values, changes: Iterable[Change] = ()) -> Record | None:
        """A row with its own id and the patient's; None, and no row, when the element is full.

        Raises ValueError for a change that is not later than the row.
        """
        slot = self._used.get(element, 0)
        if slot >= SLOTS // 2:
            return None
        self._used[element] = slot + 1
        own = {f"{element}_id": source_id(self._seed, element, self._person.index, slot)}
        full = {**own, "patient_id": self._person.patient_id, **values}
        record = Record(element, self._person.index, slot, day, full)
        self._records.append(record)
        for change in changes:
            amend(record, change.day, change.values)
        return record

    def __iter__(self) -> Iterator[Record]:
        return iter(self._records)


def amend(record: Record, day: date, values: Values) -> None:
    """A later change of a row. Raises ValueError if it is not later than the row and its changes."""
    last = record.changes[-1].day if record.changes else record.day
    if day <= last:
        raise ValueError(f"{record.element} of {record.day}: a change on {day} is not later than {last}")
    record.changes.append(Change(day, values))
