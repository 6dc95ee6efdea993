"""Ring, score and confidence as the radar computes them, in sentences that claim no more than is known."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evaluation.findings.grades import Proof
from evaluation.findings.outcome import Verdict
from evaluation.radar import criteria_file, told
from evaluation.radar.scorecard import Fact, of_evaluation, score
from evaluation.report import standing

from .reports import contract

CRITERIA = criteria_file.load()
ITEMS = list(CRITERIA.items)
facts = st.lists(
    st.builds(Fact, st.sampled_from(ITEMS), st.sampled_from(list(Verdict)), st.sampled_from(list(Proof))), max_size=40
)


def test_it_says_what_the_radar_says() -> None:
    card = of_evaluation(contract(), CRITERIA)
    made, radar = standing.as_data(card, "Healthjump", "", None), told.as_data(card)
    for key in ("ring", "score", "confidence", "proven", "target", "blockers", "threats"):
        assert made[key] == radar[key]
    assert [row["id"] for row in made["criteria"]] == [row["id"] for row in radar["criteria"]]


@given(facts)
@settings(deadline=None, max_examples=40)
def test_points_of_all_criteria_add_up(found: list[Fact]) -> None:
    card = score(found, CRITERIA)
    rows = standing.as_data(card, "It", "", None)["criteria"]
    parts = {name: sum(row["points"][name] for row in rows) for name in ("well", "against", "open")}
    assert sum(parts.values()) == pytest.approx(100, abs=0.3)
    assert min(min(row["points"].values()) for row in rows) >= 0
    assert 100 - parts["against"] == pytest.approx(card.score, abs=1.3)
    assert parts["well"] == pytest.approx(card.proven, abs=1.3)
    assert sum(row["share"] for row in rows) == pytest.approx(100, abs=0.1)


@given(facts)
@settings(deadline=None, max_examples=40)
def test_two_sentences_with_the_numbers(found: list[Fact]) -> None:
    card = score(found, CRITERIA)
    first, second = standing.sentences(card, "This API")
    assert first.startswith(standing.ANSWERS[card.ring]) and "This API" in first and f"ring {card.ring}" in first
    assert f"{card.confidence} %" in second and "100" not in first, "no number without what is unknown beside it"
    if card.confidence >= standing.THIN:
        assert f"{card.proven} are proven in its favour and {100 - card.score} against it" in second
    assert first.count(".") == second.count(".") == 1


def test_next_to_nothing_known_is_said_so() -> None:
    _, second = standing.sentences(score([], CRITERIA), "It")
    assert second.startswith("Next to nothing of what counts is known (0 %)")


def test_much_that_is_known_is_said_with_what_is_well() -> None:
    card = score([Fact(id_, Verdict.passed, Proof.observed) for id_ in ITEMS], CRITERIA)
    first, second = standing.sentences(card, "It")
    assert first.startswith("Build on it")
    assert second == "Of 100 points 100 are proven in its favour and 0 against it; 100 % of what counts is known."


def test_every_ring_has_an_answer() -> None:
    assert list(standing.ANSWERS) == list(CRITERIA.rings)


def test_means_and_digest_are_those_of_the_file(tmp_path: Path) -> None:
    package = Path(standing.__file__).parents[1] / "radar" / "criteria.yaml"
    text = package.read_text(encoding="utf-8")
    own = tmp_path / "theirs.yaml"
    own.write_text(text.replace("Worth the time of looking closer.", "Ours to look at."), encoding="utf-8")
    card = of_evaluation(contract(), criteria_file.load(own))
    assert standing.as_data(card, "It", "", own)["means"].startswith("Ours to look at.")
    assert standing.digest(own) == sha256(own.read_bytes()).hexdigest()[:12] != standing.digest(None)
    assert standing.digest(None) == sha256(package.read_bytes()).hexdigest()[:12]
