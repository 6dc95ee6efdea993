"""A radar is a folder: adding an entry is adding a file."""

from __future__ import annotations

from pathlib import Path

import pytest

from evaluation.radar import entries
from mockserver.errors import InputError

from .files import entry, revision

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
