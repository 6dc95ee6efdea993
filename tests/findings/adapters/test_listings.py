"""Answers of a recording become tables: which rows, in which order, and whether they are all there are."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.findings.adapters import listings
from evaluation.findings.adapters.listings import Answer
from evaluation.findings.model import Table
from evaluation.recording.exchange import Exchange

from .recordings import asked, rows_of

ONE = "/hjdw/SBOX02/appointment"


def table(*exchanges: Exchange) -> Table:
    found = listings.resources(listings.answers(exchanges), True)
    assert [(r.name, len(r.tables)) for r in found] == [("appointment", 1)]
    return found[0].tables[0]


def ids(found: Table) -> list[Any]:
    return list(found.column("id"))


def rows(*numbers: int) -> list[dict[str, Any]]:
    return [{"id": number} for number in numbers]


def test_a_whole_listing_is_complete_and_ordered() -> None:
    found = table(rows_of(ONE, rows(3, 1, 2)))
    assert (ids(found), found.complete, found.ordered, found.practice) == ([3, 1, 2], True, True, "SBOX02")


def test_a_cut_listing_is_ordered_and_not_complete() -> None:
    found = table(rows_of(ONE, rows(3, 1), 40))
    assert (found.complete, found.ordered) == (False, True)


def test_pages_follow_each_other_whatever_the_order_they_were_asked_in() -> None:
    pages = [rows_of(f"{ONE}?page={n}", rows(n), 3, n) for n in (3, 1, 2)]
    found = table(*pages)
    assert (ids(found), found.complete, found.ordered) == ([1, 2, 3], True, True)


def test_a_page_that_came_twice_counts_once() -> None:
    found = table(rows_of(ONE, rows(1, 2)), rows_of(ONE, rows(1, 2)), rows_of(f"{ONE}/?page=1", rows(1, 2)))
    assert (ids(found), found.complete) == ([1, 2], True)


def test_of_a_page_that_came_twice_the_one_with_more_rows_counts() -> None:
    found = table(rows_of(ONE, rows(1), 2), rows_of(ONE, rows(1, 2), 2))
    assert (ids(found), found.complete, found.ordered) == ([1, 2], True, True)


def test_rows_that_are_alike_within_the_listing_stay() -> None:
    assert ids(table(rows_of(ONE, rows(1, 1)))) == [1, 1]


def test_a_gap_between_pages_ends_the_listing() -> None:
    found = table(rows_of(ONE, rows(1), 3), rows_of(f"{ONE}?page=3", rows(3), 3, 3))
    assert (ids(found), found.complete, found.ordered) == ([1, 3], False, False)


def test_rows_of_selections_come_behind_and_once() -> None:
    first = rows_of(ONE, rows(1, 2), 9)
    found = table(rows_of(f"{ONE}?id=gt~1", rows(2, 7), 2), first, rows_of(f"{ONE}?id=gt~2", rows(7, 8), 2))
    assert (ids(found), found.complete, found.ordered) == ([1, 2, 7, 8], False, False)


def test_a_selection_alone_is_neither_complete_nor_ordered() -> None:
    found = table(rows_of(f"{ONE}?id=eq~1", rows(1)))
    assert (ids(found), found.complete, found.ordered) == ([1], False, False)


def test_a_selection_within_a_whole_listing_takes_nothing_from_it() -> None:
    found = table(rows_of(ONE, rows(1, 2)), rows_of(f"{ONE}?id=eq~1", rows(1)))
    assert (found.complete, found.ordered) == (True, True)


def test_totals_that_do_not_agree_prove_nothing() -> None:
    found = table(rows_of(ONE, rows(1, 2), 2), rows_of(f"{ONE}?page=2", [], 3, 2))
    assert not found.complete


def test_an_empty_listing_is_complete() -> None:
    found = table(rows_of(ONE, []))
    assert (found.size, found.complete) == (0, True)


def test_a_bare_list_is_all_there_is() -> None:
    found = table(asked(ONE, rows(1, 2)))
    assert (ids(found), found.complete) == ([1, 2], True)


def test_an_envelope_without_a_total_proves_nothing() -> None:
    assert not table(asked(ONE, {"data": rows(1)})).complete


def test_what_is_no_row_is_left_out() -> None:
    found = table(rows_of(ONE, [*rows(1), 2, None], 3))
    assert (ids(found), found.complete) == ([1], False)


@pytest.mark.parametrize(
    "exchange",
    [
        asked(ONE, {"error": "no"}),
        asked(ONE, {"data": "none"}),
        asked(ONE, b"<html>"),
        asked(ONE, b"[" * 100_000),
        asked(ONE, rows(1), status=404),
        asked(ONE, rows(1), method="POST"),
        asked("/hjdw/SBOX02", rows(1)),
        asked("/hjdw/SBOX02/appointment/7", rows(1)),
        asked("/authenticate", rows(1)),
        asked("/other/SBOX02/appointment", rows(1)),
    ],
)
def test_other_answers_are_none(exchange: Exchange) -> None:
    assert list(listings.answers([exchange])) == []


def test_practices_are_kept_apart_and_named_only_where_that_is_allowed() -> None:
    exchanges = [rows_of(f"/hjdw/{code}/{name}", rows(1)) for name in ("a", "b") for code in ("QQXX07", "RRXX08")]
    for named, expected in ((True, ["QQXX07", "RRXX08"]), (False, ["practice 1", "practice 2"])):
        found = listings.resources(listings.answers(exchanges), named)
        assert [[t.practice for t in r.tables] for r in found] == [expected, expected]


def test_what_is_no_name_is_not_shown() -> None:
    found = listings.resources(listings.answers([rows_of("/hjdw/1%20Main%20St/2020-01-02", rows(1))]), True)
    assert [(r.name, r.tables[0].practice) for r in found] == [("resource 1", "practice 1")]


@given(st.lists(st.integers(0, 30), unique=True, max_size=20), st.integers(1, 6), st.randoms())
def test_any_order_of_the_pages_gives_the_listing(numbers: list[int], size: int, random: Any) -> None:
    parts = [rows(*numbers[start : start + size]) for start in range(0, len(numbers), size)]
    pages = [Answer("a", "p", n, part, len(numbers)) for n, part in enumerate(parts, 1)]
    asked_for = pages + [Answer("a", "p", None, part, 1) for part in parts]
    random.shuffle(asked_for)
    found = listings.table("p", asked_for)
    assert [row["id"] for row in map(found.row, range(found.size))] == numbers
    assert found.complete is bool(numbers) and found.ordered is bool(numbers)
