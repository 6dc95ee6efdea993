"""Other seeds and all the dirt there is: still no licensed code, and nobody who could be real."""

from __future__ import annotations

import json

import pytest

from mockserver import contract as contracts
from mockserver.contract.quirks import of_set
from mockserver.world import profiles
from tests import scan

from .made import Made, clinic, make, sandbox

FEED = of_set("vendor+feed")


def problems(made: Made) -> list[str]:
    found = []
    for element in contracts.load(FEED).elements.values():
        rows = (json.loads(entry.row) for entry in made.entries(element, FEED))
        found += scan.table_problems(element.name, rows)
    return found


@pytest.mark.parametrize("seed", [1, 2, 2**63 - 1])
def test_a_clinic_of_another_seed_is_free_to_ship(seed: int) -> None:
    assert problems(make(profiles.load("clinic").with_(patients=6, seed=seed))) == []


def test_every_kind_of_dirt_is_free_to_ship() -> None:
    assert problems(sandbox()) == problems(clinic(60)) == []
