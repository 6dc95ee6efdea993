"""One kind of nothing, no blanks, no fillers, one spelling of a term."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.findings.workarounds.missing import one_nothing, term, trimmed, without_fillers

ROWS = st.dictionaries(st.text(min_size=1, max_size=4), st.none() | st.integers() | st.text(max_size=6), max_size=5)


@given(ROWS)
def test_trimming_twice_changes_nothing_more(row: dict[str, object]) -> None:
    once = trimmed(row)
    assert trimmed(once) == once and once.keys() == row.keys()


@given(ROWS)
def test_afterwards_nothing_is_empty_text(row: dict[str, object]) -> None:
    made = one_nothing(row)
    assert "" not in made.values() and made.keys() == row.keys()
    assert all(made[name] == value for name, value in row.items() if not isinstance(value, str))


@pytest.mark.parametrize("value", ["000000000", "999-99-9999", "00000"])
def test_fillers_become_null(value: str) -> None:
    assert without_fillers({"ssn": value, "zip": value}, ["ssn"]) == {"ssn": None, "zip": value}


@pytest.mark.parametrize("value", ["000968593", "0000", "", None, 0, "90000"])
def test_real_values_stay(value: object) -> None:
    assert without_fillers({"ssn": value}, ["ssn"]) == {"ssn": value}


def test_the_own_key_becomes_null_elsewhere() -> None:
    row = {"patient_id": "48213", "other_id": "48213", "account_id": "7", "copy": "48213"}
    made = without_fillers(row, ["other_id", "account_id"], key="patient_id")
    assert made == {"patient_id": "48213", "other_id": None, "account_id": "7", "copy": "48213"}


def test_no_key_repeats_nothing() -> None:
    row = {"patient_id": None, "other_id": None}
    assert without_fillers(row, ["other_id"], key="patient_id") == row


@pytest.mark.parametrize("text", ["SICK VISIT", "sick  visit ", "Sick visit", "sik visit"])
def test_a_term_takes_the_spelling_of_the_list(text: str) -> None:
    assert term(text, ["Sick visit", "Recheck"], {"sik": "sick"}) == "Sick visit"


@pytest.mark.parametrize("text", [None, "", "injury"])
def test_what_is_not_on_the_list_is_none(text: str | None) -> None:
    assert term(text, ["Sick visit"]) is None
