"""Visits, appointments and encounters: shares as in the sources, hours kept, bookings before visits."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date, time, timedelta
from itertools import pairwise
from statistics import fmean

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mockserver.world import diagnoses, people, profiles, scheduling, visit_days, visits
from mockserver.world.model import Person, Record, Visit
from mockserver.world.practice import Practice
from mockserver.world.profiles import Profile
from mockserver.world.seeds import draws

from .conftest import Panel

CLINIC = profiles.load("clinic")
PRACTICE = Practice.of(CLINIC, CLINIC.practices[0])
INDICES = st.integers(0, 449_000)


def _past(panel: Panel, clinic: Profile) -> list[Visit]:
    return [visit for visit in panel.visits if visit.day <= clinic.today]


@given(INDICES)
def test_visits_are_the_same_in_any_company(index: int) -> None:
    larger = CLINIC.with_(patients=449_000)
    again = Practice.of(larger, larger.practices[0])
    person = people.person(CLINIC, PRACTICE, index)
    assert visits.planned(CLINIC, PRACTICE, person) == visits.planned(larger, again, person)


@given(INDICES)
def test_visits_are_in_order_within_the_persons_time_and_hours(index: int) -> None:
    person = people.person(CLINIC, PRACTICE, index)
    found = visits.planned(CLINIC, PRACTICE, person)
    assert [visit.number for visit in found] == list(range(len(found)))
    for before, after in pairwise(found):
        assert after.day - before.day >= timedelta(days=2)
    for visit in found:
        assert max(person.joined, CLINIC.history_start) <= visit.day
        assert all(visit.day < end for end in (person.death, person.left) if end)
        assert visit.day.weekday() != 6
        assert (visit.day.month, visit.day.day) not in ((1, 1), (7, 4), (12, 25))
        end = scheduling.after(visit.begin, visit.minutes)
        assert time(8) <= visit.begin < end <= (time(12) if visit.day.weekday() == 5 else time(17))
        assert end <= time(12) or visit.begin >= time(13)
        minute = visit.begin.hour * 60 + visit.begin.minute
        assert minute % visit.minutes == 0 or visit.minutes not in (15, 20, 30)


def test_visits_end_with_the_horizon_but_bookings_reach_beyond(panel: Panel, clinic: Profile) -> None:
    within = [visit for index in range(40) for visit in visits.visits(CLINIC, PRACTICE, panel.people[index])]
    assert max(visit.day for visit in within) <= clinic.last_day
    assert within == [visit for visit in panel.visits if visit.person.index < 40 and visit.day <= clinic.last_day]
    beyond = max(visit.day for visit in panel.visits) - clinic.last_day
    assert timedelta(days=30) < beyond <= timedelta(days=visit_days.BOOKED_AHEAD)


def test_age_shares_of_visits_are_those_of_the_source(panel: Panel, clinic: Profile) -> None:
    past, bands = _past(panel, clinic), clinic.panel.bands
    found = Counter(people.band_of(bands, visit.person.age_on(visit.day)) for visit in past)
    for band, share in enumerate(clinic.panel.visit_share):
        assert abs(100 * found[band] / len(past) - share) < 2.5


def test_women_make_58_percent_of_visits(panel: Panel, clinic: Profile) -> None:
    assert abs(fmean(visit.person.sex == "female" for visit in _past(panel, clinic)) - 0.58) < 0.03


def test_payers_of_visits_are_those_of_the_source(panel: Panel, clinic: Profile) -> None:
    past = _past(panel, clinic)
    found = Counter(cover.payer_type for visit in past for cover in visit.person.coverages)
    expected = {"Commercial": 0.58, "Medicare": 0.31, "Medicaid": 0.14, "Workers Compensation": 0.04}
    for word, share in expected.items():
        assert abs(found[word] / len(past) - share) < 0.05
    assert abs(fmean(not visit.person.coverages for visit in past) - 0.05) < 0.03


def test_kinds_of_visits_are_those_of_the_source(panel: Panel, clinic: Profile) -> None:
    past = _past(panel, clinic)
    found = Counter(visit.kind for visit in past)
    for kind, share in {"wellness": 0.22, "chronic": 0.44, "acute": 0.27, "followup": 0.06}.items():
        assert abs(found[kind] / len(past) - share) < 0.04


def test_the_frail_come_more_often(panel: Panel) -> None:
    counts = Counter(visit.person.index for visit in panel.visits)
    adults = [each for each in panel.people if each.age_on(CLINIC.today) >= 45]
    frail = fmean(counts[each.index] for each in adults if each.frailty > 0.5)
    robust = fmean(counts[each.index] for each in adults if each.frailty < -0.5)
    assert frail > 1.5 * robust


def test_acute_visits_are_more_frequent_in_winter() -> None:
    found = Counter[int]()
    for index in range(1500):
        person = people.person(CLINIC, PRACTICE, index)
        found.update(_acute_months(person))
    winter, summer = (sum(found[month] for month in months) for months in ((12, 1, 2), (6, 7, 8)))
    assert 1.4 < winter / summer < 2.4


def _acute_months(person: Person) -> list[int]:
    plans = visit_days.plans(CLINIC, person, draws("winter", person.index))
    history = range(CLINIC.history_start.toordinal(), CLINIC.today.toordinal())
    return [date.fromordinal(day).month for day, kind in plans if kind == "acute" and day in history]


def test_infants_keep_the_well_child_schedule() -> None:
    infants = [
        person
        for person in (people.person(CLINIC, PRACTICE, index) for index in range(3000))
        if CLINIC.history_start < person.birth < date(2019, 1, 1) and person.joined < person.birth + timedelta(9)
    ]
    assert infants
    for person in infants:
        end = person.birth + timedelta(days=950)
        found = [each for each in visits.visits(CLINIC, PRACTICE, person) if each.kind == "wellness"]
        early = sum(each.day < end for each in found)
        assert 6 <= early <= 12 or person.left is not None


def test_weekdays_are_even_and_saturdays_few(panel: Panel) -> None:
    found = Counter(visit.day.weekday() for visit in panel.visits)
    weekdays = [found[day] for day in range(5)]
    assert max(weekdays) < 1.3 * min(weekdays)
    assert 0 < found[5] < min(weekdays) / 2


def test_telehealth_comes_with_the_pandemic_and_never_for_wellness(panel: Panel) -> None:
    def share(low: date, high: date) -> float:
        group = [each for each in panel.visits if low <= each.day < high and each.kind != "wellness"]
        return fmean(each.telehealth for each in group)

    assert share(date(2017, 8, 1), date(2020, 3, 1)) < 0.03
    assert share(date(2020, 3, 16), date(2020, 7, 1)) > 0.3
    assert 0.05 < share(date(2020, 8, 1), date(2022, 8, 1)) < 0.2
    assert not any(each.telehealth for each in panel.visits if each.kind == "wellness")


def test_cardiologists_see_adults_with_chronic_problems_only(panel: Panel, practice: Practice) -> None:
    hearts = {each.provider_id for each in practice.of_specialty("Cardiology")}
    seen = [visit for visit in panel.visits if visit.provider.provider_id in hearts]
    assert {visit.provider.provider_id for visit in seen} == hearts
    assert {visit.kind for visit in seen} == {"chronic"}
    assert min(visit.person.age_on(visit.day) for visit in seen) >= CLINIC.visits.cardiology_from_age


def test_most_visits_are_with_the_own_doctor(panel: Panel) -> None:
    own = fmean(visit.provider == visit.person.pcp for visit in panel.visits)
    assert 0.6 < own < 0.9


def test_type_and_reason_belong_together(panel: Panel) -> None:
    pairs = {(visit.type, visit.reason) for visit in panel.visits}
    assert len(pairs) == len({code for code, _ in pairs}) == len({reason for _, reason in pairs})
    assert len(pairs) >= 20
    assert not any(visit.type == "WWE" for visit in panel.visits if visit.person.sex == "male")
    assert all(visit.person.age_on(visit.day) < 18 for visit in panel.visits if visit.type == "WCC")


def test_a_practice_without_cardiologists_gets_along() -> None:
    family = {
        "specialty": "Family Medicine", "credentials": "MD", "taxonomy_code": "207Q00000X",
        "site": 0, "from_age": 0, "to_age": 130, "panel": 1,
    }  # fmt: skip
    solo = profiles.parse({"name": "solo", "practices": [{"code": "SOLO01", "providers": [family]}]}, "solo.yaml")
    alone = Practice.of(solo, solo.practices[0])
    found = [v for index in range(30) for v in visits.visits(solo, alone, people.person(solo, alone, index))]
    assert {visit.provider for visit in found} == set(alone.providers)


def test_wellness_means_count_every_band(clinic: Profile) -> None:
    means = [visit_days.mean_wellness(clinic, band) for band in range(6)]
    assert 1.1 < means[0] < 1.5
    assert means[1:] == [pytest.approx(share) for share in clinic.visits.wellness_per_year[1:]]


# Appointments and encounters


def _visit_of(panel: Panel) -> dict[str, Visit]:
    return {visit.appointment_id: visit for visit in panel.visits if visit.appointment_id}


def _last(record: Record) -> dict[str, object]:
    values = dict(record.values)
    for change in record.changes:
        values |= change.values
    return values


def test_kept_bookings_end_at_the_time_of_their_visit(panel: Panel) -> None:
    by_id = _visit_of(panel)
    kept = [record for record in panel.of("appointment") if record.values["appointment_id"] in by_id]
    assert len(kept) == len(by_id)
    for record in kept:
        visit, values = by_id[str(record.values["appointment_id"])], _last(record)
        assert (values["date"], values["begin_time"]) == (visit.day, visit.begin)
        assert values["end_time"] == scheduling.after(visit.begin, visit.minutes)
        assert record.deleted is None


def test_bookings_come_before_their_day_and_changes_in_between(panel: Panel) -> None:
    for record in panel.of("appointment"):
        values = _last(record)
        day = values["date"]
        assert isinstance(day, date)
        assert CLINIC.history_start <= record.day <= day
        assert [change.day for change in record.changes] == sorted(change.day for change in record.changes)
        assert all(record.day <= change.day <= day for change in record.changes)
        if record.deleted is not None:
            assert record.day <= record.deleted <= day + timedelta(days=1)


def test_a_moved_booking_was_somewhere_else_before(panel: Panel) -> None:
    moved = [
        (record, change) for record in panel.of("appointment") for change in record.changes if "date" in change.values
    ]
    assert moved
    for record, change in moved:
        assert record.day < change.day <= max(record.values["date"], change.values["date"])  # type: ignore[type-var]
    different = [r for r, c in moved if (r.values["date"], r.values["begin_time"]) != tuple(c.values.values())[:2]]
    assert len(different) > 0.95 * len(moved)


def test_ten_to_twenty_percent_come_to_nothing(panel: Panel) -> None:
    records = panel.of("appointment")
    lost = [record for record in records if record.deleted]
    assert 0.10 <= len(lost) / len(records) <= 0.20
    missed = [r for r in lost if r.deleted == r.values["date"] + timedelta(days=1)]  # type: ignore[operator]
    assert 0.2 < len(missed) / len(lost) < 0.5
    assert all(record.slot >= scheduling.FAILED for record in lost)
    assert len({record.values["appointment_id"] for record in records}) == len(records)


def test_resources_name_a_provider_or_a_place(panel: Panel) -> None:
    without = 0
    for record in panel.of("appointment"):
        values = record.values
        if values["provider_id"] is None:
            without += 1
            assert values["provider_name"] is None
            assert str(values["resource"]).removeprefix("Resource_") in scheduling.PLACES
        else:
            assert values["resource"] == f"Provider_{values['provider_id']}"
    assert 0.01 < without / len(panel.of("appointment")) < 0.04


def test_an_encounter_is_opened_on_its_day_and_completed_soon(panel: Panel, clinic: Profile) -> None:
    records = panel.of("encounter")
    assert len(records) == sum(visit.day <= clinic.last_day for visit in panel.visits)
    for record in records:
        closing = record.changes[0]
        assert record.values["status"] == "Open"
        assert record.values["end_time"] is None
        assert closing.values["status"] == "Completed"
        assert 0 <= (closing.day - record.day).days <= 4
        assert record.values["begin_time"] < closing.values["end_time"]  # type: ignore[operator]
        assert record.values["place_of_service"] in ("02", "11")
    amended = [record for record in records if len(record.changes) == 2]
    assert 0.08 < len(amended) / len(records) < 0.16


def test_walk_ins_have_an_encounter_without_appointment(panel: Panel) -> None:
    without = [record for record in panel.of("encounter") if record.values["appointment_id"] is None]
    assert 0.01 < len(without) / len(panel.of("encounter")) < 0.05
    booked = {record.values["appointment_id"] for record in panel.of("appointment")}
    assert {r.values["appointment_id"] for r in panel.of("encounter")} - booked == {None}


def test_the_complaint_fits_what_it_turns_out_to_be(panel: Panel, practice: Practice) -> None:
    words = {each.complaint: each.key for each in practice.pools.complaints}
    by_id = {visit.encounter_id: visit for visit in panel.visits}
    for record in panel.of("encounter"):
        visit, said = by_id[str(record.values["encounter_id"])], str(record.values["chief_complaint"])
        if visit.kind == "acute":
            assert words[said] in (diagnoses.complaint(practice.seed, visit).key, "")
        else:
            assert words[said] == ""


def test_every_complaint_of_the_code_list_has_words(practice: Practice) -> None:
    assert {each.key for each in diagnoses.complaints()} <= {each.key for each in practice.pools.complaints}


def test_records_make_the_visits_themselves_if_not_given(panel: Panel) -> None:
    person = panel.people[7]
    assert list(scheduling.records(CLINIC, PRACTICE, person)) == [
        record for record in panel.records
        if record.index == 7 and record.element in ("appointment", "encounter")
    ]  # fmt: skip


def test_shares_of_one_and_none_are_kept() -> None:
    desk = replace(CLINIC.appointments, cancelled_share=0.0, no_show_share=0.0, moved_share=0.0, noted_share=1.0)
    calm = replace(CLINIC, appointments=desk)
    person = people.person(calm, PRACTICE, 2)
    booked = [r for r in scheduling.records(calm, PRACTICE, person) if r.element == "appointment"]
    assert booked
    assert all(record.deleted is None and len(record.changes) == 1 for record in booked)
