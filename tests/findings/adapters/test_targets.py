"""What ``TARGET`` may be, and that each kind is told from the others."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from evaluation.findings.adapters import open_target
from evaluation.findings.model import Input, Origin
from mockserver.errors import InputError
from mockserver.testing import Server

CASSETTES = Path(__file__).parents[3] / "fixtures" / "cassettes" / "vendor"


def test_the_contract_and_its_quirks() -> None:
    assert open_target("contract").title == "the contract (vendor)"
    clean = open_target("contract:none")
    assert clean.origin is Origin.contract and "patient" in clean.by_name
    assert "payer_dim" in open_target("contract:vendor,-Q06").by_name


def test_a_selection_of_quirks_that_cannot_be() -> None:
    with pytest.raises(InputError, match="Q99"):
        open_target("contract:Q99")


def test_a_server(sandbox: Server) -> None:
    api = open_target(sandbox.url, environ={}, practices=("SBOX02",))
    assert api.origin is Origin.mock and Input.all_rows in api.inputs
    assert open_target(f"{sandbox.url}/", environ={}).title == f"mock at {sandbox.url}"


def test_a_folder_of_cassettes_and_one_of_them() -> None:
    assert open_target(str(CASSETTES)).origin is Origin.recording
    assert open_target(str(CASSETTES / "elements.yaml")).origin is Origin.recording


def test_a_folder_of_rows(tmp_path: Path) -> None:
    (tmp_path / "things.json").write_text(json.dumps([{"id": 1}]), encoding="utf-8")
    api = open_target(str(tmp_path))
    assert api.origin is Origin.folder and [r.name for r in api.resources] == ["things"]


@pytest.mark.parametrize("target", ["contrct", "api.healthjump.com", "ftp://127.0.0.1", "", "no/such/folder", "mock"])
def test_anything_else_lists_what_is_valid(target: str) -> None:
    with pytest.raises(InputError) as failure:
        open_target(target)
    text = str(failure.value)
    assert text.startswith("TARGET: ") and "contract:none" in text and "https://HOST" in text and "cassette" in text
    assert ("did you mean contract?" in text) == (target == "contrct")


@pytest.mark.parametrize("options", [{"practices": ("A",)}, {"limit": 3}, {"permission": True}])
@pytest.mark.parametrize("target", ["contract", "fixtures"])
def test_options_without_effect_are_refused(target: str, options: dict[str, Any]) -> None:
    with pytest.raises(InputError, match=f"{next(iter(options))} only mean something for a server"):
        open_target(target, **options)


def test_options_with_a_default_are_no_options() -> None:
    how = {"environ": {}, "practices": None, "limit": None, "permission": False, "timeout": 3.0, "prompt": None}
    assert open_target("contract", **how).origin is Origin.contract
