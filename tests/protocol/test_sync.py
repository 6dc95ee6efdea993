"""Thirty days in steps: a sync by modify timestamp gets exactly the rows whose version changed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest

from mockserver.contract import Element
from mockserver.contract.wire import parse_timestamp, timestamp
from mockserver.store import Table

from .client import MODIFIED, Client, Row
from .conftest import Open

DAY = 86_400_000_000
STEPS = ("P1D", "PT13H7M", "PT0.5S", "P6DT11H", "PT18H1M11.25S", "P9D", "P2DT0.000001S", "P10D", "PT5H51M48.249999S")
"""Nights and days, an instant in the middle of a load, almost nothing; thirty days in all."""


@dataclass
class Copy:
    """What a connector keeps of one element: rows by Healthjump id, and the newest modify timestamp it has seen."""

    client: Client
    element: Element
    rows: dict[int, Row] = field(default_factory=dict)
    cursor: int = 0

    def number(self, row: Row) -> int:
        assert self.element.surrogate is not None
        return int(row[self.element.surrogate.wire])

    def load(self) -> None:
        self._keep(self.client.rows(self.element.path))

    def sync(self, now: str) -> set[int]:
        """Ask for everything from the cursor on; the numbers of the rows that were new or other."""
        found = self.client.since(self.element.path, timestamp(self.cursor), now)
        news = {self.number(row) for row in found if self.rows.get(self.number(row)) != row}
        assert all(parse_timestamp(row[MODIFIED]) == self.cursor for row in found if self.number(row) not in news)
        self._keep(found)
        return news

    def _keep(self, rows: list[Row]) -> None:
        self.rows |= {self.number(row): row for row in rows}
        self.cursor = max([self.cursor, *(parse_timestamp(row[MODIFIED]) for row in rows)])


def changed(table: Table, before: int, now: int) -> set[int]:
    """Numbers of the rows with a version that appeared after ``before`` and is there now."""
    index = table.index
    spans = zip(index.start, index.end, index.surrogate, strict=True)
    return {number for start, end, number in spans if before < start <= now < end}


def copies(client: Client) -> Iterator[Copy]:
    for element in client.server.state.contract.elements.values():
        if element.surrogate is not None:
            copy = Copy(client, element)
            copy.load()
            yield copy


@pytest.mark.parametrize("world", ["sandbox", "clinic"])
def test_thirty_days_of_syncs_get_exactly_what_changed(world: str, open_client: Open) -> None:
    client = open_client(world)
    kept = list(copies(client))
    state = client.server.state
    seen = dict.fromkeys(state.contract.elements, 0)
    start = before = state.clock.now()
    for step in STEPS:
        now = client.advance(step)
        for copy in kept:
            table = state.practice(client.server.practice).tables[copy.element.name]
            expected = changed(table, before, state.clock.now())
            assert copy.sync(now) == expected, (step, copy.element.name)
            seen[copy.element.name] += len(expected)
        before = state.clock.now()
    assert before - start == 30 * DAY
    if world == "clinic":
        assert {name for name, count in seen.items() if not count} <= {"client_ids", "payer", "provider", "allergy"}


@pytest.mark.parametrize("world", ["sandbox", "clinic"])
def test_a_copy_kept_by_syncs_equals_a_fresh_walk(world: str, open_client: Open) -> None:
    client = open_client(world)
    kept = list(copies(client))
    for step in ("P11DT5H3M", "P19D"):
        now = client.advance(step)
        for copy in kept:
            copy.sync(now)
    for copy in kept:
        fresh = {copy.number(row): row for row in client.rows(copy.element.path)}
        assert copy.rows == fresh, copy.element.name


def test_a_sync_of_nothing_new_gets_the_last_batch_again(open_client: Open) -> None:
    """The cursor is inclusive, because all rows of a load share one instant."""
    client = open_client("clinic")
    copy = next(c for c in copies(client) if c.element.name == "appointment")
    again = client.since("appointment", timestamp(copy.cursor), timestamp(client.server.state.clock.now()))
    assert len(again) > 1
    assert {parse_timestamp(row[MODIFIED]) for row in again} == {copy.cursor}
    assert copy.sync(timestamp(client.server.state.clock.now())) == set()


def test_a_reset_takes_the_thirty_days_back(open_client: Open) -> None:
    client = open_client("clinic")
    before = client.rows("appointment")
    client.advance("P30D")
    assert client.rows("appointment") != before
    client.server.told("POST", "/reset")
    assert client.rows("appointment") == before
