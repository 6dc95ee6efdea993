"""Each quirk alone flips exactly the check over rows, answers or token that is about it, on a mock over HTTP."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from importlib import import_module
from pathlib import Path

import pytest

from evaluation.findings import catalogue
from evaluation.findings.adapters import server
from evaluation.findings.model import Api
from evaluation.findings.outcome import Verdict
from evaluation.findings.registry import Check, checks_by_id
from mockserver.settings import Settings
from mockserver.testing import Server

FLIPS = {
    "Q13": "HJ-021", "Q14": "HJ-024", "Q16": "HJ-027", "Q17": "HJ-028", "Q19": "HJ-029", "Q22": "HJ-026",
    "Q31": "HJ-035", "Q34": "HJ-037",
}  # fmt: skip
STEADY = {"HJ-022": "fail", "HJ-023": "pass", "HJ-025": "pass", "HJ-038": "pass", "HJ-039": "pass", "HJ-046": "pass"}
RELAXED = {
    "unknown_column": "unknown filter column",
    "unknown_operator": "unknown filter operator",
    "malformed_value": "wrong filter value",
}


def mine() -> dict[str, Check]:
    return {id_: check for id_, check in checks_by_id().items() if id_ in {*FLIPS.values(), *STEADY}}


@contextmanager
def shown(**settings: str) -> Iterator[Api]:
    """The sandbox as the adapter reads it from a mock with these settings."""
    running = Server(Settings(world="sandbox", **settings))
    try:
        yield server.read(running.url, environ={})
    finally:
        running.stop()


@cache
def verdicts(quirks: str) -> dict[str, str]:
    with shown(quirks=quirks) as api:
        return {id_: str(check.function(api).verdict) for id_, check in mine().items()}


def test_all_of_them_fail_on_the_vendor_and_pass_on_the_clean_twin() -> None:
    assert verdicts("vendor") == {**dict.fromkeys(FLIPS.values(), "fail"), **STEADY}
    assert verdicts("none") == {**dict.fromkeys(FLIPS.values(), "pass"), **STEADY}


@pytest.mark.parametrize("quirk", sorted(FLIPS))
@pytest.mark.parametrize(("rest", "sign", "there"), [("vendor", "-", False), ("none", "", True)])
def test_a_quirk_alone_flips_exactly_its_check(quirk: str, rest: str, sign: str, there: bool) -> None:
    now, before = verdicts(f"{rest},{sign}{quirk}"), verdicts(rest)
    assert {id_ for id_ in now if now[id_] != before[id_]} == {FLIPS[quirk]}
    assert now[FLIPS[quirk]] == ("fail" if there else "pass")


@pytest.mark.parametrize("setting", sorted(RELAXED))
def test_a_mock_that_ignores_a_filter_is_found_out(setting: str) -> None:
    with shown(**{setting: "ignore"}) as api:
        outcome = mine()["HJ-039"].function(api)
    assert outcome.verdict is Verdict.fail
    assert [place.resource for place in outcome.places] == [RELAXED[setting]]


@pytest.mark.parametrize("setting", sorted(RELAXED))
def test_one_that_answers_with_nothing_is_not(setting: str) -> None:
    with shown(**{setting: "empty"}) as api:
        assert mine()["HJ-039"].function(api).verdict is Verdict.passed


def test_no_outcome_holds_a_value_of_a_row() -> None:
    with shown() as api:
        found = [check.function(api) for check in mine().values()]
        said = " ".join(f"{o.why} {[(str(place), place.detail) for place in o.places]}" for o in found)
        cells = {
            cell
            for resource in api.resources
            for table in resource.tables
            for column in table.columns.values()
            for cell in column
            if isinstance(cell, str) and len(cell) > 5 and any(letter.isdigit() for letter in cell)
        }
    assert len(cells) > 100
    assert not [cell for cell in cells if cell in said]


def test_places_of_rows_lead_to_a_row_that_shows_the_fault() -> None:
    with shown() as api:
        for id_, column in (("HJ-021", "delete_ind"), ("HJ-028", ""), ("HJ-026", ""), ("HJ-024", "client_appt_id")):
            for place in mine()[id_].function(api).places:
                table = next(t for t in api.by_name[place.resource].tables if t.practice == place.practice)
                assert column in ("", place.field) and table.row(place.row)[place.field]
                assert column != "delete_ind" or table.row(place.row)[column] == "Y"


def test_each_of_these_checks_tells_what_to_do_with_code_that_exists() -> None:
    entries = catalogue.load()
    for id_ in (*FLIPS.values(), *STEADY, "HJ-036"):
        module, _, name = entries[id_].workaround.code.partition(":")
        function: Callable[..., object] = getattr(import_module(module), name)
        assert entries[id_].workaround.text and function.__doc__
        assert Path(import_module(module).__file__ or "").parent.name == "workarounds"
    assert entries["HJ-040"].workaround.text
