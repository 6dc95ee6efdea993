"""The orders in which rows are served."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations

import pytest

from mockserver.store.entries import ORDERS, Entry, Order, in_order, key

OLD = Entry(0, 9, 100, 90, 7, b'{"row":"old"}')
NEW = Entry(0, 9, 200, 80, 5, b'{"row":"new"}')
LATE = Entry(0, 9, 200, 85, 4, b'{"row":"late"}')
HIGH = Entry(0, 9, 200, 85, 6, b'{"row":"high"}')


@pytest.mark.parametrize("given", [*permutations([OLD, NEW, LATE, HIGH])])
def test_newest_change_first_then_newest_row_then_highest_number(given: list[Entry]) -> None:
    assert in_order(given, "newest") == [HIGH, LATE, NEW, OLD]


@pytest.mark.parametrize("given", [*permutations([OLD, NEW, LATE, HIGH])])
def test_surrogate_order_ascends(given: list[Entry]) -> None:
    assert in_order(given, "surrogate") == [LATE, NEW, HIGH, OLD]


@pytest.mark.parametrize("order", ORDERS)
def test_versions_that_tie_stand_in_one_order_however_they_come(order: Order) -> None:
    ties = [replace(OLD, start=5), replace(OLD, end=8), replace(OLD, row=b'{"row":"a"}'), OLD]
    assert len({tuple(in_order(given, order)) for given in permutations(ties)}) == 1


def test_keys_compare_like_places() -> None:
    assert key("newest", 200, 0, 1) < key("newest", 100, 0, 1)
    assert key("newest", 200, 5, 1) < key("newest", 200, 4, 9)
    assert key("newest", 200, 5, 2) < key("newest", 200, 5, 1)
    assert key("surrogate", 0, 0, 1) < key("surrogate", 9, 9, 2)
