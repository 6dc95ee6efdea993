"""Fields that need an adapter are those a finding names, each counted once; what FHIR makes of them adds up."""

from __future__ import annotations

from dataclasses import replace

import pytest
import yaml

from evaluation.findings import catalogue
from evaluation.findings.evaluate import run
from evaluation.findings.model import Resource
from evaluation.findings.outcome import Outcome, Place, Verdict
from evaluation.report.effort import as_data, read, reasons
from evaluation.report.effort_contract import FHIR
from evaluation.schema import bundled, mapping
from mockserver.errors import InputError
from tests.findings.made import AMBIGUOUS, api, resource

from .reports import contract

FILE = "evaluation/report/effort.yaml"
REASON = {"title": "t", "does": "d", "checks": ["HJ-001"]}


def test_every_check_has_one_place() -> None:
    top = bundled(FILE)
    placed = [id_ for one in reasons() for id_ in one.checks] + list(top.texts("whole"))
    assert sorted(placed) == sorted(catalogue.load())


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({"reasons": {"a": REASON}, "whole": ["HJ-001"]}, "HJ-001 stands in two places"),
        ({"reasons": {"a": REASON, "b": REASON}}, "HJ-001 stands in two places"),
        ({"reasons": {"a": {**REASON, "checks": ["HJ-01"]}}}, "checks has HJ-01.*did you mean HJ-0"),
        ({"reasons": {"a": {**REASON, "checks": []}}}, "must have at least one"),
        ({"reasons": {"a": {**REASON, "days": 3}}}, "key days is not known"),
        ({"whole": []}, "reasons is missing"),
        ({"reasons": {}, "hole": []}, "hole is not known.*did you mean whole"),
        ({"reasons": {"a": {"title": "t", "checks": ["HJ-001"]}}}, "does is missing"),
    ],
)
def test_a_wrong_file_is_refused_with_a_place(given: object, why: str) -> None:
    with pytest.raises(InputError, match=why) as caught:
        read(mapping(yaml.safe_load(yaml.safe_dump(given)), FILE))
    assert str(caught.value).startswith(FILE)


@pytest.mark.parametrize("quirks", ["vendor", "none"])
def test_the_table_adds_up(quirks: str) -> None:
    evaluation = contract(quirks)
    made = as_data(evaluation)
    assert made["fields"] == sum(len(one.fields) for one in evaluation.api.resources) > 300
    assert made["adapters"] == sum(row["adapters"] for row in made["elements"])
    for row in made["elements"]:
        assert 0 <= row["adapters"] <= row["fields"]
        assert row["adapters"] <= sum(row["reasons"].values()) or not row["adapters"]
        assert row["fhir"] is None or sum(row["fhir"].values()) == row["fields"]
    for reason in made["reasons"]:
        assert reason["fields"] == sum(row["reasons"].get(reason["id"], 0) for row in made["elements"])


def test_the_clean_twin_needs_fewer_adapters() -> None:
    assert as_data(contract("none"))["adapters"] < as_data(contract())["adapters"]


def test_what_a_finding_names_needs_an_adapter_and_nothing_else() -> None:
    made = as_data(contract())
    named = {
        (place.resource, place.field)
        for id_ in (id_ for one in reasons() for id_ in one.checks)
        for place in contract().by_id[id_].outcome.places
        if contract().by_id[id_].outcome.verdict is Verdict.fail
    }
    held = {(one.name, field) for one in contract().api.resources for field in one.by_name}
    assert made["adapters"] == len(named & held)


def test_a_field_with_two_reasons_is_counted_once() -> None:
    evaluation = run(api(resource("visit", AMBIGUOUS), vendor=""))
    both = {"HJ-001", "HJ-010"}
    place = (Place("visit", "visitid"), Place("visit", "visitid"), Place("visit", "not there"), Place("visit"))
    outcomes = {True: Outcome(Verdict.fail, "why", place), False: Outcome(Verdict.passed, "why")}
    results = tuple(replace(result, outcome=outcomes[result.id in both]) for result in evaluation.results)
    (row,) = as_data(replace(evaluation, results=results))["elements"]
    assert row["adapters"] == 1 and row["reasons"] == {"ids": 1, "types": 1} and row["fhir"] is None


def test_without_fields_nothing_is_counted() -> None:
    made = as_data(run(api(Resource("visit"), Resource("patient"))))
    assert (made["fields"], made["adapters"], made["elements"], made["empty"]) == (0, 0, [], 2)
    assert not made["mapped"]


def test_a_name_that_may_be_a_value_is_not_shown() -> None:
    made = as_data(run(api(resource("Quimby <7731>", AMBIGUOUS))))
    assert "Quimby" not in str(made["elements"])


def test_fhir_has_a_word_for_every_outcome_that_is_planned() -> None:
    made = as_data(contract())
    assert made["mapped"] and set(made["elements"][0]["fhir"]) == set(FHIR.values())
    (row,) = (row for row in made["elements"] if row["element"] == "allergy")
    assert row["fhir"]["exact"] and row["fhir"]["by rule"] and row["fhir"]["no home"]
