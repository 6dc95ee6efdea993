"""Vendor time: nightly windows in order of reference, versions that rise, and no dependence on other rows."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mockserver.world import profiles, seeds, timeline
from mockserver.world.clock import DAY, SECOND, parse_instant, to_datetime
from mockserver.world.model import SLOTS, Change, History, Record
from mockserver.world.profiles import MOST_PATIENTS, Profile
from mockserver.world.timeline import ORDER, Schedule, history

from .conftest import Panel

CLINIC = profiles.load("clinic")
SCHEDULE = Schedule.of(CLINIC, CLINIC.practices[0])
CONNECTED = CLINIC.practices[0].connected
DAYS = st.dates(CLINIC.history_start, CLINIC.last_day + timedelta(days=10))
CHANGES = st.lists(st.builds(Change, DAYS, st.dictionaries(st.sampled_from("ab"), st.integers(), max_size=2)))
RECORDS = st.builds(
    Record,
    st.sampled_from(ORDER),
    st.integers(-1, MOST_PATIENTS - 1),
    st.integers(0, SLOTS - 1),
    DAYS,
    st.just({"a": 0, "delete_ind": "N"}),
    CHANGES,
    st.none() | DAYS,
)


def _stored(day: date, element: str = "encounter", **more: object) -> History:
    found = history(SCHEDULE, Record(element, 3, 4, day, {"a": 0}, **more))  # type: ignore[arg-type]
    assert found is not None
    return found


@given(RECORDS)
def test_a_history_is_in_order_and_ends_with_the_world(record: Record) -> None:
    found = history(SCHEDULE, record)
    if found is None:
        assert to_datetime(CLINIC.horizon_end).date() <= record.day
        return
    every = [*found.versions, *([found.deleted] if found.deleted else [])]
    ats = [version.at for version in every]
    assert ats == sorted(set(ats))
    assert ats[-1] <= CLINIC.horizon_end
    assert (found.created_batch, found.created_jitter) == (every[0].batch, every[0].jitter)
    assert found.created == ats[0]
    for version in every:
        assert 0 < version.jitter < timeline.FIRST_SPREAD + 900 * SECOND


@given(RECORDS)
def test_the_last_version_holds_every_change(record: Record) -> None:
    record = replace(record, deleted=None)
    found = history(SCHEDULE, record)
    late = [change for change in record.changes if change.day >= CLINIC.last_day]
    if found is None or late:
        return
    expected = dict(record.values)
    for change in sorted(record.changes, key=lambda change: change.day):
        expected |= change.values
    assert found.versions[-1].values == expected


@given(RECORDS)
def test_a_row_is_the_same_whatever_else_is_made(record: Record) -> None:
    larger = CLINIC.with_(patients=MOST_PATIENTS)
    fresh = Schedule.of(larger, larger.practices[0])
    assert history(fresh, record) == history(SCHEDULE, record)


@given(st.lists(RECORDS, max_size=6), st.randoms(use_true_random=False))
def test_the_order_of_work_does_not_matter(records: list[Record], shuffler: object) -> None:
    shuffled = list(records)
    shuffler.shuffle(shuffled)  # type: ignore[attr-defined]
    fresh = Schedule.of(CLINIC, CLINIC.practices[0])
    by_work = {id(record): history(fresh, record) for record in shuffled}
    assert [by_work[id(record)] for record in records] == [history(SCHEDULE, record) for record in records]


@given(RECORDS)
def test_making_a_history_leaves_the_record_alone(record: Record) -> None:
    before = repr(record)
    history(SCHEDULE, record)
    assert repr(record) == before


@given(DAYS, st.data())
def test_parents_are_stored_before_children(day: date, data: st.DataObject) -> None:
    parent, child = sorted(data.draw(st.lists(st.sampled_from(range(20)), min_size=2, max_size=2, unique=True)))
    both = [history(SCHEDULE, Record(ORDER[place], 5, 0, day, {})) for place in (parent, child)]
    first, second = both
    if second is not None:
        assert first is not None
        assert first.versions[0].at < second.versions[0].batch


def test_the_windows_of_a_night() -> None:
    for place, element in enumerate(ORDER):
        version = _stored(date(2021, 3, 4), element).versions[0]
        opens = parse_instant("2021-03-05 00:30:00") + place * timeline.WINDOW
        assert opens <= version.batch < opens + timeline.SPREAD
        assert opens + timeline.SPREAD <= version.at < opens + timeline.WINDOW


def test_the_first_load_takes_all_that_happened_before() -> None:
    evening = parse_instant(f"{CONNECTED} 18:00:00")
    for element in ORDER:
        old, latest = _stored(CLINIC.history_start, element), _stored(CONNECTED, element)
        assert old.versions == latest.versions
        assert evening <= old.versions[0].batch < old.versions[0].at < evening + 30 * 3600 * SECOND
    night = _stored(CONNECTED + timedelta(days=1), "location").versions[0]
    assert night.batch > _stored(CONNECTED, "transaction").versions[0].at


def test_changes_of_one_load_are_one_version() -> None:
    day = date(2021, 3, 4)
    later = [Change(day + timedelta(days=2), {"b": number}) for number in (1, 2)]
    found = _stored(day, changes=[Change(day, {"a": 1}), *later])
    assert [version.values for version in found.versions] == [{"a": 1}, {"a": 1, "b": 2}]
    assert found.versions[1].at - found.versions[0].at == 2 * DAY


def test_what_changed_before_the_first_load_is_not_told() -> None:
    changes = [Change(date(2018, 1, 1), {"a": 1}), Change(date(2021, 1, 1), {"a": 2})]
    found = _stored(date(2017, 9, 1), changes=changes)
    assert [version.values["a"] for version in found.versions] == [1, 2]


def test_a_change_before_the_row_itself_belongs_to_its_first_version() -> None:
    found = _stored(date(2021, 3, 4), changes=[Change(date(2021, 3, 1), {"a": 9})])
    assert [version.values for version in found.versions] == [{"a": 9}]


@pytest.mark.parametrize(("gone", "nights"), [(date(2021, 3, 4), 1), (date(2021, 3, 9), 5)])
def test_a_deletion_is_seen_a_load_later_at_the_earliest(gone: date, nights: int) -> None:
    record = Record("appointment", 1, 1, date(2021, 3, 4), {"delete_ind": "N", "a": 0}, [], gone)
    found = history(SCHEDULE, record)
    assert found is not None and found.deleted is not None
    assert found.deleted.values == {"delete_ind": "Y", "a": 0}
    assert found.deleted.at - found.versions[-1].at == nights * DAY
    assert found.versions[-1].values["delete_ind"] == "N"


def test_changes_after_the_deletion_are_not_told() -> None:
    day = date(2021, 3, 4)
    changes = [Change(day + timedelta(days=3), {"a": 1}), Change(day + timedelta(days=4), {"a": 2})]
    found = _stored(day, changes=changes, deleted=day + timedelta(days=3))
    assert [version.values["a"] for version in found.versions] == [0]
    assert found.deleted is not None and found.deleted.values == {"a": 1}


def test_what_is_deleted_before_the_first_load_is_deleted_by_the_next() -> None:
    found = _stored(date(2018, 1, 1), deleted=date(2018, 1, 5))
    assert found.deleted is not None
    assert to_datetime(found.deleted.at).date() == CONNECTED + timedelta(days=2)


def test_nothing_is_stored_behind_the_end() -> None:
    last = CLINIC.last_day
    assert history(SCHEDULE, Record("charge", 1, 1, last, {})) is None
    found = _stored(last - timedelta(days=5), changes=[Change(last, {"a": 1})], deleted=last)
    assert len(found.versions) == 1
    assert found.deleted is None


@given(st.sampled_from(ORDER), st.integers(-1, MOST_PATIENTS - 1), st.integers(0, SLOTS - 1))
def test_surrogates_are_those_of_the_seeds(element: str, index: int, slot: int) -> None:
    position = (index + 1) * SLOTS + slot
    assert position < seeds.SURROGATE_SPACE
    assert SCHEDULE.surrogate(element, index, slot) == seeds.surrogate(CLINIC.seed, element, position)


def test_every_instant_of_an_element_is_its_own(panel: Panel) -> None:
    for element in ("demographic", "attribution", "appointment", "encounter"):
        stored = panel.stored(element)
        ats = [version.at for each in stored for version in each.versions]
        ats += [each.deleted.at for each in stored if each.deleted]
        assert len(set(ats)) == len(ats)
        assert len({each.surrogate for each in stored}) == len(stored)


def test_batches_of_the_first_load_hold_ten_to_twenty_rows(panel: Panel, clinic: Profile) -> None:
    end = parse_instant(f"{CONNECTED + timedelta(days=2)} 00:00:00")
    for element in ("demographic", "appointment", "encounter"):
        batches = Counter(each.created_batch for each in panel.stored(element) if each.created < end)
        assert 8 <= batches.total() / len(batches) <= 22


def test_batches_have_odd_microseconds(panel: Panel) -> None:
    batches = {each.created_batch for each in panel.stored("appointment")}
    fractions = {batch % SECOND for batch in batches}
    assert len(fractions) > 0.95 * len(batches)
    assert any(fraction % 10 == 0 for fraction in fractions)


def test_thirty_days_bring_rows_changes_and_deletions(panel: Panel, clinic: Profile) -> None:
    now, then = clinic.now, clinic.now + 30 * DAY
    for element in ("demographic", "attribution", "appointment", "encounter"):
        stored = panel.stored(element)
        assert any(now < each.created <= then for each in stored)
        assert any(
            each.created <= now and any(now < version.at <= then for version in each.versions) for each in stored
        )
    assert any(each.deleted and now < each.deleted.at <= then for each in panel.stored("appointment"))


def test_references_resolve_at_every_instant(panel: Panel) -> None:
    """A row is never stored before the rows it names."""
    demographics = {each.versions[0].values["patient_id"]: each.created for each in panel.stored("demographic")}
    booked = {each.versions[0].values["appointment_id"]: each.created for each in panel.stored("appointment")}
    for element in ("attribution", "appointment", "encounter"):
        for each in panel.stored(element):
            assert demographics[each.versions[0].values["patient_id"]] < each.created_batch
    for each in panel.stored("encounter"):
        appointment = each.versions[0].values["appointment_id"]
        assert appointment is None or booked[appointment] < each.created_batch


def test_providers_sites_and_payers_come_with_the_first_load(panel: Panel) -> None:
    for element in ("location", "payer", "provider"):
        assert {to_datetime(each.created).date() for each in panel.stored(element)} == {CONNECTED}
        assert {each.index for each in panel.stored(element)} == {-1}
