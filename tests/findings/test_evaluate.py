"""Running checks: what was seen and what is known stay apart, and nothing unknown is a pass."""

from __future__ import annotations

from dataclasses import replace
from time import process_time

import pytest

from evaluation.findings import evaluate
from evaluation.findings.known import Knowledge
from evaluation.findings.known import load as load_known
from evaluation.findings.model import MISSING, Input, Origin, Resource
from evaluation.findings.outcome import Outcome, Place, Verdict, judge, unknown
from evaluation.findings.registry import Check, checks_by_id

from .made import AMBIGUOUS, FIELDS, ROWS, api, field, resource

SECONDS = 10  # five times what it takes on a slow machine

MADE = api(resource("visit", AMBIGUOUS), resource("patient", [{"patient_id": "4"}]))


def test_a_planted_fault_is_a_result_with_severity_and_place() -> None:
    result = evaluate.run(MADE).by_id["HJ-001"]
    assert result.failed and result.severity in ("high", "medium")
    assert {place.resource for place in result.outcome.places} == {"visit"}


def test_every_check_gives_exactly_one_result() -> None:
    assert [result.id for result in evaluate.run(MADE).results] == list(checks_by_id())


def test_only_some_checks_can_be_asked_for() -> None:
    assert [result.id for result in evaluate.run(MADE, only=["HJ-004", "HJ-001"]).results] == ["HJ-001", "HJ-004"]


@pytest.mark.parametrize("lost", sorted(ROWS))
def test_a_check_without_an_input_it_needs_is_unknown_and_says_which(lost: Input) -> None:
    blind = replace(MADE, inputs=ROWS - {lost})
    for result in evaluate.run(blind).results:
        needs = checks_by_id()[result.id].needs
        if lost in needs:
            assert result.outcome.verdict is Verdict.unknown
            assert lost in result.missing and not result.severity
        if result.missing:
            assert result.outcome.why == f"not decided: {MISSING[result.missing[0]]}"


def test_an_api_of_which_nothing_is_there_passes_nothing() -> None:
    empty = api(inputs=frozenset(Input))
    assert {result.outcome.verdict for result in evaluate.run(empty).results} == {Verdict.unknown}


@pytest.mark.parametrize("origin", Origin)
def test_every_origin_says_what_its_facts_are_worth(origin: Origin) -> None:
    seen = evaluate.run(replace(MADE, origin=origin), only=["HJ-001"]).results[0].seen
    ours = origin in (Origin.mock, Origin.contract, Origin.recording)
    assert ("proves nothing about the vendor" in seen) is ours
    assert ("observed" in seen) is (origin in evaluate.VENDOR_ITSELF)


def test_what_is_known_of_the_vendor_does_not_come_from_the_run() -> None:
    clean = api(resource("visit", [{"id": "1"}]), vendor="healthjump")
    known = {result.id: result.known for result in evaluate.run(clean).results}
    assert known == {id_: load_known("healthjump")[id_] for id_ in known}


def test_of_another_vendor_nothing_is_known() -> None:
    known = evaluate.run(MADE).by_id["HJ-001"].known
    assert known.verdict is Verdict.unknown and known.grade is None


def test_a_broken_check_is_unknown_named_and_shows_no_value(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(api: object) -> Outcome:
        raise ValueError("SECRETVALUE")

    checks = {**checks_by_id(), "HJ-001": Check("HJ-001", (), broken)}
    monkeypatch.setattr(evaluate, "checks_by_id", lambda: checks)
    evaluation = evaluate.run(MADE)
    assert evaluation.by_id["HJ-001"].outcome.verdict is Verdict.unknown
    assert any("HJ-001" in sentence and "ValueError" in sentence for sentence in evaluation.partial)
    assert "SECRETVALUE" not in repr(evaluation.results)
    assert len(evaluation.results) == len(checks)


def test_what_could_not_be_read_marks_every_result() -> None:
    evaluation = evaluate.run(replace(MADE, partial=("visit: page 3 did not come",)))
    assert evaluation.partial == ("visit: page 3 did not come",)
    assert all(result.partial for result in evaluation.results)


def test_worst_come_first_and_passes_last() -> None:
    ordered = evaluate.run(MADE).worst_first()
    ranks = {"high": 0, "medium": 1, "low": 2, "unknown": 4, "pass": 5}
    found = [ranks[result.severity or str(result.outcome.verdict)] for result in ordered]
    assert found == sorted(found) and len(set(found)) > 1


def test_only_what_is_known_has_a_grade() -> None:
    for knowledge in load_known("healthjump").values():
        assert isinstance(knowledge, Knowledge)
        assert (knowledge.grade is None) == (knowledge.verdict is Verdict.unknown)


def test_finding_places_fails_whatever_else_is_missing() -> None:
    assert judge([Place("a")], 0, "bad", "good", complete=False).verdict is Verdict.fail


def test_nothing_looked_at_is_unknown() -> None:
    assert judge([], 0, "bad", "good").verdict is Verdict.unknown


def test_nothing_found_in_a_part_is_unknown() -> None:
    assert judge([], 7, "bad", "good", complete=False).verdict is Verdict.unknown


def test_nothing_found_in_all_passes() -> None:
    assert judge([], 7, "bad", "good") == Outcome(Verdict.passed, "good", (), 7)


def test_places_are_sorted_and_told_once() -> None:
    outcome = judge([Place("b"), Place("a", "x"), Place("b")], 3, "bad", "good")
    assert list(map(str, outcome.places)) == ["a.x", "b"]


def test_unknown_has_no_places() -> None:
    assert unknown("why").places == ()


def test_checks_of_a_large_description_take_seconds_not_minutes() -> None:
    """1,500 resources of 20 columns, half of them ids: comparing each with each would take minutes."""
    names = [f"thing {number // 26}{chr(97 + number % 26)}" for number in range(1500)]
    made = [_large(name, names[number : number + 10]) for number, name in enumerate(names)]
    began = process_time()
    found = evaluate.run(api(*made, inputs=FIELDS))
    assert process_time() - began < SECONDS
    assert not found.defects and len(found.by_id["HJ-023"].outcome.places) == 1500


def _large(name: str, others: list[str]) -> Resource:
    fields = [field(f"{other.replace(' ', '_')}_id", ["1"]) for other in others]
    return Resource(name, (field("id", ["1"]), *fields, *(field(f"word_{n}", ["x"]) for n in "abcdefghi")), listed=True)
