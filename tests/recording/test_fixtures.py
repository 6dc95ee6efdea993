"""The committed cassettes: from the mock and saying so, clean, replayable, and what the mock answers today."""

from __future__ import annotations

import json
import threading
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import requests

from evaluation.recording import cassette, output, replay, session
from evaluation.recording.asked import document
from evaluation.recording.cassette import Cassette
from evaluation.recording.scrub import check
from mockserver import contract
from mockserver.testing import Server
from tests.recording.captures import default_plan

FOLDER = Path(__file__).parents[2] / "fixtures" / "cassettes"
VENDOR = FOLDER / "vendor"
FILES = sorted(FOLDER.rglob("*.yaml"))


def test_every_cassette_is_from_a_mock_and_says_so() -> None:
    assert FILES
    for path in FILES:
        found = cassette.read(path)
        assert found.origin.startswith("mock ") and not found.raises_grades, path.name
        assert found.exchanges and path.stat().st_size < 400_000, path.name


def test_nothing_in_them_looks_unscrubbed() -> None:
    assert check([FOLDER]) == []


def test_nothing_in_them_is_unknown_to_the_contract() -> None:
    found = cassette.read(VENDOR)
    assert found.meta["pending"] == 0 and not (VENDOR / output.PENDING).exists()
    for exchange in found.exchanges:
        element = contract.load().paths.get(exchange.request.path.rpartition("/")[2])
        for row in (document(exchange.response) or {}).get("data", []) if element else []:
            assert element is not None and list(row) == list(element.by_wire), exchange.step


def test_they_hold_the_whole_plan() -> None:
    found = {exchange.step for exchange in cassette.read(VENDOR).exchanges}
    wanted = {step.id for step in default_plan().steps if not step.id.startswith("narrow.")}
    assert wanted - found == {"spellings.second-practice"}


def form(value: Any) -> Any:
    """JSON by its shape: keys in order, types, lengths of lists; null and empty text stay apart from other text."""
    if isinstance(value, dict):
        return [(key, form(inner)) for key, inner in value.items()]
    if isinstance(value, list):
        return [form(inner) for inner in value]
    return "" if value == "" else type(value).__name__


def outline(found: Cassette) -> list[Any]:
    """What has to be the same in two recordings of one server: everything but the values and who served them."""
    skipped = {"server", "connection", "date", "content-length"}
    return [
        (
            exchange.step,
            exchange.request.method,
            [name for name, _ in exchange.request.headers],
            exchange.response.status,
            sorted(name.lower() for name, _ in exchange.response.headers if name.lower() not in skipped),
            form(document(exchange.response)),
        )
        for exchange in found.exchanges
    ]


def test_recording_again_gives_the_same(mock: Server, tmp_path: Path) -> None:
    order = session.Order(mock.url, tmp_path / "again", "2026-01-31", {}, wait_expiry=True)
    session.run(order, None, lambda step, outcome: None)
    again, committed = cassette.read(tmp_path / "again"), cassette.read(VENDOR)
    changing = dict.fromkeys(("origin", "kit", "recorded"))
    for one, other in zip(outline(again), outline(committed), strict=True):
        assert one == other
    assert {**again.meta, **changing} == {**committed.meta, **changing}
    assert sorted(p.name for p in VENDOR.iterdir()) == sorted(p.name for p in (tmp_path / "again").iterdir())


def test_two_recordings_share_no_pseudonym(mock: Server, tmp_path: Path) -> None:
    """The table of pseudonyms is drawn for each recording and thrown away."""
    patients = []
    for name in ("one", "two"):
        session.run(session.Order(mock.url, tmp_path / name, "2026-01-31", {}), None, lambda step, outcome: None)
        exchanges = cassette.read(tmp_path / name).exchanges
        page = next(document(e.response) for e in exchanges if e.step == "elements.demographic")
        patients.append({row["client_patient_id"] for row in page["data"]})
    assert len(patients[0] & patients[1]) <= 1


def login(base: str) -> dict[str, str]:
    answer = requests.post(f"{base}/authenticate", data={"email": "a", "password": "b"}, timeout=5)
    return {"Authorization": f"Bearer {answer.json()['token']}", "Secretkey": "any", "Version": "3.0"}


@pytest.fixture(scope="module")
def rows() -> str:
    """The address of the committed first page of appointment."""
    found = cassette.read(VENDOR)
    return next(e.request.url for e in found.exchanges if e.step == "elements.appointment")


def test_they_replay_from_eight_threads_without_network(rows: str) -> None:
    base, answers, problems = rows.partition("/hjdw")[0], Counter[str](), list[BaseException]()

    def work() -> None:
        try:
            for _ in range(20):
                page = requests.get(rows, headers=login(base), timeout=5).json()
                answers[json.dumps(page["data"])] += 1
        except BaseException as problem:
            problems.append(problem)

    with replay.use(VENDOR) as guard:
        threads = [threading.Thread(target=work) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert problems == [] and guard.refused == 0 and list(answers.values()) == [160]


def test_a_vcr_of_somebody_else_reads_them(rows: str) -> None:
    import vcr

    with vcr.use_cassette(str(VENDOR / "elements.yaml"), record_mode="none", allow_playback_repeats=True):
        assert len(requests.get(rows, timeout=5).json()["data"]) == 5
