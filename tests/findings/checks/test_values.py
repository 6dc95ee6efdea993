"""Numbers and flags as text, measurements kept twice (HJ-010, 015, 044)."""

from __future__ import annotations

from typing import Any

import pytest

from evaluation.findings.checks.values import declared_number, flags_as_letters, numbers_as_text, twin_units
from evaluation.findings.model import Field, Input, Resource
from evaluation.findings.outcome import Verdict
from mockserver.contract.source import document

from ..made import FIELDS, api, resource
from .flips import columns, places, run

TEXT = frozenset({"string"})


def column(name: str, *values: Any, **how: Any) -> Resource:
    return resource("visit", [{name: value} for value in values], **how)


def described(name: str, **how: Any) -> Any:
    return api(Resource("visit", (Field(name, **{"types": TEXT, **how}),)), inputs=FIELDS)


@pytest.mark.parametrize("values", [["15", "30"], ["0.5"], ["-12.50", "3.00"], ["15", None, ""], ["1,250.00"]])
def test_a_quantity_that_is_text_of_digits_is_found(values: list[Any]) -> None:
    outcome = numbers_as_text(api(column("charge_amount", *values)))
    assert outcome.verdict is Verdict.fail and places(outcome) == ["visit.charge_amount"]
    assert "visit.charge_amount" in outcome.why


@pytest.mark.parametrize("values", [[15, 30], [0.5], ["10 mg", "5 mg"], ["15", "about 20"], ["PT30M"], ["positive"]])
def test_numbers_and_texts_with_words_are_not(values: list[Any]) -> None:
    assert numbers_as_text(api(column("dose", *values))).verdict is Verdict.passed


@pytest.mark.parametrize(
    "name", ["zip", "phone", "patient_id", "room_number", "cost_center", "cpt_code", "tooth_number"]
)
def test_digits_that_name_something_are_rightly_text(name: str) -> None:
    assert numbers_as_text(api(column(name, "15", "30"))).verdict is Verdict.unknown


def test_a_unit_is_told() -> None:
    assert numbers_as_text(api(column("height_cm", "170.5"))).places[0].detail == "a number as text, in cm"


def test_a_few_rows_of_many_do_not_tell_how_a_column_is_written() -> None:
    assert numbers_as_text(api(column("dose", "15", complete=False))).verdict is Verdict.unknown
    assert numbers_as_text(api(column("dose", *["15"] * 30, complete=False))).verdict is Verdict.fail


@pytest.mark.parametrize(
    ("format_", "number"),
    [
        ("integer-text", True),
        ("decimal-text", True),
        ("money-text", True),
        ("text", False),
        ("code", False),
        ("flag", False),
    ],
)
def test_a_pattern_for_numbers_only(format_: str, number: bool) -> None:
    assert declared_number(document("formats.yaml")[format_]["schema"]["pattern"]) is number


def test_what_a_description_says_counts() -> None:
    assert numbers_as_text(described("amount", pattern=r"^\d+$")).verdict is Verdict.fail
    assert numbers_as_text(described("amount", samples=("12.50",))).verdict is Verdict.fail
    assert numbers_as_text(described("amount", types=frozenset({"number"}))).verdict is Verdict.passed
    assert numbers_as_text(described("amount")).verdict is Verdict.unknown


@pytest.mark.parametrize("how", [{"format": "decimal"}, {"format": "int64"}, {"enum": ("1", "2")}])
def test_a_number_that_is_text_on_purpose_is_none(how: dict[str, Any]) -> None:
    assert numbers_as_text(described("amount", samples=("12",), **how)).verdict is Verdict.passed


def test_one_measurement_in_two_columns() -> None:
    outcome = run("HJ-015", columns("vitals", "height_cm", "height_in", "weight_kg"))
    assert outcome.verdict is Verdict.fail
    assert places(outcome) == ["vitals.height_in"] and outcome.places[0].detail == "the same as height_cm"


@pytest.mark.parametrize(
    "names",
    [("height_cm", "weight_kg"), ("height_ft", "height_in"), ("height_cm", "head_in"), ("amount_usd", "weight_kg")],
)
def test_other_pairs_are_no_twins(names: tuple[str, ...]) -> None:
    assert twin_units(api(columns("vitals", *names))).verdict is Verdict.passed


def test_twins_are_in_one_resource() -> None:
    assert twin_units(api(columns("a", "height_cm"), columns("b", "height_in"))).verdict is Verdict.passed
    assert twin_units(api(columns("a", "name"))).verdict is Verdict.unknown


@pytest.mark.parametrize("name", ["delete_ind", "is_active", "deceased", "hasInsurance"])
@pytest.mark.parametrize("values", [["Y", "N"], ["N", None], ["yes", "no"], ["1", "0"], ["true"], ["Y ", "N "]])
def test_a_flag_that_is_text_is_found(name: str, values: list[Any]) -> None:
    assert flags_as_letters(api(column(name, *values))).verdict is Verdict.fail


def test_booleans_are_none() -> None:
    assert flags_as_letters(api(column("is_active", True, False, None))).verdict is Verdict.passed


def test_a_column_with_both_words_is_a_flag_whatever_its_name() -> None:
    assert places(flags_as_letters(api(column("consent", "yes", "no")))) == ["visit.consent"]
    assert flags_as_letters(api(column("middle_name", "Y", "N", "R"))).verdict is Verdict.unknown


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("gender", ["M", "F"]),
        ("abnormal_flag", ["H", "N"]),
        ("answer", ["yes", "no"]),
        ("surface", ["M", "O"]),
        ("initial", ["N"]),
        ("is_open", ["perhaps", "Y", "N", "?"]),
    ],
)
def test_letters_that_mean_something_else_are_none(name: str, values: list[str]) -> None:
    assert flags_as_letters(api(column(name, *values))).verdict is Verdict.unknown


@pytest.mark.parametrize(
    ("how", "verdict"),
    [
        ({"pattern": "^[YN]$"}, "fail"),
        ({"pattern": "^[A-Z]$"}, "unknown"),
        ({"pattern": "^[HLN]$"}, "unknown"),
        ({"enum": ("Y", "N")}, "fail"),
        ({"enum": ("Y", "N", "Q")}, "unknown"),
        ({"samples": ("N",)}, "fail"),
        ({"types": frozenset({"boolean"})}, "pass"),
    ],
)
def test_flags_in_a_description(how: dict[str, Any], verdict: str) -> None:
    assert flags_as_letters(described("delete_ind", **how)).verdict == verdict


def test_the_inputs_they_need() -> None:
    assert Input.rows not in FIELDS and Input.types in FIELDS


def test_an_average_as_text_beside_numbers_is_a_number_as_text() -> None:
    average, count = Field("avg_wait", frozenset({"string"})), Field("visits_count", frozenset({"integer"}))
    assert [str(place) for place in run("HJ-010", Resource("summary", (average, count))).places] == ["summary.avg_wait"]
    as_text = Field("visits_count", frozenset({"string"}))
    span = Field("avg_wait", frozenset({"string"}), format="duration")
    for given in ((average, as_text), (average,), (span, count), (Field("wait", frozenset({"string"})), count)):
        assert run("HJ-010", Resource("summary", given)).verdict is not Verdict.fail
