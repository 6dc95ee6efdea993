"""Mistakes that were found by breaking things on purpose, each of which must stay mended."""

from __future__ import annotations

import gzip
import json
import os
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from evaluation.findings import baseline, catalogue, evaluate
from evaluation.findings.adapters import open_target
from evaluation.findings.output.facts import name, printable
from evaluation.findings.workarounds.dates import as_instant
from evaluation.recording import client
from evaluation.recording.cassette import write_text
from mockserver.cli import cli
from mockserver.errors import InputError

from .made import AMBIGUOUS, api, resource

ROWS = json.dumps([{"patient_id": 1, "name": "x"}])
SEVERITY = Path(catalogue.__file__).with_name("severity.yaml").read_text(encoding="utf-8")


def run(*arguments: str, code: int = 0) -> Result:
    done = CliRunner().invoke(cli, ["evaluate", *arguments])
    assert done.exit_code == code, (done.output, done.exception)
    return done


def refused(*arguments: str) -> str:
    return str(run(*arguments, code=1).exception)


def test_a_folder_with_a_pipe_a_folder_and_a_loop_called_yaml_is_read(tmp_path: Path) -> None:
    (tmp_path / "visit.json").write_text(ROWS)
    os.mkfifo(tmp_path / "pipe.yaml")
    (tmp_path / "folder.yaml").mkdir()
    (tmp_path / "loop.yml").symlink_to("loop.yml")
    assert [r.name for r in open_target(str(tmp_path)).resources] == ["visit"]


def test_a_name_no_file_can_have_is_no_target() -> None:
    with pytest.raises(InputError, match="no target that exists"):
        open_target("a" * 5000)


def test_a_long_number_in_a_files_name_is_not_shown(tmp_path: Path) -> None:
    (tmp_path / "Doe 19800101.json").write_text(ROWS)
    assert [r.name for r in open_target(str(tmp_path)).resources] == ["resource 1"]


def test_a_folders_name_moves_no_cursor_and_breaks_no_xml(tmp_path: Path) -> None:
    odd = tmp_path / "a\x1b[31m\nb"
    odd.mkdir()
    (odd / "visit.json").write_text(ROWS)
    shown = run(str(odd), "--format", "junit").stdout
    assert "a?[31m?b" in shown and "\x1b" not in shown
    assert printable("\udcff\u202e") == "??"


def test_elements_of_uscdi_are_named() -> None:
    assert name("Middle Name (Including middle initial)") == "Middle Name (Including middle initial)"
    assert name("<script>") == "(a name that is not shown)"


def test_columns_whose_names_are_not_shown_are_no_numbered_list() -> None:
    rows = [{"a@b": "x", "c@d": "x", "e@f": "x", "visit_id": 1}]
    assert evaluate.run(api(resource("visit", rows)), only=["HJ-016"]).results[0].outcome.verdict == "pass"


def test_a_baseline_says_which_place_it_names_in_vain(tmp_path: Path) -> None:
    path = tmp_path / "accepted.yaml"
    path.write_text("accepted:\n  - {check: HJ-001, at: [no.where], reason: x}\n  - {check: HJ-040, reason: y}\n")
    _, notes = baseline.read(path).apply(evaluate.run(api(resource("visit", AMBIGUOUS))))
    assert [note.partition(": ")[2] for note in notes] == [
        "HJ-001 is accepted at no.where but was not found there",
        "HJ-040 is accepted but was not decided",
    ]


def test_fail_on_a_level_the_file_does_not_have_is_refused(tmp_path: Path) -> None:
    (tmp_path / "s.yaml").write_text(SEVERITY.replace("high", "worst"))
    assert "no level of" in refused("contract", "--severity", str(tmp_path / "s.yaml"), "--fail-on", "high")


def test_a_rule_of_severity_without_a_consequence_is_refused(tmp_path: Path) -> None:
    (tmp_path / "s.yaml").write_text("\n".join(x for x in SEVERITY.splitlines() if "effort" not in x))
    with pytest.raises(InputError, match="effort is missing"):
        catalogue.severities(tmp_path / "s.yaml")


@pytest.mark.parametrize("text", ["a: 2026-13-45", "[" * 5000], ids=["no such day", "deep"])
@pytest.mark.parametrize("option", ["--severity", "--baseline", "--criteria"])
def test_yaml_that_cannot_be_read_is_told_in_a_sentence(tmp_path: Path, option: str, text: str) -> None:
    (tmp_path / "x.yaml").write_text(text)
    assert "is not YAML" in refused("contract", option, str(tmp_path / "x.yaml"))


@pytest.mark.parametrize(
    "options", [("--only", ","), ("--against", ""), ("--timeout", "nan"), ("--budget", "nan")], ids=" ".join
)
def test_options_that_say_nothing_are_refused(options: tuple[str, ...]) -> None:
    assert refused("contract", *options)


def test_what_the_other_target_lacks_is_told(tmp_path: Path) -> None:
    (tmp_path / "visit.json").write_text(ROWS)
    (tmp_path / "claim.json").write_text("{")
    for shape in ("terminal", "md"):
        assert "claim.json is not JSON" in run("contract", "--against", str(tmp_path), "--format", shape, code=3).stdout


def test_an_answer_unpacks_to_no_more_than_is_read() -> None:
    assert client._unpacked(gzip.compress(b"a") + gzip.compress(b"b"), 31) == b"ab"
    with pytest.raises(ValueError, match="too long"):
        client._unpacked(gzip.compress(b"\0" * (client.LARGEST + 1)), 31)
    with pytest.raises(EOFError):
        client._unpacked(gzip.compress(b"abc" * 99)[:-9], 31)


def test_what_is_no_ordinary_file_is_written_to_and_stays(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    reading = os.open(tmp_path / "pipe", os.O_RDONLY | os.O_NONBLOCK)
    write_text(tmp_path / "pipe", "told")
    assert os.read(reading, 10) == b"told" and (tmp_path / "pipe").is_fifo()
    os.close(reading)


def test_a_fraction_of_any_width_is_read() -> None:
    from datetime import UTC

    found = as_instant("2021-11-15 08:00:00.123456789012", UTC)
    assert found is not None and found.microsecond == 123456


@pytest.mark.parametrize("left", ["visit.json.gz", "more.parquet", "a/b/deep.json"])
def test_files_that_are_left_out_are_told_and_nothing_passes_for_all_rows(tmp_path: Path, left: str) -> None:
    (tmp_path / "visit.json").write_text(ROWS)
    file = tmp_path / left
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(gzip.compress(ROWS.encode()))
    found = open_target(str(tmp_path))
    assert len(found.partial) == 1 and "1 of its files" in found.partial[0] and "all rows" not in found.inputs
