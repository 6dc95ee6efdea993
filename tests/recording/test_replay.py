"""A cassette in this process: any library, any number of threads, no network."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import httpx
import pytest
import requests
import urllib3
from vcr.errors import CannotOverwriteExistingCassetteException

from evaluation.recording import cassette, replay
from evaluation.recording.cassette import Cassette
from evaluation.recording.exchange import Exchange
from evaluation.recording.guard import NetworkRefused
from mockserver.errors import InputError
from mockserver.testing import Server

LIVE = "https://api.healthjump.com"


@pytest.fixture(scope="module")
def folder(captured: Cassette, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The capture as one cassette for each area."""
    path = tmp_path_factory.mktemp("replay")
    areas: dict[str, list[Exchange]] = {}
    for exchange in captured.exchanges:
        areas.setdefault(exchange.step.partition(".")[0], []).append(exchange)
    for area, exchanges in areas.items():
        cassette.write(path / f"{area}.yaml", replace(captured, exchanges=tuple(exchanges)))
    return path


@pytest.fixture(scope="module")
def elsewhere(captured: Cassette, small_pages: Server, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same as if it had been recorded at the vendor's address."""
    path = tmp_path_factory.mktemp("replay") / "live.yaml"
    text = cassette.dumps(captured).replace(small_pages.url, LIVE)
    path.write_text(text, encoding="utf-8")
    return path


def headers(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}", "Secretkey": "any", "Version": "3.0"}


def with_requests(base: str) -> int:
    token = requests.post(f"{base}/authenticate", data={"email": "a", "password": "b"}, timeout=5).json()["token"]
    page = requests.get(f"{base}/hjdw/SBOX02/appointment", headers=headers(token), timeout=5).json()
    return len(requests.get(page["next_page_url"], headers=headers(token), timeout=5).json()["data"])


def with_httpx(base: str) -> int:
    with httpx.Client(verify=False, trust_env=False) as client:  # no certificates to read: nothing is sent
        token = client.post(f"{base}/authenticate", json={"email": "a", "password": "b"}).json()["token"]
        page = client.get(f"{base}/hjdw/SBOX02/appointment", headers=headers(token)).json()
        return len(client.get(page["next_page_url"], headers=headers(token)).json()["data"])


def with_urllib3(base: str) -> int:
    with urllib3.PoolManager() as pool:
        login = pool.request("POST", f"{base}/authenticate", fields={"email": "a", "password": "b"})
        found = headers(login.json()["token"])
        page = pool.request("GET", f"{base}/hjdw/SBOX02/appointment", headers=found).json()
        return len(pool.request("GET", page["next_page_url"], headers=found).json()["data"])


LIBRARIES: list[Callable[[str], int]] = [with_requests, with_httpx, with_urllib3]


@pytest.mark.parametrize("library", LIBRARIES)
def test_every_library_gets_the_recorded_rows(library: Callable[[str], int], elsewhere: Path) -> None:
    with replay.use(elsewhere) as guard:
        assert library(LIVE) == 5
    assert guard.refused == 0


@pytest.mark.parametrize("library", [with_requests, with_httpx])
def test_eight_threads_a_hundred_times_and_nothing_leaves(
    library: Callable[[str], int], folder: Path, mock: Server
) -> None:
    """The recorded server is still there and would answer: it must not be asked."""
    problems: list[BaseException] = []
    before = mock.state.journal.total

    def work() -> None:
        try:
            for _ in range(100):
                assert library(mock.url) == 5
        except BaseException as problem:
            problems.append(problem)

    with replay.use(folder) as guard:
        threads = [threading.Thread(target=work) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert problems == [] and guard.refused == 0 and mock.state.journal.total == before


def test_each_way_of_asking_gets_its_own_answer(elsewhere: Path) -> None:
    with replay.use(elsewhere):
        token = requests.post(f"{LIVE}/authenticate", data={"email": "a", "password": "b"}, timeout=5).json()["token"]
        url = f"{LIVE}/hjdw/SBOX02/appointment"
        for _ in range(2):
            assert requests.get(url, headers=headers(token), timeout=5).status_code == 200
            assert requests.get(url, timeout=5, headers={"Secretkey": "any", "Version": "3.0"}).status_code == 400


def test_what_was_not_recorded_is_an_error_and_goes_nowhere(elsewhere: Path) -> None:
    with replay.use(elsewhere) as guard, pytest.raises(CannotOverwriteExistingCassetteException, match="path"):
        requests.get(f"{LIVE}/hjdw/SBOX02/no_such", timeout=5)
    assert guard.refused == 0


def test_another_host_is_refused(elsewhere: Path) -> None:
    with replay.use(elsewhere) as guard, pytest.raises((NetworkRefused, CannotOverwriteExistingCassetteException)):
        requests.get("https://elsewhere.example/", timeout=5)
    assert guard.refused <= 1


def test_the_cassette_stays_as_it_is(elsewhere: Path) -> None:
    before = elsewhere.read_bytes()
    with replay.use(elsewhere), pytest.raises(CannotOverwriteExistingCassetteException):
        requests.get(f"{LIVE}/unknown", timeout=5)
    assert elsewhere.read_bytes() == before and list(elsewhere.parent.iterdir()) == [elsewhere]


def test_without_vcrpy_it_says_what_to_install(elsewhere: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "vcr", None)
    with pytest.raises(InputError, match="vcrpy is not installed"), replay.use(elsewhere):
        raise AssertionError
