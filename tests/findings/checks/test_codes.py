"""Codes: spellings, widths, and what only looks wrong (HJ-032, 033, 034)."""

from __future__ import annotations

from typing import Any

import pytest

from evaluation.findings.checks.codes import diagnoses, lost_zeros, procedures_and_drugs
from evaluation.findings.model import Resource
from evaluation.findings.outcome import Verdict

from ..made import api, resource
from .flips import columns, places


def column(name: str, *values: Any, **more: Any) -> Resource:
    return resource("claim", [{name: value, **more} for value in values])


@pytest.mark.parametrize(
    "odd", ["E119", "e11.9", "401.9", "4019", "E11.9 Diabetes", " E11.9", "E11.9 ", "44054006", "J45909"]
)
def test_a_second_spelling_of_diagnosis_codes_is_found(odd: str) -> None:
    outcome = diagnoses(api(column("dx1_code", "E11.9", "J45.909", "I10", odd)))
    assert outcome.verdict is Verdict.fail and places(outcome) == ["claim.dx1_code"]
    assert odd.strip() not in str(outcome)


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("dx1_code", ["E11.9", "I10", "S72.001A", "Z00.00"]),
        ("dx1_code", ["E119", "I10", "S72001A"]),  # a claim form has no dots
        ("icd9_code", ["401.9", "250.00", "V70.0", "E849.7"]),
        ("diagnosis_code", ["V70.0", "E11.9"]),  # V codes are in both systems
        ("diagnosis_code", ["E11.9", "", None]),
        ("diagnosis_code", ["I10"]),
    ],
)
def test_one_spelling_is_none(name: str, values: list[Any]) -> None:
    assert diagnoses(api(column(name, *values))).verdict is Verdict.passed


@pytest.mark.parametrize(("name", "values"), [("code", ["E11.9", "E119"]), ("diagnosis", ["Back pain", "Asthma"])])
def test_other_columns_are_not_judged(name: str, values: list[str]) -> None:
    assert diagnoses(api(column(name, *values))).verdict is Verdict.unknown


def test_another_system_is_right_where_a_column_says_so() -> None:
    made = [{"dx": "E11.9", "dx_type": "ICD10"}, {"dx": "401.9", "dx_type": "ICD9"}]
    assert diagnoses(api(resource("claim", made))).verdict is Verdict.passed
    made = [{"dx": "E11.9", "dx_type": "ICD10"}, {"dx": "E119", "dx_type": "ICD9"}]
    assert diagnoses(api(resource("claim", made))).verdict is Verdict.fail


def test_one_spelling_for_each_column_is_enough() -> None:
    made = resource("claim", [{"icd10_code": "E11.9", "icd9_code": "401.9"}])
    assert diagnoses(api(made)).verdict is Verdict.passed


def test_part_of_the_rows_proves_nothing() -> None:
    made = resource("claim", [{"dx1_code": "E11.9"}], complete=False)
    assert diagnoses(api(made)).verdict is Verdict.unknown
    assert diagnoses(api(columns("claim", "dx1_code"))).verdict is Verdict.unknown


@pytest.mark.parametrize("odd", ["G0463GT", "G0463-GT", "G0463 25", "GT", "G046", "g0463", "G0463 "])
def test_procedure_codes_beside_well_formed_ones_are_found(odd: str) -> None:
    outcome = procedures_and_drugs(api(column("cpt_code", "G0463", "J1100", odd)))
    assert outcome.verdict is Verdict.fail and places(outcome) == ["claim.cpt_code"]


@pytest.mark.parametrize(
    "values", [["G0463", "J1100", "0001F"], ["0DTJ4ZZ", "0FT44ZZ"], ["G0463", None, ""], ["A12", "B17", "C22"]]
)
def test_codes_of_one_system_are_none(values: list[Any]) -> None:
    assert procedures_and_drugs(api(column("procedure_code", *values))).verdict is Verdict.passed


@pytest.mark.parametrize("odd", ["1234567", "1234567890", "123456789012", "12345-678-90"])
def test_drug_codes_of_another_length_are_found(odd: str) -> None:
    assert procedures_and_drugs(api(column("ndc", "00012345678", "00087654321", odd))).verdict is Verdict.fail


def test_the_three_groupings_of_a_drug_code_are_one_spelling() -> None:
    made = column("ndc", "1234-5678-90", "12345-678-90", "12345-6789-0")
    assert procedures_and_drugs(api(made)).verdict is Verdict.passed


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("place_of_service", ["11", "2", "22"]),
        ("place_of_service", [11, 2, 22]),
        ("zip", ["02134", "2134", *["10001"] * 9]),
        ("zip_code", ["501", *["10001-1234"] * 12]),
        ("revenue_code", ["0450", "450", "0636"]),
    ],
)
def test_a_lost_zero_is_found(name: str, values: list[Any]) -> None:
    outcome = lost_zeros(api(column(name, *values)))
    assert outcome.verdict is Verdict.fail and outcome.places[0].detail == "too short in 1 row"


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("place_of_service", ["11", "02"]),
        ("place_of_service", [11, 22]),
        ("zip", ["02134", "10001-1234", "100011234"]),
        ("zip", ["02134", None, ""]),
    ],
)
def test_full_width_is_none(name: str, values: list[Any]) -> None:
    assert lost_zeros(api(column(name, *values))).verdict is Verdict.passed


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("place_of_service", ["Office", "Home", "2"]),
        ("zip", ["SW1A 1AA", "8001", "2000"]),
        ("room", ["11", "2"]),
        ("cvx_code", ["08", "150"]),
        ("begin_time", ["0930", "930"]),
    ],
)
def test_other_codes_are_not_judged(name: str, values: list[str]) -> None:
    assert lost_zeros(api(column(name, *values))).verdict is Verdict.unknown
