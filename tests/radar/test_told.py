"""A scorecard as data and words: complete, the same twice, and true to the scorecard."""

from __future__ import annotations

import json
from pathlib import Path

from hypothesis import given

from evaluation.findings import evaluate
from evaluation.findings.adapters import open_target
from evaluation.findings.grades import Proof
from evaluation.findings.outcome import Verdict
from evaluation.radar import criteria_file, entries, scorecard, told
from evaluation.radar.blockers import blockers, threats
from evaluation.radar.scorecard import Fact, score

from . import cases
from .cases import SMALL
from .descriptions import drafted, small
from .files import entry

ROOT = Path(__file__).parents[2]


@given(cases.facts)
def test_every_blocker_and_threat_is_told_once(facts: list[Fact]) -> None:
    card = score(facts, SMALL)
    data = told.as_data(card)
    if data["target"]:
        words = " ".join(data["blockers"])
        assert all(words.count(told.named(mark)) == 1 for mark in blockers(card, data["target"]))
    assert all(" ".join(data["threats"]).count(told.named(mark)) == 1 for mark in threats(card))


@given(cases.facts)
def test_the_data_is_json_and_the_same_twice(facts: list[Fact]) -> None:
    one, two = (json.dumps(told.as_data(score(facts, SMALL)), sort_keys=False) for _ in range(2))
    assert one == two


@given(cases.facts)
def test_the_counts_of_each_criterion_are_those_of_its_items(facts: list[Fact]) -> None:
    for one, criterion in zip(told.as_data(score(facts, SMALL))["criteria"], SMALL.criteria.values(), strict=True):
        assert one["fail"] + one["pass"] + one["unknown"] == len(criterion.items)


@given(cases.facts)
def test_missed_limits_name_what_is_had_and_what_is_wanted(facts: list[Fact]) -> None:
    for limit in told.as_data(score(facts, SMALL), "adopt")["missed"]:
        assert limit["has"] < limit["least"] and limit["scale"] in ("score", "proven")


def test_the_kinds_of_things_to_settle_are_told_apart() -> None:
    facts = [Fact("a.one", Verdict.fail, Proof.observed), Fact("HJ-005", Verdict.fail, Proof.observed)]
    sentences = told.to_settle(score(facts, SMALL), "adopt")
    assert any(s.startswith("B, to be answered with yes: Is b.one well?") for s in sentences)
    assert any(s.startswith("A, to be mended by the vendor: Is a.one well?") for s in sentences)
    assert any("to be ruled out" in s for s in told.to_settle(score([], SMALL), "adopt"))


def test_several_questions_of_a_criterion_stand_one_after_the_other() -> None:
    sentences = told.to_settle(score([], criteria_file.load()), "trial")
    assert any(s.count("? ") > 0 for s in sentences) and not any("?;" in s for s in sentences)


def test_at_the_centre_nothing_is_left_to_settle() -> None:
    card = score([Fact(item, Verdict.passed, Proof.observed) for item in cases.ITEMS], SMALL)
    data = told.as_data(card)
    assert data["ring"] == "adopt" and data["target"] is None and data["blockers"] == [] and data["missed"] == []


def test_a_run_gives_what_reports_need(tmp_path: Path) -> None:
    evaluation = evaluate.run(open_target("contract"))
    data = told.as_facts(evaluation)
    assert data == told.as_facts(evaluation)
    assert {"ring", "score", "confidence", "blockers"} <= set(data)
    assert data["ring"] == "assess" and all(isinstance(line, str) for line in data["blockers"])


def test_words_about_the_vendor_hold_no_contradiction() -> None:
    card = scorecard.of_vendor("healthjump", criteria_file.load())
    data = told.as_data(card)
    assert data["score"] + data["confidence"] - data["proven"] in (99, 100, 101)
    assert sum(one["weight"] for one in data["criteria"]) == 100


def test_an_entry_s_scorecard_is_that_of_its_facts(tmp_path: Path) -> None:
    drafted(tmp_path, "Engine", small(HJ_001="fail", HJ_004="pass"))
    entry(tmp_path, "opinion")
    radar = {**entries.load(tmp_path), **entries.load(ROOT / "docs" / "radar")}
    described = told.of_blip(radar["engine"])
    assert described is not None and described["described"]["title"] == "Some API 1.0 (openapi file some.yaml)"
    assert (described["ring"], described["described"]["read"]) == ("assess", "2026-12-01")
    assert json.loads(json.dumps(described)) == described
    own = told.of_blip(radar["healthjump"])
    card = scorecard.of_vendor("healthjump", criteria_file.load())
    assert own == {**told.as_data(card, "trial"), "described": None}
    assert told.of_blip(radar["opinion"]) is None


def test_a_documented_fault_takes_six_tenths_of_an_observed_one(tmp_path: Path) -> None:
    drafted(tmp_path, "Engine", small(HJ_001="fail"))
    criteria = criteria_file.load()
    card = scorecard.of_blip(entries.load(tmp_path)["engine"], criteria)
    assert card is not None
    (mark,) = [mark for mark in card.marks if mark.lost]
    assert mark.item.id == "HJ-001" and mark.lost == criteria.share(mark.item) * 0.6
