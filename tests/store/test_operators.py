"""Every operator against what its name says, over plain lists of values."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mockserver.store.operators import OPERATORS, like

SAYS: dict[str, Callable[[Any, list[Any]], bool]] = {
    "eq": lambda value, given: value == given[0],
    "eqf": lambda value, given: value == given[0],
    "ne": lambda value, given: value != given[0],
    "lt": lambda value, given: value < given[0],
    "lte": lambda value, given: value <= given[0],
    "gt": lambda value, given: value > given[0],
    "gte": lambda value, given: value >= given[0],
    "btwn": lambda value, given: given[0] <= value <= given[1],
    "in": lambda value, given: value in given,
    "like": lambda value, given: likes(value, given[0]),
}
texts = st.text("ab%_.\n", max_size=6)
words: st.SearchStrategy[list[Any]] = st.lists(texts, unique=True).map(sorted)
numbers: st.SearchStrategy[list[Any]] = st.lists(st.integers(-5, 5), unique=True).map(sorted)


def likes(text: str, pattern: str) -> bool:
    """LIKE by its definition, one character at a time."""
    if not pattern:
        return not text
    if pattern[0] == "%":
        return likes(text, pattern[1:]) or (bool(text) and likes(text[1:], pattern))
    return bool(text) and pattern[0] in ("_", text[0]) and likes(text[1:], pattern[1:])


def test_every_operator_is_spoken_for() -> None:
    assert set(SAYS) == set(OPERATORS)


@pytest.mark.parametrize("name", sorted(SAYS))
@given(data=st.data())
def test_spans_hold_exactly_the_values_meant(name: str, data: st.DataObject) -> None:
    operator = OPERATORS[name]
    keys = data.draw(words if operator.as_text else words | numbers)
    value = st.integers(-5, 5) if keys and isinstance(keys[0], int) else texts
    given_ = data.draw(st.lists(value, min_size=operator.least, max_size=operator.most or 4))
    spans = operator.spans(keys, given_)
    places = [place for low, high in spans for place in range(low, high)]
    assert sorted(places) == [i for i, key in enumerate(keys) if SAYS[name](key, given_)]
    assert len(places) == len(set(places))


@given(text=texts, pattern=texts)
def test_like_is_sqls(text: str, pattern: str) -> None:
    assert bool(like(pattern).fullmatch(text)) == likes(text, pattern)


@pytest.mark.parametrize(
    ("pattern", "text", "matches"),
    [
        ("Patient_A", "Patient_A", True),
        ("Patient_A", "Patient A", True),
        ("patient%", "Patient_A", False),
        ("%", "", True),
        ("_", "", False),
        ("%_%", "é", True),
        ("a.c", "abc", False),
        ("[a]%", "a", False),
        ("%\\%", "50%", False),
        ("%ab%ab", "xabab", True),
        ("%ab%ab", "xab", False),
    ],
)
def test_like_by_example(pattern: str, text: str, matches: bool) -> None:
    assert bool(like(pattern).fullmatch(text)) is matches


def test_a_hostile_pattern_is_one_pass() -> None:
    """A pattern that tried every split would not come back in a lifetime."""
    assert not like("%a" * 60 + "%b").fullmatch("a" * 20_000)
    assert not like("%" * 5000 + "b").fullmatch("a" * 5000)
