"""A copy kept in step: nothing is lost and nothing comes twice, however a load is cut."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from evaluation.findings.workarounds.sync import Cursor, advance, changed

ROWS = st.lists(
    st.fixed_dictionaries({"key": st.integers(0, 9), "at": st.sampled_from(["01", "02", "02.5", "03", "04"])}),
    max_size=25,
)


def copied(answers: list[list[dict[str, Any]]]) -> list[tuple[str, int]]:
    """What a program stores that asks again and again for rows changed at or after its cursor."""
    cursor, stored, there = Cursor(), [], []
    for answer in answers:
        there += answer
        asked = [row for row in there if row["at"] >= cursor.at]
        cursor, new = advance(cursor, asked[::-1], "key", "at")
        stored += [(row["at"], row["key"]) for row in new]
    return stored


@given(ROWS, st.lists(st.integers(0, 25), max_size=4))
def test_every_row_of_a_batch_arrives_once_however_loads_cut_it(rows: list[dict[str, Any]], cuts: list[int]) -> None:
    ordered = sorted(rows, key=lambda row: row["at"])
    ends = [0, *sorted(min(cut, len(ordered)) for cut in cuts), len(ordered)]
    answers = [ordered[a:b] for a, b in pairwise(ends)]
    assert sorted(copied(answers)) == sorted({(row["at"], row["key"]) for row in ordered})


@given(ROWS)
def test_asking_again_brings_nothing(rows: list[dict[str, Any]]) -> None:
    cursor, _ = advance(Cursor(), rows, "key", "at")
    assert advance(cursor, rows, "key", "at") == (cursor, [])


def test_new_rows_come_oldest_change_first() -> None:
    rows = [{"key": 1, "at": "03"}, {"key": 2, "at": "01"}, {"key": 3, "at": "02"}]
    cursor, new = advance(Cursor(), rows, "key", "at")
    assert [row["key"] for row in new] == [2, 3, 1]
    assert cursor == Cursor("03", frozenset({1}))


def test_a_row_changed_again_comes_again() -> None:
    cursor, _ = advance(Cursor(), [{"key": 1, "at": "01"}], "key", "at")
    assert [row["at"] for row in advance(cursor, [{"key": 1, "at": "02"}], "key", "at")[1]] == ["02"]


def test_the_cursor_remembers_the_newest_instant_only() -> None:
    first, _ = advance(Cursor(), [{"key": 1, "at": "01"}, {"key": 2, "at": "01"}], "key", "at")
    assert first.seen == {1, 2}
    assert advance(first, [{"key": 3, "at": "01"}], "key", "at")[0].seen == {1, 2, 3}
    assert advance(first, [{"key": 3, "at": "02"}], "key", "at")[0].seen == {3}


def test_an_empty_answer_moves_nothing() -> None:
    cursor = Cursor("02", frozenset({1}))
    assert advance(cursor, [], "key", "at") == (cursor, [])


def test_without_a_timestamp_rows_that_differ_are_found_by_their_prints() -> None:
    before, new = changed([{"key": 1, "x": "a"}, {"key": 2, "x": "b"}], {}, "key")
    assert len(new) == 2
    after, again = changed([{"x": "a", "key": 1}, {"key": 2, "x": "c"}, {"key": 3, "x": None}], before, "key")
    assert [row["key"] for row in again] == [2, 3]
    assert after[1] == before[1] and after[2] != before[2]


def test_a_key_without_a_print_is_a_row_that_is_gone() -> None:
    before, _ = changed([{"key": 1}, {"key": 2}], {}, "key")
    after, new = changed([{"key": 1}], before, "key")
    assert new == [] and before.keys() - after.keys() == {2}
