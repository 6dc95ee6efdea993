"""Prism's mock of the contract as one more view: shapes and statuses, nothing else."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from evaluation.recording.drift import compare
from evaluation.recording.drift.asking import ask_prism
from evaluation.recording.drift.comparison import contract_of
from evaluation.recording.drift.facts import NOT_COMPARABLE, SHAPE
from evaluation.recording.drift.prism import find, serving
from mockserver.errors import InputError
from tests.prism.processes import PRISM, require_prism

from .conftest import Captures, plan_of
from .test_core import cassette

pytestmark = pytest.mark.xdist_group("prism-drift")


def test_prism_serves_the_contract_as_it_is(capture: Captures) -> None:
    require_prism()
    contract = contract_of(None)
    with serving(PRISM, contract) as address:
        asked = ask_prism(plan_of(), contract, address)
    assert asked.stopped == ""
    assert asked.view.facets == SHAPE
    found = cassette(capture("order", "type-flipped"))
    result = compare(found, [asked], contract, date(2026, 1, 31))
    says = {d.id: d.says["prism"] for d in result.differences}
    assert says == {"order.newest-first": NOT_COMPARABLE, "appointment.duration": "as stated"}
    assert result.requests["prism"] > 20


def test_prism_is_optional(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert find(None) is None
    with pytest.raises(InputError, match="no such program"):
        find(tmp_path / "prism")
    program = tmp_path / "prism"
    program.write_text("#!/bin/sh\nexit 1\n", encoding="utf-8")
    program.chmod(0o755)
    assert find(None) == program


def test_a_prism_that_does_not_start_is_one_sentence(tmp_path: Path) -> None:
    program = tmp_path / "prism"
    program.write_text("#!/bin/sh\nexit 1\n", encoding="utf-8")
    program.chmod(0o755)
    with pytest.raises(InputError, match="Prism did not start"), serving(program, contract_of(None)):
        pass
