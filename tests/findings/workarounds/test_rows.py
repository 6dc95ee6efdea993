"""Copies, shared keys, deleted rows and orphans, on rows as the vendor's quirks make them."""

from __future__ import annotations

from itertools import permutations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.findings.workarounds.deletes import live, vanished
from evaluation.findings.workarounds.duplicates import latest, once
from evaluation.findings.workarounds.orphans import awaited, joined

STAMPS = ("appointmentid", "hj_create_timestamp", "hj_modify_timestamp")


def appointment(number: int, at: str, **more: Any) -> dict[str, Any]:
    base = {"client_appt_id": "877050", "patient_id": "28931", "reason": "ANNUAL EXAM", "delete_ind": "N"}
    return {"appointmentid": number, **base, "hj_create_timestamp": at, "hj_modify_timestamp": at, **more}


# --- duplicates ---


def test_a_twin_under_another_number_and_later_stamps_is_left_out() -> None:
    one, twin, other = appointment(7, "01"), appointment(3, "02"), appointment(9, "02", reason="New Patient 45")
    assert once([one, twin, other], STAMPS) == [one, other]


def test_the_order_of_keys_does_not_make_a_row_another() -> None:
    assert len(once([{"a": 1, "b": 2}, {"b": 2, "a": 1}], ())) == 1


@given(st.lists(st.sampled_from("abc")))
def test_one_of_each_content_stays_in_order(contents: list[str]) -> None:
    rows = [{"key": number, "x": x} for number, x in enumerate(contents)]
    assert [row["x"] for row in once(rows, ["key"])] == list(dict.fromkeys(contents))


def test_of_rows_with_one_source_key_the_last_change_stays_whatever_the_order() -> None:
    rows = [{"id": "5", "pk": 1, "at": "02"}, {"id": "5", "pk": 2, "at": "03"}, {"id": "5", "pk": 3, "at": "03"}]
    kept = [latest(order, "id", "at", "pk") for order in permutations(rows)]
    assert kept == [[rows[2]]] * 6


def test_rows_with_keys_of_their_own_all_stay() -> None:
    rows = [{"id": "5", "pk": 1, "at": "02"}, {"id": "6", "pk": 2, "at": "01"}]
    assert latest(rows, "id", "at", "pk") == rows


# --- deletions ---


def test_deleted_rows_are_left_out_where_rows_are_counted() -> None:
    rows = [appointment(1, "01"), appointment(2, "01", delete_ind="Y")]
    assert live(rows) == rows[:1]


def test_a_row_without_the_flag_is_live() -> None:
    assert live([{"patient_id": "1"}]) == [{"patient_id": "1"}]
    assert live([{"gone": True}, {"gone": False}], "gone", (True,)) == [{"gone": False}]


def test_keys_no_longer_listed_have_vanished() -> None:
    assert vanished(["1", "2", "3"], ["2", "3", "4"]) == {"1"}
    assert vanished([], []) == set()


def test_an_empty_listing_deletes_nothing() -> None:
    with pytest.raises(ValueError, match="nothing is taken for deleted"):
        vanished(["1"], [])


# --- orphans ---

PEOPLE = [{"client_patient_id": "11", "first_name": "A"}]
VISITS = [{"patient_id": "11"}, {"patient_id": 11}, {"patient_id": "12"}, {"patient_id": None}, {}]


def test_no_row_is_lost_in_a_join() -> None:
    found = joined(VISITS, PEOPLE, "patient_id", "client_patient_id")
    assert [row for row, _ in found] == VISITS
    assert [parent is not None for _, parent in found] == [True, True, False, False, False]


def test_only_ids_that_somebody_named_are_awaited() -> None:
    assert awaited(VISITS, PEOPLE, "patient_id", "client_patient_id") == {"12"}
