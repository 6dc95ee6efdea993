"""No value of a row, a token, a login or an answer leaves ``hjkit evaluate`` in a format, log, warning or traceback."""

from __future__ import annotations

import logging
import os
import re
import subprocess
import sys
import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from evaluation.findings import evaluate as running
from evaluation.findings.adapters import open_target
from evaluation.findings.model import Api, Input, Origin
from evaluation.findings.outcome import Outcome
from evaluation.findings.registry import Check
from evaluation.side_by_side import FORMATS as SEVERAL
from evaluation.verbs import FORMATS, evaluate
from mockserver.settings import Settings
from mockserver.testing import Server
from mockserver.web.logins import DEFAULT
from tests.findings import canaries
from tests.findings.adapters.servers import fronted
from tests.findings.canaries import Aviaries
from tests.recording.scrub.aviary_server import serving

SOURCES = ("server", "cassette", "live cassette", "folder")
LOGIN = (DEFAULT.email, DEFAULT.password, DEFAULT.secret_key)
JWT = re.compile(r"eyJ[\w-]*\.|[\w-]{40,}\.[\w-]{40,}")
VERBOSE = "import logging; logging.basicConfig(level=logging.DEBUG); from mockserver.cli import main; main()"


@pytest.fixture(scope="module")
def made() -> Aviaries:
    return canaries.built()


@pytest.fixture(scope="module", params=SOURCES)
def target(request: pytest.FixtureRequest, made: Aviaries, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The aviary as each kind of source that is not our own mock."""
    folder = tmp_path_factory.mktemp("source")
    if request.param == "server":
        with canaries.server(made) as url:
            yield url
    elif request.param == "folder":
        yield str(canaries.files(made, folder))
    else:
        origin = "live 2026-01-31" if request.param == "live cassette" else "loopback 2026-01-31"
        yield str(canaries.cassette(made, folder, origin))


def run(*arguments: str) -> Result:
    """The verb with every log record in its output, and every warning."""
    with warnings.catch_warnings(record=True) as warned:
        warnings.simplefilter("always")
        result = CliRunner().invoke(evaluate, list(arguments), env={"HJKIT_EMAIL": None})
    assert not [str(one.message) for one in warned]
    return result


def assert_silent(text: str, made: Aviaries) -> None:
    """No canary in it, in any letter case."""
    low = text.lower()
    leaked = sorted({what for bird, what in made.birds.items() if bird.lower() in low})
    assert not leaked, leaked
    assert not any(secret in text for secret in LOGIN) and not JWT.search(text)


def said(result: Result) -> str:
    """Everything a run said: output of both kinds and what it ended with."""
    ended = result.exception
    return f"{result.output}\n{result.stderr}\n{'' if isinstance(ended, SystemExit) else repr(ended)}"


def test_the_aviary_is_read_and_checks_find_something_in_it(target: str, made: Aviaries) -> None:
    """Else nothing of what follows would mean anything."""
    evaluation = running.run(open_target(target, environ={}))
    failed = [result.id for result in evaluation.results if result.failed]
    assert len(failed) >= 8 and Input.rows in evaluation.api.inputs
    assert evaluation.api.origin is not Origin.mock and evaluation.api.asked == {}
    assert evaluation.defects == ()


def test_the_rows_in_memory_are_the_canaries(target: str, made: Aviaries) -> None:
    api = open_target(target, environ={})
    held = "\n".join(str(cell) for r in api.resources for t in r.tables for c in t.columns.values() for cell in c)
    assert sum(bird in held for bird in made.birds) > 200


@pytest.mark.parametrize("format_", FORMATS)
def test_no_format_shows_a_canary(
    format_: str, target: str, made: Aviaries, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    result = run(target, "--format", format_)
    assert result.exit_code in (0, 3) and "HJ-0" in result.output
    assert_silent(said(result) + caplog.text + "".join(capfd.readouterr()), made)


@pytest.mark.parametrize("format_", SEVERAL)
def test_side_by_side_shows_none(
    format_: str, target: str, made: Aviaries, caplog: pytest.LogCaptureFixture, tmp_path: Path
) -> None:
    caplog.set_level(logging.DEBUG)
    result = run("contract", target, "contract:none", "--format", format_)
    assert result.exit_code in (0, 3) and "HJ-0" in result.output
    assert_silent(said(result) + caplog.text, made)
    birds = sorted(bird for bird in made.birds if bird.isalnum())[:3]
    missing = [str(tmp_path / bird) for bird in birds]
    refused = run(target, *missing, "--format", format_)
    assert refused.exit_code != 0 and "target 2 of" in said(refused)
    assert_silent(said(refused), made)


@pytest.mark.parametrize("format_", ["json", "md", "html"])
def test_comparing_shows_none_either(format_: str, target: str, made: Aviaries, tmp_path: Path) -> None:
    out = tmp_path / "report"
    result = run(target, "--against", "contract", "--format", format_, "--out", str(out))
    assert_silent(said(result) + out.read_text(encoding="utf-8"), made)
    assert_silent(said(run("contract", "--against", target, "--format", format_)), made)


def test_a_whole_process_shows_none(target: str, made: Aviaries) -> None:
    """With every log record and warning on stderr."""
    environ = {**{k: v for k, v in os.environ.items() if not k.startswith("HJKIT_")}, "PYTHONWARNINGS": "default"}
    command = [sys.executable, "-X", "dev", "-c", VERBOSE, "evaluate", target]
    ended = subprocess.run(command, capture_output=True, text=True, env=environ, timeout=120)
    assert ended.returncode in (0, 3), ended.stderr[-300:]
    assert_silent(ended.stdout + ended.stderr, made)


def quoting(api: Api) -> Outcome:
    """A check that breaks on a value and quotes it, as ``int("...")`` or a parser does."""
    cells = [c for r in api.resources for t in r.tables for column in t.columns.values() for c in column if c]
    logging.getLogger("a check").debug("looking at %s cells", len(cells))
    raise ValueError(f"cannot read {cells}")


def dividing(api: Api) -> Outcome:
    cells = {str(c): 1 for r in api.resources for t in r.tables for column in t.columns.values() for c in column}
    raise KeyError(cells)


@pytest.mark.parametrize("format_", FORMATS)
def test_a_check_that_breaks_shows_none(
    format_: str, target: str, made: Aviaries, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = dict(running.checks_by_id())
    injected = {"HJ-010": Check("HJ-010", (), quoting), "HJ-024": Check("HJ-024", (Input.rows,), dividing)}
    monkeypatch.setattr(running, "checks_by_id", lambda: {**whole, **injected})
    result = run(target, "--format", format_)
    assert result.exit_code == 3 and "a defect of the check HJ-010 (ValueError)" in " ".join(result.output.split())
    assert "a defect of the check HJ-024 (KeyError)" in " ".join(result.output.split())
    assert_silent(said(result), made)


@pytest.mark.parametrize("place", ["fields.fields", "fields.Gatherer.add", "token.structure"])
def test_a_reader_that_breaks_shows_none(
    place: str, made: Aviaries, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """A defect where rows and tokens are read ends in its kind and its place."""

    def broken(*values: object, **_: object) -> None:
        raise ValueError(f"cannot read {values} {[vars(v) for v in values if hasattr(v, '__dict__')]}")

    caplog.set_level(logging.DEBUG)
    monkeypatch.setattr(f"evaluation.findings.adapters.{place}", broken)
    with canaries.server(made) as url:
        result = run(url)
    assert result.exit_code != 0 and "a defect of this program, ValueError at test_canary.py" in said(result)
    assert_silent(said(result) + caplog.text, made)


@pytest.mark.parametrize("options", [("--only", "HJ-9"), ("--timeout", "0"), ("--format", "x"), ("--practice", "a/b")])
def test_bad_options_show_none(options: tuple[str, ...], target: str, made: Aviaries) -> None:
    result = run(target, *options)
    assert result.exit_code != 0
    assert_silent(said(result), made)


def test_a_login_that_fails_shows_nothing_of_its_answer(made: Aviaries) -> None:
    refused = {"/authenticate": canaries.refusal(made, 401)}
    with serving(refused, zipped=True) as url:
        result = run(url)
    assert result.exit_code != 0 and "the login was refused (401)" in str(result.exception)
    assert_silent(said(result), made)


# --- our own mock: exchanges may be shown, logins and tokens never ---


@pytest.fixture(scope="module")
def mock() -> Iterator[Server]:
    server = Server(Settings(quirks="vendor+feed", practice="SBOX02"))
    yield server
    server.stop()


@pytest.mark.parametrize("format_", FORMATS)
def test_our_mock_never_shows_a_login_or_a_token(format_: str, mock: Server, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    result = run(mock.url, "--format", format_)
    text = said(result) + caplog.text
    assert result.exit_code == 0 and not any(secret in text for secret in LOGIN) and not JWT.search(text)


def test_our_mock_shows_the_exchange(mock: Server) -> None:
    text = run(mock.url, "--format", "json").output
    assert "GET /hjdw/SBOX02/" in text and "Authorization: Bearer ***" in text


@pytest.mark.parametrize("format_", FORMATS)
def test_the_same_rows_from_another_server_are_not_shown(format_: str, mock: Server) -> None:
    """Every value with a digit in it that is long enough to tell anything, of a whole sandbox with feed dirt."""
    with fronted(mock) as (url, _):
        api = open_target(url, environ={})
        text = run(url, "--format", format_).output
    plain = run("contract", "--format", format_).output
    cells = {c for r in api.resources for t in r.tables for column in t.columns.values() for c in column}
    telling = {str(c) for c in cells if len(str(c)) >= 6 and re.search(r"\d", str(c))}
    assert len(telling) > 1000
    assert not {one for one in telling if one in text and one not in plain and one not in url}
