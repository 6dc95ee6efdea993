"""The busy day as delivered: the marks played by hand, every count of the public answer met exactly."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from string import ascii_uppercase

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mockserver.contract import wire
from mockserver.world import profiles, sandbox
from mockserver.world.model import History, Values

DAY = date(2021, 11, 15)


@dataclass(frozen=True)
class Row:
    """A delivered row: dirty values, Healthjump id, and the loads that stored and last changed it."""

    values: Values
    surrogate: int
    created: int
    modified: int


def world(seed: int | None = None) -> list[History]:
    return list(sandbox.histories(profiles.load("sandbox").with_(seed=seed)))


def dirty(histories: list[History]) -> list[Row]:
    """The rows of the day with every quirk in force."""
    rows: list[Row] = []
    for history in histories:
        last = history.deleted or history.versions[-1]
        if history.element == "appointment" and last.values["date"] == DAY:
            values = played(last.values, history)
            rows.append(Row(values, history.surrogate, history.created_batch, last.batch))
            twin = history.marks.get("Q14")
            if isinstance(twin, dict):
                rows.append(Row(values, twin["surrogate"], twin["created_batch"], twin["batch"]))
    return rows


def played(values: Values, history: History) -> Values:
    changed = dict(values)
    for quirk in ("Q21", "Q23"):
        mark = history.marks.get(quirk, {})
        assert isinstance(mark, dict)
        changed |= mark
    if history.marks.get("Q12") == "empty":
        changed |= {"provider_id": "", "provider_name": ""}
    if history.marks.get("Q12") == "unresolved":
        changed |= {"provider_name": None}
    return changed


@pytest.fixture(scope="module")
def shipped() -> list[History]:
    return world()


@pytest.fixture(scope="module")
def rows(shipped: list[History]) -> list[Row]:
    return dirty(shipped)


def test_193_rows_of_which_65_are_deleted(rows: list[Row]) -> None:
    assert Counter(r.values["delete_ind"] for r in rows) == {"N": 128, "Y": 65}
    assert len({r.surrogate for r in rows}) == 193


def test_25_names_are_null_and_6_are_empty(rows: list[Row]) -> None:
    unresolved = [r.values["provider_id"] for r in rows if r.values["provider_name"] is None]
    empty = [r.values["provider_id"] for r in rows if r.values["provider_name"] == ""]
    assert (len(unresolved), len(set(unresolved))) == (25, 3)
    assert empty == [""] * 6
    named = {r.values["provider_id"] for r in rows if r.values["provider_name"]}
    assert len(named) == 11 and not named & set(unresolved)


def test_14_providers_with_ids_of_ten_digits_that_are_no_npi(rows: list[Row]) -> None:
    ids = {str(r.values["provider_id"]) for r in rows} - {""}
    assert len(ids) == 14
    assert all(len(i) == 10 and i.isdigit() and not passes_npi_check(i) for i in ids)


def passes_npi_check(number: str) -> bool:
    digits = [int(c) for c in "80840" + number][::-1]
    return sum(d if n % 2 == 0 else sum(divmod(2 * d, 10)) for n, d in enumerate(digits)) % 10 == 0


def test_the_check_digit_test_itself_knows_a_valid_number() -> None:
    assert passes_npi_check("1234567893")


def test_177_patients_most_of_them_not_listed(rows: list[Row], shipped: list[History]) -> None:
    patients = {r.values["patient_id"] for r in rows}
    listed = {h.versions[0].values["patient_id"] for h in shipped if h.element == "demographic" and not h.marks}
    assert len(patients) == 177
    assert len(patients - listed) == 168
    assert all(isinstance(p, str) and len(p) == 5 for p in patients | listed)


def test_one_pair_shares_source_id_and_content_and_both_are_live(rows: list[Row]) -> None:
    counts = Counter(r.values["appointment_id"] for r in rows)
    pairs = [i for i, count in counts.items() if count > 1]
    assert (len(pairs), len(counts)) == (1, 192)
    one, two = (r for r in rows if r.values["appointment_id"] == pairs[0])
    assert one.values == two.values and one.values["delete_ind"] == "N"
    assert one.surrogate != two.surrogate and one.created != two.created and one.modified != two.modified


def test_the_twin_comes_after_the_last_change_of_its_original(shipped: list[History]) -> None:
    (original,) = (h for h in shipped if "Q14" in h.marks)
    mark = original.marks["Q14"]
    assert isinstance(mark, dict) and original.deleted is None
    assert original.versions[-1].at < mark["created_batch"] + mark["created_jitter"]
    assert (mark["created_batch"], mark["created_jitter"]) == (mark["batch"], mark["jitter"])


def test_at_most_14_rows_share_a_modify_timestamp(rows: list[Row]) -> None:
    assert max(Counter(r.modified for r in rows).values()) == 14


def test_12_modify_timestamps_have_five_digits_all_others_six(rows: list[Row]) -> None:
    lengths = Counter(len(wire.timestamp(r.modified).split(".")[1]) for r in rows)
    assert lengths == {6: 181, 5: 12}
    short = [r for r in rows if r.modified % 10 == 0 or r.created % 10 == 0]
    assert len(short) == 12


def test_65_of_192_neighbours_go_back_in_time(rows: list[Row]) -> None:
    ordered = [r.created for r in sorted(rows, key=lambda r: r.surrogate)]
    assert sum(b < a for a, b in pairwise(ordered)) == 65


def test_23_pairs_of_type_and_reason_in_mixed_case_one_misspelled(rows: list[Row]) -> None:
    pairs = {(r.values["type"], r.values["reason"]) for r in rows}
    assert len(pairs) == len({t for t, _ in pairs}) == len({r for _, r in pairs}) == 23
    reasons = {str(r) for _, r in pairs}
    assert any(r.isupper() for r in reasons) and any(r.islower() for r in reasons)
    assert sum("Presure" in r for r in reasons) == 1


def test_durations_and_ends(rows: list[Row]) -> None:
    assert {r.values["duration"] for r in rows} == {15, 30, 45}
    for values in (r.values for r in rows):
        begin, end = (datetime.combine(DAY, at(values[key])) for key in ("begin_time", "end_time"))
        assert end - begin == timedelta(minutes=int(str(values["duration"])))


def at(value: object) -> time:
    assert isinstance(value, time)
    return value


def test_one_appointment_at_night_and_some_off_the_grid(rows: list[Row]) -> None:
    begins = [at(r.values["begin_time"]) for r in rows]
    assert begins.count(time(1, 15)) == 1
    assert sum(not time(8) <= b <= time(17) for b in begins) == 1
    assert sum(b.minute % 15 > 0 for b in begins) == 8


def test_resources_are_providers_or_places(rows: list[Row]) -> None:
    for values in (r.values for r in rows):
        provider = values["provider_id"]
        assert values["resource"] == f"Provider_{provider}" if provider else True
        assert provider or str(values["resource"]).startswith("Resource_")
    assert len({r.values["detail"] for r in rows}) == 2
    assert all(len(str(r.values["appointment_id"])) == 6 for r in rows)


def test_24_patients_are_listed_from_a_to_x(shipped: list[History]) -> None:
    patients = [h for h in shipped if h.element == "demographic"]
    names = sorted(str(h.versions[-1].values["first_name"]) for h in patients if "Q22" not in h.marks)
    assert names == [f"Patient_{letter}" for letter in ascii_uppercase[:24]]
    withheld = [str(h.versions[-1].values["first_name"]) for h in patients if h.marks.get("Q22") is True]
    assert min(withheld) > names[-1] and len(patients) == 24 + 168


def test_providers_to_withhold_are_the_unresolved_ones(shipped: list[History], rows: list[Row]) -> None:
    withheld = {
        h.versions[0].values["provider_id"]
        for h in shipped
        if h.element == "provider" and h.marks == {"Q12": "unresolved"}
    }
    assert withheld == {r.values["provider_id"] for r in rows if r.values["provider_name"] is None}


@given(st.integers(0, 2**40))
@settings(max_examples=12, deadline=None)
def test_the_counts_hold_for_every_seed(seed: int) -> None:
    rows = dirty(world(seed))
    ordered = [r.created for r in sorted(rows, key=lambda r: r.surrogate)]
    assert (
        len(rows),
        sum(r.values["delete_ind"] == "Y" for r in rows),
        sum(r.values["provider_name"] is None for r in rows),
        sum(r.values["provider_name"] == "" for r in rows),
        len({r.values["patient_id"] for r in rows}),
        len({(r.values["type"], r.values["reason"]) for r in rows}),
        len({r.values["appointment_id"] for r in rows}),
        max(Counter(r.modified for r in rows).values()),
        sum(r.modified % 10 == 0 for r in rows),
        sum(b < a for a, b in pairwise(ordered)),
    ) == (193, 65, 25, 6, 177, 23, 192, 14, 12, 65)
