"""Workarounds around names of columns do what they promise, also at the edges."""

from __future__ import annotations

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.findings.workarounds.names import first_of, gathered, renamed

NAMES = st.text(string.ascii_lowercase, min_size=1, max_size=4)


def test_columns_are_renamed_in_place_and_others_stay() -> None:
    row = {"client_appt_id": "7", "date": "20220101", "client_id": "ABCD01"}
    table = {"client_appt_id": "appointment_id", "client_id": "practice_id", "absent": "x"}
    assert list(renamed(row, table).items()) == [
        ("appointment_id", "7"),
        ("date", "20220101"),
        ("practice_id", "ABCD01"),
    ]


def test_two_columns_cannot_get_one_name() -> None:
    with pytest.raises(ValueError, match="one name"):
        renamed({"enc_id": "1", "encounter_id": "2"}, {"enc_id": "encounter_id"})


def test_names_can_be_swapped() -> None:
    assert renamed({"a": 1, "b": 2}, {"a": "b", "b": "a"}) == {"b": 1, "a": 2}


@given(st.dictionaries(NAMES, st.integers(), max_size=6), st.dictionaries(NAMES, NAMES, max_size=6))
def test_renaming_loses_nothing_or_refuses(row: dict[str, int], table: dict[str, str]) -> None:
    try:
        assert sorted(renamed(row, table).values()) == sorted(row.values())
    except ValueError:
        assert len({table.get(name, name) for name in row}) < len(row)


def test_the_first_value_under_several_names() -> None:
    assert first_of({"provider_name": "", "clinician": "A. B."}, "provider_name", "clinician") == "A. B."
    assert first_of({"provider_name": None}, "provider_name", "clinician") is None
    assert first_of({"a": 0, "b": 1}, "a", "b") == 0
    assert first_of({"a": False, "b": True}, "a", "b") is False


@pytest.mark.parametrize(
    ("pattern", "row", "expected"),
    [
        ("dx#_code", {"dx2_code": "B", "dx1_code": "A", "dx10_code": "J", "dx3_code": None}, ["A", "B", "J"]),
        ("modifier_code#", {"modifier_code1": "", "modifier_code2": "25"}, ["25"]),
        ("dx#_code", {"dx_code": "A", "dxa_code": "B", "xdx1_code": "C"}, []),
        ("a.#", {"a.1": "A", "ab1": "B"}, ["A"]),
    ],
)
def test_numbered_columns_become_a_list(pattern: str, row: dict[str, object], expected: list[object]) -> None:
    assert gathered(row, pattern) == expected


@pytest.mark.parametrize("pattern", ["dx_code", "dx#_code#", ""])
def test_a_pattern_has_one_place_for_the_number(pattern: str) -> None:
    with pytest.raises(ValueError, match="one #"):
        gathered({}, pattern)
