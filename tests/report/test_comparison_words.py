"""The verdict on several targets: what was found, what that is worth, and no winner where too little is known."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from evaluation.findings.evaluate import Evaluation
from evaluation.findings.outcome import Verdict, unknown
from evaluation.report.comparison import compare
from evaluation.report.comparison_rules import Rules

from .sides import clean, described, faulty, names_only, runs


def verdict(*found: Evaluation, **how: Any) -> list[str]:
    told: list[str] = compare(found, **how)["verdict"]
    return told


def passing(run: Evaluation, *, but: tuple[str, ...] = ()) -> Evaluation:
    """A run in which every check passed, except some that failed with high severity."""
    results = tuple(
        replace(
            result,
            outcome=replace(result.outcome, verdict=Verdict.fail if result.id in but else Verdict.passed, places=()),
            severity="high" if result.id in but else "",
        )
        for result in run.results
    )
    return replace(run, results=results)


def undecided(run: Evaluation, ids: frozenset[str]) -> Evaluation:
    """The run without the verdicts of some checks."""
    results = tuple(replace(r, outcome=unknown("not looked at")) if r.id in ids else r for r in run.results)
    return replace(run, results=results)


def test_the_first_sentence_counts_the_worst_findings() -> None:
    one, other = runs(faulty(), clean())
    a, b = (sum(1 for result in run.results if result.severity == "high") for run in (one, other))
    assert a > 1 and verdict(one, other)[0] == f"On what was looked at, A has {a} findings of high severity and B {b}."


def test_undecided_checks_narrow_what_can_be_compared() -> None:
    one, other = runs(faulty(), names_only())
    left = [sum(1 for r in run.results if r.outcome.verdict is Verdict.unknown) for run in (one, other)]
    said = verdict(one, other)[1]
    assert said.startswith(
        f"Of {len(one.results)} checks, undecided are {left[0]} for A and {left[1]} for B, so compare only "
    )
    assert "decided for all of them: there A has " in said


def test_where_all_is_decided_nothing_is_narrowed() -> None:
    (run,) = runs(faulty())
    told = verdict(passing(run), passing(run, but=("HJ-001",)))
    assert told[0] == "On what was looked at, A has 0 findings of high severity and B 1."
    assert not any("undecided" in text for text in told)


def test_where_no_check_is_decided_for_all_the_numbers_do_not_compare() -> None:
    (run,) = runs(faulty())
    half = frozenset(result.id for result in run.results[::2])
    rest = frozenset(result.id for result in run.results) - half
    open_ = [undecided(passing(run), ids) for ids in (half, rest)]
    assert "no check is decided for all of them, so the numbers cannot be compared." in verdict(*open_)[1]


def test_no_winner_without_knowledge_and_the_bound_is_said() -> None:
    told = verdict(*runs(faulty(), clean()))
    assert told[-2].startswith(
        "No winner: somebody is called ahead only where 50 of 100 is known of each. Nothing is known"
    )
    assert told[-1].startswith("None of the ") and told[-1].endswith(" criteria can be called: too little is known.")


def test_a_winner_where_enough_is_known() -> None:
    one, other = runs(described(faulty()), described(clean()))
    rules = Rules(20, "for a test", 8)
    told = verdict(passing(one, but=("HJ-001", "HJ-002")), passing(other), rules=rules)
    assert any(text.startswith("By what is known of the vendors: B is ahead: ") for text in told)
    assert any(text.startswith("Ahead by criterion: B on Identifiers") for text in told)
    assert any(text.endswith("criteria can be called; on the others too little is known.") for text in told)


def test_the_same_on_both_sides_is_even() -> None:
    one, other = runs(described(faulty()), described(clean()))
    told = verdict(passing(one), passing(other), rules=Rules(20, "for a test", 8))
    assert any(text.startswith("By what is known of the vendors: Even: ") for text in told)


@pytest.mark.parametrize("count", [2, 3, 8])
def test_every_target_is_named(count: int) -> None:
    told = verdict(*runs(*(faulty() for _ in range(count))))
    assert all(f"{letter} " in told[0] or f"{letter}." in told[0] or letter in told[0] for letter in "ABCDEFGH"[:count])
