"""Appointments as the front desk keeps them, and the encounters that come of them.

An appointment is stored when it is booked, may be moved, and is noted when the patient arrives. Bookings that
come to nothing are deleted: cancelled ones before the day, no-shows the day after.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, time, timedelta
from random import Random

from mockserver.world.diagnoses import complaint
from mockserver.world.model import Change, Person, Record, Values, Visit
from mockserver.world.practice import Practice
from mockserver.world.profiles import Profile
from mockserver.world.seeds import draws
from mockserver.world.visit_days import opened
from mockserver.world.visits import MOST_VISITS, planned, start_time

KINDS = ("wellness", "chronic", "acute", "followup")
PLACES = ("Lab", "Nurse", "Room_1", "Room_2", "Procedure")
FAILED = MOST_VISITS
"""Slot of the first booking that came to nothing: that before visit n has slot ``FAILED + n``."""


def records(
    profile: Profile, practice: Practice, person: Person, visits: Sequence[Visit] | None = None
) -> Iterator[Record]:
    """Appointment and encounter rows of a person. ``visits`` are ``visits.planned``, if made already."""
    last = profile.last_day
    for visit in planned(profile, practice, person) if visits is None else visits:
        rng = draws(practice.seed, "booking", person.index, visit.number)
        if visit.appointment_id is not None:
            yield appointment(profile, practice, visit, rng)
        failed = failed_booking(profile, practice, visit, rng)
        if failed is not None:
            yield failed
        if visit.day <= last:
            yield encounter(profile, practice, visit, rng)


def appointment(profile: Profile, practice: Practice, visit: Visit, rng: Random) -> Record:
    """The booking of a visit that takes place."""
    desk = profile.appointments
    booked = _booked(profile, visit.person, visit.day, visit.kind, rng)
    values = _values(practice, visit, visit.day, visit.begin, rng)
    values["appointment_id"] = visit.appointment_id
    if rng.random() < desk.no_provider_share:
        values.update(_on_a_place(practice, rng))
    changes = []
    if rng.random() < desk.moved_share and booked < visit.day - timedelta(days=1):
        moved = _moved(profile, visit, booked, rng)
        values.update(moved.values)
        changes.append(Change(moved.day, _when(visit.day, visit.begin, visit.minutes)))
    if rng.random() < desk.noted_share:
        changes.append(Change(visit.day, {"detail": rng.choice(practice.pools.arrival)}))
    return Record("appointment", visit.person.index, visit.number, booked, values, changes)


def failed_booking(profile: Profile, practice: Practice, visit: Visit, rng: Random) -> Record | None:
    """A booking before the visit that was cancelled or missed, for some visits."""
    desk, person = profile.appointments, visit.person
    lost = desk.cancelled_share + desk.no_show_share
    if rng.random() >= lost / (1 - lost):
        return None
    day = date.fromordinal(opened(profile, rng, visit.day.toordinal() - rng.randrange(7, 36)))
    booked = _booked(profile, person, day, visit.kind, rng)
    if not max(person.joined, profile.history_start) <= booked <= day < visit.day:
        return None
    values = _values(practice, visit, day, start_time(rng, day, visit.minutes), rng)
    slot = FAILED + visit.number
    values["appointment_id"] = practice.number("appointment", person.index, slot)
    cancelled = rng.random() * lost < desk.cancelled_share
    ahead = rng.randrange((day - booked).days + 1)
    gone = day - timedelta(days=ahead) if cancelled else day + timedelta(days=1)
    return Record("appointment", person.index, slot, booked, values, deleted=gone)


def encounter(profile: Profile, practice: Practice, visit: Visit, rng: Random) -> Record:
    """The visit as charted: open on its day, completed then or within days."""
    place, provider = practice.location(visit.location_id), visit.provider
    values: Values = {
        "encounter_id": visit.encounter_id, "patient_id": visit.person.patient_id, "date": visit.day,
        "begin_time": visit.begin, "end_time": None, "type": visit.type, "reason": visit.reason,
        "chief_complaint": chief_complaint(practice, visit, rng), "status": "Open",
        "provider_id": provider.provider_id, "provider_name": provider.name,
        "location_id": place.location_id, "location": place.name,
        "place_of_service": "02" if visit.telehealth else "11", "appointment_id": visit.appointment_id,
        "comment": None,
    }  # fmt: skip
    shares = profile.encounters.completed_days
    late = rng.choices(range(len(shares)), shares)[0]
    closed: Values = {"status": "Completed", "end_time": after(visit.begin, visit.minutes)}
    changes = [Change(visit.day + timedelta(days=late), closed)]
    if rng.random() < profile.encounters.amended_share:
        day = visit.day + timedelta(days=late + 1 + rng.randrange(90))
        changes.append(Change(day, {"comment": rng.choice(practice.pools.amendment), "status": "Amended"}))
    return Record("encounter", visit.person.index, visit.number, visit.day, values, changes)


def chief_complaint(practice: Practice, visit: Visit, rng: Random) -> str:
    """The patient's words: those for the diagnosis of an acute visit, else what goes with the kind."""
    key = complaint(practice.seed, visit).key if visit.kind == "acute" else ""
    years = visit.person.age_on(visit.day)
    same = [each for each in practice.pools.complaints if each.use == visit.kind]
    fitting = [each for each in same if each.key == key and each.from_age <= years <= each.to_age]
    fitting = fitting or [each for each in same if not each.key]
    return rng.choices(fitting, [each.weight for each in fitting])[0].complaint


def after(begin: time, minutes: int) -> time:
    """A time of the same day so many minutes later."""
    total = begin.hour * 60 + begin.minute + minutes
    return time(total // 60, total % 60)


def _booked(profile: Profile, person: Person, day: date, kind: str, rng: Random) -> date:
    """The day on which a visit of this day is booked: not before the practice knew the person."""
    longest = profile.appointments.lead_days[KINDS.index(kind)]
    early = day - timedelta(days=int(longest * rng.random() ** 0.7 + 0.5))
    return min(day, max(early, person.joined, profile.history_start))


def _moved(profile: Profile, visit: Visit, booked: date, rng: Random) -> Change:
    """The first date and time, and the day on which they were given up."""
    first = date.fromordinal(opened(profile, rng, visit.day.toordinal() + rng.randrange(-10, 15)))
    first = max(first, booked + timedelta(days=1))
    span = (min(first, visit.day) - booked).days
    day = booked + timedelta(days=rng.randrange(1, span + 1))
    return Change(day, _when(first, start_time(rng, first, visit.minutes), visit.minutes))


def _when(day: date, begin: time, minutes: int) -> Values:
    return {"date": day, "begin_time": begin, "end_time": after(begin, minutes)}


def _values(practice: Practice, visit: Visit, day: date, begin: time, rng: Random) -> Values:
    return {
        "patient_id": visit.person.patient_id, "date": day, "begin_time": begin,
        "end_time": after(begin, visit.minutes), "duration": visit.minutes,
        "resource": f"Provider_{visit.provider.provider_id}", "reason": visit.reason, "type": visit.type,
        "detail": rng.choice(practice.pools.detail), "provider_id": visit.provider.provider_id,
        "provider_name": visit.provider.name, "appointment_id": None, "delete_ind": "N",
    }  # fmt: skip


def _on_a_place(practice: Practice, rng: Random) -> Values:
    """What is different in a booking of a room or device: nobody is named."""
    types = [each for each in practice.pools.types if each.use == "room"]
    booked = rng.choice(types)
    place = rng.choice(PLACES)
    return {
        "resource": f"Resource_{place}", "provider_id": None, "provider_name": None,
        "type": booked.type, "reason": booked.reason,
    }  # fmt: skip
