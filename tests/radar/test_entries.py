"""A radar is a folder: adding an entry is adding a file."""

from __future__ import annotations

from pathlib import Path

import pytest

from evaluation.radar import described, entries
from mockserver.errors import InputError

from .descriptions import drafted, small
from .files import entry, revision

FACTS = small(HJ_001="fail", HJ_004="pass")

ROOT = Path(__file__).parents[2]


def test_adding_a_file_adds_an_entry(tmp_path: Path) -> None:
    entry(tmp_path, "one")
    (tmp_path / "index.md").write_text("# Not an entry\n", encoding="utf-8")
    (tmp_path / "notes.txt").write_text("no entry\n", encoding="utf-8")
    assert list(entries.load(tmp_path)) == ["one"]
    entry(tmp_path, "another")
    assert list(entries.load(tmp_path)) == ["another", "one"]


def test_an_entry_knows_its_own_revisions_only(tmp_path: Path) -> None:
    entry(tmp_path, "one", ring="trial")
    entry(tmp_path, "two")
    revision(tmp_path, 1, "2024-01-01", "assess", "one")
    revision(tmp_path, 2, "2025-01-01", "trial", "one")
    found = entries.load(tmp_path)
    assert found["one"].movement == "moved in" and len(found["one"].history) == 2
    assert found["two"].movement == "new" and found["two"].history == ()


def test_a_ring_changed_without_a_revision_is_a_problem(tmp_path: Path) -> None:
    path = entry(tmp_path, ring="trial")
    revision(tmp_path, 1, "2024-01-01", "assess")
    (problem,) = entries.problems(path)
    assert "ring is trial, but engine-2024-01-01 says assess; a move needs a revision" in str(problem)
    with pytest.raises(InputError, match="a move needs a revision"):
        entries.load(tmp_path)


def test_history_must_be_what_the_folder_has(tmp_path: Path) -> None:
    path = entry(tmp_path, history=["engine-2024-01-01"])
    assert "the folder has none" in str(entries.problems(path)[0])
    revision(tmp_path, 1, "2024-01-01", "assess")
    assert entries.problems(path) == []


def test_the_first_revision_must_be_number_one(tmp_path: Path) -> None:
    path = entry(tmp_path)
    revision(tmp_path, 2, "2024-01-01", "assess")
    assert "number 2, not 1" in str(entries.problems(path)[0])


def test_a_broken_revision_is_a_problem_of_the_entry(tmp_path: Path) -> None:
    path = entry(tmp_path)
    revision(tmp_path, 1, "2024-01-01", "tryal")
    assert "did you mean trial?" in str(entries.problems(path)[0])


def test_a_folder_without_entries_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="holds no entry"):
        entries.load(tmp_path)
    with pytest.raises(InputError, match="holds no entry"):
        entries.load(tmp_path / "none")


def test_a_single_file_is_a_radar_of_one(tmp_path: Path) -> None:
    entry(tmp_path, "two")
    assert list(entries.load(entry(tmp_path, "one"))) == ["one"]


def test_the_project_s_radar_can_be_read() -> None:
    assert entries.load(ROOT / "docs" / "radar")["healthjump"].movement == "no change"


# --- facts that a radar brings along ---


def test_a_radar_brings_facts_of_its_own_vendors(tmp_path: Path) -> None:
    drafted(tmp_path, "One", FACTS)
    drafted(tmp_path, "Two", small(HJ_001="pass"))
    entry(tmp_path, "opinion")
    entry(tmp_path, "known", findings="healthjump")
    found = entries.load(tmp_path)
    verdicts = {slug: blip.facts and str(blip.facts.verdict("HJ-001")) for slug, blip in found.items()}
    assert verdicts == {"one": "fail", "two": "pass", "opinion": None, "known": None}


def test_a_radar_knows_nothing_of_another_radar_s_vendors(tmp_path: Path) -> None:
    for name in ("here", "there"):
        (tmp_path / name).mkdir()
    drafted(tmp_path / "there", "One", FACTS)
    path = entry(tmp_path / "here", "mine", findings="one")
    (problem,) = entries.problems(path)
    assert str(problem) == f"{path}: findings: is one, of whom nothing is written; valid: healthjump"


def test_a_mistyped_vendor_is_guessed_from_what_the_radar_has(tmp_path: Path) -> None:
    drafted(tmp_path, "Some Engine", FACTS)
    path = entry(tmp_path, "mine", findings="some-engin")
    assert "valid: healthjump, some-engine; did you mean some-engine?" in str(entries.problems(path)[0])


def test_two_entries_may_rest_on_the_same_facts(tmp_path: Path) -> None:
    drafted(tmp_path, "One", FACTS)
    entry(tmp_path, "hosted", findings="one")
    one, two = (entries.load(tmp_path)[slug].facts for slug in ("one", "hosted"))
    assert one is not None and two is not None and one.source == two.source


def test_facts_under_the_name_of_a_vendor_of_the_kit_are_refused(tmp_path: Path) -> None:
    path = entry(tmp_path, "known", findings="healthjump")
    file = described.path(tmp_path, "healthjump")
    file.parent.mkdir()
    file.write_text(described.text(FACTS), encoding="utf-8")
    assert "the kit brings facts of healthjump along; this file needs another name" in str(entries.problems(path)[0])


def test_broken_facts_are_a_problem_of_every_entry_that_rests_on_them(tmp_path: Path) -> None:
    page = drafted(tmp_path, "One", FACTS)
    file = described.path(tmp_path, "one")
    file.write_text(file.read_text(encoding="utf-8").replace("grade: documented", "grade: observed", 1), "utf-8")
    assert "one.yaml: facts.HJ-001: grade must be documented" in str(entries.problems(page)[0])
    with pytest.raises(InputError, match="grade must be documented"):
        entries.load(tmp_path)


def test_an_entry_with_the_ends_of_lines_of_windows_is_read(tmp_path: Path) -> None:
    page = drafted(tmp_path, "One", FACTS)
    for file in (page, described.path(tmp_path, "one")):
        file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
    found = entries.one(page).facts
    assert found is not None and dict(found.facts) == dict(FACTS.facts)


def test_alternatives_are_found_by_title_on_the_same_radar(tmp_path: Path) -> None:
    drafted(tmp_path, "Some Engine", FACTS)
    others = [{"title": "SOME engine", "note": "rival"}, {"title": "Nobody"}, {"title": "Mine"}]
    entry(tmp_path, "mine", title="Mine", alternatives=others)
    radar = entries.load(tmp_path)
    found = entries.alternatives(radar["mine"], radar)
    assert [(one.title, other and other.entry.slug) for one, other in found] == [
        ("SOME engine", "some-engine"), ("Nobody", None), ("Mine", None),
    ]  # fmt: skip
