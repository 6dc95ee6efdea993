"""What would move an entry is derived: settling the list reaches the ring, and nothing on it can be left out."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evaluation.findings.grades import Proof
from evaluation.findings.outcome import Verdict
from evaluation.radar import criteria_file, scorecard
from evaluation.radar.blockers import badly, blockers, settled, target, threats
from evaluation.radar.criteria import Criteria, Limit
from evaluation.radar.entry import RINGS
from evaluation.radar.scorecard import Fact, Scorecard, score

from . import cases
from .cases import SMALL


def ids(marks: object) -> list[str]:
    return [mark.item.id for mark in marks]  # type: ignore[attr-defined]


@given(cases.facts, st.sampled_from(RINGS))
def test_settling_the_list_reaches_the_ring(facts: list[Fact], ring: str) -> None:
    card = score(facts, SMALL)
    assert not settled(card, ids(blockers(card, ring))).missed(ring)


@given(cases.facts, st.sampled_from(RINGS))
def test_nothing_on_the_list_can_be_left_out(facts: list[Fact], ring: str) -> None:
    card = score(facts, SMALL)
    needed = ids(blockers(card, ring))
    for one in needed:
        assert settled(card, [other for other in needed if other != one]).missed(ring)


@given(cases.facts)
def test_a_ring_that_is_kept_has_no_blockers(facts: list[Fact]) -> None:
    card = score(facts, SMALL)
    assert blockers(card, card.ring) == ()


@given(cases.facts, st.sampled_from(["adopt", "trial"]))
@settings(max_examples=60)
def test_no_other_list_is_shorter_by_more_than_one(facts: list[Fact], ring: str) -> None:
    card = score(facts, SMALL)
    assert shortest(card, ring) >= len(blockers(card, ring)) - 1


def test_where_nothing_is_known_the_list_is_the_shortest() -> None:
    card = score([], SMALL)
    for ring in RINGS:
        assert len(blockers(card, ring)) == shortest(card, ring)


def shortest(card: Scorecard, ring: str) -> int:
    """The length of the shortest list, by trying all."""
    for size in range(len(cases.ITEMS) + 1):
        if any(not settled(card, some).missed(ring) for some in combinations(cases.ITEMS, size)):
            return size
    raise AssertionError("no list reaches the ring")


def test_what_can_be_found_out_comes_before_what_must_be_mended() -> None:
    facts = [Fact("a.one", Verdict.passed, Proof.observed), Fact("HJ-005", Verdict.fail, Proof.observed)]
    assert ids(blockers(score(facts, SMALL), "trial")) == ["b.one"]


def test_what_a_later_limit_makes_needless_is_taken_off_the_list() -> None:
    rings = {"trial": (Limit("proven", 40, "b"), Limit("score", 80)), "hold": ()}
    card = score([Fact("HJ-005", Verdict.fail, Proof.observed)], Criteria(SMALL.grades, rings, SMALL.criteria))
    assert ids(blockers(card, "trial")) == ["HJ-005"]


def test_a_fault_that_a_limit_does_not_bear_must_be_mended() -> None:
    facts = [Fact(item, Verdict.fail, Proof.observed) for item in ("a.one", "b.one", "HJ-005")]
    assert "a.one" in ids(blockers(score(facts, SMALL), "trial"))


@given(cases.facts)
def test_threats_push_it_out_and_none_can_be_left_out(facts: list[Fact]) -> None:
    card = score(facts, SMALL)
    found = ids(threats(card))
    outer = settled(card, found, badly)
    assert bool(found) == (card.ring != "hold")
    if found:
        assert RINGS.index(outer.ring) > RINGS.index(card.ring)
        assert all(not settled(card, [o for o in found if o != one], badly).missed(card.ring) for one in found)


@given(cases.facts)
@settings(max_examples=60)
def test_no_list_of_threats_is_shorter(facts: list[Fact]) -> None:
    card = score(facts, SMALL)
    for size in range(len(threats(card))):
        assert not any(settled(card, some, badly).missed(card.ring) for some in combinations(cases.ITEMS, size))


def test_the_ring_of_interest_is_the_wanted_one_or_the_next_inwards() -> None:
    assert target(score([], SMALL)) == "trial" and target(score([], SMALL), "adopt") == "adopt"
    well = score([Fact(item, Verdict.passed, Proof.observed) for item in cases.ITEMS], SMALL)
    assert target(well) == ""


def test_what_moves_the_vendor_s_entry_today_is_to_be_found_out_not_mended() -> None:
    card = scorecard.of_vendor("healthjump", criteria_file.load())
    found = blockers(card, "trial")
    assert {"sync.complete", "HJ-022", "price.forecast", "papers.agreement"} <= set(ids(found))
    assert all(not mark.lost for mark in found)
    assert settled(card, ids(found)).ring == "trial"


@pytest.mark.parametrize("ring", RINGS)
def test_every_ring_could_be_reached_or_is_blocked_by_faults(ring: str) -> None:
    card = scorecard.of_vendor("healthjump", criteria_file.load())
    assert not settled(card, ids(blockers(card, ring))).missed(ring)
