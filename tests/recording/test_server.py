"""``hjkit replay``: a program in any language reads a cassette over HTTP."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
import requests

from evaluation.recording import cassette
from evaluation.recording.cassette import Cassette
from evaluation.recording.exchange import Exchange, Request
from evaluation.recording.server import ReplayServer
from tests.recording.captures import said

SCRIPT = Path(__file__).with_name("read.mjs")


@pytest.fixture
def replayed(captured: Cassette) -> Iterator[str]:
    with ReplayServer(captured) as server:
        yield server.url


def access(url: str) -> dict[str, str]:
    answer = requests.post(f"{url}/authenticate", json={"email": "any", "password": "any"}, timeout=5)
    return {"Authorization": f"Bearer {answer.json()['token']}", "Secretkey": "any", "Version": "3.0"}


def test_rows_come_as_recorded_with_this_address(replayed: str, captured: Cassette) -> None:
    answer = requests.get(f"{replayed}/hjdw/SBOX02/appointment", headers=access(replayed), timeout=5)
    (recorded, *_) = [e for e in captured.exchanges if e.step == "elements.appointment"]
    page = json.loads(recorded.response.body)
    assert answer.json()["data"] == page["data"] and answer.json()["total"] == page["total"]
    assert answer.json()["next_page_url"] == f"{replayed}/hjdw/SBOX02/appointment?page=2"
    assert answer.json()["path"] == f"{replayed}/hjdw/SBOX02/appointment"
    assert answer.headers["X-Hjkit-Recorded"] == "mock 0.1.0; step=elements.appointment"


def test_a_walk_stays_here(replayed: str) -> None:
    url, seen, headers = f"{replayed}/hjdw/SBOX02/appointment", [], access(replayed)
    for _ in range(3):
        page = requests.get(url, headers=headers, timeout=5).json()
        seen += [row["appointmentid"] for row in page["data"]]
        url = page["next_page_url"]
    assert len(set(seen)) == 15 and url.startswith(replayed)
    assert requests.get(url, headers=headers, timeout=5).status_code == 404


@pytest.mark.parametrize(("step", "status"), [("refusals.token-none", 400), ("refusals.key-none", 401)])
def test_recorded_refusals_are_refused(replayed: str, step: str, status: int) -> None:
    headers = access(replayed)
    del headers["Authorization" if "token" in step else "Secretkey"]
    answer = requests.get(f"{replayed}/hjdw/SBOX02/appointment", headers=headers, timeout=5)
    assert answer.status_code == status and answer.headers["X-Hjkit-Recorded"].endswith(step)


def test_a_miss_says_what_is_near_and_what_differs(replayed: str) -> None:
    answer = requests.get(f"{replayed}/hjdw/SBOX02/vital?page=2", headers=access(replayed), timeout=5)
    assert answer.status_code == 404 and answer.headers["Content-Type"] == "application/json"
    found = answer.json()
    assert found["error"] == "not_recorded" and found["nearest"]["step"] == "elements.vitals"
    assert found["differs"][0] == "path: recorded /hjdw/SBOX02/vitals, sent /hjdw/SBOX02/vital"


def test_browsers_get_the_recorded_preflight(replayed: str) -> None:
    answer = requests.options(f"{replayed}/hjdw/SBOX02/appointment", timeout=5)
    assert answer.status_code == 204 and "Access-Control-Allow-Methods" in answer.headers


def test_escaped_slashes_and_redirects_lead_here_too() -> None:
    request = Request("GET", "https://api.example/x")
    body = rb'{"path":"https:\/\/api.example\/x","next_page_url":"http://api.example/x?page=2","other":"https://b.example/"}'
    with ReplayServer(Cassette({}, (Exchange("one", request, said(body)),))) as server:
        found = requests.get(f"{server.url}/x", timeout=5)
    assert found.json() == {
        "path": f"{server.url}/x", "next_page_url": f"{server.url}/x?page=2", "other": "https://b.example/",
    }  # fmt: skip
    assert found.headers["X-Hjkit-Recorded"] == "unknown; step=one"


def test_many_ask_at_once(replayed: str) -> None:
    headers = access(replayed)

    def ask(number: int) -> tuple[int, int]:
        target = ("appointment", "vitals", "nothing")[number % 3]
        return number % 3, requests.get(f"{replayed}/hjdw/SBOX02/{target}", headers=headers, timeout=20).status_code

    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(ask, range(120))) == {(0, 200), (1, 200), (2, 404)}


@pytest.fixture
def program(captured: Cassette, tmp_path: Path) -> Iterator[dict[str, Any]]:
    """The verb in a process of its own."""
    cassette.write(tmp_path / "cassette.yaml", captured)
    ready = tmp_path / "ready.json"
    command = [sys.executable, "-m", "mockserver.cli", "replay", str(tmp_path / "cassette.yaml"), "--port", "0"]
    with subprocess.Popen([*command, "--ready-file", str(ready)], stdout=subprocess.PIPE, text=True) as process:
        for _ in range(400):
            if ready.exists():
                break
            time.sleep(0.05)
        yield {**json.loads(ready.read_text()), "process": process}
        process.send_signal(signal.SIGTERM)
        assert process.wait(10) == 0
        assert process.stdout is not None and "origin mock 0.1.0" in process.stdout.read()


def test_a_node_program_reads_from_it(program: dict[str, Any]) -> None:
    node = shutil.which("node")
    if node is None:
        assert os.environ.get("HJKIT_REQUIRE_TOOLS") != "1", "Node.js is required here"
        pytest.skip("no Node.js")
    done = subprocess.run([node, str(SCRIPT), program["base_url"]], capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert found == {"rows": 15, "pages": 3, "miss": 404, "differs": "Version: recorded 3.0, sent 4"}


def test_what_is_no_cassette_is_one_sentence(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "mockserver.cli", "replay", str(tmp_path / "none.yaml")]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert done.returncode == 2 and done.stderr.count("\n") == 1 and "cannot be read" in done.stderr
