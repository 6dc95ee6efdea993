"""Columns: places by value, equal values in different notations together, and how many are kept."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from mockserver.store import FilterPolicy, Kind, parse
from mockserver.store.columns import Columns, Row, build

ROWS: list[Row] = [
    {"n": "12.50", "t": "2022-08-01 00:00:00.5", "s": "b"},
    {"n": "12.5", "t": "2022-08-01 00:00:00.50", "s": None},
    {"n": 12.5, "t": "2022-08-01", "s": ""},
    {"n": "n/a", "t": "soon", "s": "B"},
    {"n": 3, "t": None},
]


def places(name: str, kind: Kind, text: str) -> list[int]:
    (condition,) = parse([(name, text)], {name: kind}, FilterPolicy())
    column = build(ROWS, [(name, kind)])[name, kind]
    return sorted(column.places(condition))


@pytest.mark.parametrize(
    ("name", "kind", "text", "expected"),
    [
        ("n", "number", "eq~12.500", [0, 1, 2]),
        ("n", "number", "lt~12.5", [4]),
        ("n", "number", "ne~3", [0, 1, 2]),
        ("n", "text", "eq~12.5", [1, 2]),
        ("t", "timestamp", "eq~2022-08-01 00:00:00.500", [0, 1]),
        ("t", "timestamp", "gte~2022-08-01", [0, 1, 2]),
        ("s", "text", "gte~", [0, 2, 3]),
        ("s", "text", "lt~b", [2, 3]),
        ("gone", "text", "like~%", []),
    ],
)
def test_places_hold_what_equals_by_kind(name: str, kind: Kind, text: str, expected: list[int]) -> None:
    assert places(name, kind, text) == expected


def test_columns_are_read_in_one_pass_and_the_last_used_are_kept() -> None:
    passes = []

    def rows() -> Iterator[Row]:
        passes.append(1)
        return iter(ROWS)

    columns = Columns(rows, limit=2)
    both = columns.get([("n", "number"), ("s", "text")])
    assert list(both) == [("n", "number"), ("s", "text")]
    assert columns.get([("s", "text")])["s", "text"] is both["s", "text"]
    assert len(passes) == 1
    columns.get([("t", "timestamp")])
    assert columns.get([("s", "text")])["s", "text"] is both["s", "text"]
    assert len(passes) == 2
    columns.get([("n", "number")])
    assert len(passes) == 3
