"""``hjkit evaluate A B C`` as somebody runs it: real targets, refusals in one sentence, the same bytes every time."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from evaluation.report import comparison_rules
from evaluation.side_by_side import FORMATS
from mockserver.cli import cli
from mockserver.settings import Settings
from mockserver.testing import Server

ROOT = Path(__file__).parents[2]
CASSETTES = str(ROOT / "fixtures" / "cassettes" / "vendor")
SANDBOX = str(ROOT / "fixtures" / "worlds" / "sandbox")
MAIN = "from mockserver.cli import main; main()"


@pytest.fixture(scope="module")
def mock() -> Iterator[str]:
    server = Server(Settings(world="sandbox"))
    yield server.url
    server.stop()


def run(*arguments: str, code: int = 0) -> Result:
    done = CliRunner().invoke(cli, ["evaluate", *arguments])
    assert done.exit_code == code, (done.output, done.exception)
    return done


def command(*arguments: str, **environ: str) -> subprocess.CompletedProcess[str]:
    here = {**os.environ, **environ}
    return subprocess.run(
        [sys.executable, "-c", MAIN, "evaluate", *arguments], cwd=ROOT, env=here, capture_output=True, text=True
    )


@pytest.fixture(scope="module")
def four(mock: str) -> str:
    return run("contract", CASSETTES, SANDBOX, mock, "--format", "json").stdout


def test_four_kinds_of_target_side_by_side(four: str) -> None:
    told = json.loads(four)
    assert [t["letter"] for t in told["targets"]] == ["A", "B", "C", "D"]
    assert [t["origin"] for t in told["targets"]] == ["contract", "recording", "folder", "mock"]
    assert told["verdict"][0].startswith("On what was looked at, A has ")


def test_each_is_judged_as_it_is_alone(four: str) -> None:
    told, alone = json.loads(four), json.loads(run(CASSETTES, "--format", "json").stdout)
    verdicts = {result["id"]: result["verdict"] for result in alone["results"]}
    for check in told["checks"]:
        assert check["of"]["B"]["verdict"] == verdicts[check["id"]]
    assert told["targets"][1]["counts"] == alone["counts"]
    assert told["targets"][1]["scorecard"]["score"] == alone["scorecard"]["score"]


def test_our_contract_and_our_mock_are_one_vendor(four: str) -> None:
    assert any("taken for one vendor (healthjump), not 4" in text for text in json.loads(four)["verdict"])


@pytest.mark.parametrize("format_", FORMATS)
def test_every_format_says_the_same(format_: str) -> None:
    text = " ".join(run("contract", "contract:none", "--format", format_).stdout.split())
    for said in ("the contract (vendor)", "the contract (none)", "HJ-001", "A has 4 findings of high severity and B 1"):
        assert said in text


@pytest.mark.parametrize("format_", FORMATS)
def test_the_same_bytes_whatever_the_seed_of_hashes(format_: str) -> None:
    found = [command("contract", SANDBOX, "--format", format_, PYTHONHASHSEED=seed).stdout for seed in ("0", "4711")]
    assert found[0] and found[0] == found[1]


def test_no_place_of_this_machine_is_told() -> None:
    for format_ in FORMATS:
        assert str(ROOT) not in run(CASSETTES, SANDBOX, "--format", format_).stdout


def test_a_file_is_written_and_options_apply_to_all(tmp_path: Path) -> None:
    out = tmp_path / "deep" / "side.json"
    assert run("contract", "contract:none", "--only", "HJ-001", "--format", "json", "--out", str(out)).stdout == ""
    told = json.loads(out.read_text())
    assert [check["id"] for check in told["checks"]] == ["HJ-001"] and told["criteria"] == []


def test_fail_on_looks_at_all_of_them() -> None:
    run("contract:none", "contract", "--only", "HJ-001", "--fail-on", "high", code=1)
    run("contract:none", SANDBOX, "--only", "HJ-012", "--fail-on", "low", code=0)


def test_what_could_not_be_read_of_one_is_code_3(tmp_path: Path) -> None:
    rows = tmp_path / "rows"
    rows.mkdir()
    (rows / "visit.json").write_text('[{"visit_id": 1}]')
    (rows / "lab.json").write_text("[{")
    assert "Not everything could be read of B." in " ".join(run("contract", str(rows), code=3).stdout.split())


def test_options_of_servers_apply_to_servers(mock: str, four: str) -> None:
    told = json.loads(run("contract", mock, "--practice", "SBOX02", "--limit", "9", "--format", "json").stdout)
    assert told["targets"][0]["counts"] == json.loads(four)["targets"][0]["counts"]
    none = run("contract", mock, "--practice", "NOWHERE", code=3).stdout
    assert "Not everything could be read of B." in none


def test_one_target_is_as_it_was() -> None:
    told = json.loads(run("contract", "--format", "json").stdout)
    assert "results" in told and "targets" not in told


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "TARGET"),
        (("contract", "no/such/folder"), "target 2 of 2: is no target that exists"),
        (("contract", "contract:none", "http://127.0.0.1:9"), "target 3 of 3, http://127.0.0.1:9"),
        (("contract", "http://user:secret@127.0.0.1:9"), "target 2 of 2"),
        (("contract", "contract:none", "--against", CASSETTES), "hjkit evaluate A B C"),
        (("contract", "contract:none", "--format", "junit"), "several need another format"),
        (("contract", "contract:none", "--format", "sarif"), "valid: terminal, json, md, html"),
        (("contract", "contract:none", "--baseline", "accepted.yaml"), "--baseline"),
        (("contract", "contract:none", "contract"), "target 3 of 3: is the same as target 1"),
        (("contract", "contract:vendor"), "is the same as target 1"),
        ((SANDBOX, SANDBOX + "/../sandbox/"), "is the same as target 1"),
        (("contract", "contract:none", "--practice", "X"), "only mean something for a server"),
        (("contract", "contract:none", "--only", "HJ-1"), "--only: no check"),
        (("contract", "contract:none", "--criteria", "missing.yaml"), "missing.yaml"),
        (tuple(f"contract:none,+Q{n:02}" for n in range(20)), "too many"),
    ],
)
def test_what_cannot_be_taken_is_one_sentence(arguments: tuple[str, ...], said: str) -> None:
    done = command(*arguments)
    assert done.returncode == 2 and done.stdout == ""
    assert said in done.stderr and "secret" not in done.stderr and "Traceback" not in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1 or not arguments


def test_two_spellings_of_one_file_are_one_target(tmp_path: Path) -> None:
    file = tmp_path / "api.yaml"
    file.write_text("openapi: 3.0.3\ninfo: {title: x, version: '1'}\npaths: {}\n")
    done = command(f"openapi:{file}", str(file))
    assert done.returncode == 2 and "is the same as target 1" in done.stderr


def test_as_many_as_the_rules_allow(tmp_path: Path) -> None:
    most = comparison_rules.load().most
    folders = [tmp_path / f"rows{n}" for n in range(most)]
    for folder in folders:
        folder.mkdir()
        (folder / "provider.json").write_text('[{"provider_id": "1"}]')
    told = json.loads(run(*map(str, folders), "--format", "json").stdout)
    assert len(told["targets"]) == most and told["targets"][-1]["letter"] == "ABCDEFGHIJKLMNOPQRSTUVWXYZ"[most - 1]
