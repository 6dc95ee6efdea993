"""Workarounds around ids do what they promise, also at the edges."""

from __future__ import annotations

import random
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.findings.workarounds.ids import agreed, apart, fingerprint, key_of, looked_up, names_by_id

VALUES = st.none() | st.booleans() | st.integers() | st.text(max_size=5)
ROWS = st.dictionaries(st.text(string.ascii_lowercase, min_size=1, max_size=4), VALUES, max_size=5)


@pytest.mark.parametrize("value", [17, 17.0, "17", " 17 "])
def test_an_id_is_one_text_whatever_its_type(value: object) -> None:
    assert key_of(value) == "17"


def test_leading_zeros_and_big_numbers_survive() -> None:
    assert key_of("017") == "017"
    assert key_of(901234567890123456) == "901234567890123456"


@pytest.mark.parametrize("value", [None, "", "   "])
def test_a_missing_id_is_none(value: object) -> None:
    assert key_of(value) is None


@pytest.mark.parametrize("value", [True, False, 1.5, [1], {}])
def test_what_is_no_id_is_refused(value: object) -> None:
    with pytest.raises(TypeError, match="number or text"):
        key_of(value)


@given(st.integers())
def test_number_and_text_of_an_id_agree(value: int) -> None:
    assert key_of(value) == key_of(str(value))


def test_two_ids_get_names_that_cannot_be_mistaken() -> None:
    row = {"encounterid": 901, "encounter_id": "17", "date": "20220101"}
    assert apart(row, "encounterid", "encounter_id") == {"minted_id": "901", "source_id": "17", "date": "20220101"}
    assert row["encounterid"] == 901


def test_a_missing_column_is_told() -> None:
    with pytest.raises(KeyError):
        apart({"encounterid": 1}, "encounterid", "encounter_id")


def test_ids_that_agree_are_one() -> None:
    assert agreed({"a_id": 5, "source_a_id": "5"}, "a_id", "source_a_id") == "5"
    assert agreed({"a_id": "5", "source_a_id": None}, "a_id", "source_a_id") == "5"
    assert agreed({}, "a_id", "source_a_id") is None


def test_ids_that_differ_stop_the_work_without_showing_values() -> None:
    with pytest.raises(ValueError, match="a_id and source_a_id differ") as caught:
        agreed({"a_id": "5531", "source_a_id": "6642"}, "a_id", "source_a_id")
    assert "5531" not in str(caught.value) and "6642" not in str(caught.value)


def test_records_are_found_over_types_and_names() -> None:
    people = [{"client_patient_id": "4", "name": "A"}, {"client_patient_id": "5", "name": "B"}]
    rows = [{"patient_id": 5}, {"patient_id": "9"}, {"patient_id": None}, {"patient_id": "4"}]
    found = looked_up(rows, people, by="patient_id", key="client_patient_id")
    assert [record["name"] if record else None for _, record in found] == ["B", None, None, "A"]
    assert [row for row, _ in found] == rows


def test_the_first_of_several_records_counts_and_missing_ids_never_meet() -> None:
    people = [{"id": "4", "n": 1}, {"id": "4", "n": 2}, {"id": None, "n": 3}, {"id": "", "n": 4}]
    assert [record for _, record in looked_up([{"p": "4"}, {"p": ""}], people, "p", "id")] == [people[0], None]


def test_names_of_ids_without_a_resource() -> None:
    rows = [
        {"location_id": 3, "location": "Main"},
        {"location_id": "3", "location": "Other"},
        {"location_id": "4", "location": None},
        {"location_id": None, "location": "Nowhere"},
        {"location": "Nowhere"},
    ]
    assert names_by_id(rows, "location_id", "location") == {"3": "Main"}


@given(ROWS)
def test_a_fingerprint_does_not_depend_on_the_order_of_columns(row: dict[str, object]) -> None:
    names = list(row)
    random.Random(7).shuffle(names)
    assert fingerprint(row) == fingerprint({name: row[name] for name in names})
    assert len(fingerprint(row)) == 64


@given(ROWS, ROWS)
def test_rows_with_one_fingerprint_are_equal(one: dict[str, object], two: dict[str, object]) -> None:
    if fingerprint(one) == fingerprint(two):
        assert {k: (type(v), v) for k, v in one.items()} == {k: (type(v), v) for k, v in two.items()}


def test_columns_that_do_not_matter_are_left_out() -> None:
    assert fingerprint({"a": 1, "stamp": 1}, ["stamp"]) == fingerprint({"a": 1, "stamp": 2}, ["stamp"])
