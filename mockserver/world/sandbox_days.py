"""Who comes when to a sandbox practice: the bookings of the busy day and of a few others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from random import Random
from typing import TypeVar

from .model import Provider
from .sandbox_numbers import BusyDay, Kind, OtherDay
from .sandbox_people import Patient, Roster
from .seeds import draws

T = TypeVar("T")

OPENS, CLOSES = time(8), time(17)


@dataclass(slots=True)
class Booking:
    """An appointment of the source system. ``provider`` None: the resource is the place itself.

    ``marks`` say how the delivered row departs from this (the quirk ids are the keys).
    """

    day: date
    patient: Patient
    kind: Kind
    provider: Provider | None
    place: int
    detail: str
    deleted: bool = False
    begin: time = OPENS
    marks: dict[str, object] = field(default_factory=dict)


def later(begin: time, minutes: int) -> time:
    """The time of day so many minutes after ``begin``."""
    return (datetime.combine(date(2000, 1, 1), begin) + timedelta(minutes=minutes)).time()


def deal(items: Sequence[T], weights: Sequence[float], total: int, rng: Random) -> list[T]:
    """``total`` items in random order, each of them at least once, the rest by weight."""
    dealt = [*items, *rng.choices(items, weights, k=total - len(items))]
    rng.shuffle(dealt)
    return dealt


def busy_day(people: Roster) -> list[Booking]:
    """The bookings of the counted day, with every count of the profile met."""
    numbers, day = people.numbers, people.numbers.busy_day
    rng = draws(people.seed, "sandbox", "busy day")
    patients = _patients(people, day, rng)
    kinds = deal(numbers.kinds, [k.weight for k in numbers.kinds], day.bookings, rng)
    providers = _providers(people, day, rng)
    bookings = [
        _booking(people, day.day, patient, kind, provider, rng)
        for patient, kind, provider in zip(patients, kinds, providers, strict=True)
    ]
    for number in _deleted(day, rng):
        bookings[number].deleted = True
    for booking in bookings:
        _mark_provider(booking, people)
    _set_times(bookings, rng)
    _mark_odd_times(bookings, day, rng)
    return bookings


def _patients(people: Roster, day: BusyDay, rng: Random) -> list[Patient]:
    """Every patient of the day once, then the ones with a second booking."""
    unlisted = [p for p in people.patients if not p.listed]
    once = [*rng.sample(people.listed, day.listed_patients), *unlisted]
    rng.shuffle(once)
    return once + rng.sample(once, day.bookings - len(once))


def _deleted(day: BusyDay, rng: Random) -> list[int]:
    """Positions of deleted bookings. Second bookings are among them, as if the patient had been moved."""
    second = range(day.patients, day.bookings)
    return [*second, *rng.sample(range(day.patients), day.deleted - len(second))]


def _providers(people: Roster, day: BusyDay, rng: Random) -> list[Provider | None]:
    resolved = day.bookings - day.unresolved_rows - day.rows_without_provider
    dealt: list[Provider | None] = [None] * day.rows_without_provider
    dealt += deal(people.unresolved, [1] * len(people.unresolved), day.unresolved_rows, rng)
    dealt += deal(people.providers, [1] * len(people.providers), resolved, rng)
    rng.shuffle(dealt)
    return dealt


def _booking(
    people: Roster, day: date, patient: Patient, kind: Kind, provider: Provider | None, rng: Random
) -> Booking:
    numbers = people.numbers
    place = rng.randrange(len(numbers.places))
    booking = Booking(day, patient, kind, provider, place, rng.choice(numbers.details))
    if kind.messy != kind.reason:
        booking.marks["Q23"] = {"reason": kind.messy}
    return booking


def _mark_provider(booking: Booking, people: Roster) -> None:
    if booking.provider is None:
        booking.marks["Q12"] = "empty"
    elif booking.provider in people.unresolved:
        booking.marks["Q12"] = "unresolved"


def _set_times(bookings: Sequence[Booking], rng: Random) -> None:
    """Fill each resource's day from opening on, on a grid of 15 minutes; start over when it is full."""
    free: dict[str, time] = {}
    for booking in bookings:
        resource = booking.provider.provider_id if booking.provider else str(booking.place)
        begin = later(free.get(resource, OPENS), rng.choice((0, 0, 15)))
        if later(begin, booking.kind.minutes) > CLOSES:
            begin = OPENS
        booking.begin = begin
        free[resource] = later(begin, booking.kind.minutes)


def _mark_odd_times(bookings: Sequence[Booking], day: BusyDay, rng: Random) -> None:
    """One booking in the middle of the night, some a few minutes off the grid."""
    night, *others = rng.sample(bookings, 1 + day.off_grid_rows)
    _mark_time(night, time(int(day.night_begin[:2]), int(day.night_begin[2:])))
    for booking in others:
        _mark_time(booking, later(booking.begin, rng.choice((5, 7, 10))))


def _mark_time(booking: Booking, begin: time) -> None:
    booking.marks["Q21"] = {"begin_time": begin, "end_time": later(begin, booking.kind.minutes)}


def other_days(people: Roster) -> list[Booking]:
    """Bookings of listed patients on the other days. They take turns, so each has one that is not deleted."""
    bookings: list[Booking] = []
    for day in people.numbers.other_days:
        rng = draws(people.seed, "sandbox", "day", day.day.isoformat())
        kept = sum(not b.deleted for b in bookings)
        today = _other_day(people, day, kept, rng)
        _set_times(today, rng)
        bookings += today
    return bookings


def _other_day(people: Roster, day: OtherDay, turn: int, rng: Random) -> list[Booking]:
    listed, numbers = people.listed, people.numbers
    bookings = []
    for n in range(day.rows):
        deleted = n < day.deleted
        patient = rng.choice(listed) if deleted else listed[(turn + n - day.deleted) % len(listed)]
        kind = rng.choices(numbers.kinds, [k.weight for k in numbers.kinds])[0]
        booking = _booking(people, day.day, patient, kind, rng.choice(people.providers), rng)
        booking.deleted = deleted
        bookings.append(booking)
    return bookings
