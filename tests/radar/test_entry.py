"""An entry keeps the eight keys and their values; an error names file, line, key, value, valid ones and a guess."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from evaluation.radar import entry as entries
from evaluation.radar import schema
from evaluation.radar.frontmatter import Front
from mockserver.errors import InputError

from .files import EIGHT, entry

ROOT = Path(__file__).parents[2]
RINGS = ("adopt", "trial", "assess", "hold")
QUADRANTS = ("languages-and-frameworks", "techniques", "platforms", "tools")
MODELS = ("open-source", "free-tier", "start-up-program", "saas", "on-premise")


def wrong(folder: Path, **changes: Any) -> list[str]:
    return [str(problem) for problem in entries.problems(entry(folder, **changes))]


def test_the_eight_keys_alone_make_an_entry(tmp_path: Path) -> None:
    found = entries.read(entry(tmp_path))
    assert (found.slug, found.title, found.ring, found.quadrant) == ("engine", "Some Engine", "assess", "tools")
    assert found.business_model == ("saas",) and found.project_ids == ("some-project",)
    assert found.public and found.basis == () and found.reviewed is None


def test_the_schema_has_the_eight_keys_with_their_values_and_the_optional_ones() -> None:
    keys = schema.shape("entry")
    assert set(EIGHT) <= set(keys)
    assert keys["ring"].valid == RINGS and keys["ring"].alias == {"caution": "hold"}
    assert keys["quadrant"].valid == QUADRANTS and keys["businessModel"].valid == MODELS
    optional = ["reviewed", "review_by", "basis", "alternatives", "next_ring", "history", "findings", "public"]
    assert [key for key in keys if key not in EIGHT] == optional
    assert all(key.means for name in ("entry", "alternative", "revision") for key in schema.shape(name).values())
    assert entries.RINGS == RINGS and tuple(entries.QUADRANTS) == QUADRANTS


@pytest.mark.parametrize("ring", RINGS)
@pytest.mark.parametrize("quadrant", QUADRANTS)
def test_every_ring_and_quadrant_is_taken(tmp_path: Path, ring: str, quadrant: str) -> None:
    found = entries.read(entry(tmp_path, ring=ring, quadrant=quadrant))
    assert (found.ring, found.quadrant) == (ring, quadrant)


def test_caution_is_read_as_hold(tmp_path: Path) -> None:
    path = entry(tmp_path, ring="caution", alternatives=[{"title": "B", "ring": "caution"}])
    found = entries.read(path)
    assert found.ring == "hold" and found.alternatives[0].ring == "hold"


def test_several_business_models_and_the_optional_keys_are_read(tmp_path: Path) -> None:
    path = entry(
        tmp_path,
        businessModel=list(MODELS),
        reviewed=date(2026, 11, 22),
        review_by=date(2027, 5, 22),
        basis=["opinion", "sandbox"],
        alternatives=[{"title": "B", "quadrant": "platforms", "note": "near"}, {"title": "C"}],
        next_ring="trial",
        history=["engine-2026-11-22"],
        findings="engine",
        public=False,
    )
    found = entries.read(path)
    assert found.business_model == MODELS and found.basis == ("opinion", "sandbox")
    assert [one.title for one in found.alternatives] == ["B", "C"] and found.alternatives[0].note == "near"
    assert found.next_ring == "trial" and found.findings == "engine" and not found.public
    assert found.history == ("engine-2026-11-22",)


def test_an_entry_is_stale_from_its_review_day_on(tmp_path: Path) -> None:
    found = entries.read(entry(tmp_path, review_by=date(2027, 5, 22)))
    assert not found.stale(date(2027, 5, 21)) and found.stale(date(2027, 5, 22))
    assert not entries.read(entry(tmp_path)).stale(date(2999, 1, 1))


def test_a_wrong_ring_is_named_whole(tmp_path: Path) -> None:
    (sentence,) = wrong(tmp_path, ring="asess")
    assert sentence == (
        f"{tmp_path / 'engine.md'}, line 5: ring: is 'asess'; valid: adopt, trial, assess, hold, caution; "
        "did you mean assess?"
    )


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"rings": "assess"}, "line 12: rings: is no key of this file; valid: title"),
        ({"rings": "assess"}, "did you mean ring?"),
        ({"title": None}, "line 1: title is missing (the name as its maker writes it)"),
        ({"ring": None}, "ring is missing (how far to go with it); valid: adopt, trial"),
        ({"title": ""}, "line 2: title: is '', not text"),
        ({"title": 7}, "title: is 7, not text"),
        ({"ring": ["assess"]}, "ring: is ['assess']; valid"),
        ({"ring": True}, "ring: is True; valid"),
        ({"quadrant": "tool"}, "did you mean tools?"),
        ({"businessModel": "saas"}, "businessModel: is 'saas', not a list of at least one; valid: open-source"),
        ({"businessModel": []}, "businessModel: is [], not a list of at least one"),
        ({"businessModel": ["sass"]}, "line 9: businessModel.0: is 'sass'; valid: open-source"),
        ({"businessModel": ["sass"]}, "did you mean saas?"),
        ({"businessModel": ["saas", "saas"]}, "line 10: businessModel.1: has 'saas' twice"),
        ({"projectIds": ["Some Project"]}, "projectIds.0: is 'Some Project', not lower-case words joined by hyphens"),
        ({"link": "engine.test"}, "link: is 'engine.test', not one address such as https://www.example.com/"),
        ({"link": "https://a.test https://b.test"}, "not one address"),
        ({"link": "javascript:alert(1)"}, "not one address"),
        ({"link": "https://[x"}, "not one address"),
        ({"reviewed": "soon"}, "reviewed: is 'soon', not a day such as 2026-11-22"),
        ({"reviewed": "2026-11-22T10:00:00"}, "not a day"),
        ({"public": "no way"}, "public: is 'no way', not true or false"),
        ({"alternatives": ["Redox"]}, "alternatives.0: is 'Redox', not keys and values; valid: title"),
        ({"alternatives": [{"name": "Redox"}]}, "alternatives.0.name: is no key of this file"),
        ({"alternatives": [{"ring": "trial"}]}, "alternatives.0: title is missing"),
        ({"alternatives": [{"title": "R", "ring": "tryal"}]}, "did you mean trial?"),
        ({"next_ring": "assess"}, "next_ring: is assess, which is its ring already"),
        ({"reviewed": date(2026, 2, 1), "review_by": date(2026, 1, 1)}, "is 2026-01-01, not behind reviewed"),
    ],
)
def test_what_is_wrong_is_said_with_key_value_and_what_is_valid(
    tmp_path: Path, changes: dict[str, Any], says: str
) -> None:
    sentences = wrong(tmp_path, **changes)
    assert any(says in sentence for sentence in sentences), sentences
    with pytest.raises(InputError) as caught:
        entries.read(entry(tmp_path, **changes))
    assert str(caught.value) == sentences[0]


def test_every_problem_is_listed_not_only_the_first(tmp_path: Path) -> None:
    assert len(wrong(tmp_path, ring="x", quadrant="y", link="z", title=None)) == 4


def test_a_long_wrong_value_is_cut(tmp_path: Path) -> None:
    (sentence,) = wrong(tmp_path, ring="x" * 5000)
    assert len(sentence) < len(str(tmp_path)) + 250


def test_the_file_name_must_be_a_slug(tmp_path: Path) -> None:
    path = entry(tmp_path, slug="Some Engine")
    assert "lower-case words" in str(entries.problems(path)[0])
    with pytest.raises(InputError, match="lower-case words"):
        entries.read(path)


JSONISH = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text() | st.dates() | st.datetimes(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=6,
)


@given(st.dictionaries(st.sampled_from([*schema.shape("entry"), "other"]), JSONISH))
def test_no_data_breaks_the_schema(data: dict[str, Any]) -> None:
    front = Front("x.md", data, "")
    found = schema.problems(front, "entry")
    assert all(isinstance(problem, InputError) and "x.md" in str(problem) for problem in found)
    if not found:
        assert set(schema.read(front, "entry")) == set(data)


@given(st.fixed_dictionaries({"ring": st.sampled_from(RINGS), "quadrant": st.sampled_from(QUADRANTS)}))
def test_an_entry_that_has_no_problem_can_be_read(data: dict[str, str]) -> None:
    front = Front("x.md", {**EIGHT, **data}, "")
    assert schema.problems(front, "entry") == [] and schema.read(front, "entry")["ring"] == data["ring"]


def test_the_project_s_own_entry_is_valid() -> None:
    path = ROOT / "docs" / "radar" / "healthjump.md"
    assert entries.problems(path) == []
    found = entries.read(path)
    head = yaml.safe_load(path.read_text(encoding="utf-8").split("---\n", 2)[1])
    assert set(EIGHT) <= set(head)
    assert (found.ring, found.quadrant, found.business_model) == ("assess", "tools", ("saas",))
    assert found.project_ids == ("chamber-cardio",) and found.link == "https://www.healthjump.com/"
    assert {one.title: one.ring for one in found.alternatives} == {
        "Redox": "", "FHIR": "trial", "Medplum": "trial", "bonFHIR": "trial",
    }  # fmt: skip
