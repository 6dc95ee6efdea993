"""Vendor time for records: when Healthjump stored a row, when it stored each change, when it saw it deleted.

Healthjump reads each practice at night. A row that happened on day D is stored in its element's window of the
night that follows; the windows follow one another with parents before children, so that every reference
resolves at every instant at rest. What happened up to the day the practice was connected is stored by a first
load that begins on that day's evening. All of it is a function of profile, practice and row.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from mockserver.world.clock import DAY, SECOND
from mockserver.world.model import SLOTS, History, Record, Values, Version
from mockserver.world.profiles import PracticeProfile, Profile
from mockserver.world.seeds import SURROGATE_BASE, seed_of, surrogate_at, surrogate_shift

ORDER = (
    "location", "payer", "provider", "demographic", "attribution", "appointment", "encounter", "diagnosis",
    "allergy", "immunization", "medsurg_history", "social_history", "vitals", "medication", "lab_order",
    "lab_result", "procedure", "quality_data", "charge", "transaction",
)  # fmt: skip
"""The elements as they are loaded: whatever a row refers to is loaded before it."""

EPOCH = 719_163
"""``date(1970, 1, 1).toordinal()``."""

NIGHT = 30 * 60 * SECOND
"""A night's first window opens at 00:30."""
WINDOW = 20 * 60 * SECOND
SPREAD = 300 * SECOND
"""The batches of a window lie within its first five minutes, the rows' own instants in the 15 after them."""

EVENING = 18 * 3600 * SECOND
"""The first load begins at 18:00 of the day of connection and ends before midnight of the day after."""
FIRST_WINDOW = 80 * 60 * SECOND
FIRST_SPREAD = 3600 * SECOND

_MASK = 2**64 - 1


@dataclass(slots=True)
class Lane:
    """One element's place in the loads. ``seed`` parts its instants from those of other elements."""

    place: int
    seed: int
    shift: int
    nightly: int
    initial: int
    instants: dict[tuple[int, int], int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Schedule:
    """When the rows of one practice are loaded. Days are ordinals, ``end`` is the world's last instant."""

    connected: int
    end: int
    lanes: Mapping[str, Lane]

    @classmethod
    def of(cls, profile: Profile, practice: PracticeProfile) -> Schedule:
        """The schedule of a practice of a profile."""
        load = profile.load
        usual = load.initial_batches.get("default", 60)
        lanes = {
            element: Lane(
                place,
                seed_of(profile.seed, practice.code, "batch", element),
                surrogate_shift(profile.seed, element),
                load.batches_per_night,
                max(1, int(load.initial_batches.get(element, usual))),
            )
            for place, element in enumerate(ORDER)
        }
        return cls(practice.connected.toordinal(), profile.horizon_end, lanes)

    def load_day(self, day: int) -> int:
        """The day whose events are stored together with those of ``day``."""
        return max(day, self.connected)

    def surrogate(self, element: str, index: int, slot: int) -> int:
        """The Healthjump id of a row: ``seeds.surrogate`` at its position."""
        return surrogate_at(self.lanes[element].shift, (index + 1) * SLOTS + slot)

    def version(self, lane: Lane, surrogate: int, day: int, values: Values) -> Version:
        """The version that the load of ``day`` stores."""
        first = day == self.connected
        window, spread, count = self._window(lane, day, first)
        mixed = (surrogate * 0x9E3779B97F4A7C15 + day * 0xBF58476D1CE4E5B9 + lane.seed) & _MASK
        k = (mixed >> 40) % count
        batch = lane.instants.get((day, k))
        if batch is None:
            second = k * (spread // SECOND // count)
            batch = lane.instants[day, k] = window + second * SECOND + seed_of(lane.seed, day, k) % SECOND
        at = window + spread + surrogate - SURROGATE_BASE
        return Version(batch, at - batch, values)

    def _window(self, lane: Lane, day: int, first: bool) -> tuple[int, int, int]:
        midnight = (day - EPOCH) * DAY
        if first:
            return midnight + EVENING + lane.place * FIRST_WINDOW, FIRST_SPREAD, lane.initial
        return midnight + DAY + NIGHT + lane.place * WINDOW, SPREAD, lane.nightly


def history(schedule: Schedule, record: Record) -> History | None:
    """The row through time, or None if it is first stored after the end of the world.

    Changes of one load are one version. A deletion is seen one load after the row was stored at the earliest;
    its version has ``delete_ind`` Y where the element has that column.
    """
    lane = schedule.lanes[record.element]
    surrogate = schedule.surrogate(record.element, record.index, record.slot)
    born = schedule.load_day(record.day.toordinal())
    gone = _gone(schedule, record, born)
    values = record.values
    versions: list[Version] = []
    day = born
    for load, changed in _loads(schedule, record, born):
        if gone is not None and load > gone:
            break
        if changed.items() <= values.items():
            continue
        if load > day:
            versions.append(schedule.version(lane, surrogate, day, values))
            day = load
        values = {**values, **changed}
    if gone is None or day < gone:
        versions.append(schedule.version(lane, surrogate, day, values))
    kept = [version for version in versions if version.at <= schedule.end]
    if not kept:
        return None
    deleted = schedule.version(lane, surrogate, gone, _deleted(values)) if gone is not None else None
    if deleted is not None and deleted.at > schedule.end:
        deleted = None
    first = kept[0]
    return History(record.element, record.index, record.slot, surrogate, first.batch, first.jitter, kept, deleted)


def _loads(schedule: Schedule, record: Record, born: int) -> list[tuple[int, Values]]:
    """The changes with the load that stores them, in order. Sorting is stable, so the later of a day wins."""
    if not record.changes:
        return []
    dated = sorted(record.changes, key=lambda change: change.day)
    return [(max(born, schedule.load_day(change.day.toordinal())), change.values) for change in dated]


def _gone(schedule: Schedule, record: Record, born: int) -> int | None:
    if record.deleted is None:
        return None
    return max(born + 1, schedule.load_day(record.deleted.toordinal()))


def _deleted(values: Values) -> Values:
    return {**values, "delete_ind": "Y"} if "delete_ind" in values else values
