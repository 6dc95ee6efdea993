"""What was observed of the public sandbox, on the rows as served."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from string import ascii_uppercase

from mockserver.contract.wire import parse_timestamp

from .served import Row, Tables

BUSY = "20211115"


def busy(tables: Tables) -> list[Row]:
    return [row for row in tables.rows("appointment") if row["date"] == BUSY]


def test_patients_a_to_x_and_nobody_else(vendor_sandbox: Tables) -> None:
    names = sorted(row["first_name"] for row in vendor_sandbox.rows("demographic"))
    assert names == [f"Patient_{letter}" for letter in ascii_uppercase[:24]]


def test_there_are_no_payers_and_no_row_names_one(vendor_sandbox: Tables) -> None:
    assert vendor_sandbox.rows("payer") == []
    for element in ("charge", "transaction"):
        assert {row["payer_id"] for row in vendor_sandbox.rows(element)} == {None}


def test_the_busy_day_has_the_observed_shares(vendor_sandbox: Tables) -> None:
    rows = busy(vendor_sandbox)
    providers = {row["provider_id"]: row["provider_name"] for row in rows}
    assert len(rows) == 193
    assert Counter(row["delete_ind"] for row in rows) == {"Y": 65, "N": 128}
    assert sum(row["provider_name"] is None for row in rows) == 25
    assert sum(row["provider_id"] == row["provider_name"] == "" for row in rows) == 6
    assert Counter(_kind(id_, name) for id_, name in providers.items()) == {"named": 11, "unresolved": 3, "none": 1}


def _kind(id_: str, name: str | None) -> str:
    return "none" if id_ == "" else "unresolved" if name is None else "named"


def test_most_of_its_patients_have_no_demographic_row(vendor_sandbox: Tables) -> None:
    patients = {row["patient_id"] for row in busy(vendor_sandbox)}
    known = vendor_sandbox.by("demographic", "patient_id").keys()
    assert len(patients) == 177 and len(patients - known) == 168


def test_one_appointment_is_there_twice(vendor_sandbox: Tables) -> None:
    counted = Counter(row["appointment_id"] for row in busy(vendor_sandbox))
    assert Counter(counted.values()) == {1: 191, 2: 1}
    (twice,) = (id_ for id_, n in counted.items() if n == 2)
    one, other = (row for row in busy(vendor_sandbox) if row["appointment_id"] == twice)
    assert {c for c in one if one[c] != other[c]} == {"hj_appointment_id", "hj_create_timestamp", "hj_modify_timestamp"}
    assert one["delete_ind"] == "N"


def test_its_timestamps_are_shared_and_short(vendor_sandbox: Tables) -> None:
    stamps = [row["hj_modify_timestamp"] for row in busy(vendor_sandbox)]
    assert max(Counter(stamps).values()) == 14
    digits = Counter(len(stamp.partition(".")[2]) for stamp in stamps)
    assert digits == {6: 181, 5: 12}


def test_its_ids_are_in_no_order_of_time(vendor_sandbox: Tables) -> None:
    by_id = sorted(busy(vendor_sandbox), key=lambda row: row["hj_appointment_id"])
    created = [parse_timestamp(row["hj_create_timestamp"]) for row in by_id]
    assert sum(later < earlier for earlier, later in pairwise(created)) == 65


def test_types_and_reasons_are_23_pairs_one_to_one(vendor_sandbox: Tables) -> None:
    rows = busy(vendor_sandbox)
    pairs = {(row["type"], row["reason"]) for row in rows}
    assert len(pairs) == len({t for t, _ in pairs}) == len({r for _, r in pairs}) == 23
    assert any(reason.isupper() for _, reason in pairs) and not all(reason.isupper() for _, reason in pairs)
    assert {row["duration"] for row in rows} == {"15", "30", "45"}


def test_one_begins_in_the_middle_of_the_night(vendor_sandbox: Tables) -> None:
    assert [row["begin_time"] for row in busy(vendor_sandbox) if row["begin_time"] < "0600"] == ["0115"]


def test_only_the_providers_name_is_ever_null(vendor_sandbox: Tables) -> None:
    null = {column for row in vendor_sandbox.rows("appointment") for column, value in row.items() if value is None}
    empty = {column for row in vendor_sandbox.rows("appointment") for column, value in row.items() if value == ""}
    assert null == {"provider_name"}
    assert empty <= {"provider_id", "provider_name", "detail"}


def test_there_are_a_few_other_days(vendor_sandbox: Tables) -> None:
    days = Counter(row["date"] for row in vendor_sandbox.rows("appointment"))
    assert len(days) == 8 and all(count < 10 for day, count in days.items() if day != BUSY)


def test_the_other_elements_hold_a_few_rows_for_the_listed_patients(vendor_sandbox: Tables) -> None:
    listed = vendor_sandbox.by("demographic", "patient_id").keys()
    for element in vendor_sandbox.versions.keys() - {"appointment", "demographic", "payer", "provider", "location"}:
        patients = {row["patient_id"] for row in vendor_sandbox.rows(element)}
        assert patients and patients <= listed, element


def test_ids_have_the_observed_length(vendor_sandbox: Tables) -> None:
    for row in busy(vendor_sandbox):
        assert re.fullmatch(r"[1-9]\d{8}", str(row["hj_appointment_id"]))
        assert row["provider_id"] == "" or re.fullmatch(r"\d{10}", row["provider_id"])


def test_the_clean_twin_of_the_busy_day(clean_sandbox: Tables) -> None:
    """Without quirks: no deleted rows, no twin, every provider and patient known."""
    rows = busy(clean_sandbox)
    assert len(rows) == 193 - 65 - 1
    assert {row["patient_id"] for row in rows} <= clean_sandbox.by("demographic", "patient_id").keys()
    assert {row["provider_id"] for row in rows} - {None} <= clean_sandbox.by("provider", "provider_id").keys()
