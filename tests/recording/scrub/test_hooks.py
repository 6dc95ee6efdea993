"""The hooks inside real vcrpy: what is stored is scrubbed, what is loaded again is left alone."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest
import requests
import vcr

from evaluation.recording.scrub import Scrubber, check, vcr_hooks
from mockserver import contract as contracts
from mockserver.settings import Settings
from mockserver.testing import Healthjump, Server
from tests.recording.scrub.aviary_server import Answer, serving

CONTRACT = contracts.load()


@pytest.fixture(scope="module")
def mock() -> Iterator[Server]:
    server = Server(Settings(world="sandbox", per_page=5))
    yield server
    server.stop()


def test_a_suite_records_scrubbed_and_replays_what_it_recorded(mock: Server, tmp_path: Path) -> None:
    cassette = str(tmp_path / "suite.yaml")
    handle = Healthjump(mock)
    recording = vcr.VCR(record_mode="once", **vcr_hooks(Scrubber(CONTRACT, random=Random(5))))
    with recording.use_cassette(cassette):
        headers = handle.headers()
        rows = requests.get(handle.url("demographic"), headers=headers, timeout=20).json()["data"]
        requests.get(handle.url("appointment"), headers=headers, timeout=20)
    assert check([tmp_path]) == []
    text = Path(cassette).read_text(encoding="utf-8")
    assert all(str(row["client_patient_id"]) not in text for row in rows)
    replaying = vcr.VCR(record_mode="none", **vcr_hooks(Scrubber(CONTRACT), recording=False))
    with replaying.use_cassette(cassette) as tape:
        again = requests.get(tape.requests[-2].uri, headers=headers, timeout=20).json()["data"]
    assert [row.keys() for row in again] == [row.keys() for row in rows]
    assert f'"{again[0]["client_patient_id"]}"' in text


def test_loading_while_recording_changes_nothing(mock: Server, tmp_path: Path) -> None:
    cassette = str(tmp_path / "suite.yaml")
    handle = Healthjump(mock)
    headers = handle.headers()
    for element in ("demographic", "provider"):
        hooks = vcr_hooks(Scrubber(CONTRACT, random=Random(6)))
        with vcr.VCR(record_mode="new_episodes", **hooks).use_cassette(cassette) as tape:
            requests.get(handle.url(element), headers=headers, timeout=20)
            stored = [response["body"]["string"] for response in tape.responses]
    assert len(stored) == 2 and check([tmp_path]) == []
    first = Path(cassette).read_text(encoding="utf-8")
    assert json.loads(stored[0])["data"][0]["client_patient_id"] in first


def test_a_server_cannot_say_that_it_is_scrubbed(tmp_path: Path) -> None:
    answer = Answer(200, b'{"data": [{"first_name": "Iolanthe"}]}', {"X-Scrubbed": "healthjump-kit"})
    hooks = vcr_hooks(Scrubber(CONTRACT))
    cassette = tmp_path / "suite.yaml"
    tape = vcr.VCR(record_mode="once", **hooks).use_cassette(str(cassette))
    with serving({"/hjdw/BCDF01/demographic": answer}, zipped=True) as base, tape:
        requests.get(f"{base}/hjdw/BCDF01/demographic", timeout=20)
    assert "Iolanthe" not in cassette.read_text(encoding="utf-8")
