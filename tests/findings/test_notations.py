"""Notations of dates and times: told from values, from names and from declared patterns."""

from __future__ import annotations

from datetime import date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.findings import notations, shapes
from evaluation.findings.model import Field
from evaluation.schema import bundled, mapping
from mockserver.contract.source import document
from mockserver.errors import InputError

DAYS = st.dates(date(1850, 1, 1), date(2199, 12, 31))
CLOCKS = st.times()


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("20211115", "YYYYMMDD"),
        ("2021-11-15", "ISO date"),
        ("11/15/2021", "MM/DD/YYYY"),
        ("15/11/2021", "DD/MM/YYYY"),
        ("01/02/2021", "MM/DD/YYYY"),
        ("15.11.2021", "DD.MM.YYYY"),
        ("15-Nov-2021", "DD-MON-YYYY"),
        ("Nov 15, 2021", "Mon DD, YYYY"),
        ("2021-11", "YYYY-MM"),
        ("0930", "HHMM"),
        ("09:30", "HH:MM"),
        ("09:30:00", "HH:MM:SS"),
        ("9:30 PM", "HH:MM AM"),
        ("2021-11-15T09:30:00Z", "instant"),
        ("2021-11-15 09:30:00.1234", "instant without zone"),
        ("11/15/2021 9:30 AM", "MM/DD/YYYY with time"),
    ],
)
def test_a_text_has_one_notation(text: str, name: str) -> None:
    assert notations.of(text) == name


@pytest.mark.parametrize("text", ["", "hello", "2021-13-01", "99999999", "25:00", "11/32/2021", "1" * 50, "48213"])
def test_other_texts_have_none(text: str) -> None:
    assert notations.of(text) == ""


@given(DAYS)
def test_every_day_is_known_in_every_notation(day: date) -> None:
    assert notations.of(day.isoformat()) == "ISO date"
    assert notations.of(f"{day:%Y%m%d}") == "YYYYMMDD"
    assert notations.of(f"{day:%m/%d/%Y}") == "MM/DD/YYYY"
    assert notations.of(f"{day:%d/%m/%Y}") in ("DD/MM/YYYY", "MM/DD/YYYY")


@given(CLOCKS)
def test_every_time_of_day_is_known_in_every_notation(at: time) -> None:
    assert notations.of(f"{at:%H:%M:%S}") == "HH:MM:SS"
    assert notations.of(f"{at:%I:%M %p}") == "HH:MM AM"
    assert notations.of(f"{at:%H%M}") == "HHMM"


@given(st.datetimes(datetime(1850, 1, 1), datetime(2199, 12, 31)))
def test_every_instant_is_known(at: datetime) -> None:
    assert notations.of(at.isoformat()) == "instant without zone"
    assert notations.of(f"{at.isoformat()}Z") == "instant"


@given(st.text(max_size=60))
def test_no_text_is_too_odd(text: str) -> None:
    assert notations.of(text) in {"", *notations.load().by_name}


@pytest.mark.parametrize(
    ("name", "kinds"),
    [
        ("service_date", "date"),
        ("birthDate", "date"),
        ("servicedate", "date"),
        ("dob", "date"),
        ("begin_time", "time"),
        ("startTime", "time"),
        ("hj_modify_timestamp", "instant"),
        ("updated_at", "instant"),
        ("duration_time", ""),
        ("time_zone", ""),
        ("candidate", ""),
        ("last_update", ""),
        ("patient_id", ""),
        ("room_code", ""),
    ],
)
def test_names_speak_of_dates_and_times(name: str, kinds: str) -> None:
    assert notations.speaks_of(name) == frozenset(kinds.split())


def test_digits_are_a_date_or_a_time_only_where_the_name_says_so() -> None:
    assert notations.written("service_date", ["20211115"]) == {"YYYYMMDD"}
    assert notations.written("patient_id", ["20211115"]) == frozenset()
    assert notations.written("begin_time", ["0930", "1956"]) == {"HHMM"}
    assert notations.written("room", ["0930"]) == frozenset()
    assert notations.written("onset_date", ["2011", "1956"]) == {"year"}


def test_digits_among_other_dates_are_dates_whatever_the_name() -> None:
    assert notations.written("first_seen", ["2021-11-16", "20211115"]) == {"YYYYMMDD", "ISO date"}


def test_an_ambiguous_date_is_what_the_others_are() -> None:
    assert notations.written("day", ["01/02/2021", "13/02/2021"]) == {"DD/MM/YYYY"}
    assert notations.written("day", ["01/02/2021", "02/13/2021"]) == {"MM/DD/YYYY"}
    assert notations.written("day", ["01/02/2021"]) == {"MM/DD/YYYY"}


def test_a_column_of_other_texts_with_a_few_dates_is_no_column_of_dates() -> None:
    assert notations.written("comment", ["2021-11-15", "seen", "again", "home"]) == frozenset()
    assert notations.written("date", [None, 7, ""]) == frozenset()


@pytest.mark.parametrize(
    ("format_", "name", "found"),
    [
        ("compact-date", "date", {"YYYYMMDD"}),
        ("year-or-date", "date", {"YYYYMMDD", "year"}),
        ("date-mixed", "date", {"ISO date", "MM/DD/YYYY", "YYYYMMDD", "year"}),
        ("compact-time", "begin_time", {"HHMM"}),
        ("clock-time", "service_time", {"HH:MM:SS"}),
        ("digits", "date", set()),
        ("text", "begin_time", set()),
        ("compact-date", "patient_id", set()),
    ],
)
def test_a_declared_pattern_is_tried_with_every_notation(format_: str, name: str, found: set[str]) -> None:
    pattern = document("formats.yaml")[format_]["schema"]["pattern"]
    assert notations.declared(Field(name, pattern=pattern)) == found


def test_a_declared_format_counts_where_there_is_no_pattern() -> None:
    assert notations.declared(Field("born", format="date")) == {"ISO date"}
    assert notations.declared(Field("at", format="date-time")) == {"instant"}
    assert notations.declared(Field("at", format="uuid")) == frozenset()


def test_values_go_before_what_is_declared() -> None:
    assert notations.column(Field("day", format="date", samples=("11/15/2021",))) == {"MM/DD/YYYY"}
    assert notations.column(Field("day", format="date")) == {"ISO date"}


@pytest.mark.parametrize("pattern", ["", ".*", r"^\d+$", r"^\d{8}$", "^[^\u0000-\u001f]*$", "("])
def test_a_loose_or_broken_pattern_says_nothing(pattern: str) -> None:
    assert notations.declared(Field("date", pattern=pattern)) == frozenset()


@pytest.mark.parametrize(
    ("description", "declared"),
    [
        ("Instant in UTC.", True),
        ("Vendor time without zone.", False),
        ("Not in UTC.", False),
        ("Eastern Standard Time", True),
        ("America/New_York", True),
        ("Best time of my life", False),
    ],
)
def test_a_zone_can_be_declared_in_words(description: str, declared: bool) -> None:
    assert notations.zone_declared(Field("changed_at", description=description)) is declared


def test_a_name_can_declare_a_zone() -> None:
    assert notations.zone_declared(Field("changed_at_utc"))


def test_a_lower_precision_has_no_style() -> None:
    assert notations.styles(["YYYYMMDD", "year"], "date") == {"digits"}
    assert len(notations.styles(["YYYYMMDD", "ISO date"], "date")) == 2


def test_every_candidate_is_of_its_own_notation_and_of_no_other_of_its_kind() -> None:
    for name, notation in notations.load().by_name.items():
        for text in notation.candidates:
            found = notations.load().by_name[notations.load().of(text)]
            assert found.style == notation.style or notation.style == "", (name, text)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"notations": {"X": {"of": "date"}}}, "notations.yaml: notations.X: style is missing"),
        ({"formats": []}, "notations.yaml: formats: must be a mapping"),
        ({"zones": "("}, "notations.yaml: zones is no regular expression"),
    ],
)
def test_a_mistake_in_the_file_is_told_with_its_place(change: dict[str, object], sentence: str) -> None:
    node = bundled(f"{shapes.FOLDER}/notations.yaml")
    with pytest.raises(InputError) as caught:
        shapes.held(mapping({**node.data, **change}, node.where), notations.SHAPE)
    assert str(caught.value).startswith(f"{shapes.FOLDER}/{sentence}")
