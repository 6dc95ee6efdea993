"""``hjkit serve`` for people and for scripts: the ready file, what it prints, how it ends, where it listens."""

from __future__ import annotations

import json
import re
import shutil
import signal
import socket
import stat
import subprocess
import threading
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import psutil
import pytest
import requests

from mockserver import Settings
from mockserver.web import runner

from .processes import HJKIT, Mock, environment, run, serving, start

FACTS = {"base_url", "admin_url", "email", "password", "secret_key", "practices", "pid"}
SERVERS = ("granian", "werkzeug")


@pytest.fixture
def without_granian(tmp_path: Path) -> dict[str, str]:
    """Variables under which Python finds no granian."""
    folder = tmp_path / "no-granian"
    folder.mkdir()
    code = "import sys\nsys.modules['granian'] = None\n"
    (folder / "sitecustomize.py").write_text(code, encoding="utf-8")
    return {"PYTHONPATH": str(folder)}


@pytest.fixture(params=SERVERS)
def variables(request: pytest.FixtureRequest, without_granian: dict[str, str]) -> dict[str, str]:
    """Both servers in turn."""
    return without_granian if request.param == "werkzeug" else {}


def test_the_ready_file_holds_what_a_script_needs(tmp_path: Path, cache: Path) -> None:
    with serving(tmp_path, cache) as mock:
        assert set(mock.facts) == FACTS
        assert mock.facts["practices"] == ["SBOX02"]
        assert mock.facts["pid"] == mock.process.pid
        assert mock.facts["admin_url"] == mock.facts["base_url"] + "/__admin"
        ready = tmp_path / "ready.json"
        assert stat.S_IMODE(ready.stat().st_mode) == 0o600
        assert sorted(path.name for path in tmp_path.iterdir()) == ["err", "out", "ready.json"]
        page = mock.get("/hjdw/SBOX02/demographic").json()
        assert page["total"] == 24
        assert page["path"] == mock.facts["base_url"] + "/hjdw/SBOX02/demographic"


def test_it_is_ready_once_the_file_is_there(tmp_path: Path, cache: Path) -> None:
    """An old file is gone before a new one says anything, and the new one is whole."""
    ready = tmp_path / "ready.json"
    ready.write_text('{"base_url": "http://127.0.0.1:1", "old": true}', encoding="utf-8")
    command = [*HJKIT, "serve", "--world", "sandbox", "--port", "0", "--ready-file", "ready.json"]
    seen: list[str] = []
    with start(tmp_path, command, environment(cache)) as mock:
        while mock.process.poll() is None and not (seen and "old" not in seen[-1]):
            try:
                seen.append(ready.read_text(encoding="utf-8"))
            except FileNotFoundError:
                seen.append('{"old": false}')
        mock.facts = json.loads(seen[-1])
        assert mock.admin("GET", "/health").json()["status"] == "ready"
    assert all(json.loads(text) for text in seen)
    assert '{"old": false}' in seen


def _alive(worker: psutil.Process) -> bool:
    return bool(worker.is_running() and worker.status() != psutil.STATUS_ZOMBIE)


def _ends(mock: Mock, number: int) -> None:
    workers, port = mock.workers, int(mock.facts["base_url"].rpartition(":")[2])
    seconds = mock.stop(number)
    assert mock.process.returncode == 0
    assert "Traceback" not in mock.err
    assert not any(map(_alive, workers))
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind(("127.0.0.1", port))
    assert seconds < 3  # a tenth on an idle machine


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_it_cleanly(tmp_path: Path, cache: Path, variables: dict[str, str], number: int) -> None:
    with serving(tmp_path, cache, **variables) as mock:
        answer = mock.login()
        assert answer.status_code == 200
        assert ("Werkzeug" in answer.headers.get("Server", "")) == bool(variables)
        _ends(mock, number)


def test_requests_in_flight_do_not_keep_it(tmp_path: Path, cache: Path, variables: dict[str, str]) -> None:
    with serving(tmp_path, cache, **variables) as mock:
        mock.admin("POST", "/fail", json={"status": 0, "delay_ms": 30_000, "path": "authenticate"})
        asking = threading.Thread(target=_ask, args=(mock,), daemon=True)
        asking.start()
        with requests.Session() as idle:
            assert idle.get(f"{mock.facts['admin_url']}/health", timeout=10).status_code == 200
            while mock.admin("GET", "/fail").json()["armed"]:
                time.sleep(0.01)
            _ends(mock, signal.SIGTERM)
        asking.join(timeout=10)
        assert not asking.is_alive()


def _ask(mock: Mock) -> None:
    with pytest.raises(requests.ConnectionError):
        mock.login()


def test_the_worker_ends_with_its_parent(tmp_path: Path, cache: Path) -> None:
    with serving(tmp_path, cache) as mock:
        workers = mock.workers
        mock.stop(signal.SIGKILL)
        deadline = time.monotonic() + 10
        while any(map(_alive, workers)) and time.monotonic() < deadline:
            time.sleep(0.05)
        assert workers and not any(map(_alive, workers))


def test_two_serve_side_by_side(tmp_path: Path, cache: Path) -> None:
    folders = [tmp_path / "a", tmp_path / "b"]
    for folder in folders:
        folder.mkdir()
    with serving(folders[0], cache) as one, serving(folders[1], cache) as two:
        assert one.facts["base_url"] != two.facts["base_url"]
        one.admin("POST", "/clock", json={"advance": "P1D"})
        assert two.admin("GET", "/clock").json()["now"] == "2022-08-01 12:00:00"


def _tool(name: str) -> str:
    found = shutil.which(name)
    assert found, f"{name} is not installed"
    return found


def _commands(printed: str) -> str:
    return printed.partition("Try it:\n")[2].partition("\n\n")[0]


@pytest.mark.parametrize(
    "flags",
    [
        (),
        ("--email", "o'neil & sons@clinic.test", "--password", 'p"a$s`w\\rd%41+', "--secret-key", "key'with\"quotes"),
        ("--quirks", "none"),
        ("--tls",),
        ("--host", "localhost"),
    ],
    ids=["plain", "odd login", "clean twin", "https", "by name"],
)
def test_the_commands_it_prints_work_when_copied(tmp_path: Path, cache: Path, flags: Sequence[str]) -> None:
    _tool("curl")
    with serving(tmp_path, cache, *flags) as mock:
        printed = mock.printed("Ctrl-C")
        for fact in ("base_url", "email", "password", "secret_key", "admin_url"):
            assert mock.facts[fact] in printed
        script = f"set -euo pipefail\n{_commands(printed)}\n"
        done = subprocess.run(
            ["bash", "-c", script], env=environment(cache), capture_output=True, text=True, timeout=60, check=True
        )
        names = [row["first_name"] for row in json.loads(done.stdout)["data"]]
        assert "Patient_A" in names and "Patient_X" in names


def test_the_commands_name_a_practice_the_login_may_read(tmp_path: Path, cache: Path) -> None:
    logins = tmp_path / "logins.yaml"
    login = "{email: one@clinic.test, password: fake, secret_key: fakekey, practices: [CLNC04]}"
    logins.write_text(f"logins: [{login}]\n", encoding="utf-8")
    flags = ("--logins", str(logins))
    with serving(tmp_path, cache, *flags, world="sandbox,clinic", HJKIT_CACHE_DIR="") as mock:
        assert mock.facts["practices"] == ["CLNC04"]
        assert "/hjdw/CLNC04/demographic" in _commands(mock.printed("Ctrl-C"))


def test_a_public_address_is_what_it_tells(tmp_path: Path, cache: Path) -> None:
    with serving(tmp_path, cache, "--public-url", "https://mock.example.test/hj/") as mock:
        assert mock.facts["base_url"] == "https://mock.example.test/hj"
        assert mock.facts["admin_url"].startswith("http://127.0.0.1:")
        assert "https://mock.example.test/hj/hjdw/SBOX02/demographic" in mock.printed("Ctrl-C")


def test_a_taken_port_is_one_sentence(tmp_path: Path, cache: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        done = run(cache, "serve", "--world", "sandbox", "--port", port, cwd=tmp_path)
    said = f"hjkit: 127.0.0.1:{port}: cannot listen there (Address already in use); --port 0 picks a free one\n"
    assert (done.code, done.out, done.err) == (2, "", said)


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.7", ""])
def test_a_wider_bind_needs_an_admin_token(tmp_path: Path, cache: Path, host: str) -> None:
    done = run(cache, "serve", "--port", "0", "--host", host, cwd=tmp_path)
    assert done.code == 2
    assert done.err.startswith("hjkit: --host") and done.err.count("\n") == 1


def test_a_wider_bind_with_a_token_asks_for_it(tmp_path: Path, cache: Path) -> None:
    with serving(tmp_path, cache, "--host", "0.0.0.0", HJKIT_ADMIN_TOKEN="fake-token") as mock:
        assert mock.facts["base_url"].startswith("http://127.0.0.1:")
        assert "X-Admin-Token" in mock.printed("Ctrl-C")
        assert "fake-token" not in mock.out + json.dumps(dict(mock.facts))
        for given, status in ({}, 401), ({"X-Admin-Token": "wrong"}, 401), ({"X-Admin-Token": "fake-token"}, 200):
            assert mock.admin("GET", "/health", headers=given).status_code == status
            assert mock.admin("POST", "/reset", headers=given).status_code == status
        assert mock.get("/hjdw/SBOX02/demographic").json()["total"] == 24


@pytest.fixture
def secure(tmp_path: Path, cache: Path, variables: dict[str, str]) -> Iterator[tuple[Mock, str]]:
    """A mock that speaks https, and the CA it prints."""
    with serving(tmp_path, cache, "--tls", **variables) as mock:
        found = re.search(r"REQUESTS_CA_BUNDLE=(\S+)", mock.printed("connect-to"))
        assert found
        yield mock, found[1]


def test_https_with_the_throw_away_ca(secure: tuple[Mock, str]) -> None:
    mock, ca = secure
    assert mock.facts["base_url"].startswith("https://")
    page = mock.get("/hjdw/SBOX02/demographic", verify=ca).json()
    assert page["path"].startswith(mock.facts["base_url"])
    with pytest.raises(requests.exceptions.SSLError):
        mock.login()
    assert "api.healthjump.com" in mock.out and "/etc/hosts" in mock.out
    _ends(mock, signal.SIGTERM)


NODE = """
const https = require('https');
https.get({host: '127.0.0.1', port: process.argv[1], path: '/__admin/health', servername: 'api.healthjump.com',
           headers: {Host: 'localhost'}}, r => { process.stdout.write(String(r.statusCode)); r.resume(); })
  .on('error', e => process.stdout.write(e.code));
"""


def test_node_trusts_it_when_told_to(tmp_path: Path, cache: Path) -> None:
    node = _tool("node")
    with serving(tmp_path, cache, "--tls") as mock:
        ca = str(runner_ca(mock))
        port = mock.facts["base_url"].rpartition(":")[2]
        trusting = environment(cache, NODE_EXTRA_CA_CERTS=ca)
        for environ, said in ((trusting, "200"), (environment(cache), "UNABLE_TO_VERIFY_LEAF_SIGNATURE")):
            done = subprocess.run([node, "-e", NODE, port], env=environ, capture_output=True, text=True, timeout=60)
            assert done.stdout == said, done.stderr


def runner_ca(mock: Mock) -> Path:
    found = re.search(r"NODE_EXTRA_CA_CERTS=(\S+)", mock.printed("connect-to"))
    assert found
    return Path(found[1])


def test_a_proxy_of_the_environment_is_not_asked(tmp_path: Path, cache: Path) -> None:
    with serving(tmp_path, cache, http_proxy="http://127.0.0.1:9", HTTP_PROXY="http://127.0.0.1:9") as mock:
        assert mock.login().status_code == 200


def test_a_folder_that_is_not_there_is_told_before_anything_starts(tmp_path: Path, cache: Path) -> None:
    for place in ("nowhere/ready.json", "."):
        done = run(cache, "serve", "--port", "0", "--ready-file", place, cwd=tmp_path)
        assert (done.code, done.out) == (2, "")
        assert done.err.startswith("hjkit: --ready-file ") and done.err.count("\n") == 1


def test_a_server_that_never_answers_is_told(monkeypatch: pytest.MonkeyPatch, capsys: Any) -> None:
    monkeypatch.setattr(runner, "PATIENCE", 0.05)
    address = runner.Address("127.0.0.1", 9, "http")
    runner._announce(address, Settings(), lambda: pytest.fail("said to be ready"), None)
    assert capsys.readouterr().err == "hjkit: http://127.0.0.1:9 does not answer\n"


@pytest.mark.parametrize(
    ("host", "url"),
    [
        ("127.0.0.1", "http://127.0.0.1:80"),
        ("::1", "http://[::1]:80"),
        ("0.0.0.0", "http://127.0.0.1:80"),
        ("::", "http://[::1]:80"),
    ],
)
def test_the_address_for_clients(host: str, url: str) -> None:
    assert runner.Address(host, 80, "http").url == url
