"""criteria.yaml can be edited, and an edit that would make a ring mean something else is refused in one sentence."""

from __future__ import annotations

from collections.abc import Callable
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
import yaml

from evaluation.findings import catalogue
from evaluation.findings.grades import Proof
from evaluation.radar import criteria_file, scorecard
from evaluation.radar.criteria import Limit
from evaluation.radar.entry import RINGS
from mockserver.errors import InputError

Edit = Callable[[dict[str, Any]], Any]


def own() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((files("evaluation.radar") / "criteria.yaml").read_text(encoding="utf-8"))
    return loaded


def edited(folder: Path, edit: Edit) -> Path:
    data = own()
    edit(data)
    path = folder / "mine.yaml"
    path.write_text(yaml.safe_dump(data, sort_keys=False), encoding="utf-8")
    return path


def test_every_check_of_the_catalogue_is_in_one_place() -> None:
    items = criteria_file.load().items
    assert set(catalogue.load()) <= set(items)
    assert [id_ for id_ in items if id_.startswith("HJ-")].sort() == list(catalogue.load()).sort()


def test_the_shares_of_all_items_are_a_hundred_and_weights_read_as_percent() -> None:
    made = criteria_file.load()
    assert sum(made.share(item) for item in made.items.values()) == pytest.approx(100)
    assert made.total == 100
    for criterion in made.criteria.values():
        assert sum(made.share(item) for item in criterion.items) == pytest.approx(criterion.weight)


def test_every_weight_and_limit_has_a_reason() -> None:
    data = own()
    for group in ("grades", "rings", "criteria"):
        assert all(len(one["because"]) > 30 for one in data[group].values()), group


def test_the_severity_of_a_check_is_that_of_its_consequence() -> None:
    items = criteria_file.load().items
    assert items["HJ-001"].weight == 3 and items["HJ-010"].weight == 2 and items["HJ-005"].weight == 1


def test_what_is_inferred_weighs_nothing_and_the_stronger_weighs_more() -> None:
    grades = criteria_file.load().grades
    assert grades[Proof.inferred] == 0 and grades[Proof.observed] == 1
    assert [grades[grade] for grade in sorted(Proof)] == sorted(grades.values())


def test_rings_stand_inwards_first_and_ask_more_the_further_in() -> None:
    rings = criteria_file.load().rings
    assert tuple(rings) == RINGS and rings["hold"] == ()
    whole = {ring: {l.scale: l.least for l in limits if not l.of} for ring, limits in rings.items()}  # noqa: E741
    assert whole["adopt"]["score"] > whole["trial"]["score"] > whole["assess"]["score"]
    assert whole["adopt"]["proven"] > whole["trial"]["proven"] >= 100 - whole["trial"]["score"]


def test_a_need_is_settled_by_a_consumed_fact_and_not_by_an_opinion() -> None:
    made = criteria_file.load()
    need = next(limit for limit in made.rings["trial"] if limit.of == "price.forecast")
    assert need == Limit("proven", 80, "price.forecast")
    assert made.grades[Proof.consumed] * 100 >= need.least > made.grades[Proof.seed] * 100


def test_a_reader_s_weights_change_the_ring_at_once(tmp_path: Path) -> None:
    def identifiers_first(data: dict[str, Any]) -> None:
        data["criteria"]["identifiers"]["weight"] = 1000
        data["rings"]["assess"]["score"] = 50

    mine = scorecard.of_vendor("healthjump", criteria_file.load(edited(tmp_path, identifiers_first)))
    own_ = scorecard.of_vendor("healthjump", criteria_file.load())
    assert (mine.ring, own_.ring) == ("hold", "assess") and mine.score < 50 < own_.score


def test_a_reader_may_drop_a_criterion_if_its_checks_go_somewhere(tmp_path: Path) -> None:
    def without_standards(data: dict[str, Any]) -> None:
        checks = data["criteria"].pop("standards")["checks"]
        data["left_out"] = dict.fromkeys(checks, "we map to our own model")

    made = criteria_file.load(edited(tmp_path, without_standards))
    assert "HJ-041" not in made.items and made.total == 93


WRONG: list[tuple[Edit, str]] = [
    (lambda d: d.update(weights={}), "key weights is not known; valid: grades, severities, rings, criteria, left_out"),
    (lambda d: d.pop("rings"), "rings is missing"),
    (lambda d: d.update(criteria={}), "criteria is empty"),
    (lambda d: d["grades"].pop("seed"), "seed is missing"),
    (lambda d: d["grades"].pop("documented"), "grades: documented is missing: say how much a fact"),
    (lambda d: d["grades"]["documented"].update(weight=0.8), "documented: weight must be below that of consumed"),
    (lambda d: d["grades"]["documented"].update(weight=0.9), "a weaker grade must not weigh more than a stronger"),
    (lambda d: d["grades"].update(obsrved={}), "did you mean observed?"),
    (lambda d: d["grades"]["inferred"].update(weight=0.1), "inferred: weight must be 0: what nobody saw"),
    (lambda d: d["grades"]["seed"].update(weight=0.9), "a weaker grade must not weigh more than a stronger one"),
    (lambda d: d["grades"]["observed"].update(weight=2), "weight is 2, not from 0 to 1"),
    (lambda d: d["grades"]["seed"].pop("because"), "because is missing"),
    (lambda d: d["severities"].update(hgh=1), "did you mean high?"),
    (lambda d: d["criteria"]["price"].update(weight=0), "price: weight is 0, not above 0"),
    (lambda d: d["criteria"]["price"].update(weight="8"), "weight must be a number"),
    (lambda d: d["criteria"]["price"].update(weight=float("nan")), "not above 0"),
    (lambda d: d["criteria"]["price"].update(weigth=8), "did you mean weight?"),
    (lambda d: d["criteria"]["price"].pop("because"), "because is missing"),
    (lambda d: d["criteria"]["price"].pop("questions"), "price: has neither checks nor questions"),
    (lambda d: d["criteria"]["errors"]["checks"].append("HJ-399"), "checks has HJ-399; valid: HJ-001"),
    (lambda d: d["criteria"]["errors"]["checks"].append("HJ-001"), "HJ-001 is in identifiers and in errors"),
    (lambda d: d["criteria"]["errors"]["checks"].remove("HJ-038"), "HJ-038 is in no criterion"),
    (lambda d: d["left_out"].update({"HJ-001": "no"}), "HJ-001 is in left_out and in identifiers"),
    (lambda d: d["left_out"].update({"HJ-1": "no"}), "key HJ-1 is not known"),
    (lambda d: d["criteria"]["price"]["questions"].update(cheap={}), "two words with a dot"),
    (lambda d: d["criteria"]["price"]["questions"]["price.growth"].update(severity="lo"), "did you mean low?"),
    (lambda d: d["rings"].update(tryal={}), "did you mean trial?"),
    (lambda d: d["rings"].update(adopt=d["rings"].pop("adopt")), "rings must stand from the centre outwards"),
    (lambda d: d["rings"]["hold"].update(score=1), "the last ring must have no limits"),
    (lambda d: d["rings"]["trial"].update(score=101), "trial: score is 101, not from 0 to 100"),
    (lambda d: d["rings"]["trial"].update(confidence=10), "key confidence is not known"),
    (lambda d: d["rings"]["trial"]["needs"].append("price.forcast"), "did you mean price.forecast?"),
    (lambda d: d["rings"]["assess"]["criteria"].update(snc={"score": 1}), "did you mean sync?"),
    (lambda d: d["rings"]["assess"]["criteria"]["sync"].update(score=-1), "score is -1, not from 0 to 100"),
]


@pytest.mark.parametrize(("edit", "says"), WRONG)
def test_a_wrong_edit_is_one_sentence_with_file_and_key(tmp_path: Path, edit: Edit, says: str) -> None:
    path = edited(tmp_path, edit)
    with pytest.raises(InputError) as caught:
        criteria_file.load(path)
    assert says in str(caught.value) and str(caught.value).startswith(str(path)) and "\n" not in str(caught.value)


@pytest.mark.parametrize("text", ["", "[]", "a: [", "criteria: 1", "rings: {adopt: 1}"])
def test_a_file_that_is_no_such_file_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError):
        criteria_file.load(path)


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        criteria_file.load(tmp_path / "none.yaml")
