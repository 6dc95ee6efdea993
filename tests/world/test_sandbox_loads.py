"""Loads and orders, as laws over any numbers."""

from __future__ import annotations

from datetime import date, time
from itertools import pairwise
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mockserver.world.sandbox_book import Book, fraction, instant
from mockserver.world.sandbox_days import deal, later
from mockserver.world.sandbox_loads import order_with
from mockserver.world.sandbox_people import provider_number


@given(st.lists(st.integers(0, 10**9), min_size=1, max_size=60, unique=True), st.data())
@settings(max_examples=40, deadline=None)
def test_an_order_with_so_many_steps_back_is_found(keys: list[int], data: st.DataObject) -> None:
    wanted, seed = data.draw(st.integers(0, len(keys) - 1)), data.draw(st.integers())
    order = order_with(keys, wanted, Random(seed))
    assert sorted(order) == list(range(len(keys)))
    assert sum(keys[b] < keys[a] for a, b in pairwise(order)) == wanted


def test_an_order_that_cannot_be_is_refused() -> None:
    with pytest.raises(ValueError, match="no order of 5 keys with 3"):
        order_with([7] * 5, 3, Random(1))


@given(st.lists(st.integers(0, 5), min_size=1, max_size=60), st.integers())
@settings(max_examples=40, deadline=None)
def test_equal_keys_do_not_count_as_steps_back(keys: list[int], seed: int) -> None:
    wanted = (len(set(keys)) - 1) // 2
    order = order_with(keys, wanted, Random(seed))
    assert sum(keys[b] < keys[a] for a, b in pairwise(order)) == wanted


@given(st.integers(0, 2**63), st.booleans())
def test_a_fraction_ends_in_exactly_one_zero_if_short_else_in_none(key: int, short: bool) -> None:
    micro = fraction(key, short=short)
    assert 0 < micro < 1_000_000
    assert (micro % 10 == 0, micro % 100 == 0) == (short, False)


@given(st.integers(1, 12), st.integers(0, 60), st.integers())
def test_dealing_gives_everyone_one(items: int, more: int, seed: int) -> None:
    dealt = deal(range(items), [1] * items, items + more, Random(seed))
    assert len(dealt) == items + more and set(dealt) == set(range(items))


def test_minutes_later() -> None:
    assert later(later(nine(), 45), -15).minute == 30


def nine() -> time:
    return time(9)


@given(st.integers(0, 2**32), st.integers(0, 500))
def test_provider_numbers_are_ten_digits_and_fail_the_check(seed: int, n: int) -> None:
    number = provider_number(seed, n)
    digits = [int(c) for c in "80840" + number][::-1]
    total = sum(d if i % 2 == 0 else sum(divmod(2 * d, 10)) for i, d in enumerate(digits))
    assert len(number) == 10 and total % 10


def test_provider_numbers_differ() -> None:
    assert len({provider_number(3, n) for n in range(200)}) == 200


def test_rows_of_one_night_share_the_load_and_differ_by_jitter() -> None:
    book = Book(5)
    rows = [book.numbered("allergy", 3, date(2022, 1, 4), {"type": "Drug"}) for _ in range(4)]
    assert len({r.created_batch for r in rows}) == 1
    assert len({r.created for r in rows}) == 4
    assert [r.slot for r in rows] == [0, 1, 2, 3]
    assert len({r.versions[0].values["allergy_id"] for r in rows}) == 4
    assert instant(date(2022, 1, 5)) < rows[0].created < instant(date(2022, 1, 6))


def test_a_change_keeps_the_columns_it_does_not_name() -> None:
    row = Book(5).row("encounter", 0, date(2022, 1, 4), {"a": 1, "b": 2}, (date(2022, 1, 6), {"b": 3}))
    assert [v.values for v in row.versions] == [{"a": 1, "b": 2}, {"a": 1, "b": 3}]
    assert row.created == row.versions[0].at < row.versions[1].at
