"""What checks over rows share: live rows, contents, instants, directions."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.findings import tables
from evaluation.findings.model import ABSENT

from .made import api, field, resource, table


def test_only_rows_whose_own_flag_says_deleted_are_gone() -> None:
    found = resource("visit", [{"deleted_at": None}, {"deleted_at": "2022-01-02"}, {"deleted_at": ""}, {}])
    assert tables.gone(found, found.tables[0]) == {1}
    bare = resource("visit", [{"visit_id": "1"}])
    assert tables.gone(bare, bare.tables[0]) == frozenset()


def test_a_flag_of_odd_cells_breaks_nothing() -> None:
    found = resource("visit", [{"deleted": ["Y"]}, {"deleted": "Y"}, {"deleted": {"by": "x"}}])
    assert tables.gone(found, found.tables[0]) == {1}


@pytest.mark.parametrize("cell", ["maybe", "2", 7, "x1"])
def test_a_word_that_says_neither_is_not_decided(cell: Any) -> None:
    assert tables.deleted(cell) is None


def test_rows_are_found_by_value_and_deleted_ones_left_out() -> None:
    cells = ("a", "b", "a", ["a"], None, "a")
    assert tables.rows_of(cells, frozenset({"a"}), frozenset({2})) == {"a": [0, 5]}


def test_content_leaves_columns_out_and_tells_true_from_one() -> None:
    made = table([{"k": 1, "open": True, "x": [1]}, {"k": 2, "open": 1, "x": [1]}, {"k": 3, "open": True, "x": [1]}])
    content = tables.content(made, ["k"])
    assert content(0) == content(2) != content(1)
    assert len({content(index) for index in range(3)}) == 2


def test_columns_of_delivery_are_the_minted_key_and_the_stamps() -> None:
    names = ("visitid", "visit_id", "hj_create_timestamp", "hj_modify_timestamp", "reason")
    found = resource("visit", [dict.fromkeys(names, "1")])
    assert tables.of_row(found) == {"visitid", "hj_create_timestamp", "hj_modify_timestamp"}


@pytest.mark.parametrize(
    "early_late",
    [
        ("2021-11-15 08:00:00.5", "2021-11-15 08:00:00.562719"),
        ("2021-11-15", "2021-11-16"),
        ("2021-11-15T08:00:00Z", "2021-11-15T08:00:00.5Z"),
        ("2021-11-15T08:00:00+02:00", "2021-11-15T07:00:00+00:00"),
        (1659355200, 1659355200.5),
        ("20211115", "20211116"),
    ],
)
def test_instants_sort_by_time_in_any_notation_of_one_kind(early_late: tuple[Any, Any]) -> None:
    found = tables.instants(field("at", early_late), [*early_late, None])
    assert found is not None and found[0] < found[1] and found[2] is None


@pytest.mark.parametrize(
    "cells", [("15/11/2021", "16/11/2021"), ("2021-11-15T08:00:00Z", "2021-11-15 08:00:00"), (), ("soon",)]
)
def test_what_cannot_be_put_in_order_is_none(cells: tuple[str, ...]) -> None:
    assert tables.instants(field("at", cells), cells) is None


def test_numbers_may_be_text_and_must_all_be_numbers() -> None:
    assert tables.numbers(("9", 10, "0011")) == [9, 10, 11]
    assert tables.numbers(("9", None)) is None
    assert tables.numbers(("9", "x")) is None
    assert tables.numbers((1, ABSENT)) is None


@given(st.lists(st.integers(0, 5)))
def test_directions_are_those_of_sorting(cells: list[int]) -> None:
    found = tables.direction(cells)
    assert (found in ("up", "flat")) == (cells == sorted(cells))
    assert (found in ("down", "flat")) == (cells == sorted(cells, reverse=True))
    strict = tables.direction(cells, strict=True)
    assert (strict in ("up", "flat")) == (cells == sorted(set(cells)))


def test_cells_of_several_kinds_have_no_direction() -> None:
    assert tables.direction([1, "a"]) == ""
    assert tables.direction([None, None]) == ""


def test_counts_are_in_words() -> None:
    assert [tables.counted(n, "row") for n in (0, 1, 2)] == ["0 rows", "1 row", "2 rows"]


def test_values_as_text_leave_missing_ones_out() -> None:
    assert tables.as_text([12, "12", None, "", ABSENT]) == {"12"}


def test_scalars_leave_lists_and_objects_out() -> None:
    assert tables.scalars(("a", ["a"], {"b": 1}, "a")) == {"a"}


def test_resources_without_rows_and_lists_of_tenants_are_not_judged() -> None:
    made = api(
        resource("visit", [{"visit_id": "1"}]), resource("note", []), resource("client_ids", [{"client_id": "A"}])
    )
    assert [found.name for found in tables.with_rows(made)] == ["visit"]
    assert tables.complete(tables.with_rows(made))
