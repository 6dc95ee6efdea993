"""Code systems by spelling, and which columns hold codes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.findings import codesystems
from evaluation.findings.codesystems import demographic, flag, holds, spelling, width, yes_no

HEADS = st.from_regex(r"[A-TW-Z]\d[0-9A-Z]", fullmatch=True)
TAILS = st.from_regex(r"[0-9A-Z]{1,4}", fullmatch=True)


@pytest.mark.parametrize("name", ["dx1_code", "diagnosis_code", "icd10", "primaryDiagnosisCode", "dx2", "icd_10_code"])
def test_columns_of_diagnosis_codes(name: str) -> None:
    assert holds("diagnosis", name) and codesystems.judged(name)


@pytest.mark.parametrize("name", ["diagnosis_id", "diagnosis_code_type", "code", "diagnosis_date", "dx1_description"])
def test_other_columns(name: str) -> None:
    assert not holds("diagnosis", name) and not codesystems.judged(name)


def test_columns_of_procedures_and_drugs() -> None:
    assert holds("procedure", "cpt4_hcpcs_code") and holds("procedure", "procedureCode") and holds("drug", "ndc")
    assert not holds("procedure", "procedure_id") and not holds("procedure", "modifier_code1")
    assert not holds("drug", "ndc_units")


@given(HEADS, TAILS)
def test_a_diagnosis_code_with_and_without_its_dot(head: str, tail: str) -> None:
    assert spelling("diagnosis", f"{head}.{tail}") == "ICD-10 with a dot"
    assert spelling("diagnosis", f"{head}{tail}") == "ICD-10 without its dot"
    assert spelling("diagnosis", f"{head}.{tail}".lower()) == "ICD-10 in small letters"
    assert spelling("diagnosis", f"{head}.{tail} pain") == "a code with text behind it"
    assert spelling("diagnosis", f"{head}.{tail} ") == "a code with blanks around it"
    assert spelling("diagnosis", head) == "ICD-10 of three characters"


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("401.9", "ICD-9 with a dot"),
        ("E849.7", "ICD-9 with a dot"),
        ("4019", "ICD-9 without a dot"),
        ("V70.0", "V and two digits, of either"),
        ("38341003", "a long number, perhaps SNOMED CT"),
        ("?", ""),
        ("back pain", ""),
    ],
)
def test_other_systems(code: str, name: str) -> None:
    assert spelling("diagnosis", code) == name


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("G0463", "five characters"),
        ("A1234", "five characters"),
        ("0001F", "five characters"),
        ("G0463GT", "a modifier glued on"),
        ("G0463-GT", "a modifier behind a hyphen or a blank"),
        ("GT", "a modifier alone"),
        ("G046", "too short"),
        ("G0463 ", "a code with blanks around it"),
        ("g0463", "in small letters"),
        ("visit", ""),
    ],
)
def test_procedure_codes(code: str, name: str) -> None:
    assert spelling("procedure", code) == name


@given(st.integers(4, 18))
def test_drug_codes_by_their_length(digits: int) -> None:
    name = spelling("drug", "1" * digits)
    known = {10: "ten digits", 11: "eleven digits"}
    assert name == known.get(digits, "fewer than ten digits" if digits < 10 else "more than eleven digits")


def test_hyphenated_drug_codes_are_of_one_spelling() -> None:
    texts = ("1234-5678-90", "12345-678-90", "12345-6789-0")
    assert {spelling("drug", text) for text in texts} == {"ten digits with hyphens"}


def test_columns_of_fixed_width() -> None:
    place, zip_ = width("place_of_service"), width("zipCode")
    assert place and (place.digits, place.lost) == (2, 1)
    assert zip_ and (zip_.digits, zip_.lost) == (5, 2)
    assert width("pos") is None and width("room") is None


@pytest.mark.parametrize("name", ["gender", "race_code", "primary_language", "patientEthnicity", "sex_at_birth"])
def test_columns_of_people(name: str) -> None:
    assert demographic(name)


@pytest.mark.parametrize("name", ["sexually_active", "raced_at", "first_name", "languages_spoken_count"])
def test_columns_that_only_sound_like_them(name: str) -> None:
    assert not demographic(name)


@pytest.mark.parametrize("name", ["delete_ind", "death_indication", "is_active", "hasInsurance", "active", "optInFlag"])
def test_flags_by_name(name: str) -> None:
    assert flag(name)


@pytest.mark.parametrize("name", ["abnormal_flag", "death_date", "deleted_at", "is_id", "status", "", "isotope"])
def test_columns_that_are_no_flags(name: str) -> None:
    assert not flag(name)


@pytest.mark.parametrize(
    ("texts", "both"), [("Y N", True), ("y", True), ("Yes no", True), ("Y F", False), ("M F", False), ("", False)]
)
def test_pairs_of_yes_and_no(texts: str, both: bool) -> None:
    assert yes_no(frozenset(texts.split())) is both
