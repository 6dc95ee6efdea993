"""``hjkit evaluate`` as somebody runs it: a real command, a real server, files that are there or not."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from evaluation import evaluating, verbs
from evaluation.findings.evaluate import Evaluation
from evaluation.findings.registry import checks_by_id
from mockserver.cli import cli
from mockserver.settings import Settings
from mockserver.testing import Server

ROOT = Path(__file__).parents[2]
CASSETTES = str(ROOT / "fixtures" / "cassettes" / "vendor")
MAIN = "from mockserver.cli import main; main()"
SANDBOX = str(ROOT / "fixtures" / "worlds" / "sandbox")


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
    """A process of its own, as a shell would start it."""
    here = {**os.environ, **environ}
    return subprocess.run(
        [sys.executable, "-c", MAIN, "evaluate", *arguments], cwd=ROOT, env=here, capture_output=True, text=True
    )


@pytest.mark.parametrize("target", ["contract", "contract:none", CASSETTES, SANDBOX])
def test_targets_without_a_server(target: str) -> None:
    told = json.loads(run(target, "--format", "json").stdout)
    assert [r["id"] for r in sorted(told["results"], key=lambda r: r["id"])] == list(checks_by_id())
    assert told["complete"] and told["claims"] and told["scorecard"]["ring"]


def test_the_mock_over_http(mock: str) -> None:
    told = json.loads(run(mock, "--format", "json").stdout)
    verdicts = {result["id"]: result["verdict"] for result in told["results"]}
    assert told["origin"] == "mock" and verdicts["HJ-001"] == "fail"
    shown = [result["exchange"] for result in told["results"] if "exchange" in result]
    assert shown and all(exchange["request"].startswith(("GET /", "POST /")) for exchange in shown)


@pytest.mark.parametrize("format_", verbs.FORMATS)
def test_twice_gives_the_same_bytes_in_every_format(mock: str, format_: str) -> None:
    assert run(mock, "--format", format_).stdout == run(mock, "--format", format_).stdout


def test_claims_are_found_on_the_vendors_contract_and_pass_on_the_clean_one() -> None:
    ours = ["HJ-001", "HJ-002", "HJ-003", "HJ-004", "HJ-005", "HJ-006", "HJ-007", "HJ-008"]
    for target, verdict in (("contract", "fail"), ("contract:none", "pass")):
        told = json.loads(run(target, "--format", "json", "--only", ",".join(ours)).stdout)
        assert {result["id"]: result["verdict"] for result in told["results"]} == dict.fromkeys(ours, verdict)


def test_claims_of_the_radar_entry_are_about_one_vendor_only(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the entry says of Healthjump is nothing to find in an API of somebody else."""
    judged = evaluating.evaluated

    def stranger(*given: Any) -> Evaluation:
        run_ = judged(*given)
        return replace(run_, api=replace(run_.api, vendor=""))

    assert "CLAIMS OF THE RADAR ENTRY" in run("contract").stdout
    monkeypatch.setattr(evaluating, "evaluated", stranger)
    assert "CLAIMS" not in run("contract").stdout


def test_html_is_one_page_that_asks_for_nothing(mock: str) -> None:
    page = run(mock, "--format", "html").stdout
    assert page.startswith("<!DOCTYPE html>") and page.rstrip().endswith("</html>")
    assert "default-src &#x27;none&#x27;" in page
    assert not re.search(r"<(script|link|img|iframe)\b|url\(http|@import", page)
    assert all(f'id="{id_}"' in page for id_ in ("HJ-001", "HJ-004"))


def test_against_tells_the_difference(mock: str) -> None:
    told = json.loads(run("contract", "--against", "contract:none", "--format", "json").stdout)
    assert {"HJ-001", "HJ-008"} <= {difference["id"] for difference in told["against"]["differences"]}
    assert run("contract", "--against", mock).stdout.count("AGAINST") == 1


@pytest.mark.parametrize(("bound", "code"), [("never", 0), ("high", 1), ("medium", 1), ("low", 1)])
def test_fail_on(bound: str, code: int) -> None:
    run("contract", "--fail-on", bound, code=code)


def test_fail_on_looks_at_the_severity() -> None:
    run("contract", "--only", "HJ-005", "--fail-on", "medium")
    run("contract", "--only", "HJ-005", "--fail-on", "low", code=1)


def test_an_accepted_finding_does_not_fail(tmp_path: Path) -> None:
    baseline = tmp_path / "accepted.yaml"
    baseline.write_text("accepted:\n  - {check: HJ-005, reason: one mapping covers both words}\n")
    done = run("contract", "--only", "HJ-005", "--fail-on", "low", "--baseline", str(baseline))
    assert "one mapping covers both words" in done.stdout


def test_a_file_is_written_whole_and_without_colours(tmp_path: Path) -> None:
    out = tmp_path / "deep" / "report.txt"
    assert run("contract", "--out", str(out)).stdout == ""
    assert "HJ-001" in out.read_text() and "\x1b" not in out.read_text()


def test_a_ring_with_the_readers_own_criteria_is_shown_at_once(tmp_path: Path) -> None:
    import evaluation.radar

    text = (Path(evaluation.radar.__file__).parent / "criteria.yaml").read_text()
    own = tmp_path / "criteria.yaml"
    own.write_text(text)
    ours, theirs = (
        json.loads(run("contract", "--format", "json", *extra).stdout) for extra in ((), ("--criteria", str(own)))
    )
    assert ours["scorecard"] == theirs["scorecard"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("contracts",), "contract"),
        (("no/such/folder",), "a folder of cassettes"),
        (("contract:nine",), "none"),
        (("contract", "--only", "HJ-1"), "HJ-001"),
        (("contract", "--baseline", "missing.yaml"), "missing.yaml"),
        (("contract", "--severity", "missing.yaml"), "missing.yaml"),
        (("contract", "--criteria", "missing.yaml"), "missing.yaml"),
        (("http://127.0.0.1:9",), "127.0.0.1:9"),
        (("http://api.example.invalid",), "https"),
        (("https://api.example.invalid",), "--i-have-permission"),
        (("http://user:secret@127.0.0.1:9",), "login"),
    ],
)
def test_input_that_cannot_be_taken_is_one_sentence(arguments: tuple[str, ...], said: str) -> None:
    done = command(*arguments)
    assert done.returncode == 2 and done.stdout == ""
    assert len(done.stderr.strip().splitlines()) == 1 and said in done.stderr and "secret" not in done.stderr


def test_a_wrong_login_is_one_sentence_without_the_login(mock: str) -> None:
    done = command(mock, HJKIT_EMAIL="somebody@else.test", HJKIT_PASSWORD="CANARYPASSWORD")
    assert done.returncode == 2 and done.stdout == "" and len(done.stderr.strip().splitlines()) == 1
    assert "CANARY" not in done.stderr and "somebody" not in done.stderr


def test_an_unforeseen_error_tells_its_place_and_no_value(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("CANARYVALUE")

    monkeypatch.setattr(evaluating, "evaluated", broken)
    done = CliRunner().invoke(cli, ["evaluate", "contract"])
    assert done.exit_code != 0 and "CANARYVALUE" not in f"{done.output} {done.exception}"
    assert "RuntimeError" in str(done.exception)


def test_colours_are_for_terminals_only() -> None:
    assert "\x1b" not in command("contract").stdout
