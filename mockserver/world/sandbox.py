"""The maker of sandbox worlds: histories with the observable profile of the vendor's public sandbox.

The histories are clean: every id resolves, nothing is there twice. What the delivered rows have on top
is marked on them, because its counts are part of the profile (``profiles/sandbox.yaml``, source
response-appointment). Marks by quirk id:

* ``Q12``: ``empty`` or ``unresolved`` on appointments, ``unresolved`` on the providers concerned
* ``Q14``: surrogate, batch and jitter of the twin (created and last changed)
* ``Q21``: ``begin_time`` and ``end_time``; ``Q23``: ``reason``, on appointments and their encounters
* ``Q22``: True on patients the delivered list lacks
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from .clock import to_datetime
from .model import History, Values
from .profiles import Profile
from .sandbox_appointments import busy_rows, other_rows
from .sandbox_billing import billing
from .sandbox_book import Book
from .sandbox_days import busy_day, other_days
from .sandbox_measures import measures
from .sandbox_numbers import Numbers, read
from .sandbox_people import Patient, Roster, demographic, location_id, location_row, provider_row, roster
from .sandbox_visits import chart, encounter, visits
from .schema import ProfileError
from .seeds import draws


def histories(profile: Profile) -> Iterator[History]:
    """All rows of the world, element by element mixed, all of them stored before ``profile.now``.

    Raises ProfileError for numbers that do not fit. The element payer has no rows (response-empty).
    """
    people = roster(profile.seed, _numbers(profile))
    book, today = Book(profile.seed), to_datetime(profile.now).date()
    yield from _practice(people, book)
    yield from _patients(people, book)
    bookings = busy_day(people)
    yield from busy_rows(people, bookings, book)
    others = other_days(people)
    yield from other_rows(people, others, len(bookings), book)
    for visit in visits(people, [*bookings, *others], today):
        yield encounter(people, visit, book)
        yield from chart(people, visit, book)
        yield from measures(people, visit, book)
        yield from billing(people, visit, today, book)


def _numbers(profile: Profile) -> Numbers:
    where = f"{profile.name}.yaml: sandbox"
    raw = profile.sections.get("sandbox")
    if raw is None:
        raise ProfileError("is missing", where, ["a mapping such as that of sandbox.yaml"])
    numbers = read(raw, where)
    if numbers.busy_day.last_load >= to_datetime(profile.now).date():
        raise ProfileError("does not fit", f"{where}.busy_day.last_load", ["a day before that of now"])
    return numbers


def _practice(people: Roster, book: Book) -> Iterator[History]:
    """Sites and providers, stored a month before the first booking."""
    day = people.numbers.busy_day.first_load - timedelta(days=30)
    for place in range(len(people.numbers.places)):
        yield book.row("location", -1, day, location_row(people.seed, people.numbers, place))
    for provider in (*people.providers, *people.unresolved):
        marks = {"Q12": "unresolved"} if provider in people.unresolved else {}
        yield book.row("provider", -1, day, provider_row(provider), marks=marks)


def _patients(people: Roster, book: Book) -> Iterator[History]:
    """Patients, some a night, all stored before the first booking; a few of the listed move house later."""
    numbers = people.numbers
    first = numbers.busy_day.first_load
    for patient in people.patients:
        day = first - timedelta(days=29 - patient.index * 28 // len(people.patients))
        moves = _moves(people, patient, first) if patient.listed else []
        marks = {} if patient.listed else {"Q22": True}
        values = demographic(people.seed, patient, numbers)
        yield book.row("demographic", patient.index, day, values, *moves, marks=marks)
        if patient.listed:
            yield book.numbered("attribution", patient.index, day, _attribution(people, patient, day))


def _moves(people: Roster, patient: Patient, start: date) -> list[tuple[date, Values]]:
    rng = draws(people.seed, "sandbox", "move", patient.index)
    if rng.random() >= 0.2:
        return []
    street = f"{rng.randrange(900, 1800)} Sample Street"
    return [(start + timedelta(days=rng.randrange(60, 330)), {"address_line_1": street})]


def _attribution(people: Roster, patient: Patient, day: date) -> Values:
    return {
        "patient_id": patient.patient_id,
        "provider_id": patient.pcp.provider_id,
        "provider_name": patient.pcp.name,
        "location_id": location_id(people.seed, patient.index % len(people.numbers.places)),
        "attribution_type": "PCP",
        "start_date": day,
    }
