"""``hjkit radar`` from the outside: exit codes, what is said, what is written."""

from __future__ import annotations

import json
from datetime import date
from importlib.resources import files
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result

from evaluation.radar import verbs
from mockserver.errors import InputError

from .files import entry, revision

ROOT = Path(__file__).parents[2]
OWN = ROOT / "docs" / "radar"


@pytest.fixture(autouse=True)
def day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verbs, "today", lambda: date(2026, 12, 1))


def run(*words: object) -> Result:
    return CliRunner().invoke(verbs.radar, [str(word) for word in words])


def test_the_project_s_radar_is_right(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    done = run("check")
    assert done.exit_code == 0 and done.stderr == ""
    assert done.output == run("check", OWN).output == run("check", OWN / "healthjump.md").output
    assert "Healthjump: assess, no change" in done.output and "what would move it to trial" in done.output


def test_a_ring_the_facts_do_not_bear_ends_with_1(tmp_path: Path) -> None:
    entry(tmp_path, ring="trial", findings="healthjump")
    done = run("check", tmp_path)
    assert done.exit_code == 1
    assert done.stderr.strip() == f"{tmp_path / 'engine.md'}: ring is trial, but the facts put it in assess"


def test_caution_is_the_ring_the_facts_call_hold(tmp_path: Path) -> None:
    entry(tmp_path, ring="caution", findings="healthjump")
    assert "ring is hold, but the facts put it in assess" in run("check", tmp_path).stderr


def test_an_entry_without_facts_is_an_opinion_and_no_error(tmp_path: Path) -> None:
    entry(tmp_path, ring="adopt")
    done = run("check", tmp_path)
    assert done.exit_code == 0 and "an opinion; no facts are named" in done.output


def test_every_wrong_file_is_told_and_the_others_are_still_judged(tmp_path: Path) -> None:
    entry(tmp_path, "bad", ring="asess", quadrant="tool")
    entry(tmp_path, "good")
    done = run("check", tmp_path)
    assert done.exit_code == 1 and "bad.md: 2 wrong" in done.output and "Some Engine: assess" in done.output
    assert done.stderr.count("did you mean") == 2 and len(done.stderr.splitlines()) == 2


def test_a_move_without_a_revision_is_told(tmp_path: Path) -> None:
    entry(tmp_path, ring="trial")
    revision(tmp_path, 1, "2025-01-01", "assess")
    assert "a move needs a revision" in run("check", tmp_path).stderr


def test_a_review_that_is_due_is_said_and_is_no_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    entry(tmp_path, review_by=date(2026, 12, 2))
    assert "stale" not in run("check", tmp_path).output
    monkeypatch.setattr(verbs, "today", lambda: date(2026, 12, 2))
    done = run("check", tmp_path)
    assert done.exit_code == 0 and "stale: its review was due on 2026-12-02" in done.output


def test_a_reader_s_criteria_show_the_ring_that_follows(tmp_path: Path) -> None:
    data = yaml.safe_load((files("evaluation.radar") / "criteria.yaml").read_text(encoding="utf-8"))
    data["rings"]["assess"]["score"] = 90
    mine = tmp_path / "mine.yaml"
    mine.write_text(yaml.safe_dump(data, sort_keys=False), encoding="utf-8")
    done = run("check", OWN, "--criteria", mine)
    assert done.exit_code == 1 and "ring by the facts: hold" in done.output
    assert "ring is assess, but the facts put it in hold" in done.stderr


def test_what_cannot_be_judged_is_one_error(tmp_path: Path) -> None:
    for words in (["check", tmp_path], ["check", tmp_path / "none.md"], ["check", OWN, "--criteria", tmp_path / "x"]):
        done = run(*words)
        assert isinstance(done.exception, InputError) or done.exit_code in (1, 2)
        assert done.output.count("\n") <= 2


def test_a_mistyped_vendor_is_not_taken_for_one_without_faults(tmp_path: Path) -> None:
    path = entry(tmp_path, findings="healthjmp")
    done = run("check", tmp_path)
    assert done.exit_code == 1 and done.stderr.strip() == (
        f"{path}: findings: is healthjmp, of whom nothing is written; valid: healthjump; did you mean healthjump?"
    )


def test_new_writes_a_draft_that_check_takes(tmp_path: Path) -> None:
    done = run("new", "Redox", "--folder", tmp_path)
    assert done.exit_code == 0 and str(tmp_path / "redox.md") in done.output
    assert run("check", tmp_path).exit_code == 0
    assert isinstance(run("new", "Redox", "--folder", tmp_path).exception, InputError)


def test_export_prints_or_writes_the_same(tmp_path: Path) -> None:
    for shape in verbs.SHAPES:
        out = tmp_path / f"{shape}.txt"
        printed = run("export", "--format", shape, "--folder", OWN)
        written = run("export", "--format", shape, "--folder", OWN, "--out", out)
        assert printed.exit_code == written.exit_code == 0
        assert out.read_text(encoding="utf-8") == printed.stdout and written.stdout == ""


def test_export_says_which_quadrants_build_your_own_radar_lacks() -> None:
    assert "no entry in: Languages & Frameworks" in run("export", "--format", "byor-csv", "--folder", OWN).stderr
    assert run("export", "--format", "zalando", "--folder", OWN).stderr == ""


def test_a_public_export_of_the_project_s_radar_names_no_project() -> None:
    for shape in verbs.SHAPES:
        done = run("export", "--format", shape, "--public", "--folder", OWN)
        assert done.exit_code == 0 and "chamber" not in done.output
    assert "chamber-cardio" in run("export", "--format", "backstage", "--folder", OWN).output


def test_the_shapes_are_those_that_can_be_exported() -> None:
    from evaluation.radar import exports

    assert tuple(exports.FORMATS) == verbs.SHAPES
    assert json.loads(run("export", "--format", "byor-json", "--folder", OWN).stdout)[0]["name"] == "Healthjump"
