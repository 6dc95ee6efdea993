"""The numbers of the envelope."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mockserver.store import Page, page_of

totals, sizes, numbers = st.integers(0, 300), st.integers(1, 40), st.integers(1, 400)


def test_without_rows_there_are_no_pages() -> None:
    """Observed: the empty envelope of payer_dim."""
    page = page_of(0, 1000, 1)
    assert (page.number, page.last, page.from_, page.to, page.prev, page.next) == (
        1,
        0,
        None,
        None,
        None,
        None,
    )


@pytest.mark.parametrize(
    ("number", "offset", "count", "from_", "to", "prev", "after"),
    [
        (1, 0, 10, 1, 10, None, 2),
        (2, 10, 10, 11, 20, 1, 3),
        (3, 20, 5, 21, 25, 2, None),
        (4, 30, 0, None, None, 3, None),
        (10**12, 10**13 - 10, 0, None, None, 10**12 - 1, None),
    ],
)
def test_twenty_five_rows_by_ten(
    number: int,
    offset: int,
    count: int,
    from_: int | None,
    to: int | None,
    prev: int | None,
    after: int | None,
) -> None:
    assert page_of(25, 10, number) == Page(number, 25, 10, 3, offset, count, from_, to, prev, after)


@pytest.mark.parametrize("number", [0, -1, -(10**20)])
def test_numbers_below_one_mean_the_first_page(number: int) -> None:
    assert page_of(25, 10, number) == page_of(25, 10, 1)


@pytest.mark.parametrize("per_page", [0, -5])
def test_a_page_holds_at_least_one_row(per_page: int) -> None:
    with pytest.raises(ValueError, match="per_page must be at least 1"):
        page_of(25, per_page, 1)


@given(total=totals, per_page=sizes)
def test_following_next_from_the_first_page_meets_every_row_once(total: int, per_page: int) -> None:
    met: list[int] = []
    number: int | None = 1
    while number is not None:
        page = page_of(total, per_page, number)
        assert page.number == number
        met += range(page.offset, page.offset + page.count)
        number = page.next
    assert met == list(range(total))


@given(total=totals, per_page=sizes, number=numbers)
def test_a_page_agrees_with_itself(total: int, per_page: int, number: int) -> None:
    page = page_of(total, per_page, number)
    assert (page.from_ is None) == (page.to is None) == (page.count == 0) == (number > page.last)
    if page.from_ is not None and page.to is not None:
        assert page.to - page.from_ + 1 == page.count <= per_page
        assert page.from_ == page.offset + 1
    assert page.next == (number + 1 if number < page.last else None)
    assert page.prev == (number - 1 or None)
