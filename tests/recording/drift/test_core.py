"""The whole way: a mock, clean or lying, is recorded by the plan and compared with mock and contract."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from evaluation.recording.cassette import Cassette
from evaluation.recording.drift import Result, compare
from evaluation.recording.drift.asking import Asked
from evaluation.recording.drift.comparison import contract_of
from mockserver import __version__
from mockserver.faults.mutations import CORE, MUTATIONS

from .conftest import Captures

TODAY = date(2026, 1, 31)
SEVERAL = (
    ("null-where-forbidden", "order-elsewhere", "row-key-order", "delete-ind-elsewhere", "date-dashed", "lt-inclusive",
     "error-status", "repeated-last", "envelope-key-order", "last-page-one", "past-end-missing", "payer-answers",
     "charset", "cacheable", "rate-limit-headers", "cors-anonymous", "login-members"),
    ("envelope-key-removed", "timestamp-with-t", "deleted-withheld", "urls-relative"),
    ("path-with-query",),
    ("envelope-total-text",),
)  # fmt: skip


def cassette(asked: Asked, quirks: str = "vendor", origin: str = f"mock {__version__}") -> Cassette:
    """A capture as ``hjkit record`` labels it."""
    meta = {"origin": origin, "recorded": "2026-01-01", "plan": "default", "quirks": quirks}
    view = asked.view
    return Cassette({**meta, "cut": dict.fromkeys(view.cut, 99), "steps": view.steps or {}}, view.exchanges)


def compared(recorded: Asked, mock: Asked, quirks: str = "vendor") -> Result:
    found = cassette(recorded, quirks)
    return compare(found, [mock], contract_of(found), TODAY)


def ids(result: Result) -> set[str]:
    return {difference.id for difference in result.differences}


def told(names: tuple[str, ...]) -> set[str]:
    return {MUTATIONS[name].breaks for name in names}


@pytest.mark.parametrize("quirks", ["vendor", "none", "vendor,-Q18,-Q19"])
def test_a_clean_mock_does_not_differ(capture: Captures, quirks: str) -> None:
    clean = capture(quirks=quirks)
    assert clean.stopped == ""
    result = compared(clean, clean, quirks)
    assert result.differences == ()
    assert result.clean
    assert result.age == 30


def test_all_ten_together_are_reported_and_nothing_else(capture: Captures) -> None:
    result = compared(capture(*CORE), capture())
    assert ids(result) == told(CORE)
    assert len(result.differences) == len(CORE) == 10
    assert all(d.says["mock"] == "as stated" for d in result.differences)


def test_a_mock_that_lies_is_reported_beside_a_clean_recording(capture: Captures) -> None:
    result = compared(capture(), capture(*CORE))
    assert ids(result) == told(CORE)
    assert all(d.says["recording"] in ("as stated", "not seen") for d in result.differences)


@pytest.mark.parametrize("name", CORE)
def test_each_of_the_ten_is_reported_alone(capture: Captures, name: str) -> None:
    result = compared(capture(name), capture())
    assert [d.id for d in result.differences] == [MUTATIONS[name].breaks]
    known = contract_of(None)
    id_ = result.differences[0].id
    evidence = known.behaviours[id_].evidence if id_ in known.behaviours else _property(id_)
    assert result.differences[0].grade == str(evidence.grade)


def _property(id_: str):  # type: ignore[no-untyped-def]
    element, _, column = id_.partition(".")
    return contract_of(None).elements[element].by_wire[column].evidence


@pytest.mark.parametrize("names", SEVERAL, ids=lambda names: names[0])
def test_the_other_mutations_are_reported_at_their_ids(capture: Captures, names: tuple[str, ...]) -> None:
    assert ids(compared(capture(*names), capture())) == told(names)


def test_every_mutation_is_tried() -> None:
    assert {*CORE, *(name for names in SEVERAL for name in names)} == set(MUTATIONS)


def test_only_a_mock_of_this_version_shows_the_same_world(capture: Captures) -> None:
    """Rows of another version may differ without anything having drifted."""
    found = cassette(capture("deleted-withheld"))
    assert ids(compare(found, [capture()], contract_of(found), TODAY)) == {"row.deleted-delivered"}
    older = replace(found, meta={**found.meta, "origin": "mock 0.0.1"})
    assert ids(compare(older, [capture()], contract_of(older), TODAY)) == set()


def test_what_holds_is_known_too(capture: Captures) -> None:
    result = compared(capture("order"), capture())
    assert "order.newest-first" not in result.confirmed["recording"]
    assert {"order.newest-first", "filter.btwn", "appointment.duration"} <= set(result.confirmed["mock"])
    assert "order.newest-first.other" in result.confirmed["recording"]


def test_a_view_that_was_cut_off_is_not_clean(capture: Captures) -> None:
    clean = capture()
    result = compared(clean, replace(clean, stopped="the limit was reached"))
    assert result.differences == ()
    assert not result.clean
