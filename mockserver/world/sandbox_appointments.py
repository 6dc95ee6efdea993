"""Bookings as rows of the element appointment, with what the delivered rows have on top as marks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta
from random import Random

from .model import SLOTS, History, Values, Version
from .sandbox_book import Book
from .sandbox_days import CLOSES, OPENS, Booking, later
from .sandbox_loads import Stored, order_with, stored
from .sandbox_people import Roster
from .seeds import draws, source_number, surrogate

APPOINTMENT = "appointment"


def values_of(booking: Booking, number: int, people: Roster) -> Values:
    """The clean columns; ``number`` counts the bookings of the practice."""
    provider = booking.provider
    place = f"Resource_{people.numbers.places[booking.place]}"
    resource = f"Provider_{provider.provider_id}" if provider else place
    return {
        "patient_id": booking.patient.patient_id,
        "date": booking.day,
        "begin_time": booking.begin,
        "end_time": later(booking.begin, booking.kind.minutes),
        "duration": booking.kind.minutes,
        "resource": resource,
        "reason": booking.kind.reason,
        "type": booking.kind.type,
        "detail": booking.detail,
        "provider_id": provider.provider_id if provider else None,
        "provider_name": provider.name if provider else None,
        "appointment_id": appointment_id(people.seed, number),
        "delete_ind": "N",
    }


def appointment_id(seed: int, number: int) -> str:
    """The source id of a booking, six digits."""
    return source_number(seed, APPOINTMENT, number, 6)


def busy_rows(people: Roster, bookings: Sequence[Booking], book: Book) -> list[History]:
    """The rows of the busy day, in order of their ids."""
    day, rng = people.numbers.busy_day, draws(people.seed, "sandbox", "loads")
    times = stored(day, [b.deleted for b in bookings], rng)
    order = order_with([t.created for t in times], day.backward_neighbours, rng)
    # No appointment belongs to the practice itself, so the ids of such rows are free to be used by rank.
    ids = sorted(surrogate(people.seed, APPOINTMENT, SLOTS // 2 + n) for n in range(len(times)))
    jitters = {n: book.jitter(APPOINTMENT, times[n].created) for n in order}
    number_of = dict(zip(order, ids, strict=True))
    rows = {
        n: _busy_row(people, bookings[n], n, times[n], jitters[n], number_of[n], book)
        for n in order
        if n < len(bookings)
    }
    for twin in range(len(bookings), len(times)):
        original = rows[_original(bookings, times, times[twin].changed, rng)]
        original.marks = {**original.marks, "Q14": _twin(number_of[twin], times[twin], jitters[twin])}
    return list(rows.values())


def _busy_row(
    people: Roster, booking: Booking, number: int, at: Stored, jitter: int, identity: int, book: Book
) -> History:
    values = values_of(booking, number, people)
    first = Version(at.created, jitter, values)
    slot = book.slot(APPOINTMENT, booking.patient.index)
    row = History(APPOINTMENT, booking.patient.index, slot, identity, at.created, jitter, [first], marks=booking.marks)
    if booking.deleted:
        row.deleted = book.version(APPOINTMENT, at.changed, {**values, "delete_ind": "Y"})
    elif at.changed > at.created:
        first.values = {**values, **_before(booking, people, draws(people.seed, "sandbox", "before", number))}
        row.versions.append(book.version(APPOINTMENT, at.changed, values))
    return row


def _before(booking: Booking, people: Roster, rng: Random) -> Values:
    """What a booking said before its last change: another note, or another time."""
    if "Q21" in booking.marks or rng.random() < 0.5:
        return {"detail": next(d for d in people.numbers.details if d != booking.detail)}
    minutes = booking.kind.minutes
    begin = later(booking.begin, -15) if booking.begin > OPENS else later(booking.begin, 15)
    end = later(begin, minutes)
    return {"begin_time": begin, "end_time": end} if end <= CLOSES else {}


def _original(bookings: Sequence[Booking], times: Sequence[Stored], before: int, rng: Random) -> int:
    """The booking that gets a twin: live, provider and times unmarked, last changed before the twin comes."""
    plain = [
        n
        for n, b in enumerate(bookings)
        if not b.deleted and not {"Q12", "Q21"} & b.marks.keys() and times[n].changed < before
    ]
    return rng.choice(plain)


def _twin(identity: int, at: Stored, jitter: int) -> dict[str, int]:
    return {
        "surrogate": identity,
        "created_batch": at.created,
        "created_jitter": jitter,
        "batch": at.changed,
        "jitter": jitter,
    }


def other_rows(people: Roster, bookings: Sequence[Booking], start: int, book: Book) -> Iterator[History]:
    """The rows of the other days, numbered from ``start``: booked three weeks, deleted three days ahead."""
    for number, booking in enumerate(bookings, start):
        values = values_of(booking, number, people)
        booked = booking.day - timedelta(days=21)
        row = book.row(APPOINTMENT, booking.patient.index, booked, values, marks=booking.marks)
        if booking.deleted:
            night = book.night(APPOINTMENT, booking.day - timedelta(days=3))
            row.deleted = book.version(APPOINTMENT, night, {**values, "delete_ind": "Y"})
        yield row
