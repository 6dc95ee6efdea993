"""Bookings of listed patients that took place, as encounters, and what a visit leaves behind in the chart."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from .model import History, Provider, Values
from .sandbox_appointments import appointment_id
from .sandbox_book import Book
from .sandbox_days import Booking, later
from .sandbox_numbers import Problem
from .sandbox_people import Patient, Roster, location_id
from .seeds import draws, source_number


@dataclass(frozen=True, slots=True)
class Visit:
    """A booking that took place. ``problems`` is never empty; ``first`` is the patient's first visit."""

    booking: Booking
    provider: Provider
    number: int
    encounter_id: str
    appointment_id: str
    location_id: str
    problems: tuple[Problem, ...]
    first: bool

    @property
    def day(self) -> date:
        return self.booking.day

    @property
    def patient(self) -> Patient:
        return self.booking.patient

    @property
    def place_of_service(self) -> str:
        """Code of the CMS place of service list."""
        return "02" if self.booking.kind.telehealth else "11"

    @property
    def here(self) -> Values:
        """The patient and the encounter."""
        return {"patient_id": self.patient.patient_id, "encounter_id": self.encounter_id}

    @property
    def ids(self) -> Values:
        """The patient, the encounter and who was in charge."""
        return {**self.here, "provider_name": self.provider.name}

    def rng(self, seed: int, *what: str) -> Random:
        return draws(seed, "sandbox", "visit", self.number, *what)


def visits(people: Roster, bookings: Sequence[Booking], today: date) -> list[Visit]:
    """The visits of listed patients before ``today``, by time. ``bookings`` are in order of number."""
    took_place = sorted(
        (b.day, b.begin, n)
        for n, b in enumerate(bookings)
        if b.patient.listed and b.provider in people.providers and not b.deleted and b.day < today
    )
    seen: set[int] = set()
    result = []
    for _, _, number in took_place:
        index = bookings[number].patient.index
        result.append(_visit(people, bookings[number], number, index not in seen))
        seen.add(index)
    return result


def _visit(people: Roster, booking: Booking, number: int, first: bool) -> Visit:
    assert booking.provider is not None
    seed, patient = people.seed, booking.patient
    known = draws(seed, "sandbox", "problems", patient.index).sample(people.numbers.problems, 2)
    today = known if first else known[: draws(seed, "sandbox", "today", number).randint(1, 2)]
    return Visit(
        booking=booking,
        provider=booking.provider,
        number=number,
        encounter_id=source_number(seed, "encounter", number, 6),
        appointment_id=appointment_id(seed, number),
        location_id=location_id(seed, booking.place),
        problems=tuple(today),
        first=first,
    )


def encounter(people: Roster, visit: Visit, book: Book) -> History:
    """The encounter: open at first, closed two days later."""
    booking = visit.booking
    marks = {key: mark for key, mark in booking.marks.items() if key == "Q23"}
    values: Values = {
        **visit.ids,
        "date": visit.day,
        "begin_time": booking.begin,
        "end_time": later(booking.begin, booking.kind.minutes),
        "type": "Telehealth" if booking.kind.telehealth else "Office Visit",
        "reason": booking.kind.reason,
        "chief_complaint": visit.rng(people.seed, "complaint").choice(people.numbers.complaints),
        "status": "Open",
        "provider_id": visit.provider.provider_id,
        "location_id": visit.location_id,
        "location": people.numbers.places[booking.place],
        "place_of_service": visit.place_of_service,
        "appointment_id": visit.appointment_id,
    }
    closed: tuple[date, Values] = (visit.day + timedelta(days=2), {"status": "Closed"})
    return book.row("encounter", visit.patient.index, visit.day, values, closed, marks=marks)


def chart(people: Roster, visit: Visit, book: Book) -> Iterator[History]:
    """Diagnoses of the visit, and what is asked and prescribed at the first one."""
    index, day = visit.patient.index, visit.day
    for problem in visit.problems:
        yield book.numbered("diagnosis", index, day, diagnosis_of(visit, problem))
    if visit.first:
        for problem in visit.problems:
            yield _medication(people, visit, problem, book)
        yield from _asked(people, visit, book)


def diagnosis_of(visit: Visit, problem: Problem) -> Values:
    """The clean columns of a diagnosis."""
    return {
        **visit.ids,
        "date": visit.day,
        "diagnosis_code": problem.code,
        "diagnosis_code_type": "ICD-10-CM",
        "description": problem.name,
        "onset_date": visit.day - timedelta(days=400) if visit.first else None,
        "status": "Active",
    }


def _medication(people: Roster, visit: Visit, problem: Problem, book: Book) -> History:
    rng = visit.rng(people.seed, "medication", problem.code)
    form = problem.drug.rsplit(" ", 1)[-1]
    values: Values = {
        **visit.ids,
        "date": visit.day,
        "medication_name": problem.drug,
        "rxnorm_code": problem.rxnorm,
        "dose": problem.dose,
        "dose_unit": problem.unit,
        "form": form,
        "route": "Oral",
        "frequency": "Once daily",
        "sig": f"Take one {form.lower()} by mouth once daily",
        "quantity": 30,
        "refills": rng.randint(0, 5),
        "start_date": visit.day,
        "status": "Active",
        "provider_id": visit.provider.provider_id,
    }
    stop = visit.day + timedelta(days=14)
    stopped = [(stop, {"status": "Discontinued", "stop_date": stop})] if rng.random() < 0.15 else []
    return book.numbered("medication", visit.patient.index, visit.day, values, *stopped)


_PAST = (("Surgical", "Appendectomy"), ("Family", "Mother: high blood pressure"), ("Medical", "Shingles"))
_SMOKING = ("Never smoker", "Former smoker", "Current every day smoker")


def _asked(people: Roster, visit: Visit, book: Book) -> Iterator[History]:
    """Allergies, histories and a questionnaire taken at the first visit."""
    rng, index, day = visit.rng(people.seed, "asked"), visit.patient.index, visit.day
    if rng.random() < 0.6:
        kind = rng.choice(people.numbers.allergies)
        what = {"type": kind.type, "description": kind.name}
        felt = {"reaction": kind.reaction, "severity": kind.severity}
        yield book.numbered("allergy", index, day, {**visit.here, **what, **felt})
    smoking = {"type": "Tobacco", "code": "72166-2", "description": "Tobacco smoking status", "date": day}
    yield book.numbered("social_history", index, day, {**visit.here, **smoking, "value": rng.choice(_SMOKING)})
    kind_of, words = rng.choice(_PAST)
    when = date(day.year - rng.randint(2, 9), 1 + rng.randrange(12), 1)
    past = {"date": when, "type": kind_of, "description": words}
    yield book.numbered("medsurg_history", index, day, {**visit.here, **past})
    asked = {"code": "44261-6", "code_type": "LOINC", "description": "PHQ-9 total score", "date": day}
    yield book.numbered("quality_data", index, day, {**visit.ids, **asked, "value": str(rng.randint(0, 14))})
