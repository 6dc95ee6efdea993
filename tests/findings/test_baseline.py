"""Accepted findings: only with a reason, never more than they name, and never silently idle."""

from __future__ import annotations

from pathlib import Path

import pytest

from evaluation.findings import baseline, evaluate
from mockserver.errors import InputError

from .made import AMBIGUOUS, api, resource

MADE = api(resource("visit", AMBIGUOUS), resource("claim", [{"claimid": 9001, "claim_id": "x1"}]))


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "accepted.yaml"
    path.write_text(text)
    return path


def test_an_accepted_finding_is_still_there_but_no_failure(tmp_path: Path) -> None:
    path = written(tmp_path, "accepted:\n  - {check: HJ-001, reason: mapped by hand}\n")
    evaluation, notes = baseline.read(path).apply(evaluate.run(MADE))
    result = evaluation.by_id["HJ-001"]
    assert result.accepted == "mapped by hand" and not result.failed and result.outcome.places
    assert notes == ()


def test_accepting_some_places_leaves_the_others(tmp_path: Path) -> None:
    places = [str(place) for place in evaluate.run(MADE).by_id["HJ-001"].outcome.places]
    visit = [place for place in places if place.startswith("visit.")]
    path = written(tmp_path, f"accepted:\n  - {{check: HJ-001, at: {visit}, reason: known}}\n")
    evaluation, _ = baseline.read(path).apply(evaluate.run(MADE))
    result = evaluation.by_id["HJ-001"]
    assert result.failed and [str(place) for place in result.outcome.places] == [p for p in places if p not in visit]


def test_accepting_every_place_accepts_the_finding(tmp_path: Path) -> None:
    places = [str(place) for place in evaluate.run(MADE).by_id["HJ-001"].outcome.places]
    path = written(tmp_path, f"accepted:\n  - {{check: HJ-001, at: {places}, reason: known}}\n")
    assert not baseline.read(path).apply(evaluate.run(MADE))[0].by_id["HJ-001"].failed


def test_accepting_one_finding_leaves_the_rest(tmp_path: Path) -> None:
    before = evaluate.run(MADE)
    path = written(tmp_path, "accepted:\n  - {check: HJ-001, reason: known}\n")
    after, _ = baseline.read(path).apply(before)
    assert [r for r in after.results if r.id != "HJ-001"] == [r for r in before.results if r.id != "HJ-001"]


def test_an_entry_that_silences_nothing_is_told(tmp_path: Path) -> None:
    path = written(tmp_path, "accepted:\n  - {check: HJ-040, reason: the documentation is thin}\n")
    _, notes = baseline.read(path).apply(evaluate.run(MADE))
    assert notes == (f"{path}: HJ-040 is accepted but was not decided",)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("acepted: []", "did you mean accepted?"),
        ("accepted: 3", "must be a list"),
        ("accepted: [HJ-001]", "accepted 1: must be a mapping; valid: check, at, reason"),
        ("accepted: [{check: HJ-001}]", "needs a reason"),
        ("accepted: [{check: HJ-001, reason: ' '}]", "needs a reason"),
        ("accepted: [{check: HJ-001, reason: }]", "needs a reason"),
        ("accepted: [{check: HJ-001, reason: 7}]", "accepted 1: reason must be text"),
        ("accepted: [{check: HJ-0001, reason: known}]", "did you mean HJ-001?"),
        ("accepted: [{chek: HJ-001, reason: known}]", "did you mean check?"),
        ("accepted: [{check: HJ-001, reason: known, at: visit}]", "at must be a list of places such as diagnosis."),
        ("accepted: [{reason: known}]", "check is missing"),
        ("accepted: [", "is not YAML"),
        ("- 1", "must be a mapping"),
    ],
)
def test_a_mistake_names_file_entry_and_guess(tmp_path: Path, text: str, said: str) -> None:
    path = written(tmp_path, text)
    with pytest.raises(InputError) as caught:
        baseline.read(path)
    assert str(path) in str(caught.value) and said in str(caught.value)


def test_a_baseline_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        baseline.read(tmp_path / "none.yaml")
