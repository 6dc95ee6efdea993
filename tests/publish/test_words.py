"""Words that several pages share."""

from __future__ import annotations

from datetime import date

import pytest

from evaluation.publish import words
from evaluation.radar.entry import RINGS
from evaluation.radar.schema import SLUG
from mockserver.contract import Grade
from mockserver.errors import InputError


@pytest.mark.parametrize(("when", "told"), [(date(2026, 11, 22), "22 November 2026"), (date(2027, 5, 1), "1 May 2027")])
def test_days_are_told_without_leading_zeros(when: date, told: str) -> None:
    assert words.day(when) == told


@pytest.mark.parametrize(("number", "told"), [(0, "0 rows"), (1, "1 row"), (2, "2 rows")])
def test_numbers_agree_with_their_nouns(number: int, told: str) -> None:
    assert words.count(number, "row") == told


def test_every_ring_has_a_meaning_and_no_other_word_has() -> None:
    assert len({words.meaning(ring) for ring in RINGS}) == len(RINGS)
    with pytest.raises(InputError):
        words.meaning("elsewhere")


def test_every_grade_and_every_business_model_has_words() -> None:
    assert set(words.GRADES) == {str(grade) for grade in Grade}
    assert list(words.GRADES) == [str(grade) for grade in sorted(Grade, reverse=True)]
    assert all(SLUG.fullmatch(model) for model in words.MODELS)


def test_a_verdict_has_its_grade_where_there_is_one() -> None:
    assert words.graded("found", "seed") == "found, seed"
    assert words.graded("unknown", None) == "unknown"


def test_codes_are_set_apart() -> None:
    assert words.codes(["a", "b|c"]) == "`a`, `b|c`"
    assert words.codes([]) == ""
