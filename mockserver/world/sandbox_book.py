"""Rows with vendor time: which load stored a row, what sets it apart from the rest of its load, its id."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date, datetime, time
from types import MappingProxyType

from .model import SLOTS, History, Values, Version
from .seeds import seed_of, source_number, surrogate

_EPOCH = datetime(1970, 1, 1)
SECOND = 1_000_000
GAP = 1009
"""Microseconds between the rows of one load. Prime to ten, so that the last digits vary."""

# Parents are read before children, so that every reference resolves once a night's loads are over.
WINDOWS = (
    *(
        "location",
        "provider",
        "demographic",
        "attribution",
        "appointment",
        "encounter",
        "diagnosis",
        "allergy",
    ),
    *("medication", "immunization", "vitals", "social_history", "medsurg_history", "quality_data"),
    *("lab_order", "lab_result", "procedure", "charge", "transaction"),
)


def instant(day: date, at: time = time()) -> int:
    """Microseconds of vendor time."""
    return int((datetime.combine(day, at) - _EPOCH).total_seconds()) * SECOND


def fraction(key: int, *, short: bool = False) -> int:
    """Microseconds in a second that end in one zero if ``short``, else in none."""
    head, digit = key % 10_000, 1 + key // 10_000 % 9
    return head * 100 + digit * 10 if short else head * 100 + key % 7 * 10 + digit


class Book:
    """Makes the histories of a practice, keeping count of slots and of the rows in each load."""

    def __init__(self, seed: int) -> None:
        self.seed = seed
        self._slots: Counter[tuple[str, int]] = Counter()
        self._loaded: Counter[tuple[str, int]] = Counter()

    def slot(self, element: str, index: int) -> int:
        """The next free slot of this patient (or of the practice, index -1) in the element."""
        slot = self._slots[element, index]
        self._slots[element, index] += 1
        return slot

    def next_id(self, element: str, index: int) -> str:
        """The source id, six digits, of the row that will take the next free slot."""
        return source_number(self.seed, element, index * SLOTS + self._slots[element, index], 6)

    def jitter(self, element: str, batch: int) -> int:
        """What sets the next row of a load apart from those before it, in microseconds."""
        count = self._loaded[element, batch]
        self._loaded[element, batch] += 1
        return count * GAP

    def surrogate(self, element: str, index: int, slot: int) -> int:
        return surrogate(self.seed, element, (index + 1) * SLOTS + slot)

    def night(self, element: str, day: date) -> int:
        """The load of the element in the night after ``day``, between 1 and 5 o'clock."""
        key = seed_of(self.seed, "sandbox", "load", element, day.isoformat())
        start = 25 * 3600 + WINDOWS.index(element) * 720 + key % 600
        return instant(day) + start * SECOND + fraction(key >> 16)

    def version(self, element: str, batch: int, values: Values) -> Version:
        return Version(batch, self.jitter(element, batch), values)

    def numbered(
        self,
        element: str,
        index: int,
        day: date,
        values: Values,
        *changes: tuple[date, Values],
        marks: Mapping[str, object] = MappingProxyType({}),
    ) -> History:
        """A row as ``row`` makes it, with a source id of six digits in the column ``<element>_id``."""
        own = {f"{element}_id": self.next_id(element, index)}
        return self.row(element, index, day, {**own, **values}, *changes, marks=marks)

    def row(
        self,
        element: str,
        index: int,
        day: date,
        values: Values,
        *changes: tuple[date, Values],
        marks: Mapping[str, object] = MappingProxyType({}),
    ) -> History:
        """A row that happened on ``day``, with new values of some columns from later days on."""
        slot = self.slot(element, index)
        versions = [self.version(element, self.night(element, day), values)]
        for changed_on, new in changes:
            values = {**values, **new}
            versions.append(self.version(element, self.night(element, changed_on), values))
        first = versions[0]
        number = self.surrogate(element, index, slot)
        return History(element, index, slot, number, first.batch, first.jitter, versions, marks=marks)
