"""Keys against time, and the order of listings."""

from __future__ import annotations

import random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.findings.checks.paging import keys_against_time, moving_listing
from evaluation.findings.model import Resource
from evaluation.findings.outcome import Verdict

from ..made import api, resource


def day(number: int) -> str:
    return f"2022-{number // 28 + 1:02}-{number % 28 + 1:02} 03:04:05"


def rows(keys: list[Any], created: list[int], modified: list[int] | None = None) -> list[dict[str, Any]]:
    """Rows in this order, with days as numbers."""
    changed = modified or created
    return [
        {"visitid": k, "reason": "cough", "created_at": day(c), "modified_at": day(m)}
        for k, c, m in zip(keys, created, changed, strict=True)
    ]


def visit(*columns: Any, **how: Any) -> Resource:
    return resource("visit", rows(*columns), **how)


# --- keys against time ---


def test_keys_that_rise_with_time_pass_in_whatever_order_they_come() -> None:
    assert keys_against_time(api(visit([3, 1, 2], [30, 10, 20]))).verdict is Verdict.passed


def test_a_larger_key_that_was_created_earlier_is_found() -> None:
    outcome = keys_against_time(api(visit([1, 2, 3], [10, 30, 20])))
    assert outcome.verdict is Verdict.fail
    assert outcome.places[0].detail == "1 of 2 neighbouring pairs run against created_at"


def test_one_pair_in_a_hundred_is_let_pass_and_two_are_not() -> None:
    times = list(range(101))
    one, two = times.copy(), times.copy()
    one[50], one[51] = one[51], one[50]
    two[50], two[51], two[70], two[71] = two[51], two[50], two[71], two[70]
    assert keys_against_time(api(visit(times, one))).verdict is Verdict.passed
    assert keys_against_time(api(visit(times, two))).verdict is Verdict.fail


def test_keys_written_as_text_are_compared_as_numbers() -> None:
    found = [{"hj_visit_id": str(key), "created_at": day(key)} for key in (9, 10, 11)]
    assert keys_against_time(api(resource("visit", found))).verdict is Verdict.passed


def test_keys_that_are_no_numbers_promise_no_order() -> None:
    assert keys_against_time(api(visit(["b1", "a2"], [10, 20]))).verdict is Verdict.unknown


def test_rows_of_one_instant_are_in_order_either_way() -> None:
    assert keys_against_time(api(visit([2, 1, 3], [10, 10, 10]))).verdict is Verdict.passed


def test_practices_are_not_compared_with_each_other() -> None:
    one, other = visit([1, 3], [40, 50]), visit([2, 4], [10, 20], practice="P2")
    both = Resource("visit", one.fields, (*one.tables, *other.tables))
    assert keys_against_time(api(both)).verdict is Verdict.passed


def test_some_rows_in_order_prove_nothing() -> None:
    assert keys_against_time(api(visit([1, 2], [10, 20], complete=False))).verdict is Verdict.unknown


@given(st.permutations(range(30)))
def test_the_order_of_delivery_does_not_matter(order: list[int]) -> None:
    made = rows(list(range(30)), [n // 2 for n in range(30)])
    assert keys_against_time(api(resource("visit", [made[i] for i in order]))).verdict is Verdict.passed


# --- order of a listing ---


@pytest.mark.parametrize("back", [1, -1])
def test_a_listing_by_time_of_change_moves(back: int) -> None:
    made = rows([5, 2, 9, 4, 7], [50, 20, 10, 40, 30], [60, 61, 62, 63, 64])[::back]
    outcome = moving_listing(api(resource("visit", made)))
    assert outcome.verdict is Verdict.fail
    newest = "oldest" if back == 1 else "newest"
    assert [(str(p), p.detail) for p in outcome.places] == [("visit.modified_at", f"by time of change, {newest} first")]


@pytest.mark.parametrize("back", [1, -1])
def test_a_listing_by_key_does_not(back: int) -> None:
    made = rows([1, 2, 3, 4], [10, 20, 30, 40], [60, 42, 61, 41])[::back]
    assert moving_listing(api(resource("visit", made))).verdict is Verdict.passed


def test_a_listing_by_another_column_does_not() -> None:
    shuffled = random.Random(7).sample(range(30), 30)
    made = [{**row, "date": f"202201{i + 1:02}"} for i, row in enumerate(rows(shuffled, shuffled[::-1], shuffled))]
    assert moving_listing(api(resource("visit", made))).verdict is Verdict.passed


@pytest.mark.parametrize(
    "column", [["b", "B", "c", "D", "e", "F"], ["1", "2", "9", "10", "11", "12"], [None, None, 1, 2, 3, ""]]
)
def test_text_in_any_case_numbers_in_text_and_gaps_can_be_an_order(column: list[Any]) -> None:
    made = rows([5, 2, 9, 4, 7, 1], [50, 20, 10, 40, 30, 60], [20, 60, 61, 10, 63, 64])
    listed = [{**row, "name": cell} for row, cell in zip(made, column, strict=True)]
    assert moving_listing(api(resource("visit", listed))).verdict is Verdict.passed
    assert moving_listing(api(resource("visit", made))).verdict is Verdict.fail


def test_a_key_that_is_no_id_by_its_name_is_a_key() -> None:
    made = [
        {"person_key": key, "alias": alias, "modified_at": day(9 - key)}
        for key, alias in ((1, "b"), (2, "a"), (3, "c"))
    ]
    assert moving_listing(api(resource("person", made))).verdict is not Verdict.fail


def test_the_only_key_is_held_against_time_where_none_is_minted() -> None:
    made = [{"event_id": key, "created_at": day(created)} for key, created in ((10, 3), (11, 1), (12, 4), (13, 2))]
    outcome = keys_against_time(api(resource("event", made)))
    assert [str(place) for place in outcome.places] == ["event.event_id"]


def test_no_order_at_all_is_found_where_there_are_rows_enough() -> None:
    shuffled = random.Random(7).sample(range(30), 30)
    outcome = moving_listing(api(visit(shuffled, shuffled[::-1], shuffled)))
    assert outcome.verdict is Verdict.fail and outcome.places[0].detail == "no order that can be seen"
    assert moving_listing(api(visit([2, 3, 1], [20, 30, 10]))).verdict is Verdict.unknown


def test_rows_never_changed_do_not_show_by_which_of_the_two_they_come() -> None:
    assert moving_listing(api(visit([1, 2, 3], [10, 20, 30]))).verdict is Verdict.unknown


def test_a_table_without_its_order_is_not_judged() -> None:
    made = rows([5, 2, 9, 4, 7], [50, 20, 10, 40, 30], [60, 61, 62, 63, 64])
    assert moving_listing(api(resource("visit", made, ordered=False))).verdict is Verdict.unknown


def test_one_practice_by_time_of_change_is_enough() -> None:
    by_key = visit([1, 2, 3, 4], [10, 20, 30, 40], [60, 42, 61, 41])
    by_time = visit([5, 2, 9, 4], [50, 20, 10, 40], [60, 61, 62, 63], practice="P2")
    both = Resource("visit", by_key.fields, (*by_key.tables, *by_time.tables))
    assert moving_listing(api(both)).verdict is Verdict.fail


def test_the_first_rows_by_key_prove_nothing() -> None:
    made = rows([1, 2, 3, 4], [10, 20, 30, 40], [60, 42, 61, 41])
    assert moving_listing(api(resource("visit", made, complete=False))).verdict is Verdict.unknown
