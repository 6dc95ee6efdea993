"""Coded values of people: when a code system is missing, and when nobody misses it (HJ-017)."""

from __future__ import annotations

from typing import Any

import pytest

from evaluation.findings.checks.people import codes_without_system
from evaluation.findings.model import Field, Resource
from evaluation.findings.outcome import Verdict
from mockserver.contract.source import document

from ..made import FIELDS, api, resource
from .flips import places


def person(name: str, *values: Any, **more: Any) -> Resource:
    return resource("patient", [{"last_name": "Sample", "dob": "19870102", name: value, **more} for value in values])


def described(name: str, **how: Any) -> Any:
    fields = (Field("last_name"), Field("dob"), Field(name, **{"types": frozenset({"string"}), **how}))
    return api(Resource("patient", fields), inputs=FIELDS)


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("gender", ["M", "F", "U"]),
        ("race", ["2106-3", "2054-5"]),
        ("ethnicity", ["H", "N", None]),
        ("primary_language", ["eng", "spa"]),
        ("race_code", [1, 2, 5]),
        ("maritalStatus", ["S", "M"]),
    ],
)
def test_codes_without_a_system_are_found(name: str, values: list[Any]) -> None:
    outcome = codes_without_system(api(person(name, *values)))
    assert outcome.verdict is Verdict.fail and places(outcome) == [f"patient.{name}"]


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("gender", ["female", "male"]),
        ("race", ["White", "Asian"]),
        ("language", ["en", "es", "pt-BR"]),
        ("ethnicity", ["Not Hispanic or Latino", "U"]),
    ],
)
def test_words_and_language_tags_are_none(name: str, values: list[str]) -> None:
    assert codes_without_system(api(person(name, *values))).verdict is Verdict.passed


@pytest.mark.parametrize("beside", ["race_code_system", "race_system", "raceVocabulary", "race_code_oid"])
def test_a_column_that_names_the_system_is_enough(beside: str) -> None:
    assert codes_without_system(api(person("race_code", "2106-3", **{beside: "x"}))).verdict is Verdict.passed


def test_things_that_are_no_people_are_not_judged() -> None:
    product = resource("product", [{"sku": "1", "gender": "M"}])
    repository = resource("repository", [{"name": "a", "language": "C"}])
    assert codes_without_system(api(product, repository)).verdict is Verdict.unknown


def test_nothing_but_gaps_is_unknown() -> None:
    assert codes_without_system(api(person("race", None, ""))).verdict is Verdict.unknown


@pytest.mark.parametrize(
    ("format_", "verdict"),
    [
        ("gender", "fail"), ("race", "fail"), ("ethnicity", "fail"), ("language", "fail"), ("gender-word", "pass"),
        ("race-word", "pass"), ("ethnicity-word", "pass"), ("language-tag", "pass"), ("text", "unknown"),
    ],
)  # fmt: skip
def test_a_declared_pattern_is_tried_with_words_and_codes(format_: str, verdict: str) -> None:
    pattern = document("formats.yaml")[format_]["schema"]["pattern"]
    assert codes_without_system(described("race", pattern=pattern)).verdict == verdict


@pytest.mark.parametrize("how", [{"enum": ("M", "F")}, {"format": "bcp47"}, {"format": "iso-639-2"}])
def test_a_list_or_a_format_of_the_description_is_enough(how: dict[str, Any]) -> None:
    assert codes_without_system(described("language", samples=("eng",), **how)).verdict is Verdict.passed


def test_a_documented_example_counts() -> None:
    assert codes_without_system(described("race", samples=("2106-3",))).verdict is Verdict.fail


def test_words_in_some_rows_do_not_prove_the_rest() -> None:
    rows = [{"last_name": "Sample", "dob": "19870102", "gender": "female"}]
    assert codes_without_system(api(resource("patient", rows, complete=False))).verdict is Verdict.unknown
