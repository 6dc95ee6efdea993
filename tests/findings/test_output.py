"""Every format says the same: all checks, unknowns as unknowns, accepted as accepted, and nothing but names."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import Any
from xml.etree import ElementTree

import click
import jsonschema
import pytest
from junitparser import JUnitXml

from evaluation.findings import evaluate
from evaluation.findings.model import Asked, Origin
from evaluation.findings.outcome import Place, Verdict
from evaluation.findings.output import FORMATS, Report, facts
from evaluation.findings.output.facts import counts, name
from evaluation.findings.output.terminal import as_terminal

from .made import AMBIGUOUS, api, resource

MADE = api(resource("visit", AMBIGUOUS), resource("patient", [{"patient_id": "4"}]))
CLAIMS = ({"id": "6a", "says": "two ids in diagnosis", "conclusion": "found", "vendor": "found", "grade": "seed"},)
CARD = {"ring": "assess", "score": 41, "confidence": 30, "blockers": ["HJ-040 is unknown"], "criteria": []}
# The part of SARIF 2.1.0 that is used, after the standard's own schema.
LOCATION = {
    "type": "object",
    "required": ["fullyQualifiedName", "kind"],
    "additionalProperties": False,
    "properties": {"fullyQualifiedName": {"type": "string"}, "kind": {"enum": ["member", "type"]}},
}
RESULT = {
    "type": "object",
    "additionalProperties": False,
    "required": ["ruleId", "ruleIndex", "kind", "level", "message"],
    "properties": {
        "ruleId": {"pattern": "^HJ-[0-9]{3}$"},
        "ruleIndex": {"type": "integer", "minimum": 0},
        "kind": {"enum": ["fail", "pass", "open"]},
        "level": {"enum": ["error", "warning", "note", "none"]},
        "message": {"type": "object", "required": ["text"]},
        "partialFingerprints": {"type": "object"},
        "properties": {"type": "object"},
        "locations": {
            "type": "array",
            "items": {"type": "object", "properties": {"logicalLocations": {"type": "array", "items": LOCATION}}},
        },
        "suppressions": {"type": "array", "items": {"type": "object", "required": ["kind", "justification"]}},
    },
    # A result whose kind is not fail has level none (SARIF 2.1.0, 3.27.10).
    "if": {"properties": {"kind": {"const": "fail"}}},
    "then": {"properties": {"level": {"enum": ["error", "warning", "note"]}}},
    "else": {"properties": {"level": {"const": "none"}}},
}


def report(**how: Any) -> Report:
    return Report(evaluate.run(how.pop("made", MADE)), **{"claims": CLAIMS, "scorecard": CARD, **how})


def accepted() -> Report:
    run = evaluate.run(MADE)
    results = tuple(replace(r, accepted="we map it") if r.id == "HJ-001" else r for r in run.results)
    return Report(replace(run, results=results), CLAIMS, CARD)


@pytest.mark.parametrize("format_", FORMATS)
def test_the_same_report_gives_the_same_bytes(format_: str) -> None:
    assert FORMATS[format_](facts(report())) == FORMATS[format_](facts(report()))


@pytest.mark.parametrize("format_", FORMATS)
def test_every_check_is_named_in_every_format(format_: str) -> None:
    text = FORMATS[format_](facts(report()))
    assert [r.id for r in report().evaluation.results if r.id not in text] == []


@pytest.mark.parametrize("format_", FORMATS)
def test_what_could_not_be_read_is_told_in_every_format(format_: str) -> None:
    made = replace(MADE, partial=("visit: page 3 did not come",))
    assert "page 3 did not come" in " ".join(FORMATS[format_](facts(report(made=made))).split())


@pytest.mark.parametrize("format_", FORMATS)
def test_the_reason_of_an_accepted_finding_is_told_in_every_format(format_: str) -> None:
    assert "we map it" in FORMATS[format_](facts(accepted())) or format_ == "md"


@pytest.mark.parametrize("format_", ["terminal", "json", "md"])
def test_claims_and_ring_are_told_to_people(format_: str) -> None:
    text = FORMATS[format_](facts(report()))
    assert "two ids in diagnosis" in text and "assess" in text and "41" in text and "HJ-040 is unknown" in text


@pytest.mark.parametrize("format_", ["terminal", "md"])
def test_places_of_one_fault_are_one_line(format_: str) -> None:
    run = report().evaluation
    many = tuple(Place(f"resource_{n}", "created_at", "no zone at all") for n in range(900))
    first = replace(run.results[0], outcome=replace(run.results[0].outcome, places=many))
    text = FORMATS[format_](facts(Report(replace(run, results=(first, *run.results[1:])))))
    assert text.count("no zone at all") == 1 and "created_at in 900" in " ".join(text.split())
    assert len(text) < 20_000


def test_groups_of_places_lose_none() -> None:
    for result in facts(report())["results"]:
        told = sorted(index for group in result["groups"] for index in group["places"])
        assert told == list(range(len(result["places"])))


def test_counts_add_up_to_all_checks() -> None:
    for made in (report(), accepted()):
        assert sum(counts(made.evaluation).values()) == len(made.evaluation.results)


def test_junit_is_read_by_its_parser_and_counts_unknowns_as_skipped() -> None:
    run = accepted()
    parsed = JUnitXml.fromstring(FORMATS["junit"](facts(run)).encode())
    verdicts = [r.outcome.verdict for r in run.evaluation.results]
    cases = [case for suite in parsed for case in suite]
    assert len(cases) == len(verdicts)
    assert sum(suite.failures for suite in parsed) == verdicts.count(Verdict.fail) - 1
    assert sum(suite.skipped for suite in parsed) == verdicts.count(Verdict.unknown) + 1
    passed = [case for case in cases if not case.result]
    assert len(passed) == verdicts.count(Verdict.passed)


def test_junit_escapes_what_is_markup() -> None:
    run = report().evaluation
    nasty = replace(run.results[0].outcome, why='<b> & "x" ]]> \u2028')
    made = Report(replace(run, results=(replace(run.results[0], outcome=nasty), *run.results[1:])))
    ElementTree.fromstring(FORMATS["junit"](facts(made)))


def test_sarif_keeps_the_rules_of_the_standard() -> None:
    document = json.loads(FORMATS["sarif"](facts(accepted())))
    assert document["version"] == "2.1.0" and len(document["runs"]) == 1
    run = document["runs"][0]
    for result in run["results"]:
        jsonschema.validate(result, RESULT)
        assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"]
    suppressed = [result["ruleId"] for result in run["results"] if result.get("suppressions")]
    assert suppressed == ["HJ-001"]


def test_sarif_of_a_partial_run_was_no_success() -> None:
    made = replace(MADE, partial=("visit: page 3 did not come",))
    run = json.loads(FORMATS["sarif"](facts(report(made=made))))["runs"][0]
    assert run["invocations"][0]["executionSuccessful"] is False


def test_unknown_is_open_in_sarif_and_never_a_pass() -> None:
    run = report()
    results = json.loads(FORMATS["sarif"](facts(run)))["runs"][0]["results"]
    kinds = {result["ruleId"]: result["kind"] for result in results}
    words = {Verdict.unknown: "open", Verdict.passed: "pass", Verdict.fail: "fail"}
    assert kinds == {r.id: words[r.outcome.verdict] for r in run.evaluation.results}


@pytest.mark.parametrize("width", [60, 100, 140])
def test_the_terminal_keeps_to_its_width(width: int) -> None:
    lines = click.unstyle(as_terminal(facts(report()), width)).splitlines()
    assert [line for line in lines if len(line) > width and not line.startswith("HJ-")] == []


def test_the_terminal_is_readable_without_colour() -> None:
    text = click.unstyle(as_terminal(facts(report())))
    for heading in ("HIGH", "UNKNOWN", "PASS", "CLAIMS OF THE RADAR ENTRY", "RING assess"):
        assert heading in text


def test_a_table_in_markdown_cannot_be_broken_from_outside() -> None:
    lines = FORMATS["md"](facts(report(made=replace(MADE, title="a | b <script>")))).splitlines()
    assert lines[0] == "# a \\| b &lt;script>"
    rows = [line for line in lines if line.startswith("| HJ-")]
    assert len(rows) == len(report().evaluation.results)
    assert {line.replace("\\|", "").count("|") for line in rows} == {7}


@pytest.mark.parametrize("format_", FORMATS)
def test_nothing_from_outside_moves_a_cursor(format_: str) -> None:
    """Names of columns stand in sentences and details, and whoever wrote the description chose them."""
    rows = [{"\x1b[7mvisit_id": "17", "\x1b[7mvisitid": 901234567}]
    made = replace(api(resource("visit", rows)), partial=("visit: \x9b2J",), title="\x1b[2Jx")
    text = FORMATS[format_](facts(report(made=made)))
    assert "HJ-001" in text and not re.search("\x1b\\[(7m|2J)|\x9b|u001b|u009b", text)


def test_against_another_target_only_differences_are_told() -> None:
    clean = evaluate.run(api(resource("visit", [{"visit_id": "17"}, {"visit_id": "18"}])))
    made = facts(report(against=clean))["against"]
    ids = {difference["id"] for difference in made["differences"]}
    assert "HJ-001" in ids
    for difference in made["differences"]:
        assert difference["here"] != difference["there"]
    for format_ in ("terminal", "json", "md"):
        assert "HJ-001" in FORMATS[format_](facts(report(against=clean)))


def test_against_itself_nothing_differs() -> None:
    made = report()
    assert facts(replace(made, against=made.evaluation))["against"]["differences"] == []


@pytest.mark.parametrize("origin", [origin for origin in Origin if origin is not Origin.mock])
def test_practice_and_exchange_are_shown_only_of_our_own_mock(origin: Origin) -> None:
    asked = {("visit", "P1"): Asked("GET /hjdw/P1/visit", 200, '{"data":[{"visit_id":"CANARY"}]}')}
    for shown in (Origin.mock, origin):
        made = replace(MADE, origin=shown, asked=asked)
        run = evaluate.run(made)
        first = replace(run.results[0].outcome, places=(Place("visit", "visit_id", "text", "P1", 0),))
        text = json.dumps(facts(Report(replace(run, results=(replace(run.results[0], outcome=first),)))))
        assert ('"P1"' in text) is (shown is Origin.mock)


def test_a_name_that_could_be_a_value_is_not_shown() -> None:
    assert name("hj_modify_timestamp") == "hj_modify_timestamp"
    long = "V1ServiceOwnerCommonDialogStatuses_DialogStatusInputWithEveryOtherWordOfTheTrade"
    assert len(long) > 64 and name(long) == long
    for value in ("2021-11-15", "555-0100", "a@b.test", "x" * 80, "", "Ünal"):
        assert value == "" or value not in name(value)
