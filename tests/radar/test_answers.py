"""Answers to questions without checks carry sources, and no grade that their sources cannot bear."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import pytest

from evaluation.findings.grades import Proof
from evaluation.findings.outcome import Verdict
from evaluation.radar import answers, criteria_file
from mockserver.errors import InputError


def read(folder: Path, text: str) -> dict[str, answers.Answer]:
    path = folder / "some.yaml"
    path.write_text(f"answers:\n  price.forecast: {text}\n", encoding="utf-8")
    return answers.read(path, "some.yaml")


def test_the_vendor_s_answers_are_to_questions_of_the_criteria() -> None:
    items = criteria_file.load().items
    every = answers.read(files("evaluation.radar") / "vendors" / "healthjump.yaml", "healthjump.yaml")
    assert every and set(every) <= {id_ for id_ in items if "." in id_}


def test_what_an_opinion_says_is_no_more_than_seed_and_a_price_is_unknown() -> None:
    found = answers.load("healthjump", criteria_file.load().items)
    assert (found["coverage.breadth"].verdict, found["coverage.breadth"].grade) == (Verdict.passed, Proof.seed)
    assert (found["maturity.established"].verdict, found["maturity.established"].grade) == (Verdict.fail, Proof.seed)
    assert found["price.forecast"].verdict is Verdict.unknown and found["price.forecast"].grade is None
    assert "papers.agreement" not in found


def test_a_grade_by_facts_is_the_contract_s_weakest(tmp_path: Path) -> None:
    one = read(tmp_path, "{verdict: pass, facts: [transport.https], says: x}")["price.forecast"]
    assert one.grade is Proof.observed and "client-01" in one.sources
    two = read(tmp_path, "{verdict: pass, facts: [transport.https, paging.past-end], says: x}")["price.forecast"]
    assert two.grade is Proof.inferred


def test_an_unknown_answer_has_no_grade_even_with_facts(tmp_path: Path) -> None:
    assert read(tmp_path, "{verdict: unknown, facts: [transport.https], says: x}")["price.forecast"].grade is None


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("{verdict: good, says: x}", "verdict is good; valid: fail, pass, unknown"),
        ("{says: x}", "verdict is missing"),
        ("{verdict: unknown}", "says is missing"),
        ("{verdict: unknown, grade: seed, says: x}", "is unknown, so it has no grade"),
        ("{verdict: pass, says: x}", "grade is missing"),
        ("{verdict: pass, grade: sed, sources: [seed], says: x}", "did you mean seed?"),
        ("{verdict: pass, grade: seed, sources: [sed], says: x}", "did you mean seed?"),
        ("{verdict: pass, grade: observed, sources: [seed], says: x}", "more than its sources can bear (seed)"),
        ("{verdict: pass, grade: seed, says: x}", "more than its sources can bear (inferred)"),
        ("{verdict: pass, grade: seed, sources: [feed-query], says: x}", "can bear (adjacent)"),
        ("{verdict: pass, facts: [transport.htps], says: x}", "is no fact of the contract"),
        ("{verdict: pass, facts: [transport.https], grade: seed, says: x}", "leave both out"),
        ("{verdict: pass, fact: [x], says: x}", "did you mean facts?"),
        ("cheap", "must be a mapping"),
    ],
)
def test_a_wrong_answer_is_one_sentence_with_file_and_key(tmp_path: Path, text: str, says: str) -> None:
    with pytest.raises(InputError) as caught:
        read(tmp_path, text)
    assert says in str(caught.value) and "some.yaml: answers.price.forecast" in str(caught.value)


def test_an_answer_to_a_question_that_is_not_asked_is_left_out() -> None:
    assert list(answers.load("healthjump", ["price.forecast"])) == ["price.forecast"]


def test_nothing_is_known_of_another_vendor() -> None:
    assert answers.load("nobody", criteria_file.load().items) == {}
