"""What pages are made from: the mock in this process, and the vendor through each adapter."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from evaluation.findings.evaluate import Evaluation
from evaluation.findings.model import Origin
from evaluation.publish import facts
from evaluation.publish.mock import BASE, Mock


def test_each_adapter_reads_what_the_reader_is_told_to_name() -> None:
    assert facts.TARGETS["contract"] == "contract" and facts.TARGETS["mock"] == BASE
    assert all((facts.ROOT / facts.TARGETS[name]).is_dir() for name in ("cassettes", "folder"))


def test_only_the_mock_shows_exchanges(runs: Mapping[str, Evaluation]) -> None:
    assert [name for name, run in runs.items() if run.api.asked] == ["mock"]
    assert runs["mock"].api.origin is Origin.mock


def test_the_port_of_the_build_is_nowhere(runs: Mapping[str, Evaluation]) -> None:
    api = runs["mock"].api
    assert api.title == f"mock at {BASE}"
    for asked in api.asked.values():
        assert asked.body.count("127.0.0.1:") == asked.body.count("127.0.0.1:8420")


def test_results_are_what_a_report_may_show(runs: Mapping[str, Evaluation]) -> None:
    found = facts.results(runs["mock"])
    assert set(found) == set(runs["mock"].by_id)
    assert not any("exchange" in result for result in facts.results(runs["folder"]).values())


@pytest.mark.parametrize(
    ("path", "headers", "status"),
    [
        ("/hjdw/SBOX02/allergy", {}, 200),
        ("/hjdw/SBOX02/nothing", {}, 404),
        ("/hjdw/SBOX02/allergy", {"Secretkey": "wrong"}, 401),
    ],
)
def test_the_mock_in_this_process_answers_as_over_http(path: str, headers: dict[str, str], status: int) -> None:
    answer = Mock().ask(path, **headers)
    assert answer.status == status and answer.request == f"GET {path}"
    assert isinstance(answer.body, dict)


def test_addresses_in_answers_are_those_of_a_reader_s_mock() -> None:
    assert Mock().get("allergy").body["path"] == f"{BASE}/hjdw/SBOX02/allergy"


def test_another_selection_gives_other_rows() -> None:
    vendor, clean = Mock().get("appointment").body["data"][0], Mock("none").get("appointment").body["data"][0]
    assert set(vendor) != set(clean)
