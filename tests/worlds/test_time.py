"""The clinic lives on: what thirty days bring, and that there are ninety and more."""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise

import pytest

from mockserver.contract.wire import parse_timestamp

from .served import DAY, Row, Stored, Tables

DATED = (
    "appointment", "charge", "diagnosis", "encounter", "immunization", "lab_order", "lab_result", "medication",
    "medsurg_history", "procedure", "quality_data", "social_history", "transaction", "vitals",
)  # fmt: skip
CHANGING = ("appointment", "charge", "demographic", "encounter", "lab_order", "medication")


def at(tables: Tables, element: str, instant: int) -> dict[int, Stored]:
    return {stored.surrogate: stored for stored in tables.versions[element] if stored.at(instant)}


def changes(tables: Tables, element: str) -> tuple[set[int], dict[int, tuple[Row, Row]]]:
    """Healthjump ids that thirty days add, and the rows before and after that they change."""
    before, after = (at(tables, element, tables.now + days * DAY) for days in (0, 30))
    pairs = {number: (before[number], after[number]) for number in before.keys() & after.keys()}
    return after.keys() - before.keys(), {n: (a.row, b.row) for n, (a, b) in pairs.items() if a.start != b.start}


@pytest.fixture(params=["clean_clinic", "vendor_clinic"])
def tables(request: pytest.FixtureRequest) -> Tables:
    found: Tables = request.getfixturevalue(request.param)
    return found


def test_every_element_with_days_is_named_here(clean_clinic: Tables) -> None:
    """allergy, attribution and demographic have days of onset, start and birth: of people, not of visits."""
    dated = {n for n, e in clean_clinic.contract.elements.items() if {"date", "service_date"} & e.by_clean.keys()}
    assert dated == set(DATED)


@pytest.mark.parametrize("element", DATED)
def test_every_dated_element_gains_rows_in_thirty_days(element: str, tables: Tables) -> None:
    gained, _ = changes(tables, element)
    assert gained


@pytest.mark.parametrize("element", CHANGING)
def test_rows_change_under_the_same_number_with_a_newer_modify(element: str, tables: Tables) -> None:
    _, changed = changes(tables, element)
    assert changed
    for before, after in changed.values():
        assert before["hj_create_timestamp"] == after["hj_create_timestamp"]
        assert before["hj_modify_timestamp"] < after["hj_modify_timestamp"]


def test_a_new_version_says_something_new(clean: Tables) -> None:
    """A modify timestamp that moves while nothing else does would be a change nobody made."""
    for element, versions in clean.versions.items():
        for before, after in pairwise(sorted(versions, key=lambda s: (s.surrogate, s.start))):
            if before.surrogate == after.surrogate:
                differing = {c for c in before.row if before.row[c] != after.row[c]}
                assert differing > {"hj_modify_timestamp"}, (element, before.row)


def test_some_appointments_are_deleted(vendor_clinic: Tables, clean_clinic: Tables) -> None:
    _, changed = changes(vendor_clinic, "appointment")
    deleted = [after for before, after in changed.values() if before["delete_ind"] < after["delete_ind"]]
    assert deleted
    before, after = (at(clean_clinic, "appointment", clean_clinic.now + days * DAY) for days in (0, 30))
    gone = {before[number].row["appointment_id"] for number in before.keys() - after.keys()}
    assert gone == {row["appointment_id"] for row in deleted}


def test_something_happens_on_nearly_every_day_of_ninety(tables: Tables) -> None:
    busy = {(stored.start - tables.now) // DAY for versions in tables.versions.values() for stored in versions}
    assert len(busy & set(range(90))) > 80
    assert tables.world.end >= tables.now + 90 * DAY


def test_nothing_is_known_before_it_happened(tables: Tables) -> None:
    """Only bookings lie ahead: rows with a day come no earlier than that day."""
    for element in set(DATED) - {"appointment"}:
        column = "service_date" if element == "vitals" else "date"
        for stored in tables.versions[element]:
            text = stored.row[column]
            if text is not None:
                assert text <= stored.row["hj_modify_timestamp"][:10].replace("-", ""), (element, stored.row)


def test_the_modify_timestamp_is_the_instant_a_version_appears(tables: Tables) -> None:
    for versions in tables.versions.values():
        for stored in versions:
            assert parse_timestamp(stored.row["hj_modify_timestamp"]) == stored.start
            assert parse_timestamp(stored.row["hj_create_timestamp"]) <= stored.start


def test_the_clean_twin_gives_every_version_an_instant_of_its_own(clean_clinic: Tables) -> None:
    for element, versions in clean_clinic.versions.items():
        starts = [stored.start for stored in versions]
        assert len(starts) == len(set(starts)), element


def test_the_vendor_gives_batches_one_instant(vendor_clinic: Tables) -> None:
    shared: dict[int, int] = defaultdict(int)
    for stored in vendor_clinic.versions["appointment"]:
        shared[stored.start] += 1
    assert max(shared.values()) >= 10


def test_the_sandbox_stands_still(vendor_sandbox: Tables) -> None:
    """Its profile is that of an answer saved once; what it holds at now it holds for good."""
    ahead = [s for versions in vendor_sandbox.versions.values() for s in versions if s.start > vendor_sandbox.now]
    assert len(ahead) < 50
