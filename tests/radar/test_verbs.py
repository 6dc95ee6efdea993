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

from . import descriptions
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


# --- a vendor by its own description ---


def test_new_from_a_description_writes_a_draft_that_check_takes(tmp_path: Path) -> None:
    source = descriptions.file(tmp_path)
    folder = tmp_path / "radar"
    folder.mkdir()
    done = run("new", "Muddle", "--from", f"openapi:{source}", "--folder", folder)
    assert done.exit_code == 0, done.output
    facts = folder / "facts" / "muddle.yaml"
    assert f"{facts}: " in done.output and "grade documented" in done.output and "unknown: " in done.output
    assert f"{folder / 'muddle.md'}: a draft" in done.output
    assert "2026-12-01" in facts.read_text(encoding="utf-8")
    checked = run("check", folder)
    assert checked.exit_code == 0 and checked.stderr == ""
    assert "Muddle: assess, new" in checked.output and "documented only, " in checked.output
    assert "nobody asked the API" in checked.output and "read on 2026-12-01, sha256 " in checked.output
    again = run("new", "Muddle", "--from", f"openapi:{source}", "--folder", folder)
    assert isinstance(again.exception, InputError) and "is left as it is" in str(again.exception)


def test_the_same_description_gives_the_same_files(tmp_path: Path) -> None:
    source = descriptions.file(tmp_path)
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        assert run("new", "Muddle", "--from", f"openapi:{source}", "--folder", tmp_path / name).exit_code == 0
    files = [[p.read_bytes() for p in sorted((tmp_path / name).rglob("*.*"))] for name in ("one", "two")]
    assert files[0] == files[1] and len(files[0]) == 2


def test_a_target_that_is_no_description_leaves_nothing_behind(tmp_path: Path) -> None:
    for target in ("contract", "https://engine.test/", str(ROOT / "fixtures" / "worlds" / "sandbox")):
        done = run("new", "Muddle", "--from", target, "--folder", tmp_path)
        assert isinstance(done.exception, InputError) and "valid: openapi:FILE" in str(done.exception)
    assert list(tmp_path.iterdir()) == []


def test_refresh_says_what_changed_and_check_follows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = descriptions.file(tmp_path)
    folder = tmp_path / "radar"
    folder.mkdir()
    run("new", "Muddle", "--from", f"openapi:{source}", "--folder", folder)
    page = (folder / "muddle.md").read_bytes()
    monkeypatch.setattr(verbs, "today", lambda: date(2027, 1, 2))
    same = run("refresh", "muddle", "--from", f"openapi:{source}", "--folder", folder)
    assert same.exit_code == 0 and "the same file as on 2026-12-01" in same.output and "  0 of " in same.output
    descriptions.file(tmp_path, descriptions.TIDY)
    done = run("refresh", "Muddle", "--from", f"openapi:{source}", "--folder", folder)
    assert "another file than on 2027-01-02" in done.output and "HJ-001: fail -> pass" in done.output
    assert (folder / "muddle.md").read_bytes() == page and done.stderr == ""
    assert "read on 2027-01-02" in run("check", folder).output


def test_a_ring_the_description_does_not_bear_is_told_by_refresh_and_by_check(tmp_path: Path) -> None:
    folder = tmp_path / "radar"
    folder.mkdir()
    entry(folder, "muddle", ring="trial", findings="muddle")
    source = descriptions.file(tmp_path)
    done = run("refresh", "muddle", "--from", f"openapi:{source}", "--folder", folder)
    wrong = f"{folder / 'muddle.md'}: ring is trial, but the facts put it in assess"
    assert done.exit_code == 0 and done.stderr.strip() == wrong
    checked = run("check", folder)
    assert checked.exit_code == 1 and checked.stderr.strip() == wrong


def test_facts_of_another_version_of_the_kit_are_said_to_be_so(tmp_path: Path) -> None:
    descriptions.drafted(tmp_path, "Redox", descriptions.small(HJ_001="fail"))
    assert "judged by the checks of kit 0.0.1; hjkit radar refresh judges by those of" in run("check", tmp_path).output


def test_refresh_needs_a_description() -> None:
    assert run("refresh", "healthjump").exit_code == 2
