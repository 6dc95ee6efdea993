"""Log in, follow next_page_url to null on every path of both worlds: the same rows at any page size."""

from __future__ import annotations

import math

import pytest

from .conftest import Open

PATHS = 20
WORLDS = ("sandbox", "clinic")


@pytest.mark.parametrize("world", WORLDS)
def test_pages_of_1000_and_of_7_hold_the_same_rows(world: str, open_client: Open) -> None:
    large, small = open_client(world), open_client(world, per_page=7)
    assert len(large.paths) == PATHS
    for path in large.paths:
        assert large.rows(path) == small.rows(path), path
    assert small.requests > large.requests


@pytest.mark.parametrize("world", WORLDS)
def test_the_envelopes_of_a_walk_fit_together(world: str, open_client: Open) -> None:
    client = open_client(world, per_page=100)
    for path in client.paths:
        pages = list(client.pages(path))
        total = pages[0]["total"]
        assert [page["current_page"] for page in pages] == list(range(1, max(1, math.ceil(total / 100)) + 1))
        assert {page["total"] for page in pages} == {total} == {sum(len(page["data"]) for page in pages)}
        assert {page["last_page"] for page in pages} == {math.ceil(total / 100)}
        assert [page["prev_page_url"] is None for page in pages] == [n == 0 for n in range(len(pages))]
        for page in pages:
            first = (page["current_page"] - 1) * 100 + 1
            expected = (first, first + len(page["data"]) - 1) if page["data"] else (None, None)
            assert (page["from"], page["to"]) == expected
            assert page["path"] == client.server.base_url + client.server.path(path)


@pytest.mark.parametrize("world", WORLDS)
def test_the_rows_of_a_walk_are_those_of_the_files(world: str, open_client: Open) -> None:
    """Every row of the world once, with the number the world's description gives."""
    client = open_client(world)
    told = client.server.told("GET", "/worlds")["worlds"]
    counts = {code: facts["elements"] for w in told for code, facts in w["practices"].items()}
    for name, facts in counts[client.server.practice].items():
        element = client.server.state.contract.elements[name]
        rows = client.rows(element.path)
        assert element.surrogate is not None
        numbers = {row[element.surrogate.wire] for row in rows}
        assert len(rows) == len(numbers) == facts["rows"], name


def test_both_practices_are_listed(open_client: Open) -> None:
    rows = open_client("clinic").rows("client_ids")
    assert [row["client_id"] for row in rows] == ["CLNC04", "SBOX02"]
