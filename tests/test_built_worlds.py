"""No version of any row that is ever served holds a licensed code or an identity that could be somebody's."""

from __future__ import annotations

import pytest

from mockserver import load_world
from mockserver.contract.quirks import parse_selection
from tests import scan


@pytest.mark.parametrize(
    ("name", "quirks"),
    [("sandbox", "vendor"), ("clinic", "none"), ("clinic", "vendor"), ("clinic", "vendor+feed")],
)
def test_every_version_of_every_row_is_free_to_ship(name: str, quirks: str) -> None:
    world = load_world(name, parse_selection(quirks))
    seen, problems = 0, []
    for practice in world.practices.values():
        for element, table in practice.tables.items():
            seen += len(table)
            problems += scan.table_problems(element, table.parsed())
    assert seen > 200
    assert problems == []
