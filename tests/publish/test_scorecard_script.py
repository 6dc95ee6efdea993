"""The scorecard that a reader weighs anew in the page follows the same formula as the program's."""

from __future__ import annotations

import json
import random
import re
from dataclasses import replace
from typing import Any

import pytest

from evaluation.findings.grades import Proof
from evaluation.findings.outcome import Verdict
from evaluation.publish.weights import formula, scorecard
from evaluation.radar import criteria_file
from evaluation.radar import scorecard as scorecards
from evaluation.radar.criteria import Criteria
from evaluation.radar.scorecard import Fact, Scorecard

from .reading import words
from .scripts import call

SCALES = ("score", "confidence", "proven")
TRIES = 300


@pytest.fixture(scope="module")
def ours() -> Scorecard:
    return scorecards.of_vendor("healthjump", criteria_file.load())


def weighed(criteria: Criteria, weights: dict[str, float]) -> Criteria:
    """The same criteria under a reader's weights."""
    return replace(
        criteria, criteria={id_: replace(one, weight=weights[id_]) for id_, one in criteria.criteria.items()}
    )


def judged(card: Scorecard) -> dict[str, Any]:
    """What the program says, in the script's shape."""
    criteria = {id_: {scale: card.whole(scale, id_) for scale in SCALES} for id_ in card.criteria.criteria}
    return {"ring": card.ring, "criteria": criteria, **{scale: card.whole(scale) for scale in SCALES}}


def facts(dice: random.Random, criteria: Criteria) -> list[Fact]:
    """Facts of any kind, in proportions of any kind, so that every ring comes up."""
    good, known, strong = (dice.choice([0.05, 0.5, 0.9, 1]) for _ in range(3))
    return [_fact(dice, item, good, known, strong) for item in criteria.items]


def _fact(dice: random.Random, item: str, good: float, known: float, strong: float) -> Fact:
    if dice.random() >= known:
        return Fact(item, Verdict.unknown, None)
    grade = Proof.observed if dice.random() < strong else dice.choice(list(Proof))
    return Fact(item, Verdict.passed if dice.random() < good else Verdict.fail, grade)


def weights(dice: random.Random, criteria: Criteria) -> dict[str, float]:
    return {id_: dice.choice([dice.randint(1, 20), round(dice.uniform(0.1, 1000), 3)]) for id_ in criteria.criteria}


def test_the_script_says_what_the_program_says(ours: Scorecard) -> None:
    dice = random.Random(20261122)
    calls, wanted = [], []
    for number in range(TRIES):
        chosen = weights(dice, ours.criteria)
        known = facts(dice, ours.criteria) if number % 2 else None
        card = scorecards.score(known, ours.criteria) if known else ours
        calls.append([formula(card), chosen])
        mine = [Fact(mark.item.id, mark.verdict, mark.grade) for mark in card.marks]
        wanted.append(judged(scorecards.score(mine, weighed(ours.criteria, chosen))))
    assert call("scorecard.js", "judge", calls) == wanted
    assert {one["ring"] for one in wanted} == set(ours.criteria.rings)


def test_with_our_weights_it_says_what_the_page_says(ours: Scorecard) -> None:
    weights_ = {id_: one.weight for id_, one in ours.criteria.criteria.items()}
    (found,) = call("scorecard.js", "judge", [[formula(ours), weights_]])
    assert found == judged(ours)


def test_the_data_holds_no_more_than_the_formula_needs(ours: Scorecard) -> None:
    made = scorecard(ours)
    inner = re.search(r'<script type="application/json" id="scorecard-data">(.*?)</script>', made)
    assert inner is not None
    data = json.loads(inner[1])
    assert data == json.loads(json.dumps(formula(ours)))
    assert set(data) == {"grades", "rings", "criteria"}
    assert set(data["criteria"][0]["items"][0]) == {"id", "weight", "verdict", "grade"}
    assert 'data-scorecard="scorecard-data"' in made


def test_the_table_has_every_criterion_with_its_place_for_a_weight(ours: Scorecard) -> None:
    made = scorecard(ours)
    ids = re.findall(r'data-criterion="(\w+)"', made)
    assert ids == list(ours.criteria.criteria)
    assert words(made, "th")[5:] == [one.title for one in ours.criteria.criteria.values()]
    unknown = [one for one in ours.criteria.criteria.values() if not any(m.grade is not None for m in ours.of(one))]
    assert made.count("<td>unknown</td>") == len(unknown) > 0


def test_a_changed_grade_changes_table_and_data(ours: Scorecard) -> None:
    known = [Fact(mark.item.id, mark.verdict, mark.grade) for mark in ours.marks]
    changed = [replace(fact, grade=Proof.observed) if fact.item == "HJ-001" else fact for fact in known]
    assert scorecard(scorecards.score(known, ours.criteria)) == scorecard(ours)
    assert scorecard(scorecards.score(changed, ours.criteria)) != scorecard(ours)
