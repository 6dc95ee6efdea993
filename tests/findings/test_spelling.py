"""Spelling: what differs in case and blanks, what is one letter apart, what is shouted."""

from __future__ import annotations

import string

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from evaluation.findings import values
from evaluation.findings.spelling import folded, misspelt, one_letter_apart, same_but_for_case, shouted

WORDS = st.text(string.ascii_lowercase, min_size=1, max_size=10)
RULES = (6, 10, values.section("terms")["distinct"])


@given(WORDS, st.data())
def test_one_edit_is_one_letter_apart_both_ways(word: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(word) - 1))
    letter = data.draw(st.sampled_from(string.ascii_lowercase))
    for other in (word[:at] + word[at + 1 :], word[:at] + letter + word[at:], word[:at] + letter + word[at + 1 :]):
        assume(other != word)
        assert one_letter_apart(word, other) and one_letter_apart(other, word)


@given(WORDS, st.integers(0, 8))
def test_two_neighbours_swapped_are_one_letter_apart(word: str, at: int) -> None:
    swapped = word[:at] + word[at : at + 2][::-1] + word[at + 2 :]
    assert one_letter_apart(word, swapped) is (word != swapped)


@given(WORDS)
def test_a_word_is_not_apart_from_itself_nor_from_one_two_letters_longer(word: str) -> None:
    assert not one_letter_apart(word, word)
    assert not one_letter_apart(word, f"{word}xy")


@pytest.mark.parametrize(("one", "other"), [("male", "female"), ("hypertension", "hypotension"), ("abcd", "badc")])
def test_two_edits_are_not_one(one: str, other: str) -> None:
    assert not one_letter_apart(one, other)


def test_case_and_blanks_do_not_matter() -> None:
    assert folded("  Sick   VISIT ") == "sick visit"
    assert same_but_for_case(["Sick visit", "SICK VISIT", "recheck"]) == [("SICK VISIT", "Sick visit")]
    assert same_but_for_case(["a", "b"]) == []


def test_a_rare_term_one_letter_from_a_frequent_one_is_misspelt() -> None:
    assert misspelt({"annual wellness": 200, "anual wellness": 3}, *RULES) == [("anual wellness", "annual wellness")]
    assert misspelt({"PHYSICAL EXAM": 90, "phyiscal exam": 2}, *RULES) == [("phyiscal exam", "physical exam")]


@pytest.mark.parametrize(
    "counted",
    [
        {"annual": 50, "anual": 40},  # both are frequent
        {"visit 1": 500, "visit 2": 3},  # numbers
        {"high": 500, "highs": 3},  # short
        {"injection": 500, "injections": 3},  # a plural
        {"abduction": 500, "adduction": 3},  # both are words
        {"left knee": 500, "right knee": 3},
        {"FU15": 500, "FU30": 1},
        {"follow up": 900, "followup": 2},  # two words and one
    ],
)
def test_other_pairs_are_not(counted: dict[str, int]) -> None:
    assert misspelt(counted, *RULES) == []


def test_one_word_in_capitals_and_in_small_letters_is_shouted() -> None:
    assert list(shouted(["SICK VISIT", "nurse visit", "Recheck"], 4)) == ["visit"]


@pytest.mark.parametrize(
    "terms",
    [["SICK VISIT", "NURSE VISIT"], ["MRI scan", "scan mri"], ["VISIT", "nurse visit"], ["Sick visit", "visit one"]],
)
def test_one_case_short_words_and_single_words_are_not(terms: list[str]) -> None:
    assert list(shouted(terms, 4)) == []
