"""Rows become columns and columns fields; the laws hold for any rows."""

from __future__ import annotations

import json
import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.findings.adapters import fields
from evaluation.findings.adapters.fields import Gatherer
from evaluation.findings.model import ABSENT, SAMPLES, Field, Table

NAMES = st.from_regex(fields.NAME, fullmatch=True)
PLAIN = st.none() | st.booleans() | st.integers(-(2**60), 2**60) | st.floats(allow_nan=False) | st.text(max_size=6)
VALUES = st.recursive(PLAIN, lambda inner: st.lists(inner, max_size=2) | st.dictionaries(NAMES, inner, max_size=2))
ROWS = st.lists(st.dictionaries(st.sampled_from(["a", "b", "c", "d e"]) | NAMES, VALUES, max_size=4), max_size=12)


def field_of(cells: list[Any], *, complete: bool = True) -> Field:
    return fields.resource("x", [fields.table("p", [{"a": cell} for cell in cells], complete=complete)]).by_name["a"]


def same(one: object, other: object) -> bool:
    """Equal values of equal types."""
    return json.dumps(one, sort_keys=True) == json.dumps(other, sort_keys=True)


@given(ROWS)
def test_every_row_can_be_read_back(rows: list[dict[str, Any]]) -> None:
    table = fields.table("p", rows)
    assert [table.row(i) for i in range(table.size)] == rows
    assert all(len(column) == table.size for column in table.columns.values())


@given(ROWS, st.integers(1, 5))
def test_pages_give_the_same_table_as_all_rows_at_once(rows: list[dict[str, Any]], size: int) -> None:
    gathered = Gatherer("p")
    for start in range(0, len(rows), size):
        gathered.add(rows[start : start + size])
    assert (gathered.table().columns, gathered.size) == (fields.table("p", rows).columns, len(rows))


@given(ROWS, st.integers(1, 5))
def test_sparing_changes_no_value(rows: list[dict[str, Any]], size: int) -> None:
    gathered = Gatherer("p", sparing=True)
    for start in range(0, len(rows), size):
        gathered.add(rows[start : start + size])
    table = gathered.table()
    assert same([table.row(i) for i in range(table.size)], rows)


def test_sparing_keeps_equal_texts_once() -> None:
    gathered = Gatherer("p", sparing=True)
    gathered.add(json.loads('[{"a": "a text"}]'))
    gathered.add(json.loads('[{"a": "a text"}]'))
    first, second = gathered.columns["a"]
    assert first is second


@given(ROWS)
def test_columns_come_in_order_of_first_appearance(rows: list[dict[str, Any]]) -> None:
    assert list(fields.table("p", rows).columns) == list(dict.fromkeys(key for row in rows for key in row))


@given(st.lists(VALUES, min_size=1, max_size=30))
def test_samples_are_the_distinct_values_in_order(cells: list[Any]) -> None:
    expected: list[Any] = []
    for cell in cells:
        if cell is not None and not any(same(cell, seen) for seen in expected):
            expected.append(cell)
    samples = field_of(cells).samples
    assert len(samples) == len({json.dumps(s, sort_keys=True) for s in samples})
    assert {json.dumps(s, sort_keys=True) for s in samples} == {json.dumps(s, sort_keys=True) for s in expected}


@given(st.lists(PLAIN.filter(lambda cell: cell != 0), min_size=1, max_size=30))
def test_plain_samples_keep_their_order(cells: list[Any]) -> None:
    expected = [cell for cell in cells if cell is not None]
    expected = [cell for i, cell in enumerate(expected) if not any(same(cell, before) for before in expected[:i])]
    assert same(list(field_of(cells).samples), expected)


def test_one_and_true_and_one_point_nought_are_three_values() -> None:
    assert [type(value) for value in field_of([1, True, 1.0, "1"]).samples] == [int, bool, float, str]


def test_a_list_is_not_the_text_that_looks_like_it() -> None:
    assert field_of(["[1]", [1], [1], {"a": 1}, '{"a": 1}']).samples == ("[1]", [1], {"a": 1}, '{"a": 1}')


def test_there_are_at_most_a_thousand_samples() -> None:
    assert field_of(list(range(5000))).samples == tuple(range(SAMPLES))


def test_samples_are_found_behind_many_equal_values() -> None:
    assert field_of(["same"] * 20_000 + [None, "other"]).samples == ("same", "other")


@pytest.mark.parametrize(
    ("cells", "types"),
    [
        ([1, 2], {"integer"}),
        ([1, 2.5], {"number"}),
        (["a", 1], {"string", "integer"}),
        ([None], set()),
        ([True, None], {"boolean"}),
        ([[1], {"b": 1}], {"array", "object"}),
    ],
)
def test_types_are_those_of_json(cells: list[Any], types: set[str]) -> None:
    assert field_of(cells).types == types


@pytest.mark.parametrize(
    ("cells", "complete", "nullable"),
    [([1, None], True, True), ([1, None], False, True), ([1], True, False), ([1], False, None)],
)
def test_no_null_in_some_of_the_rows_proves_nothing(cells: list[Any], complete: bool, nullable: bool | None) -> None:
    assert field_of(cells, complete=complete).nullable is nullable


def test_an_absent_key_is_no_null() -> None:
    table = fields.table("p", [{"a": 1}, {"b": None}])
    assert table.columns == {"a": (1, ABSENT), "b": (ABSENT, None)}
    found = fields.fields([table])
    assert [(f.name, f.nullable) for f in found] == [("a", False), ("b", True)]


def test_columns_that_come_late_or_stop_are_filled_up() -> None:
    gathered = Gatherer("p")
    for page in ([{"a": 1}], [{"b": 2}], [{"a": 3, "b": 4}]):
        gathered.add(page)
    assert gathered.table().columns == {"a": (1, ABSENT, 3), "b": (ABSENT, 2, 4)}


def test_what_is_no_row_is_left_out_and_counted() -> None:
    gathered = Gatherer("p")
    gathered.add([{"a": 1}, 2, None, ["a"]])
    assert (gathered.size, gathered.odd, gathered.columns) == (1, 3, {"a": [1]})


def test_rows_without_keys_are_rows() -> None:
    assert fields.table("p", [{}, {}]).size == 2


def test_no_rows_make_an_empty_resource() -> None:
    found = fields.resource("x", [fields.table("p", [])])
    assert found.empty and found.complete and found.tables[0].size == 0


def test_tables_of_several_practices_share_fields() -> None:
    found = fields.resource("x", [fields.table("p", [{"a": 1}]), fields.table("q", [{"b": "t", "a": "u"}])])
    assert [(f.name, f.types) for f in found.fields] == [("a", {"integer", "string"}), ("b", {"string"})]


def test_untyped_files_say_nothing_of_types_and_null() -> None:
    found = fields.resource("x", [fields.table("p", [{"a": "1"}])], typed=False)
    assert (found.fields[0].types, found.fields[0].nullable, found.fields[0].samples) == (set(), None, ("1",))


@pytest.mark.parametrize("key", ["", "1980-01-02", "Zoë", "a" * 65, "a\nb", "mail@canary.example", "1a"])
def test_keys_that_could_be_values_are_not_shown(key: str) -> None:
    found = fields.resource("x", [fields.table("p", [{"a": 1, key: 2}])])
    assert [f.name for f in found.fields] == ["a", "column 2"]
    assert list(found.tables[0].columns) == ["a", "column 2"]


def test_a_replaced_name_takes_no_other_names_place() -> None:
    tables = [fields.table("p", [{"column 2": 1, "?": 2}]), fields.table("q", [{"?": 3}])]
    found = fields.resource("x", tables, typed=False)
    assert [f.name for f in found.fields] == ["column 2", "column 2x"]
    assert found.tables[1].columns == {"column 2x": (3,)}


@given(st.lists(st.dictionaries(st.text(max_size=8), st.integers(), max_size=4), max_size=5))
def test_shown_names_are_names_and_no_two_are_alike(rows: list[dict[str, int]]) -> None:
    found = fields.resource("x", [fields.table("p", rows)])
    assert all(fields.NAME.fullmatch(f.name) for f in found.fields)
    assert len(found.fields) == len({key for row in rows for key in row})
    assert [f.name for f in found.fields] == list(found.tables[0].columns)


def test_distinct_is_for_a_few_values() -> None:
    assert fields.distinct(["a", None, "a", 1, True]) == ("a", 1, True)


def test_renaming_keeps_what_is_said_of_a_table() -> None:
    found = fields.resource("x", [Table("p", {"?": (1,)}, 1, complete=False, ordered=False)])
    assert (found.tables[0].complete, found.tables[0].ordered, found.tables[0].practice) == (False, False, "p")


def test_eighty_thousand_rows_take_little_time() -> None:
    rows = [{f"c{j}": i if j == 0 else f"v{i % 10**j}" for j in range(20)} for i in range(79_000)]
    began = time.process_time()
    gathered = Gatherer("p")
    for start in range(0, len(rows), 1000):
        gathered.add(rows[start : start + 1000])
    assert len(fields.resource("x", [gathered.table()]).fields) == 20
    assert time.process_time() - began < 1.5
