"""The guards under which examples run can fail: what asks another machine is refused and noted."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from . import running

AWAY = "192.0.2.1"  # reserved for documentation: nobody has it


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "example"
    made.mkdir()
    return made


@pytest.mark.parametrize(
    ("command", "noted"),
    [
        (f"python -c \"import socket; socket.create_connection(('{AWAY}', 80), 5)\"", AWAY),
        ("python -c \"import socket; socket.getaddrinfo('away.test', 80)\"", "away.test"),
        (f"python -c \"import requests; requests.get('http://{AWAY}/', timeout=5)\"", f"GET http://{AWAY}/"),
        (f"python -c \"import httpx; httpx.get('http://{AWAY}/', timeout=5)\"", f"GET http://{AWAY}/"),
        (f"curl --silent --max-time 5 http://{AWAY}/", f"GET http://{AWAY}/"),
        (f"curl --silent --max-time 5 https://{AWAY}/", f"CONNECT {AWAY}:443"),
        (f"node -e \"fetch('http://{AWAY}/').catch(() => process.exit(3))\"", AWAY),
        ("node -e \"require('net').connect(80, 'away.test')\"", "away.test"),
    ],
)
def test_asking_another_machine_is_refused_and_noted(command: str, noted: str, folder: Path) -> None:
    running.require(command.split()[0] if not command.startswith("python") else "bash")
    done = running.program(command, "http://127.0.0.1:1", folder)
    assert done.code != 0
    assert [line for line in done.asked if noted in line], done


@pytest.mark.parametrize(
    "command",
    [
        "python -c \"import socket, sys; socket.create_connection(('127.0.0.1', int(sys.argv[1])), 5).close()\" {}",
        "node -e \"require('net').connect({}, '127.0.0.1', function () {{ this.end() }})\"",
    ],
)
def test_asking_this_machine_is_not(command: str, folder: Path) -> None:
    running.require("node" if command.startswith("node") else "bash")
    with running.trap() as caught:
        done = running.program(command.format(caught.port), "http://127.0.0.1:1", folder)
    assert (done.code, done.asked, done.err) == (0, [], "")


def test_a_run_sees_no_setting_of_this_one(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HEALTHJUMP_PASSWORD", "another")
    monkeypatch.setenv("HJKIT_QUIRKS", "none")
    show = "import os; print(sorted(k for k in os.environ if k.startswith(('HEALTHJUMP', 'HJKIT'))))"
    done = running.program(f'python -c "{show}"', "http://127.0.0.1:1", folder)
    kept = ["HEALTHJUMP_URL", *(["HJKIT_CACHE_DIR"] if "HJKIT_CACHE_DIR" in os.environ else [])]
    assert done.out == f"{kept}\n"


def test_what_differs_from_run_to_run_is_masked() -> None:
    said = "3 passed in 12.34s at http://127.0.0.1:43210/hjdw, not in 5 seconds"
    assert running.masked(said) == "3 passed in 0.00s at http://127.0.0.1:8420/hjdw, not in 5 seconds"
