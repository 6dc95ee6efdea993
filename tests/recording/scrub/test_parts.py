"""Laws of the parts: letters, numbers, order, nearness, shift, table, JSON in place."""

from __future__ import annotations

import json
import re
from datetime import date, timedelta
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.recording.scrub import jsontext, letters, near, numbers, order, shift
from evaluation.recording.scrub.table import Table

SEEDS = st.integers(0, 2**32).map(Random)
LOWER = st.text("abcdefghijklmnopqrstuvwxyzéßäя中", min_size=1, max_size=12)
DIGITS = st.text("0123456789", min_size=1, max_size=14)


@given(st.text(max_size=40))
def test_a_mask_keeps_length_and_is_its_own_mask(text: str) -> None:
    masked = letters.masked(text)
    assert len(masked) == len(text) and letters.is_masked(masked)
    assert [c.isdigit() for c in masked] == [c.isdigit() for c in text]


@given(LOWER, SEEDS)
def test_an_invented_word_shows_that_it_is_invented(word: str, rng: Random) -> None:
    made = letters.invented(word, rng)
    assert len(made) == len(word) and letters.is_invented(made)
    assert [c.isascii() for c in made] == [c.isascii() for c in word]


@given(st.text("abcXYZéÉя", min_size=1, max_size=10), SEEDS)
def test_case_is_kept(word: str, rng: Random) -> None:
    made = letters.cased(letters.invented(letters.lower(word), rng), word)
    assert [c.isupper() for c in made] == [c.isupper() for c in word]


@pytest.mark.parametrize("name", ["Maria", "Smith", "Nguyen", "Lynch Adams", "O'Hara"])
def test_names_do_not_look_invented(name: str) -> None:
    assert not letters.is_invented(name)


@given(DIGITS.filter(lambda d: d.strip("0") != ""), SEEDS, st.booleans())
def test_drawn_digits_are_nobodys(like: str, rng: Random, phone: bool) -> None:
    (made,) = numbers.draw(1, like, phone, set(), {like}, rng)
    assert len(made) == len(like) and (made[0] == "0") == (like[0] == "0")
    assert numbers.nobodys(made)


def test_the_check_digit_of_an_npi() -> None:
    assert numbers.is_npi("1234567893") and not numbers.is_npi("1234567890")  # the example of CMS
    assert numbers.is_ssn("212345678") and not numbers.is_ssn("900123456")
    assert numbers.is_phone("3126645000") and not numbers.is_phone("3125550123")


@given(st.sets(LOWER, max_size=40), SEEDS)
def test_ordered_words_keep_order_length_and_beginnings(words: set[str], rng: Random) -> None:
    made = order.words(words, rng)
    ranked = sorted(words)
    assert sorted(made.values()) == [made[word] for word in ranked]
    assert all(len(made[word]) == len(word) for word in words)
    assert all(made[b].startswith(made[a]) == b.startswith(a) for a in words for b in words)


@given(st.sets(DIGITS, max_size=40), SEEDS)
def test_ordered_digits_keep_order_and_leading_zeros(texts: set[str], rng: Random) -> None:
    made = order.digits(texts, rng)
    assert sorted(made.values()) == [made[text] for text in sorted(texts)]
    assert all((made[t][0] == "0") == (t[0] == "0") and len(made[t]) == len(t) for t in texts)


@pytest.mark.parametrize(
    ("right", "wrong", "what"),
    [("annual", "anual", "out"), ("wellness", "wellnes", "out"), ("procedure", "proceedure", "in"),
     ("physical", "phyiscal", "swap"), ("visit", "vizit", "change")],
)  # fmt: skip
def test_a_slip_is_known_and_can_be_made_again(right: str, wrong: str, what: str) -> None:
    slip = near.slip(right, wrong)
    assert slip is not None and slip.what == what
    if what in ("out", "swap"):
        assert slip.applied(right, Random(1), wrong) == wrong
    assert [(a, b) for a, b, _ in near.pairs([right, "unrelated", wrong])] == [(right, wrong)]


@given(LOWER, LOWER)
def test_a_slip_is_symmetric_and_never_of_a_word_to_itself(a: str, b: str) -> None:
    assert (near.slip(a, b) is None) == (near.slip(b, a) is None)
    assert near.slip(a, a) is None


def test_a_misspelling_stays_one_slip_away() -> None:
    table = Table(Random(4))
    table.learning = True
    for word in ("annual", "anual", "visit"):
        table.word(word, "near")
    table.settle()
    assert near.slip(table.word("annual"), table.word("anual")) is not None
    assert near.slip(table.word("annual"), table.word("visit")) is None


@given(st.sets(DIGITS, max_size=30), st.sets(DIGITS, max_size=30), SEEDS)
def test_the_table_is_a_function_without_doubles(first: set[str], later: set[str], rng: Random) -> None:
    table = Table(rng)
    table.learning = True
    for text in sorted(first):
        table.digits(text)
    table.settle()
    made = {text: table.digits(text) for text in sorted(first | later)}
    assert made == {text: table.digits(text) for text in sorted(first | later)}
    long = [text for text in made if len(text) > 3]
    assert len({made[text] for text in long}) == len(long)
    assert all(made[text] not in first for text in long if text.strip("0"))


def test_a_filler_of_zeros_stays() -> None:
    assert Table(Random(1)).digits("000000000") == "000000000"


DAYS = st.dates(date(1940, 1, 1), date(2100, 12, 31))
WEEKS = st.integers(-208, -52)
WRITTEN = st.sampled_from(["%Y%m%d", "%Y-%m-%d", "%m/%d/%Y", "%Y-%m-%d 23:59:59.4559", "%Y-%m-%dT00:00:00Z"])


@given(DAYS, WEEKS, WRITTEN)
def test_a_shift_is_whole_weeks_in_the_same_notation(day: date, weeks: int, written: str) -> None:
    made = shift.Shift(weeks).text(day.strftime(written))
    assert made == (day + timedelta(weeks=weeks)).strftime(written)


@given(DAYS, DAYS, WEEKS)
def test_a_shift_keeps_order(a: date, b: date, weeks: int) -> None:
    moved = shift.Shift(weeks, date(2030, 6, 30))
    assert (moved.day(a) <= moved.day(b)) or not a <= b


@given(st.dates(date(1850, 1, 1), date(2020, 1, 1)), WEEKS)
def test_nobody_looks_older_than_ninety(born: date, weeks: int) -> None:
    """Those over 89 on the newest day become one day; all others keep their distance."""
    moved = shift.Shift(weeks, date(2026, 11, 22))
    old = (born.year, born.month, born.day) <= (1936, 11, 22)
    assert moved.day(born) - timedelta(weeks=weeks) == (date(1936, 1, 1) if old else born)


@pytest.mark.parametrize("text", ["20230231", "2021", "", "48213", "03/15/22", "1/2/2022", "20221301", "99990101"])
def test_what_is_no_day_is_not_shifted(text: str) -> None:
    made = shift.Shift(-60).text(text)
    assert made is None or re.fullmatch(r"\d{4}", made) is not None


def test_other_instants_are_shifted_alike() -> None:
    moved = shift.Shift(-52)
    assert moved.http("Sun, 22 Nov 2026 18:28:06 GMT") == "Sun, 23 Nov 2025 18:28:06 GMT"
    assert moved.epoch("1650000000") == str(1650000000 - 52 * 7 * 86400)
    assert moved.text("9999-12-31") == "9999-12-31" and moved.epoch("17") is None and moved.http("soon") is None


JSONS = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=20,
)


@given(JSONS, st.sampled_from([None, 1, "\t"]), st.booleans())
def test_json_that_nothing_changes_stays_to_the_letter(document: Any, indent: Any, ascii_only: bool) -> None:
    text = json.dumps(document, indent=indent, ensure_ascii=ascii_only)
    assert jsontext.rewrite(text, lambda path, kind, value: value, lambda path, name: name) == text


@given(JSONS)
def test_every_leaf_is_met_once_with_its_path(document: Any) -> None:
    met: list[jsontext.Path] = []
    jsontext.rewrite(json.dumps(document), lambda p, kind, value: met.append(p) or value, lambda p, name: name)  # type: ignore[func-returns-value]
    for path in met:
        value = document
        for part in path:
            value = value[part]
        assert not isinstance(value, dict | list)


def test_json_keeps_its_escapes_and_doubled_keys() -> None:
    text = '{ "a" :"x\\/y", "a": "caf\\u00e9" ,"b":"\u00e9"}'
    made = jsontext.rewrite(text, lambda path, kind, value: value[::-1], lambda path, name: name)
    assert made == '{ "a" :"y\\/x", "a": "\\u00e9fac" ,"b":"\u00e9"}'
    with pytest.raises(ValueError, match="deep"):
        jsontext.parsed("[" * 100_000 + "]" * 100_000)
    with pytest.raises(ValueError, match="NaN"):
        jsontext.parsed("[NaN]")
