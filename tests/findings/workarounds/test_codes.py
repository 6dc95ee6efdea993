"""Codes brought to one spelling."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.findings.workarounds.codes import diagnosis, ndc, padded, procedure, with_system

HEADS, TAILS = st.from_regex(r"[A-Z]\d[0-9A-Z]", fullmatch=True), st.from_regex(r"[0-9A-Z]{1,4}", fullmatch=True)
CODES = st.from_regex(r"[A-Z]\d{4}", fullmatch=True)


@given(HEADS, TAILS)
def test_every_spelling_of_a_diagnosis_is_one(head: str, tail: str) -> None:
    code = f"{head}.{tail}"
    for text in (code, f"{head}{tail}", code.lower(), f" {code} ", f"{code} text behind"):
        assert diagnosis(text) == code
    assert diagnosis(head) == head


@pytest.mark.parametrize("code", [None, "", "401.9", "4019", "?", "44054006"])
def test_what_is_no_such_code_is_none(code: str | None) -> None:
    assert diagnosis(code) is None


@given(CODES, st.sampled_from(["GT", "25", "RT"]))
def test_modifiers_are_split_off(code: str, modifier: str) -> None:
    assert procedure(code) == (code, ())
    for text in (f"{code}{modifier}", f"{code}-{modifier}", f"{code} {modifier}", f"{code}{modifier}".lower()):
        assert procedure(text) == (code, (modifier,))
    assert procedure(f"{code}-{modifier}-LT") == (code, (modifier, "LT"))


@pytest.mark.parametrize("code", [None, "", "GT", "G04", "visit"])
def test_what_is_no_procedure_code_is_none(code: str | None) -> None:
    assert procedure(code) is None


@pytest.mark.parametrize(
    ("code", "digits"),
    [
        ("1234-5678-90", "01234567890"),
        ("12345-678-90", "12345067890"),
        ("12345-6789-0", "12345678900"),
        ("12345-6789-01", "12345678901"),
        ("12345678901", "12345678901"),
    ],
)
def test_drug_codes_get_the_zero_where_it_belongs(code: str, digits: str) -> None:
    assert ndc(code) == digits


@pytest.mark.parametrize("code", [None, "", "1234567890", "123456789012", "1-2", "123456-7890-12", "a-b-c"])
def test_other_lengths_are_none(code: str | None) -> None:
    assert ndc(code) is None


@given(st.integers(0, 99))
def test_lost_zeros_come_back(number: int) -> None:
    assert padded(number, 2) == padded(str(number), 2) == f"{number:02}"


def test_a_missing_code_stays_missing_and_a_longer_one_is_refused() -> None:
    assert padded(None, 2) is None and padded("", 2) is None
    with pytest.raises(ValueError, match="no code of 2 digits"):
        padded("117", 2)


def test_a_code_gets_the_system_of_a_table() -> None:
    table = {r"\d{4}-\d": "urn:oid:2.16.840.1.113883.6.238"}
    assert with_system("2106-3", table) == ("2106-3", "urn:oid:2.16.840.1.113883.6.238")
    assert with_system("X", table) is None and with_system(None, table) is None
