"""Each quirk of values alone flips exactly its check, on a mock over HTTP, and contract and mock never contradict."""

from __future__ import annotations

from functools import cache
from time import process_time

import pytest

from evaluation.findings import catalogue
from evaluation.findings.adapters import contract, server
from evaluation.findings.model import Api
from evaluation.findings.registry import Check, checks_by_id
from mockserver.settings import Settings
from mockserver.testing import Server

FLIPS = {
    "Q11": "HJ-010", "Q20": "HJ-011", "Q18": "HJ-013", "Q24": "HJ-015", "Q28": "HJ-017", "Q12": "HJ-020",
    "Q23": "HJ-030", "Q21": "HJ-031",
}  # fmt: skip
OF_FEEDS = {
    "Q20-feed": "HJ-012", "Q29": "HJ-018", "Q30": "HJ-019", "Q25": "HJ-032", "Q26": "HJ-033", "Q27": "HJ-034",
}  # fmt: skip
STEADY = ("HJ-014", "HJ-044")
DECLARED = ("HJ-010", "HJ-011", "HJ-012", "HJ-013", "HJ-014", "HJ-015", "HJ-017", "HJ-020", "HJ-044")


def mine() -> dict[str, Check]:
    wanted = {*FLIPS.values(), *OF_FEEDS.values(), *STEADY}
    return {id_: check for id_, check in checks_by_id().items() if id_ in wanted}


def shown(quirks: str, world: str) -> Api:
    running = Server(Settings(world=world, quirks=quirks))
    try:
        return server.read(running.url, environ={})
    finally:
        running.stop()


@cache
def verdicts(quirks: str, world: str = "sandbox") -> dict[str, str]:
    api = shown(quirks, world)
    return {id_: str(check.function(api).verdict) for id_, check in mine().items()}


def test_vendor_and_clean_twin() -> None:
    clean = {**dict.fromkeys(mine(), "pass"), **dict.fromkeys(STEADY, "fail")}
    assert verdicts("none") == clean
    assert verdicts("vendor") == {**clean, **dict.fromkeys(FLIPS.values(), "fail")}


@pytest.mark.parametrize("quirk", sorted(FLIPS))
def test_a_quirk_switched_off_flips_exactly_its_check(quirk: str) -> None:
    now, before = verdicts(f"vendor,-{quirk}"), verdicts("vendor")
    assert {id_ for id_ in now if now[id_] != before[id_]} == {FLIPS[quirk]}
    assert now[FLIPS[quirk]] == "pass"


@pytest.mark.parametrize("quirk", sorted(OF_FEEDS))
def test_a_quirk_of_feeds_switched_on_flips_exactly_its_check(quirk: str) -> None:
    now, before = verdicts(f"vendor,{quirk}", "clinic"), verdicts("vendor", "clinic")
    assert {id_ for id_ in now if now[id_] != before[id_]} == {OF_FEEDS[quirk]}
    assert now[OF_FEEDS[quirk]] == "fail"


@pytest.mark.parametrize("quirks", ["vendor", "none", "vendor,-Q11", "vendor,-Q12", "vendor,-Q18", "vendor,-Q28"])
def test_contract_and_mock_say_the_same(quirks: str) -> None:
    api = contract.read(quirks)
    declared = {id_: str(mine()[id_].function(api).verdict) for id_ in DECLARED}
    assert declared == {id_: verdicts(quirks)[id_] for id_ in DECLARED}


def test_every_one_of_them_has_a_workaround_with_code() -> None:
    assert all(catalogue.load()[id_].workaround.code for id_ in mine())


def test_eighty_thousand_rows_take_a_moment() -> None:
    api = shown("vendor", "sandbox,clinic")
    started = process_time()
    for check in mine().values():
        check.function(api)
    assert process_time() - started < 2


def test_no_value_of_a_row_is_told() -> None:
    api = shown("vendor", "sandbox")
    private = {"last_name", "first_name", "ssn", "dob", "reason", "patient_id", "clinician", "address_line_1"}
    fields = [field for resource in api.resources for field in resource.fields if field.name in private]
    values = {value for field in fields for value in field.samples if isinstance(value, str) and len(value) > 3}
    told = " ".join(str(check.function(api)) for check in mine().values())
    assert not [value for value in values if value in told]
