"""Empty text and null for one thing (HJ-020)."""

from __future__ import annotations

from typing import Any

import pytest

from evaluation.findings.adapters import fields
from evaluation.findings.checks.empty import two_kinds_of_missing
from evaluation.findings.model import Field, Resource
from evaluation.findings.outcome import Verdict

from ..made import FIELDS, api, resource
from .flips import places

TEXT = frozenset({"string"})


def visits(**columns: list[Any]) -> Resource:
    rows = [dict(zip(columns, cells, strict=True)) for cells in zip(*columns.values(), strict=True)]
    return resource("visit", rows)


def described(**columns: tuple[str, bool]) -> Any:
    made = (Field(name, TEXT, nullable, pattern=pattern) for name, (pattern, nullable) in columns.items())
    return api(Resource("visit", tuple(made)), inputs=FIELDS)


def test_both_in_one_column_are_found() -> None:
    outcome = two_kinds_of_missing(api(visits(reason=["cough", "", None])))
    assert outcome.verdict is Verdict.fail and places(outcome) == ["visit.reason"]


@pytest.mark.parametrize("name", ["provider_name", "provider", "clinician", "provider_clinician_name", "doctorName"])
def test_one_in_an_id_and_the_other_in_its_name_are_found(name: str) -> None:
    outcome = two_kinds_of_missing(api(visits(provider_id=["7", ""], **{name: ["Dana", None]})))
    assert outcome.verdict is Verdict.fail and places(outcome) == ["visit.provider_id"]
    assert outcome.places[0].detail == f"empty text, where {name} is null"


@pytest.mark.parametrize(
    "columns",
    [
        {"reason": ["cough", None], "kind": ["a", ""]},  # columns of different things
        {"provider_id": ["7", None], "provider_name": ["Dana", None]},
        {"provider_id": ["7", ""], "provider_name": ["Dana", ""]},
        {"provider_id": ["7", ""], "location_name": ["Main", None]},
        {"reason": ["cough", ""], "other": [1, 2]},
    ],
)
def test_one_kind_for_one_thing_is_none(columns: dict[str, list[Any]]) -> None:
    assert two_kinds_of_missing(api(visits(**columns))).verdict is Verdict.passed


def test_an_absent_key_is_no_third_kind() -> None:
    rows = [{"id": "1", "reason": ""}, {"id": "2"}]
    made = fields.resource("visit", [fields.table("P1", rows)])
    assert two_kinds_of_missing(api(made)).verdict is Verdict.passed


def test_a_narrow_pattern_that_lets_empty_text_through_says_so() -> None:
    both = described(provider_id=("^([0-9]{10})?$", False), provider_name=("^[^\t]*$", True))
    assert places(two_kinds_of_missing(both)) == ["visit.provider_id"]
    assert two_kinds_of_missing(described(ndc=("^([0-9]{11})?$", True))).verdict is Verdict.fail


def test_a_pattern_that_lets_anything_through_does_not() -> None:
    assert (
        two_kinds_of_missing(described(reason=("^[^\t]*$", True), ndc=("^[0-9]{11}$", True))).verdict is Verdict.passed
    )


def test_a_description_without_patterns_says_nothing() -> None:
    assert two_kinds_of_missing(described(reason=("", True))).verdict is Verdict.unknown


def test_a_cut_of_rows_proves_nothing() -> None:
    cut = resource("visit", [{"reason": "cough"}], complete=False)
    assert two_kinds_of_missing(api(cut)).verdict is Verdict.unknown
