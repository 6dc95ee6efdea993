"""Several targets as plain data: every verdict as the run said it, unknowns as unknowns, one vendor as one."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from evaluation.findings import evaluate
from evaluation.findings.adapters import open_target
from evaluation.findings.evaluate import Evaluation
from evaluation.findings.registry import checks_by_id
from evaluation.radar import told
from evaluation.report import comparison_rules
from evaluation.report.comparison import compare
from mockserver.errors import InputError

from .sides import clean, described, faulty, names_only, runs


@cache
def three() -> tuple[Evaluation, ...]:
    return tuple(runs(faulty(), clean(), names_only()))


@cache
def three_sides() -> dict[str, Any]:
    return compare(three())


def by_letter(made: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {target["letter"]: target for target in made["targets"]}


def test_targets_have_letters_in_the_order_they_were_given() -> None:
    assert [(t["letter"], t["target"]) for t in three_sides()["targets"]] == [
        ("A", "faulty"),
        ("B", "clean"),
        ("C", "names only"),
    ]


def test_the_scorecard_of_each_is_its_own() -> None:
    for run, target in zip(three(), three_sides()["targets"], strict=True):
        whole = told.as_facts(run)
        card = target["scorecard"]
        assert {key: card[key] for key in ("ring", *told.SCALES)} == {key: whole[key] for key in ("ring", *told.SCALES)}
        for one in whole["criteria"]:
            (mine,) = [c["of"][target["letter"]] for c in three_sides()["criteria"] if c["id"] == one["id"]]
            assert mine == {key: one[key] for key in (*told.SCALES, "pass", "fail", "unknown")}


def test_every_check_stands_in_one_place_with_the_verdicts_of_the_runs() -> None:
    decided = {check["id"]: check["of"] for check in three_sides()["checks"]}
    undecided = [check["id"] for one in three_sides()["undecided"] for check in one["checks"]]
    assert sorted([*decided, *undecided]) == list(checks_by_id())
    for letter, run in zip("ABC", three(), strict=True):
        for result in run.results:
            told_ = decided[result.id][letter]["verdict"] if result.id in decided else "unknown"
            assert told_ == str(result.outcome.verdict), result.id


def test_a_check_that_nobody_decided_has_no_row() -> None:
    for check in three_sides()["checks"]:
        assert {of["verdict"] for of in check["of"].values()} != {"unknown"}


def test_what_is_not_decided_has_its_reasons() -> None:
    by_id = [run.by_id for run in three()]
    for one in three_sides()["undecided"]:
        for check in one["checks"]:
            for reason in one["reasons"]:
                for letter in reason["letters"]:
                    assert by_id["ABC".index(letter)][check["id"]].outcome.why == reason["why"]


def test_what_is_open_for_one_is_what_others_decided() -> None:
    for letter, found in three_sides()["open"].items():
        ids = sorted(id_ for one in found for id_ in one["checks"])
        assert ids == sorted(c["id"] for c in three_sides()["checks"] if c["of"][letter]["verdict"] == "unknown")


def test_the_worst_stands_first() -> None:
    levels = [*three()[0].levels, ""]
    ranks = [
        min(levels.index(of["severity"] or "") for of in check["of"].values()) for check in three_sides()["checks"]
    ]
    assert ranks == sorted(ranks)


def test_an_accepted_finding_is_told_as_accepted() -> None:
    results = tuple(replace(r, accepted="we map it") if r.id == "HJ-001" else r for r in three()[0].results)
    made = compare([replace(three()[0], results=results), three()[1]])
    (check,) = [check for check in made["checks"] if check["id"] == "HJ-001"]
    assert check["of"]["A"]["accepted"] == "we map it" and made["targets"][0]["counts"]["accepted"] == 1


def test_partial_results_are_told() -> None:
    made = compare(runs(faulty(partial=("visit: page 3 did not come",)), clean()))
    assert made["targets"][0]["partial"] == ["visit: page 3 did not come"]
    assert "Not everything could be read of A." in made["verdict"]


def test_some_checks_only_have_no_scorecard() -> None:
    some = [evaluate.run(one, only=["HJ-001"]) for one in (faulty(), clean())]
    made = compare(some, whole=False)
    assert made["criteria"] == [] and made["standing"] is None and made["targets"][0]["scorecard"] is None
    assert [check["id"] for check in made["checks"]] == ["HJ-001"] and made["undecided"] == []


def test_one_vendor_is_not_several() -> None:
    """The contract and its clean twin are both looks at one vendor."""
    made = compare([evaluate.run(open_target(name)) for name in ("contract", "contract:none")])
    assert made["standing"] is None and not any(one["standing"] for one in made["criteria"])
    assert sum("A and B are one vendor (healthjump), not 2" in text for text in made["verdict"]) == 1
    cards = [target["scorecard"] for target in made["targets"]]
    assert cards[0] == cards[1] and {target["vendor"] for target in made["targets"]} == {"healthjump"}


def test_nobody_is_compared_with_himself() -> None:
    """Two looks at one vendor beside another: the vendor is compared once, and no look is even with the other."""
    one, other = open_target("contract"), open_target("contract:none")
    made = compare([evaluate.run(one), *runs(clean()), evaluate.run(other)])
    assert made["compared"] == ["A", "B"] and any("A stands for it below." in text for text in made["verdict"])
    for standing in (made["standing"], *(criterion["standing"] for criterion in made["criteria"])):
        assert "C" not in (*standing["ahead"], *standing["well"], *standing["nothing_known"])
        assert standing["verdict"] != "even", "nothing is known of B, so there is nobody to be even with"


def test_of_two_looks_at_one_vendor_the_one_that_knows_more_is_compared() -> None:
    made = compare(runs(faulty(vendor="acme"), clean(), described(faulty(vendor="acme"))))
    assert made["compared"] == ["B", "C"]


def test_vendors_of_whom_nothing_is_known_are_not_one_vendor() -> None:
    assert not any("one vendor" in text for text in three_sides()["verdict"])
    assert {target["vendor"] for target in three_sides()["targets"]} == {None}


def test_an_observed_vendor_is_ahead_where_enough_is_known_and_nowhere_else() -> None:
    made = compare(runs(described(faulty()), described(clean())))
    for one in made["criteria"]:
        known = [of["confidence"] for of in one["of"].values()]
        assert not one["standing"]["ahead"] or min(known) >= made["rule"]["least"]
    assert by_letter(made)["A"]["scorecard"]["enough"] is False
    assert any(text.startswith("No winner: ") for text in made["verdict"])


def test_the_same_input_gives_the_same_bytes() -> None:
    assert json.dumps(compare(runs(faulty(), clean(), names_only()))) == json.dumps(three_sides())


# --- the rules of comparison.yaml ---


def test_the_bound_has_a_reason() -> None:
    rules = comparison_rules.load()
    assert 0 < rules.least <= 100 and rules.because and rules.most >= 3


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("known: {least: 50, because: x}\ntargets: {most: 8, because: x}\nother: 1\n", "other"),
        ("known: {least: 101, because: x}\ntargets: {most: 8, because: x}\n", "least is 101"),
        ("known: {least: 50}\ntargets: {most: 8, because: x}\n", "because is missing"),
        ("known: {least: 50, because: x}\ntargets: {most: 1, because: x}\n", "most is 1"),
        ("known: {least: 50, because: x}\n", "targets is missing"),
    ],
)
def test_rules_that_cannot_be_taken_are_one_sentence(text: str, said: str, tmp_path: Path) -> None:
    file = tmp_path / "mine.yaml"
    file.write_text(text)
    with pytest.raises(InputError) as error:
        comparison_rules.load(file)
    assert said in str(error.value) and "mine.yaml" in str(error.value)


def test_another_bound_calls_other_criteria(tmp_path: Path) -> None:
    file = tmp_path / "mine.yaml"
    file.write_text("known: {least: 0, because: for a test}\ntargets: {most: 8, because: for a test}\n")
    found = runs(described(faulty()), described(clean()))
    usual, loose = compare(found), compare(found, rules=comparison_rules.load(file))
    called = [
        sum(one["standing"]["verdict"] in ("ahead", "even") for one in made["criteria"]) for made in (usual, loose)
    ]
    assert called[1] > called[0]
