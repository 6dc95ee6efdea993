"""With ``HJKIT_LIVE_*`` set, no command sends or prints them: every output and every request to a decoy is searched."""

from __future__ import annotations

import base64
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import click
import pytest
from werkzeug.wrappers import Response as Given

from evaluation.recording import cassette
from evaluation.recording.cassette import Cassette
from mockserver.cli import cli
from tests.recording.captures import LIVE, decoy, files_below

# Commands that go on until they are stopped.
SERVING = {("serve",), ("replay",)}


def leaves(group: click.Group, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Every command, by the words that call it."""
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        if isinstance(command, click.Group):
            yield from leaves(command, (*path, name))
        elif command is not None:
            yield (*path, name)


VERBS = sorted(leaves(cli))


def spellings(value: str) -> set[bytes]:
    """A value as it is, escaped, and in base64 at each of three offsets."""
    raw = value.encode()
    packed = {base64.b64encode(b"x" * pad + raw)[4:-4] for pad in range(3)}
    return {raw, quote(value, safe="").encode(), raw[::-1], *packed}


MARKS = [mark for value in LIVE.values() for mark in spellings(value)]


def found_in(*texts: bytes) -> list[bytes]:
    return [mark for mark in MARKS for text in texts if mark in text]


def environment(folder: Path) -> dict[str, str]:
    own = {key: value for key, value in os.environ.items() if not key.startswith("HJKIT_")}
    return {**own, **LIVE, "HJKIT_CACHE_DIR": str(folder.parent / "built"), "HOME": str(folder), "TMPDIR": str(folder)}


def attempts(verb: tuple[str, ...], url: str, folder: Path) -> list[list[str]]:
    """The verb without and with arguments, pointed at the decoy wherever it takes an address."""
    plain = [[*verb], [*verb, "--help"]]
    pointed: dict[tuple[str, ...], list[list[str]]] = {
        ("serve",): [["--port", "0", "--world", "sandbox", "--ready-file", str(folder / "ready.json")]],
        ("get",): [["/hjdw/SBOX02/demographic", "--world", "sandbox", "--include"], [url, "--world", "sandbox"]],
        ("record",): [["--base-url", url, "--out", str(folder / "out"), *dry] for dry in ((), ("--dry-run",))],
        ("replay",): [[str(folder / "cassette.yaml"), "--port", "0", "--ready-file", str(folder / "ready.json")]],
        ("scrub",): [["--check", str(folder / "cassette.yaml")]],
        ("drift",): [[str(folder / "cassette.yaml")], ["--live", "--base-url", url]],
        ("settings",): [["--json"]],
    }
    return plain[1:] * (verb in SERVING) + plain * (verb not in SERVING) + [[*verb, *a] for a in pointed.get(verb, [])]


def run(arguments: list[str], folder: Path, verb: tuple[str, ...]) -> bytes:
    """All that a call prints. A server is asked for its journal and stopped."""
    command = [sys.executable, "-m", "mockserver.cli", *arguments]
    pipes = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    with subprocess.Popen(command, env=environment(folder), cwd=folder, **pipes) as process:
        if verb in SERVING and "--ready-file" in arguments:
            _until(folder / "ready.json")
            process.send_signal(signal.SIGTERM)
        out, err = process.communicate(timeout=90)
    (folder / "ready.json").unlink(missing_ok=True)
    return out + err


def _until(path: Path) -> None:
    for _ in range(600):
        if path.exists():
            return
        time.sleep(0.05)
    raise AssertionError("it did not start")


@pytest.fixture
def folder(captured: Cassette, tmp_path: Path) -> Path:
    cassette.write(tmp_path / "cassette.yaml", captured)
    return tmp_path


@pytest.mark.parametrize("verb", VERBS, ids=" ".join)
def test_no_command_sends_or_prints_them(verb: tuple[str, ...], folder: Path) -> None:
    with decoy(lambda asked: Given(json.dumps({"token": "aaa.bbb.ccc"}), mimetype="application/json")) as (url, seen):
        printed = [run(arguments, folder, verb) for arguments in attempts(verb, url, folder)]
    assert found_in(*printed) == []
    assert found_in(*seen) == []
    assert found_in(*(path.read_bytes() for path in files_below(folder))) == []
    assert verb != ("record",) or seen, "the decoy was asked"


def test_the_search_finds_what_it_looks_for() -> None:
    secret = LIVE["HJKIT_LIVE_PASSWORD"]
    assert found_in(f"x{secret}y".encode()) and found_in(base64.b64encode(f"me:{secret}!".encode()))
    assert found_in(quote(LIVE["HJKIT_LIVE_EMAIL"], safe="").encode()) and found_in(b"nothing") == []


def test_every_verb_is_looked_at() -> None:
    assert {("record",), ("replay",), ("serve",), ("get",), ("settings",)} <= set(VERBS)
