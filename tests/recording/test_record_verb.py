"""``hjkit record`` from end to end: what is printed, what is written, what is refused."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from evaluation.recording import cassette, questions, sealing, session
from evaluation.recording.client import Client
from evaluation.recording.exchange import Request, Response
from evaluation.recording.scrub import Scrubber, ScrubFailure, check
from evaluation.recording.verbs_record import record
from mockserver import contract
from mockserver.errors import InputError
from mockserver.settings import Settings
from mockserver.testing import Healthjump, Server
from tests.recording import captures
from tests.recording.captures import LIVE, default_plan, files_below

SMALL = """\
plan: small
variables: {practice: SBOX02}
steps:
- {step: login.form, why: x, login: form, take: {token: token}}
- {step: elements.demographic, why: x, path: '/hjdw/{practice}/demographic'}
- {step: refusals.login-wrong, why: x, login: wrong}
"""


@pytest.fixture(autouse=True)
def _sealed_and_alone(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Sealing is for good, which a test run is not."""
    monkeypatch.setattr(sealing, "seal", lambda: None)
    for name in ("HJKIT_CASSETTES", "HJKIT_EMAIL", "HJKIT_PASSWORD", "HJKIT_SECRET_KEY", *LIVE):
        monkeypatch.delenv(name, raising=False)


def run(*arguments: object, **environ: str) -> Result:
    return CliRunner().invoke(record, [str(argument) for argument in arguments], env=environ)


@pytest.fixture
def small(tmp_path: Path) -> Path:
    path = tmp_path / "small.yaml"
    path.write_text(SMALL)
    return path


def test_a_capture_of_the_mock(mock: Server, tmp_path: Path) -> None:
    done = run("--base-url", mock.url, "--out", tmp_path / "out", "--wait-expiry")
    assert done.exit_code == 0, done.output
    found = cassette.read(tmp_path / "out")
    assert found.origin == "mock 0.1.0" and found.meta["quirks"] == "vendor" and not found.raises_grades
    assert len(found.exchanges) == 98 and "stopped" not in found.meta and found.meta["pending"] == 0
    areas = {path.stem for path in (tmp_path / "out").iterdir()}
    assert areas == {"browser", "elements", "filters", "login", "paging", "paths", "refusals", "spellings"}
    assert "says nothing about the vendor" in done.stdout
    numbers = [int(line[:3]) for line in done.stdout.splitlines() if line[:3].strip().isdigit()]
    assert numbers == list(range(1, 17))
    assert "  login.form                       200\n" in done.stderr and "98 answers in 8 files" in done.stderr
    assert check([tmp_path / "out"]) == []


def test_scrubbed_cassettes_answer_as_the_server_did(mock: Server, tmp_path: Path) -> None:
    raw = captures.capture(mock.url)
    done = run("--base-url", mock.url, "--out", tmp_path / "out", "--json")
    expected = [verdict.as_dict() for verdict in questions.answered(raw.exchanges, contract.load())]
    assert _without_headers(json.loads(done.stdout)["questions"]) == _without_headers(expected)


def _without_headers(verdicts: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Which headers may stay is the scrubber's business."""
    return [{**v, "lines": [line for line in v["lines"] if "headers" not in line]} for v in verdicts]


def test_what_the_contract_does_not_know_is_listed(mock: Server, small: Path, tmp_path: Path, monkeypatch: Any) -> None:
    original = Client.send

    def send(self: Client, request: Request) -> Response:
        response = original(self, request)
        return replace(response, body=response.body.replace(b'"dob":', b'"extra_one":"Canary7","dob":'))

    monkeypatch.setattr(Client, "send", send)
    done = run("--base-url", mock.url, "--plan", small, "--out", tmp_path / "out")
    assert done.exit_code == 0 and "1 unknown columns are in pending-rules.yaml" in done.stderr
    listed = (tmp_path / "out" / "pending-rules.yaml").read_text()
    assert "demographic.extra_one" in listed and "Canary7" not in listed
    assert '"extra_one"' in (tmp_path / "out" / "elements.yaml").read_text()


@pytest.mark.parametrize("status", [429, 503])
def test_an_unfinished_plan_is_written_and_said(status: int, mock: Server, tmp_path: Path) -> None:
    Healthjump(mock).fail_next(times=9, status=status, practice="SBOX02")
    done = run("--base-url", mock.url, "--out", tmp_path / "out")
    assert done.exit_code == 3 and "the plan was not finished: " in done.stderr
    stopped = cassette.read(tmp_path / "out").meta["stopped"]
    assert stopped.startswith("the server asked for fewer requests" if status == 429 else "3 answers in a row")


def test_a_dry_run_sends_and_reads_nothing(small: Path, tmp_path: Path) -> None:
    done = run("--base-url", "https://api.canary.example", "--out", tmp_path / "out", "--dry-run", **LIVE)
    head = "Plan default against https://api.canary.example: at most 118 requests, 0.5 s apart. Nothing is sent."
    assert done.exit_code == 0 and done.stdout.splitlines()[0] == head
    assert len(done.stdout.splitlines()) == len(default_plan().steps) + 1 and files_below(tmp_path) == [small]
    assert not any(value in done.output for value in LIVE.values())


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--base-url", "https://api.canary.example"), "--out"),
        (("--base-url", "https://api.canary.example", "--out", "OUT"), "--i-have-permission"),
        (("--base-url", "http://api.canary.example", "--out", "OUT"), "https only"),
        (("--base-url", "https://api.canary.example", "--out", "OUT", "--i-have-permission"), "HJKIT_LIVE_HOST"),
        (("--base-url", "http://127.0.0.1:1", "--out", "OUT", "--practice", "a/b"), "--practice"),
        (("--base-url", "http://127.0.0.1:1", "--out", "OUT", "--plan", "OUT"), "cannot be read"),
    ],
)
def test_what_cannot_be_is_refused_before_anything_is_sent(
    arguments: tuple[str, ...], said: str, tmp_path: Path
) -> None:
    done = run(*(tmp_path / "out" if a == "OUT" else a for a in arguments), **LIVE)
    assert isinstance(done.exception, InputError) and said in str(done.exception)
    assert not any(value in f"{done.output}{done.exception}" for value in LIVE.values())
    assert files_below(tmp_path) == []


def test_no_flag_takes_a_credential() -> None:
    flags = {option for parameter in record.params for option in parameter.opts}
    assert not any(word in flag for flag in flags for word in ("mail", "password", "key", "secret", "token"))


def test_without_out_the_folder_of_cassettes_is_used(mock: Server, small: Path, tmp_path: Path) -> None:
    done = run("--base-url", mock.url, "--plan", small, HJKIT_CASSETTES=str(tmp_path / "mine"))
    (folder,) = (tmp_path / "mine").iterdir()
    assert done.exit_code == 0 and len(folder.name) == 10 and len(files_below(folder)) == 3


@pytest.fixture
def live(monkeypatch: pytest.MonkeyPatch) -> Any:
    """The vendor as a person with credentials meets it: https, another host, no admin API; and what it was asked."""
    login = {key.removeprefix("HJKIT_LIVE_").lower(): value for key, value in LIVE.items() if "HOST" not in key}
    server = Server(Settings(world="sandbox", per_page=40, **login))
    base, asked = f"https://{LIVE['HJKIT_LIVE_HOST']}", list[Request]()

    class Forward:
        def __init__(self, target: Any) -> None:
            self.client = Client(session.target.parse(server.url))

        def send(self, request: Request) -> Response:
            asked.append(request)
            assert request.url.startswith(f"{base}/")
            response = self.client.send(replace(request, url=request.url.replace(base, server.url)))
            return replace(response, body=response.body.replace(server.url.encode(), base.encode()))

    monkeypatch.setattr(session, "Client", Forward)
    yield base, asked
    server.stop()


def test_a_live_capture_is_cut_labelled_and_holds_no_credential(live: Any, tmp_path: Path) -> None:
    base, asked = live
    done = run("--base-url", base, "--out", tmp_path / "out", "--i-have-permission", "--delay", "0", **LIVE)
    assert done.exit_code == 0, done.output
    found = cassette.read(tmp_path / "out")
    assert found.origin.startswith("live 2") and found.raises_grades and "quirks" not in found.meta
    assert found.meta["cut"]["elements.appointment"] == 40
    assert not any("__admin" in request.url for request in asked)
    written = b"".join(path.read_bytes() for path in files_below(tmp_path))
    for value in LIVE.values():
        assert value not in done.output.replace(LIVE["HJKIT_LIVE_HOST"], "") or value == LIVE["HJKIT_LIVE_HOST"]
        assert value.encode() not in written or value == LIVE["HJKIT_LIVE_HOST"]
    assert check([tmp_path / "out"]) == []


def test_a_live_capture_stays_out_of_repositories(live: Any, tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    done = run("--base-url", live[0], "--out", tmp_path / "out", "--i-have-permission", **LIVE)
    assert isinstance(done.exception, InputError) and "git work tree" in str(done.exception) and live[1] == []


def test_a_server_that_is_not_there_leaves_nothing(tmp_path: Path) -> None:
    done = run("--base-url", f"http://127.0.0.1:{captures.free_port()}", "--out", tmp_path / "out")
    assert done.exit_code == 1 and done.stdout == "" and files_below(tmp_path) == []
    said = "nothing was written: there was no answer: no answer from the server (ConnectionRefusedError) at login.form"
    assert said in done.stderr


def test_a_failing_scrubber_blocks_the_write(mock: Server, small: Path, tmp_path: Path, monkeypatch: Any) -> None:
    def fail(self: Scrubber, exchanges: Any) -> Any:
        raise ScrubFailure("scrubbing failed at elements.demographic; nothing of this recording was written")

    monkeypatch.setattr(Scrubber, "session", fail)
    done = run("--base-url", mock.url, "--plan", small, "--out", tmp_path / "out")
    assert done.exit_code == 1 and "nothing was written: scrubbing failed" in done.stderr
    assert files_below(tmp_path) == [small]


def test_a_defect_shows_its_place_and_no_value(mock: Server, small: Path, tmp_path: Path, monkeypatch: Any) -> None:
    def defect(self: Scrubber, exchanges: Any) -> Any:
        raise ValueError("Canary7 in a message")

    monkeypatch.setattr(Scrubber, "session", defect)
    done = run("--base-url", mock.url, "--plan", small, "--out", tmp_path / "out")
    assert done.exit_code == 1 and "ValueError at test_record_verb.py:" in done.stderr
    assert "Canary7" not in done.output and files_below(tmp_path) == [small]


def test_sealing_forbids_core_dumps() -> None:
    code = "from evaluation.recording import sealing; sealing.seal(); print(open('/proc/self/limits').read())"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)
    (line,) = (line for line in done.stdout.splitlines() if line.startswith("Max core file size"))
    assert line.split()[4:6] == ["0", "0"]
