"""Lists of names inside sentences: every name once, in order, and a count of what is left out."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.findings.outcome import Place
from evaluation.findings.phrases import listed, listed_words


@pytest.mark.parametrize(
    ("names", "text"),
    [
        ([], ""),
        (["a"], "a"),
        (["a", "b"], "a and b"),
        (["a", "b", "c"], "a, b and c"),
        (list("abcd"), "a, b, c and d"),
        (list("abcdefg"), "a, b, c, d and 3 more"),
    ],
)
def test_names_in_a_sentence(names: list[str], text: str) -> None:
    assert listed_words(names) == text


def test_places_in_a_sentence_stand_once_and_sorted() -> None:
    made = [Place("b", "x", "one"), Place("a"), Place("b", "x", "two")]
    assert listed(made) == "a and b.x"


@given(st.lists(st.sampled_from("abc"), max_size=9))
def test_no_name_is_lost_where_all_are_wanted(names: list[str]) -> None:
    text = listed_words(names, most=len(names))
    assert text.replace(" and ", ", ").split(", ") == (names or [""])
