"""The laws of the scorecard: what is inferred or unknown moves nothing, and our mock proves nothing."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.findings import evaluate, known
from evaluation.findings.adapters import open_target
from evaluation.findings.evaluate import Evaluation
from evaluation.findings.grades import Proof
from evaluation.findings.model import Api, Origin
from evaluation.findings.outcome import Outcome, Place, Verdict
from evaluation.radar import answers, criteria_file, entries, scorecard
from evaluation.radar.criteria import Limit
from evaluation.radar.entry import RINGS
from evaluation.radar.scorecard import Fact, Scorecard, score

from . import cases
from .cases import SMALL

ROOT = Path(__file__).parents[2]
SCALES = ("score", "proven", "confidence")


def numbers(card: Scorecard) -> tuple[float, ...]:
    return tuple(card.scale(Limit(scale, 0)) for scale in SCALES)


def place(ring: str) -> int:
    return RINGS.index(ring)


def flipped(fact: Fact) -> Fact:
    return replace(fact, verdict=Verdict.passed if fact.verdict is Verdict.fail else Verdict.fail)


def test_nothing_known_takes_nothing_and_proves_nothing() -> None:
    card = score([], SMALL)
    assert numbers(card) == (100, 0, 0) and card.ring == "assess"


def test_a_fault_takes_its_share_by_how_well_it_is_known() -> None:
    share = 50 * 3 / 6
    for grade, weight in cases.GRADES.items():
        card = score([Fact("HJ-005", Verdict.fail, grade)], SMALL)
        assert numbers(card) == pytest.approx((100 - share * weight, 0, share * weight))
        card = score([Fact("HJ-005", Verdict.passed, grade)], SMALL)
        assert numbers(card) == pytest.approx((100, share * weight, share * weight))


def test_everything_proven_well_is_adopt_and_everything_proven_bad_is_hold() -> None:
    well = score([Fact(item, Verdict.passed, Proof.observed) for item in cases.ITEMS], SMALL)
    bad = score([Fact(item, Verdict.fail, Proof.observed) for item in cases.ITEMS], SMALL)
    assert (well.ring, well.score, well.proven, well.confidence) == ("adopt", 100, 100, 100)
    assert (bad.ring, bad.score, bad.proven, bad.confidence) == ("hold", 0, 0, 100)


@given(cases.facts)
def test_the_three_scales_belong_together(facts: list[Fact]) -> None:
    score_, proven, confidence = numbers(score(facts, SMALL))
    assert -1e-9 <= proven <= confidence <= 100 + 1e-9 and -1e-9 <= score_ <= 100 + 1e-9
    assert confidence == pytest.approx(100 - score_ + proven)


@given(cases.facts)
def test_an_inferred_fact_moves_neither_score_nor_ring_whatever_it_says(facts: list[Fact]) -> None:
    turned = [flipped(fact) if fact.grade is Proof.inferred else fact for fact in facts]
    without = [fact for fact in facts if fact.grade is not Proof.inferred]
    cards = [score(one, SMALL) for one in (facts, turned, without)]
    assert len({(numbers(card), card.ring) for card in cards}) == 1


@given(cases.facts, st.lists(cases.unknown, max_size=6))
def test_what_is_unknown_changes_nothing_that_is_known(facts: list[Fact], unknown: list[Fact]) -> None:
    assert numbers(score([*unknown, *facts, *unknown], SMALL)) == numbers(score(facts, SMALL))


@given(st.lists(cases.known, min_size=1, max_size=10, unique_by=lambda fact: fact.item), st.data())
def test_forgetting_a_fact_lowers_confidence_and_never_the_score(facts: list[Fact], data: st.DataObject) -> None:
    gone = data.draw(st.sampled_from(facts))
    left = [replace(f, verdict=Verdict.unknown, grade=None) if f is gone else f for f in facts]
    before, after = score(facts, SMALL), score(left, SMALL)
    assert after.scale(Limit("confidence", 0)) < before.scale(Limit("confidence", 0))
    assert after.scale(Limit("score", 0)) >= before.scale(Limit("score", 0)) - 1e-9
    if gone.verdict is Verdict.passed:
        assert after.scale(Limit("score", 0)) == pytest.approx(before.scale(Limit("score", 0)))


@given(cases.facts, st.sampled_from(cases.ITEMS), st.sampled_from(Proof))
def test_a_new_fault_never_raises_a_score_or_moves_a_ring_inwards(facts: list[Fact], item: str, grade: Proof) -> None:
    before, after = score(facts, SMALL), score([*facts, Fact(item, Verdict.fail, grade)], SMALL)
    assert after.scale(Limit("score", 0)) <= before.scale(Limit("score", 0)) + 1e-9
    assert after.scale(Limit("proven", 0)) <= before.scale(Limit("proven", 0)) + 1e-9
    assert place(after.ring) >= place(before.ring)
    for id_ in SMALL.criteria:
        assert after.scale(Limit("score", 0, id_)) <= before.scale(Limit("score", 0, id_)) + 1e-9


@given(cases.facts)
def test_the_order_of_facts_does_not_matter(facts: list[Fact]) -> None:
    assert numbers(score(facts, SMALL)) == numbers(score(facts[::-1], SMALL))


@given(cases.facts)
def test_the_ring_is_the_innermost_whose_limits_are_kept(facts: list[Fact]) -> None:
    card = score(facts, SMALL)
    assert not card.missed(card.ring)
    assert all(card.missed(ring) for ring in RINGS[: place(card.ring)])


@given(cases.facts)
def test_a_shown_number_never_reaches_a_limit_that_is_missed(facts: list[Fact]) -> None:
    card = score(facts, SMALL)
    for limits in SMALL.rings.values():
        for limit in limits:
            assert card.keeps(limit) == (card.whole(limit.scale, limit.of) >= limit.least)


def test_of_two_facts_the_stronger_counts_and_of_two_alike_the_fault() -> None:
    fail, passed = (Fact("a.one", verdict, Proof.seed) for verdict in (Verdict.fail, Verdict.passed))
    assert score([fail, passed], SMALL).marks[0].verdict is Verdict.fail
    assert score([passed, fail], SMALL).marks[0].verdict is Verdict.fail
    assert score([fail, replace(passed, grade=Proof.observed)], SMALL).marks[0].verdict is Verdict.passed
    assert score([passed, replace(fail, grade=Proof.inferred)], SMALL).marks[0].verdict is Verdict.passed


def test_a_fact_nobody_asked_for_changes_nothing() -> None:
    assert numbers(score([Fact("HJ-999", Verdict.fail, Proof.observed)], SMALL)) == (100, 0, 0)


@pytest.fixture(scope="module")
def contract() -> Evaluation:
    return evaluate.run(open_target("contract"))


def turned(evaluation: Evaluation, origin: Origin, verdict: Verdict, *ids: str) -> Evaluation:
    """The evaluation as if it came from elsewhere and these checks had ended so."""
    outcome = Outcome(verdict, "made up", (Place("x"),) if verdict is Verdict.fail else (), 1)
    results = tuple(replace(r, outcome=outcome) if r.id in ids else r for r in evaluation.results)
    api: Api = replace(evaluation.api, origin=origin)
    return replace(evaluation, api=api, results=results)


NOTHING = known.Knowledge(Verdict.unknown, None, (), (), "nothing is known")
OURS = [Origin.contract, Origin.mock, Origin.recording, Origin.folder, Origin.server]


@pytest.mark.parametrize("origin", OURS)
@pytest.mark.parametrize("verdict", list(Verdict))
def test_what_our_own_mock_shows_changes_nothing(contract: Evaluation, origin: Origin, verdict: Verdict) -> None:
    criteria = criteria_file.load()
    ids = [result.id for result in contract.results]
    card = scorecard.of_evaluation(turned(contract, origin, verdict, *ids), criteria)
    plain = scorecard.of_vendor("healthjump", criteria)
    checked = [fact for fact in scorecard.facts_of_vendor("healthjump", criteria) if fact.item in ids]
    asked = [fact for fact in scorecard.facts_of_vendor("healthjump", criteria) if not fact.item.startswith("HJ-")]
    assert numbers(card) == numbers(score([*checked, *asked], criteria))
    assert card.ring == plain.ring


@pytest.mark.parametrize("origin", [Origin.live, Origin.recorded_live])
def test_what_the_vendor_itself_shows_is_observed(contract: Evaluation, origin: Origin) -> None:
    criteria, ids = criteria_file.load(), [result.id for result in contract.results]
    well = scorecard.of_evaluation(turned(contract, origin, Verdict.passed, *ids), criteria)
    bad = scorecard.of_evaluation(turned(contract, origin, Verdict.fail, *ids), criteria)
    plain = scorecard.of_vendor("healthjump", criteria)
    assert bad.score < plain.score and (well.proven > plain.proven or not ids)


def test_what_a_description_says_is_documented_and_moves_nothing_to_trial(contract: Evaluation) -> None:
    criteria, ids = criteria_file.load(), [result.id for result in contract.results]
    for verdict in (Verdict.fail, Verdict.passed):
        run = turned(contract, Origin.description, verdict, *ids)
        facts = scorecard.facts_of_run(run)
        assert {(fact.verdict, fact.grade) for fact in facts} == {(verdict, Proof.documented)}
        assert len(facts) == len(ids)
    results = tuple(replace(result, known=NOTHING) for result in run.results)
    nobody = replace(run, api=replace(run.api, vendor=""), results=results)
    questions = [Fact(id_, Verdict.passed, Proof.documented) for id_ in criteria.items if "." in id_]
    card = score([*scorecard.facts_of_run(nobody), *questions], criteria)
    assert (card.ring, card.score, card.proven) == ("assess", 100, 60)
    assert scorecard.of_evaluation(nobody, criteria).ring == "assess"


def test_what_a_description_leaves_open_is_no_fact(contract: Evaluation) -> None:
    run = turned(contract, Origin.description, Verdict.unknown, *[result.id for result in contract.results])
    assert scorecard.facts_of_run(run) == []


def test_what_was_documented_gives_way_to_what_was_observed() -> None:
    said, seen = Fact("a.one", Verdict.passed, Proof.documented), Fact("a.one", Verdict.fail, Proof.observed)
    assert score([said, seen], SMALL).marks[0].verdict is Verdict.fail
    assert score([said, replace(seen, grade=Proof.seed)], SMALL).marks[0].verdict is Verdict.passed


def test_a_run_does_not_wash_away_a_fault_that_was_observed(contract: Evaluation) -> None:
    criteria = criteria_file.load()
    observed = [id_ for id_, one in known.load().items() if one.grade is Proof.observed and one.verdict is Verdict.fail]
    run = turned(contract, Origin.live, Verdict.passed, *observed)
    marks = {mark.item.id: mark for mark in scorecard.of_evaluation(run, criteria).marks}
    assert observed and all(marks[r.id].verdict is Verdict.fail for r in run.results if r.id in observed)


def test_an_unknown_vendor_has_no_facts() -> None:
    criteria = criteria_file.load()
    assert scorecard.facts_of_vendor("nobody", criteria) == []
    assert scorecard.of_vendor("nobody", criteria).ring == "assess"


def test_today_s_ring_is_the_entry_s() -> None:
    entry = entries.load(ROOT / "docs" / "radar")["healthjump"].entry
    card = scorecard.of_vendor(entry.findings, criteria_file.load())
    assert card.ring == entry.ring == "assess"
    assert (card.score, card.confidence) == (72, 31)


def test_every_fault_counted_today_is_known_of_the_vendor_s_api() -> None:
    criteria = criteria_file.load()
    card = scorecard.of_vendor("healthjump", criteria)
    told = {**known.load(), **answers.load("healthjump", criteria.items)}
    for mark in card.marks:
        if mark.lost or mark.proven:
            assert told[mark.item.id].verdict is mark.verdict and told[mark.item.id].sources
            assert mark.grade is not None and mark.grade > Proof.inferred
