"""Dates, times and instants: what is drift, and what only looks like it (HJ-011 to HJ-014)."""

from __future__ import annotations

from typing import Any

import pytest

from evaluation.findings.checks.notation import dates_in_one_column, fractions, times_of_day, zones
from evaluation.findings.model import Api, Field, Input, Resource
from evaluation.findings.outcome import Verdict

from ..made import FIELDS, ROWS, api, resource
from .flips import places

VARYING = r"^\d{4}-[01]\d-[0-3]\d [0-2]\d:[0-5]\d:[0-5]\d([.]\d{0,5}[1-9])?$"
FIXED = r"^\d{4}-[01]\d-[0-3]\d [0-2]\d:[0-5]\d:[0-5]\d[.]\d{6}$"


def rows(**columns: list[Any]) -> list[dict[str, Any]]:
    return [dict(zip(columns, cells, strict=True)) for cells in zip(*columns.values(), strict=True)]


def described(*fields: Field) -> Api:
    return api(Resource("visit", fields), inputs=FIELDS)


def test_times_of_day_in_two_notations_are_found_across_resources() -> None:
    one, two = resource("booking", rows(begin_time=["0930"])), resource("vitals", rows(service_time=["09:30:00"]))
    outcome = times_of_day(api(one, two))
    assert outcome.verdict is Verdict.fail
    assert places(outcome) == ["booking.begin_time", "vitals.service_time"]
    assert [place.detail for place in outcome.places] == ["written HHMM", "written HH:MM:SS"]


@pytest.mark.parametrize(
    "columns",
    [
        {"begin_time": ["0930"], "end_time": ["1015"]},
        {"begin_time": ["09:30"], "end_time": ["09:30:00"]},  # without its seconds: lower precision
        {"begin_time": ["09:30:00"], "room": ["0930"]},  # a room
        {"begin_time": ["09:30:00"], "duration_time": ["0030"]},  # a length of time
        {"begin_time": ["09:30:00"], "changed_at": ["2024-01-02T09:30:00Z"]},  # an instant
    ],
)
def test_one_notation_and_what_is_no_time_of_day_are_not(columns: dict[str, list[str]]) -> None:
    assert times_of_day(api(resource("visit", rows(**columns)))).verdict is Verdict.passed


def test_a_cut_of_rows_with_one_notation_proves_nothing() -> None:
    cut = resource("visit", rows(begin_time=["0930"]), complete=False)
    assert times_of_day(api(cut)).verdict is Verdict.unknown


def test_declared_patterns_tell_notations_of_times() -> None:
    digits, colons = (
        Field("begin_time", pattern=r"^([01]\d|2[0-3])[0-5]\d$"),
        Field("end_time", pattern=r"^[0-2]\d:[0-5]\d:[0-5]\d$"),
    )
    assert times_of_day(described(digits, colons)).verdict is Verdict.fail
    assert times_of_day(described(digits)).verdict is Verdict.passed
    assert times_of_day(described(Field("begin_time"))).verdict is Verdict.unknown


def test_dates_of_one_column_in_two_notations_are_found() -> None:
    outcome = dates_in_one_column(
        api(resource("visit", rows(date=["20211115", "11/16/2021"], dob=["19870102", "19870103"])))
    )
    assert outcome.verdict is Verdict.fail
    assert places(outcome) == ["visit.date"] and "MM/DD/YYYY and YYYYMMDD" in outcome.places[0].detail
    assert "2021" not in str(outcome)


@pytest.mark.parametrize(
    "values",
    [
        ["20211115", "2011"],  # a lower precision
        ["2021-11-15", "2021-11"],
        ["2021-11-15", "2021-11-15T09:30:00"],  # a higher one
        ["11/15/2021", "01/02/2021"],
        ["13/02/2021", "01/02/2021"],
        ["20211115", "", None],
    ],
)
def test_precisions_and_gaps_are_no_other_notation(values: list[Any]) -> None:
    assert dates_in_one_column(api(resource("visit", rows(date=values)))).verdict is Verdict.passed


def test_columns_may_differ_from_each_other() -> None:
    made = resource("visit", rows(date=["20211115"], other_date=["11/16/2021"]))
    assert dates_in_one_column(api(made)).verdict is Verdict.passed


def test_a_rare_notation_behind_a_thousand_others_is_found() -> None:
    days = [f"{1800 + n // 300}{n // 25 % 12 + 1:02}{n % 25 + 1:02}" for n in range(1500)]
    made = resource("visit", rows(date=[*days, "11/16/2021"]))
    field = Field("date", frozenset({"string"}), False, samples=made.fields[0].samples[:1000])
    assert dates_in_one_column(api(Resource("visit", (field,), made.tables))).verdict is Verdict.fail


@pytest.mark.parametrize(
    ("ends", "verdict"),
    [([".12", ".1234"], "fail"), (["", ".123"], "fail"), ([".120", ".123"], "pass"), (["", ""], "pass")],
)
def test_widths_of_fractions(ends: list[str], verdict: str) -> None:
    made = resource("visit", rows(changed_at=[f"2024-01-02 03:04:05{end}" for end in ends]))
    assert fractions(api(made)).verdict == verdict


@pytest.mark.parametrize(("pattern", "verdict"), [(VARYING, "fail"), (FIXED, "pass"), (".*", "unknown")])
def test_widths_of_fractions_by_pattern(pattern: str, verdict: str) -> None:
    assert fractions(described(Field("changed_at", pattern=pattern))).verdict == verdict


def test_one_documented_example_does_not_prove_one_width() -> None:
    field = Field("changed_at", frozenset({"string"}), samples=("2024-01-02 03:04:05.123",))
    assert fractions(described(field)).verdict is Verdict.unknown
    assert fractions(described(Field("changed_at", format="date-time"))).verdict is Verdict.unknown


@pytest.mark.parametrize("check", [fractions, zones])
def test_rows_whose_instants_were_replaced_say_nothing(check: Any) -> None:
    made = resource("visit", rows(changed_at=["2024-01-02 03:04:05.1", "2024-01-02 03:04:05.12"]))
    outcome = check(api(made, inputs=ROWS - {Input.instants}))
    assert outcome.verdict is Verdict.unknown and "timestamps are not kept" in outcome.why


@pytest.mark.parametrize(("end", "verdict"), [("", "fail"), ("Z", "pass"), ("+01:00", "pass"), ("-0500", "pass")])
def test_zones_of_stamps(end: str, verdict: str) -> None:
    made = resource("visit", rows(updated_at=[f"2024-01-02T03:04:05{end}"]))
    assert zones(api(made)).verdict == verdict


def test_only_stamps_of_changes_need_a_zone() -> None:
    made = resource("visit", rows(begins_at=["2024-01-02T09:30:00"], updated_at=["2024-01-02T03:04:05Z"]))
    assert zones(api(made)).verdict is Verdict.passed


def test_a_zone_declared_in_words_is_enough() -> None:
    field = Field("updated_at", frozenset({"string"}), pattern=FIXED, description="Always in UTC.")
    assert zones(described(field)).verdict is Verdict.passed
    assert (
        zones(described(Field("updated_at", pattern=FIXED, description="Local, without zone."))).verdict is Verdict.fail
    )
    assert zones(described(Field("updated_at", format="date-time"))).verdict is Verdict.passed
    assert zones(described(Field("name"))).verdict is Verdict.unknown


def test_a_pattern_that_lets_any_number_of_digits_through_says_nothing_of_widths() -> None:
    instant = r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d%sZ$"
    for fraction, verdict in (
        (r"(\.\d+)?", Verdict.unknown),
        (r"(\.\d{3})?", Verdict.fail),
        (r"\.\d{3}", Verdict.passed),
    ):
        made = Resource("visit", (Field("seen_at", frozenset({"string"}), pattern=instant % fraction),))
        assert fractions(api(made, inputs=FIELDS)).verdict is verdict, fraction
