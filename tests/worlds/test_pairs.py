"""Every pair of switches, thrown from the default: each row that is ever served satisfies the contract served."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from itertools import combinations
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from mockserver import contract as contracts
from mockserver.contract.bundle import row_schema
from mockserver.contract.check import problems
from mockserver.contract.quirks import VENDOR, describe, parse_selection, switchable
from mockserver.errors import InputError
from mockserver.foundry import build
from mockserver.worlds import open_world

from .made import Made, clinic, sandbox

SWITCHES = sorted(switchable())
PAIRS = list(combinations(SWITCHES, 2))
WORLDS: dict[str, Callable[[], Made]] = {"sandbox": sandbox, "clinic": clinic}


def selections() -> Iterator[frozenset[str]]:
    for pair in PAIRS:
        chosen = VENDOR ^ frozenset(pair)
        try:
            yield parse_selection(describe(chosen))
        except InputError as refused:
            assert "needs" in str(refused) or "exclude" in str(refused)


def test_all_pairs_can_stand_together() -> None:
    assert len(PAIRS) == len(list(selections())) == 528


@pytest.mark.parametrize("first", SWITCHES[:-1])
def test_every_row_under_a_pair_of_switches_satisfies_the_contract(first: str) -> None:
    for second in SWITCHES[SWITCHES.index(first) + 1 :]:
        quirks = VENDOR ^ {first, second}
        for made in (sandbox(), clinic(4)):
            for element in contracts.load(quirks).elements.values():
                if element.name != "client_ids":
                    assert made.amiss(element, quirks) == [], (second, element.name)


@pytest.mark.parametrize("text", ["none", "vendor", "vendor+feed", "vendor,Q25,-Q16", "vendor,-Q01,-Q13", "Q12,Q29"])
@pytest.mark.parametrize("world", WORLDS)
def test_the_files_of_a_built_world_hold_these_very_rows(text: str, world: str, tmp_path: Path) -> None:
    made, quirks = WORLDS[world](), parse_selection(text)
    build(made.profile, quirks, tmp_path / "world")
    practice = open_world(tmp_path / "world", wanted=quirks).practices[made.profile.practices[0].code]
    for name, table in practice.tables.items():
        expected = sorted(entry.row for entry in made.entries(contracts.load(quirks).elements[name], quirks))
        assert sorted(table.row(place) for place in range(len(table))) == expected, name


@pytest.mark.parametrize("text", ["none", "vendor", "vendor+feed"])
@pytest.mark.parametrize("world", WORLDS)
def test_json_schema_finds_nothing_amiss_either(world: str, text: str) -> None:
    shown = WORLDS[world]().show(parse_selection(text))
    for name, rows in shown.wire.items():
        validator = Draft202012Validator(row_schema(shown.contract.elements[name]))
        assert all(validator.is_valid(row) for row in rows), name


def test_a_row_that_breaks_the_contract_would_be_found() -> None:
    """Rows made without a feed quirk fit the clean pattern; with its dirt they only fit the contract that admits it."""
    clean, dirty = contracts.load(VENDOR), contracts.load(VENDOR | {"Q25"})
    entries = clinic(4).entries(dirty.elements["diagnosis"], dirty.quirks)
    rows = [json.loads(entry.row) for entry in entries]
    assert any(problems(clean.elements["diagnosis"], row) for row in rows)
    assert not any(problems(dirty.elements["diagnosis"], row) for row in rows)
