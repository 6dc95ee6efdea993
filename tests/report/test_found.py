"""What is known of the vendor and what only a run shows are never mixed, and stand worst first."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from evaluation.findings import catalogue, documentation
from evaluation.findings.evaluate import Evaluation, run
from evaluation.findings.model import Asked, Origin
from evaluation.findings.output import facts
from evaluation.findings.output.facts import Report
from evaluation.radar import criteria_file
from evaluation.radar.scorecard import of_evaluation
from evaluation.report import found, gaps
from tests.findings.made import AMBIGUOUS, api, resource

from .reports import contract

LEVELS = catalogue.severities()
ORDER = list(LEVELS.levels)


def made(evaluation: Evaluation, public: bool = False) -> dict[str, Any]:
    card = of_evaluation(evaluation, criteria_file.load())
    return found.as_data(facts(Report(evaluation)), card, LEVELS, public)


def test_every_failure_is_in_one_group_and_known_ones_are_there_without_a_run() -> None:
    evaluation = contract()
    both = made(evaluation)
    vendor, here = ([one["id"] for one in both[group]] for group in ("vendor", "here"))
    failed = {result.id for result in evaluation.results if result.failed}
    known = {result.id for result in evaluation.results if result.known.verdict == "fail"}
    assert set(vendor) == known and set(here) == failed - known and len(vendor) > 20
    assert {one["id"] for one in both["vendor"] if one["run"] == "unknown"}, "known, though rows are not there"


def test_both_groups_stand_worst_first() -> None:
    for group in ("vendor", "here"):
        ranks = [(ORDER.index(one["severity"]), one["id"]) for one in made(contract())[group]]
        assert ranks == sorted(ranks)


def test_grades_are_those_of_the_knowledge() -> None:
    by_id = contract().by_id
    for one in made(contract())["vendor"]:
        assert one["known"]["grade"] == str(by_id[one["id"]].known.grade)
        assert one["known"]["sources"] == list(by_id[one["id"]].known.sources)
    assert all(one["known"]["grade"] is None for one in made(contract())["here"])


def spoken(origin: Origin) -> Evaluation:
    return run(api(resource("visit", AMBIGUOUS), resource("patient", [{"patient_id": "4"}]), origin=origin, vendor=""))


@pytest.mark.parametrize(("origin", "grade"), [(Origin.live, "observed"), (Origin.description, "documented")])
def test_what_the_vendor_itself_says_is_known_of_it(origin: Origin, grade: str) -> None:
    both = made(spoken(origin))
    assert [one["id"] for one in both["vendor"]] and both["here"] == []
    assert {one["known"]["grade"] for one in both["vendor"]} == {grade}


@pytest.mark.parametrize("origin", [Origin.folder, Origin.server, Origin.mock])
def test_what_somebody_else_says_is_not(origin: Origin) -> None:
    both = made(spoken(origin))
    assert both["vendor"] == [] and both["here"]


def test_accepted_findings_stand_apart() -> None:
    evaluation = contract()
    results = tuple(replace(r, accepted="seen" if r.id == "HJ-001" else "") for r in evaluation.results)
    both = made(replace(evaluation, results=results))
    assert both["accepted"] == [{"id": "HJ-001", "title": "Two ids one underscore apart", "reason": "seen"}]
    assert "HJ-001" not in {one["id"] for group in ("vendor", "here") for one in both[group]}


def test_a_finding_of_one_resource_says_why_it_is_milder() -> None:
    for one in (*made(contract())["vendor"], *made(contract())["here"]):
        usual = LEVELS.consequences[catalogue.load()[one["id"]].consequence][0]
        assert one["means"].endswith(found.LOWER) == (one["severity"] != usual)


def answered(body: str) -> Evaluation:
    """Our mock, which gave this answer about visits of the practice P1."""
    exchange = Asked("GET /hjdw/P1/visit HTTP/1.1\nAuthorization: Bearer ***", 200, body)
    shown = api(resource("visit", AMBIGUOUS), resource("patient", [{"patient_id": "4"}]))
    return run(replace(shown, asked={("visit", "P1"): exchange}))


def exchanges(evaluation: Evaluation, public: bool = False) -> list[dict[str, Any]]:
    return [one["exchange"] for one in made(evaluation, public)["here"] if "exchange" in one]


def test_an_exchange_is_short_and_its_headers_stay_out() -> None:
    body = '{"data": [{"visitid": 901234567, "visit_id": "17", "client_id": "P1", "long": "' + "x" * 5000 + '"}]}'
    shown = exchanges(answered(body))
    assert shown
    for one in shown:
        assert one["request"].startswith("GET /hjdw/P1/visit") and "\n" not in one["request"]
        assert len(one["body"]) < found.LETTERS + 40 and "Bearer" not in str(one)


def test_in_public_the_practice_has_no_name() -> None:
    body = '{"data": [{"visitid": 901234567, "visit_id": "17", "client_id": "P1", "note": "P1X"}]}'
    assert "P1/" in str(exchanges(answered(body)))
    for one in exchanges(answered(body), public=True):
        assert "P1/" not in str(one) and '"P1"' not in str(one) and "/hjdw/PRACTICE/visit" in one["request"]


def test_an_answer_that_is_no_json_is_shown_as_it_is() -> None:
    assert found._compact("<html>") == "<html>" and found._compact('{ "a":1 }') == '{"a": 1}'


# --- what was not looked at ---


def lacking(evaluation: Evaluation) -> dict[str, Any]:
    return gaps.as_data(facts(Report(evaluation)), evaluation.api, of_evaluation(evaluation, criteria_file.load()))


def test_every_unknown_check_is_under_its_reason() -> None:
    shown = lacking(contract())
    listed = [check["id"] for reason in shown["undecided"] for check in reason["checks"]]
    assert sorted(listed) == sorted(r.id for r in contract().results if r.outcome.verdict == "unknown")
    counts = [len(reason["checks"]) for reason in shown["undecided"]]
    assert counts == sorted(counts, reverse=True)


def test_documentation_nobody_read_is_listed_whole() -> None:
    shown = lacking(contract())
    assert shown["read"] == 0 and sum(len(one["questions"]) for one in shown["topics"]) == len(documentation.load())


def test_questions_are_those_that_are_open() -> None:
    card = of_evaluation(contract(), criteria_file.load())
    shown = lacking(contract())
    asked = [row["asks"] for one in shown["questions"] for row in one["questions"]]
    assert asked == [mark.item.asks for mark in card.marks if mark.open and "." in mark.item.id]
    assert shown["open"] == sum(mark.open for mark in card.marks) and shown["items"] == len(card.marks)
