"""Laws of pages and filters that need no expected answer, over both worlds as served."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mockserver.contract import Element

from .client import Client, Row
from .conftest import Open

ELEMENTS = {
    "sandbox": ("appointment", "demographic", "encounter", "lab_result", "vitals"),
    "clinic": ("demographic", "medication", "allergy", "provider", "attribution", "medsurg_history"),
}
WORLDS = pytest.mark.parametrize("world", ELEMENTS)
# The mock is only asked, never changed, so that examples may share it.
bounded = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@dataclass
class Asked:
    """A world behind a client with pages that hold everything, and one with pages of 7."""

    whole: Client
    sevens: Client
    _all: dict[str, list[Row]] = field(default_factory=dict)

    def all(self, element: str) -> list[Row]:
        if element not in self._all:
            self._all[element] = self.whole.rows(element)
        return self._all[element]

    def rows(self, element: str, *filters: tuple[str, str]) -> list[Row]:
        return self.whole.rows(element, query(*filters))

    def element(self, path: str) -> Element:
        return self.whole.server.state.contract.paths[path]


def query(*filters: tuple[str, str]) -> str:
    return "&".join(f"{quote(column)}={quote(text)}" for column, text in filters)


@pytest.fixture
def ask(open_client: Open) -> Callable[[str], Asked]:
    return lambda world: Asked(open_client(world, per_page=100_000), open_client(world, per_page=7))


@pytest.fixture
def asked(world: str, ask: Callable[[str], Asked]) -> Asked:
    return ask(world)


texts = st.text(st.characters(codec="utf-8", exclude_characters="~\0"), max_size=6)


def filterable(asked: Asked, world: str, data: st.DataObject) -> tuple[str, str]:
    """An element and one of its columns."""
    path = data.draw(st.sampled_from(ELEMENTS[world]))
    return path, data.draw(st.sampled_from(sorted(asked.element(path).by_wire)))


def values(asked: Asked, path: str, column: str) -> st.SearchStrategy[str]:
    """What a filter on the column may compare with: values that occur, and some that need not."""
    prop = asked.element(path).by_wire[column]
    known = {str(row[column]) for row in asked.all(path) if row[column] is not None}
    there = sorted(value for value in known if "~" not in value)
    other: st.SearchStrategy[str] = texts
    if prop.number:
        other = st.integers(-1, 10**10).map(str)
    elif prop.format.startswith("hj-timestamp"):
        other = st.datetimes().filter(lambda d: d.year >= 1000).map(lambda d: d.isoformat(" "))
    return st.sampled_from(there) | other if there else other


def identities(rows: list[Row]) -> list[tuple[Any, ...]]:
    return [tuple(row.values()) for row in rows]


@WORLDS
@given(data=st.data())
@bounded
def test_complementary_filters_part_the_rows_that_have_a_value(world: str, asked: Asked, data: st.DataObject) -> None:
    path, column = filterable(asked, world, data)
    value = data.draw(values(asked, path, column))
    having = identities([row for row in asked.all(path) if row[column] is not None])
    for one, other in (("eq", "ne"), ("lt", "gte"), ("lte", "gt")):
        parts = [set(identities(asked.rows(path, (column, f"{op}~{value}")))) for op in (one, other)]
        assert not parts[0] & parts[1], (one, other)
        assert parts[0] | parts[1] == set(having), (one, other)


@WORLDS
@given(data=st.data())
@bounded
def test_filtered_rows_are_rows_in_the_same_order(world: str, asked: Asked, data: st.DataObject) -> None:
    path, column = filterable(asked, world, data)
    low, high = sorted([data.draw(values(asked, path, column)), data.draw(values(asked, path, column))])
    for text in (f"btwn~{low}~{high}", f"in~{low}~{high}", f"ne~{low}", f"like~%{low}%"):
        found = identities(asked.rows(path, (column, text)))
        kept = set(found)
        assert found == [row for row in identities(asked.all(path)) if row in kept], text


@WORLDS
@given(data=st.data())
@bounded
def test_operators_agree_with_each_other(world: str, asked: Asked, data: st.DataObject) -> None:
    path, column = filterable(asked, world, data)
    low, high = data.draw(values(asked, path, column)), data.draw(values(asked, path, column))

    def rows(text: str) -> set[tuple[Any, ...]]:
        return set(identities(asked.rows(path, (column, text))))

    assert rows(f"btwn~{low}~{high}") == rows(f"gte~{low}") & rows(f"lte~{high}")
    assert rows(f"in~{low}~{high}") == rows(f"eq~{low}") | rows(f"eq~{high}")
    assert rows(f"eqf~{low}") == rows(f"eq~{low}") == rows(f"lte~{low}") - rows(f"lt~{low}")
    assert rows("like~%") == {tuple(row.values()) for row in asked.all(path) if row[column] is not None}


@WORLDS
@given(data=st.data())
@bounded
def test_filters_commute_and_intersect(world: str, asked: Asked, data: st.DataObject) -> None:
    path = data.draw(st.sampled_from(ELEMENTS[world]))
    names = st.sampled_from(sorted(asked.element(path).by_wire))
    columns = data.draw(st.lists(names, min_size=2, max_size=3, unique=True))
    operators = st.sampled_from(["eq", "ne", "lt", "gte", "lte", "gt"])
    filters = [(c, f"{data.draw(operators)}~{data.draw(values(asked, path, c))}") for c in columns]
    together = asked.rows(path, *filters)
    assert asked.rows(path, *data.draw(st.permutations(filters))) == together
    apart = [set(identities(asked.rows(path, each))) for each in filters]
    assert set(identities(together)) == set.intersection(*apart)


@WORLDS
@given(data=st.data())
@bounded
def test_the_size_of_pages_never_changes_the_answer(world: str, asked: Asked, data: st.DataObject) -> None:
    path, column = filterable(asked, world, data)
    chosen = (column, f"{data.draw(st.sampled_from(['ne', 'gte', 'eq']))}~{data.draw(values(asked, path, column))}")
    expected = asked.rows(path, chosen)[:200]
    pages = []
    for page in asked.sevens.pages(path, query(chosen)):
        pages += page["data"]
        if len(pages) >= 200:
            break
    assert pages[:200] == expected


@WORLDS
@given(data=st.data())
@bounded
def test_any_page_is_its_part_of_the_whole(world: str, asked: Asked, data: st.DataObject) -> None:
    path = data.draw(st.sampled_from(ELEMENTS[world]))
    number = data.draw(st.integers(1, len(asked.all(path)) // 7 + 3))
    envelope = asked.sevens.get(asked.sevens.server.path(path, f"page={number}"))
    assert envelope["data"] == asked.all(path)[(number - 1) * 7 : number * 7]
    assert envelope["total"] == len(asked.all(path))
    following = envelope["next_page_url"]
    assert (following is None) == (number >= envelope["last_page"])
