"""The bounded memory: its bound, what goes first, and threads."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from hypothesis import given
from hypothesis import strategies as st

from mockserver.store import LRU

steps = st.lists(st.tuples(st.booleans(), st.integers(0, 5), st.binary(max_size=12)), max_size=40)


def test_what_was_put_is_found_until_cleared() -> None:
    cache: LRU[str, int] = LRU(2)
    cache.put("a", 1)
    assert (cache.get("a"), cache.get("b"), len(cache)) == (1, None, 1)
    cache.clear()
    assert (cache.get("a"), len(cache), cache.weight) == (None, 0, 0)


def test_the_longest_unused_goes_first() -> None:
    cache: LRU[str, int] = LRU(2)
    cache.put("a", 1)
    cache.put("b", 2)
    cache.get("a")
    cache.put("c", 3)
    assert [cache.get(key) for key in "abc"] == [1, None, 3]


def test_pages_are_bounded_by_their_bytes() -> None:
    cache = LRU[int, bytes](10, len)
    cache.put("a", b"1234")
    cache.put("b", b"5678")
    cache.put("c", b"90")
    assert (len(cache), cache.weight) == (3, 10)
    cache.put("d", b"x")
    assert [cache.get(key) for key in "abcd"] == [None, b"5678", b"90", b"x"]


def test_a_page_over_the_bound_is_not_kept_and_pushes_nothing_out() -> None:
    cache = LRU[int, bytes](10, len)
    cache.put("a", b"1234")
    cache.put("b", b"x" * 11)
    assert (cache.get("a"), cache.get("b")) == (b"1234", None)


def test_a_page_put_again_counts_once_and_an_oversized_one_replaces_the_old_by_none() -> None:
    cache = LRU[int, bytes](10, len)
    cache.put("a", b"1234")
    cache.put("a", b"12345678")
    assert (cache.get("a"), cache.weight) == (b"12345678", 8)
    cache.put("a", b"x" * 11)
    assert (cache.get("a"), cache.weight) == (None, 0)


@given(steps=steps)
def test_it_is_a_dict_that_forgets(steps: list[tuple[bool, int, bytes]]) -> None:
    cache, model = LRU[int, bytes](20, len), dict[int, bytes]()
    for put, key, value in steps:
        if put:
            cache.put(key, value)
            model[key] = value
            assert cache.get(key) == value
        else:
            assert cache.get(key) in (None, model.get(key))
        assert cache.weight == sum(len(found) for k in range(6) if (found := cache.get(k))) <= 20


def test_threads_keep_the_count() -> None:
    cache = LRU[int, bytes](500, len)
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda n: cache.put(n % 90, b"x" * (n % 17)), range(4000)))
    assert cache.weight == sum(len(found) for key in range(90) if (found := cache.get(key))) <= 500
