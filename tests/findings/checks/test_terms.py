"""Terms of short lists, and times of bookings (HJ-030, 031)."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from evaluation.findings.checks.terms import odd_times, one_term_several_spellings
from evaluation.findings.model import Resource
from evaluation.findings.outcome import Verdict

from ..made import api, resource, table
from .flips import places

DAY = [f"{hour:02}{minute:02}" for hour in range(8, 17) for minute in (0, 15, 30, 45)]


def terms(name: str = "reason", **counted: int) -> Resource:
    rows = [{name: term.replace("_", " ")} for term, count in counted.items() for _ in range(count)]
    return resource("visit", rows)


def booked(times: Iterable[str], name: str = "appointment", column: str = "begin_time") -> Resource:
    return resource(name, [{column: text} for text in times])


@pytest.mark.parametrize(
    ("counted", "what"),
    [
        ({"Sick_visit": 9, "SICK_VISIT": 3}, "differ in case or blanks only"),
        ({"Recheck": 9, "Recheck_": 3}, "differ in case or blanks only"),
        ({"annual_wellness": 90, "anual_wellness": 2}, "one letter from a frequent one"),
        ({"SICK_VISIT": 9, "nurse_visit": 9}, "in capitals in some terms and not in others"),
    ],
)
def test_two_spellings_are_found(counted: dict[str, int], what: str) -> None:
    outcome = one_term_several_spellings(api(terms(**counted)))
    assert outcome.verdict is Verdict.fail
    assert places(outcome)[0] == "visit.reason" and what in " ".join(place.detail for place in outcome.places)
    assert not any(term.split("_")[0] in str(outcome) for term in counted)


@pytest.mark.parametrize(
    "counted",
    [
        {"HIGH": 90, "LOW": 5},
        {"Visit_1": 90, "Visit_2": 5},
        {"abduction": 90, "adduction": 2},
        {"Left_knee": 90, "Right_knee": 5},
        {"M": 50, "m": 3},  # letters
        {"Sick_visit": 1, "SICK_VISIT": 1, "Other": 1, "More": 1},  # as good as free text
        {"MRI_spine": 9, "Spine_check": 9},
    ],
)
def test_terms_that_differ_are_none(counted: dict[str, int]) -> None:
    assert one_term_several_spellings(api(terms(**counted))).verdict is Verdict.passed


@pytest.mark.parametrize("name", ["last_name", "clinician", "city", "test_code", "comment", "manufacturer"])
def test_names_codes_and_free_text_are_no_terms(name: str) -> None:
    assert one_term_several_spellings(api(terms(name, Meier=90, MEIER=2))).verdict is Verdict.unknown


def test_each_practice_has_its_own_words() -> None:
    one, other = terms(Recheck=9, Other=9), table([{"reason": "RECHECK"}, {"reason": "OTHER"}] * 5, "P2")
    both = Resource("visit", one.fields, (*one.tables, other))
    assert one_term_several_spellings(api(both)).verdict is Verdict.passed


def test_a_cut_of_rows_proves_nothing() -> None:
    cut = resource("visit", [{"reason": "Recheck"}, {"reason": "Other"}] * 4, complete=False)
    assert one_term_several_spellings(api(cut)).verdict is Verdict.unknown


@pytest.mark.parametrize("odd", ["0115", "0300", "0807"])
@pytest.mark.parametrize("name", ["appointment", "booking", "clinic_slot"])
def test_an_odd_time_among_many_is_found(odd: str, name: str) -> None:
    outcome = odd_times(api(booked([*DAY, odd], name)))
    assert outcome.verdict is Verdict.fail and places(outcome) == [f"{name}.begin_time"]


@pytest.mark.parametrize("odd", ["02:10:00", "2:10 AM", "2024-01-02T02:10:00", "2024-01-02 02:10"])
def test_in_every_notation(odd: str) -> None:
    times = [f"2024-01-02T{text[:2]}:{text[2:]}:00" if "-" in odd else f"{text[:2]}:{text[2:]}:00" for text in DAY]
    assert odd_times(api(booked([*times, odd], column="start_time"))).verdict is Verdict.fail


@pytest.mark.parametrize(
    "times",
    [
        DAY,
        [*DAY, *(["0110"] * 9)],  # an emergency room is open at night
        [f"{hour:02}{minute:02}" for hour in range(8, 17) for minute in range(0, 60, 7)],  # no grid at all
        ["2024-01-02T02:00:00Z"] * 30,  # evening somewhere
        [*(["2024-01-02T15:00:00Z"] * 30), "2024-01-02T02:00:00Z"],
    ],
)
def test_habits_and_other_zones_are_none(times: list[str]) -> None:
    assert odd_times(api(booked(times))).verdict is Verdict.passed


@pytest.mark.parametrize(
    ("name", "column"), [("encounter", "begin_time"), ("appointment", "end_time"), ("call", "start")]
)
def test_only_begins_of_bookings_are_judged(name: str, column: str) -> None:
    assert odd_times(api(booked([*DAY, "0115"], name, column))).verdict is Verdict.unknown


def test_too_few_bookings_say_nothing() -> None:
    outcome = odd_times(api(booked(["0900", "0115"])))
    assert outcome.verdict is Verdict.unknown and "too few" in outcome.why


def test_a_cut_needs_more_rows_and_never_passes() -> None:
    few = resource("appointment", [{"begin_time": text} for text in [*DAY, "0115"]], complete=False)
    assert odd_times(api(few)).verdict is Verdict.unknown
    many = resource("appointment", [{"begin_time": text} for text in [*DAY * 4, "0115"]], complete=False)
    assert odd_times(api(many)).verdict is Verdict.fail
    clean = resource("appointment", [{"begin_time": text} for text in DAY * 4], complete=False)
    assert odd_times(api(clean)).verdict is Verdict.unknown
