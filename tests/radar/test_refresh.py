"""Reading a description again replaces facts in one step, says what changed, and leaves the entry as it is."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from evaluation.radar import described, entries, refresh
from mockserver.errors import InputError

from .descriptions import drafted, small
from .files import entry

BEFORE = small(HJ_001="fail", HJ_004="pass", HJ_008="fail")
NOW = replace(
    small(HJ_001="pass", HJ_008="fail", HJ_022="fail"), source=replace(BEFORE.source, sha256="cd" * 32)
)


def test_what_changed_is_told_by_check() -> None:
    assert refresh.changes(BEFORE, NOW) == [
        ("HJ-001", "fail", "pass"), ("HJ-004", "pass", "unknown"), ("HJ-022", "unknown", "fail"),
    ]  # fmt: skip
    assert refresh.changes(BEFORE, BEFORE) == [] and len(refresh.changes(None, NOW)) == 3


def test_facts_are_replaced_and_the_entry_is_not_touched(tmp_path: Path) -> None:
    page = drafted(tmp_path, "Redox", BEFORE)
    page.write_text(page.read_text(encoding="utf-8") + "\nMine.\n", encoding="utf-8")
    before = page.read_bytes()
    target = refresh.find("Redox", tmp_path)
    refresh.write(target, NOW)
    assert page.read_bytes() == before
    assert target.facts.read_text(encoding="utf-8") == described.text(NOW)
    assert sorted(path.name for path in target.facts.parent.iterdir()) == ["redox.yaml"]
    told = "\n".join(refresh.lines(target, NOW))
    assert "another file than on 2026-12-01: sha256 abababababab… then, cdcdcdcdcdcd… now" in told
    assert "  HJ-001: fail -> pass\n" in told and "3 of " in told and "to use them" not in told


def test_the_same_file_is_said_to_be_the_same(tmp_path: Path) -> None:
    drafted(tmp_path, "Redox", BEFORE)
    told = "\n".join(refresh.lines(refresh.find("redox", tmp_path), BEFORE))
    assert "the same file as on 2026-12-01\n" in told and "  0 of " in told and "->" not in told


def test_the_same_file_may_be_judged_otherwise(tmp_path: Path) -> None:
    drafted(tmp_path, "Redox", BEFORE)
    told = "\n".join(refresh.lines(refresh.find("redox", tmp_path), replace(NOW, source=BEFORE.source)))
    assert "the same file as on 2026-12-01, but the checks, or files it refers to, are others" in told


def test_an_entry_that_was_an_opinion_is_told_how_to_use_its_facts(tmp_path: Path) -> None:
    page = entry(tmp_path, "engine")
    target = refresh.find("engine", tmp_path)
    refresh.write(target, NOW)
    assert target.facts == tmp_path / "facts" / "engine.yaml" and target.before is None
    assert f"add this line to the top of {page}: findings: engine" in refresh.lines(target, NOW)[-1]
    assert entries.one(page).facts is None
    assert entries.one(entry(tmp_path, "engine", findings="engine")).facts is not None


def test_facts_that_cannot_be_read_are_replaced_and_that_is_said(tmp_path: Path) -> None:
    page = drafted(tmp_path, "Redox", BEFORE)
    facts = described.path(tmp_path, "redox")
    facts.write_text(facts.read_text(encoding="utf-8").replace("HJ-004", "HJ-999"), encoding="utf-8")
    with pytest.raises(InputError, match="HJ-999 is no check of this kit; hjkit radar refresh reads the description"):
        entries.one(page)
    target = refresh.find("redox", tmp_path)
    refresh.write(target, NOW)
    assert "the facts that were there could not be read" in refresh.lines(target, NOW)[1]
    assert entries.one(page).facts is not None


def test_the_facts_of_the_kit_are_not_read_from_a_description(tmp_path: Path) -> None:
    entry(tmp_path, "engine", findings="healthjump")
    with pytest.raises(InputError, match=r"engine\.md: findings: is healthjump, whose facts come with the kit"):
        refresh.find("engine", tmp_path)


def test_an_entry_that_is_not_there_is_refused_with_a_guess(tmp_path: Path) -> None:
    drafted(tmp_path, "Redox", BEFORE)
    with pytest.raises(InputError, match=r"redx.md: is no entry; hjkit radar new drafts one.*did you mean redox\?"):
        refresh.find("Redx", tmp_path)


def test_a_folder_that_cannot_be_written_is_one_sentence(tmp_path: Path) -> None:
    entry(tmp_path, "engine")
    (tmp_path / "facts").write_text("no folder", encoding="utf-8")
    with pytest.raises(InputError, match="cannot be written"):
        refresh.write(refresh.find("engine", tmp_path), NOW)
