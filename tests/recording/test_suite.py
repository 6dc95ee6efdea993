"""A user's own suite records with pytest-recording, scrubbed, and replays without network."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from vcr.request import Request

from evaluation.recording import cassette, suite
from mockserver.settings import Settings
from mockserver.testing import Server
from tests.recording.captures import files_below

CONFTEST = '''
import pytest
from evaluation.recording import suite

@pytest.fixture(scope="module")
def vcr_config(record_mode):
    return suite.vcr_config(record_mode)

def pytest_recording_configure(config, vcr):
    suite.register(vcr)
'''
TESTS = '''
import {library} as http
import pytest

BASE = "{base}"

@pytest.mark.vcr
def test_my_connector():
    login = {{"email": "canary@mock.test", "password": "Zq81-password"}}
    token = http.post(BASE + "/authenticate", json=login).json()["token"]
    headers = {{"Authorization": "Bearer " + token, "Secretkey": "zq81key", "Version": "3.0"}}
    pages, url = 0, BASE + "/hjdw/SBOX02/demographic?last_name=lt~Zzz&hj_modify_timestamp=lt~2022-08-01"
    while url and pages < 3:
        page = http.get(url, headers=headers).json()
        assert page["data"] and all(row["client_patient_id"].isdigit() for row in page["data"])
        url, pages = page["next_page_url"], pages + 1
    assert pages == 3
'''


def run(folder: Path, *arguments: str) -> None:
    """The suite in ``folder``, by a pytest of its own. Asserts that it passed."""
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:healthjump", "-p", "no:cacheprovider", "-W", "error"]
    done = subprocess.run([*command, *arguments], cwd=folder, capture_output=True, text=True, timeout=120)
    assert "1 passed" in done.stdout and done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("library", ["requests", "httpx"])
def test_the_documented_way_works(library: str, tmp_path: Path) -> None:
    given = {"email": "canary@mock.test", "password": "Zq81-password", "secret_key": "zq81key"}
    server = Server(Settings(world="sandbox", per_page=5, **given))
    (tmp_path / "conftest.py").write_text(CONFTEST)
    (tmp_path / "test_mine.py").write_text(TESTS.format(library=library, base=server.url))
    run(tmp_path, "--record-mode=once")
    asked = server.state.journal.total
    server.stop()
    (path,) = (path for path in files_below(tmp_path) if path.suffix == ".yaml")
    text = path.read_text(encoding="utf-8")
    assert asked == 4 == len(cassette.read(path).exchanges)
    assert not any(word in text for word in ("canary", "Zq81", "zq81", "Patient_", "SBOX02"))
    run(tmp_path, "--record-mode=none", "--block-network")
    assert path.read_text(encoding="utf-8") == text


BASE = "http://127.0.0.1:8420/hjdw/SBOX02/appointment"


@pytest.mark.parametrize(
    ("sent", "same"),
    [
        (BASE, True),
        (BASE.replace("SBOX02", "ABCD12"), True),
        (f"{BASE}/", True),
        (BASE.replace("appointment", "vitals"), False),
        (f"{BASE}?page=2", False),
    ],
)
def test_practices_are_not_compared_elements_are(sent: str, same: bool) -> None:
    assert _same(sent, BASE) is same


@pytest.mark.parametrize(
    ("sent", "recorded", "same"),
    [
        ("date=eq~20211115&type=lt~A", "type=lt~B&date=eq%7E20200101", True),
        ("date=eq~20211115", "date=lt~20211115", False),
        ("date=eq~20211115", "dob=eq~20211115", False),
        ("page=2", "page=3", False),
    ],
)
def test_values_are_not_compared_columns_and_operators_are(sent: str, recorded: str, same: bool) -> None:
    assert _same(f"{BASE}?{sent}", f"{BASE}?{recorded}") is same


def _same(sent: str, recorded: str) -> bool:
    try:
        suite.same_call(Request("GET", sent, None, {}), Request("GET", recorded, None, {}))
    except AssertionError:
        return False
    return True
