"""The default plan asks what it should; a wrong plan is refused with file, key, what is valid and a guess."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from evaluation.recording import plan, questions
from mockserver import contract
from mockserver.errors import InputError
from mockserver.store.operators import OPERATORS
from tests.recording.captures import ELEMENTS, default_plan

STEP = {"step": "a.one", "why": "x", "path": "/hjdw/{practice}/appointment"}


def load(tmp_path: Path, *steps: dict[str, Any], **top: Any) -> plan.Plan:
    path = tmp_path / "mine.yaml"
    path.write_text(yaml.safe_dump({"plan": "mine", "variables": {"practice": "AAAA01"}, "steps": list(steps), **top}))
    return plan.load(path, ELEMENTS)


def test_the_default_plan_asks_everything_once_in_a_safe_order() -> None:
    steps = default_plan().steps
    ids = [step.id for step in steps]
    assert [step.login for step in steps[:3]] == ["form", "json", "multipart"]
    assert ids[-1] == "refusals.login-wrong" and [s.login for s in steps].count("wrong") == 1
    assert {f"elements.{element}" for element in ELEMENTS} <= set(ids)
    for column in ("type", "date", "appointmentid"):
        assert {f"filters.{column}.{operator}" for operator in OPERATORS} <= set(ids)
    assert {step.version for step in steps if not step.login} >= {"3.0", "3", "none"}
    assert {step.token for step in steps} >= {"none", "garbled", "expired", "later", "no-space", "lower-case", "query"}
    assert {step.method for step in steps} == {"GET", "POST", "OPTIONS"}


def test_every_open_question_is_asked_and_has_a_judge() -> None:
    known = {b.open_question for b in contract.load().behaviours.values() if b.open_question}
    asked = {number for step in default_plan().steps for number in step.questions}
    assert asked == known == set(questions.TITLES) == set(questions.judges(contract.load()))


def test_each_makes_a_step_of_every_combination(tmp_path: Path) -> None:
    each = {"one": ["a", "b"], "two": ["c", "d"]}
    found = load(tmp_path, {**STEP, "step": "x.{one}-{two}", "each": each, "query": ["{one}={two}"]})
    assert [(s.id, s.query) for s in found.steps] == [
        (f"x.{one}-{two}", (f"{one}={two}",)) for one in "ab" for two in "cd"
    ]


WRONG: list[tuple[dict[str, Any], str]] = [
    ({"stepp": "a"}, "unknown key 'stepp'"),
    ({"stepp": "a"}, "did you mean step?"),
    ({"step": "one"}, "must be area.name"),
    ({"why": 3}, "why: must be given as text"),
    ({"method": "PUT"}, "valid: GET, HEAD, OPTIONS, POST"),
    ({"token": "garbed"}, "did you mean garbled?"),
    ({"key": "bad"}, "valid: good, none, wrong"),
    ({"login": "xml"}, "valid: form, json, multipart, wrong"),
    ({"version": 3.0}, "needs quotes"),
    ({"path": "hjdw"}, "must begin with /"),
    ({"path": "/hjdw?page=2"}, "must begin with /"),
    ({"path": "/hjdw/{practise}"}, "did you mean practice?"),
    ({"query": "a=b"}, "list of texts"),
    ({"query": ["a=b&c=d"]}, "parts such as"),
    ({"headers": {"Secretkey": "canary"}}, "never by a plan"),
    ({"headers": {"authorization": "canary"}}, "never by a plan"),
    ({"questions": [17]}, "17 is no open question"),
    ({"questions": ["1"]}, "list of numbers"),
    ({"walk": 0}, "valid: 1 to 100"),
    ({"when": "sometimes"}, "valid: wait-expiry, cut STEP"),
    ({"when": "cut a.none"}, "no earlier step 'a.none'"),
    ({"each": {"x": [1]}}, "list of texts"),
    ({"take": {"x": 1}}, "list of texts"),
    ({"take": ["x"]}, "must be a mapping"),
]


@pytest.mark.parametrize(("change", "said"), WRONG)
def test_a_wrong_step_is_refused_with_its_place(tmp_path: Path, change: dict[str, Any], said: str) -> None:
    with pytest.raises(InputError) as refusal:
        load(tmp_path, {**STEP, **change})
    assert said in str(refusal.value) and "mine.yaml" in refusal.value.where
    assert "canary" not in str(refusal.value)


@pytest.mark.parametrize(
    ("steps", "top", "said"),
    [
        ([STEP, STEP], {}, "two steps of this name"),
        ([{"step": "a.w", "why": "x", "login": "wrong"}, STEP], {}, "must be the last step"),
        ([STEP], {"rows": -1}, "rows: is out of range"),
        ([STEP], {"limit": 0}, "limit: is out of range"),
        ([STEP], {"plan": 3}, "must name the plan"),
        ([STEP], {"stepz": []}, "did you mean steps?"),
        ([], {}, "must be a list of steps"),
        (["a"], {}, "a step is a mapping"),
        ([{"step": "a.one", "why": "x"}], {}, "needs a path or a login"),
    ],
)
def test_a_wrong_plan_is_refused(tmp_path: Path, steps: list[Any], top: dict[str, Any], said: str) -> None:
    with pytest.raises(InputError, match=said.replace("?", r"\?")):
        load(tmp_path, *steps, **top)


@pytest.mark.parametrize(("text", "said"), [("a: [", "line 1"), ("- a", "must be a mapping"), ("\0", "not YAML")])
def test_what_is_no_plan_is_refused(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text(text)
    with pytest.raises(InputError, match=said):
        plan.load(path, ELEMENTS)
    with pytest.raises(InputError, match="cannot be read"):
        plan.load(tmp_path / "none.yaml", ELEMENTS)
