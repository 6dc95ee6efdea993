"""The notation of every format, and rows as bytes."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from mockserver.contract import Contract, Element, Property, wire
from mockserver.contract.check import problems, value_problems
from mockserver.contract.source import document
from mockserver.contract.wire import RowWriter, parse_timestamp, timestamp

EPOCH = datetime(1970, 1, 1)
SECOND = 1_000_000
FIRST = (datetime(1000, 1, 1) - EPOCH) // timedelta(microseconds=1)
LAST = (datetime(2999, 12, 31, 23, 59, 59, 999_999) - EPOCH) // timedelta(microseconds=1)
instants = st.integers(FIRST, LAST)
dates = st.dates(date(1000, 1, 1), date(2999, 12, 31))
times = st.times().map(lambda t: t.replace(microsecond=0))
amounts = st.decimals(-1_000_000, 1_000_000, places=2, allow_nan=False)

CLEAN: dict[str, st.SearchStrategy[Any]] = {
    "int": st.integers(100_000_000, 999_999_999),
    "microseconds": instants,
    "date": dates,
    "time": times,
    "Decimal": st.decimals(0, 100_000, places=2, allow_nan=False),
}
"""What makers hand over, by the ``clean`` type of a format; text stands as it is."""
BY_FORMAT = {"integer": st.integers(0), "integer-text": st.integers(0), "number": amounts, "money-text": amounts}


def prop(format_: str, *types: str) -> Property:
    """A column of a format, of the type the format fixes or text."""
    facts = document("formats.yaml")[format_]
    chosen = types or (facts.get("type", "string"),)
    return Property("a", "a", "a", chosen, format_, facts["schema"], None, "", None)  # type: ignore[arg-type]


def handed_over(format_: str) -> st.SearchStrategy[Any]:
    kind = document("formats.yaml")[format_]["clean"]
    return BY_FORMAT[format_] if format_ in BY_FORMAT else CLEAN[kind]


@pytest.mark.parametrize(
    ("format_", "value", "expected"),
    [
        ("surrogate-text", 123456789, "123456789"),
        ("digits", "007", "007"),
        ("compact-date", date(2021, 11, 15), "20211115"),
        ("compact-date", date(1000, 2, 3), "10000203"),
        ("compact-date", date(987, 2, 3), "09870203"),
        ("date-mixed", date(2021, 11, 15), "20211115"),
        ("date-mixed", "11/15/2021", "11/15/2021"),
        ("year-or-date", date(2011, 1, 2), "20110102"),
        ("year-or-date", "2011", "2011"),
        ("compact-time", time(9, 5), "0905"),
        ("clock-time", time(9, 5), "09:05:00"),
        ("clock-time", time(23, 59, 58), "23:59:58"),
        ("hj-timestamp", 0, "1970-01-01 00:00:00"),
        ("hj-timestamp", 1_500_000, "1970-01-01 00:00:01.5"),
        ("hj-timestamp-fixed", 1_500_000, "1970-01-01 00:00:01.500000"),
        ("integer-text", 15, "15"),
        ("integer", 15, 15),
        ("decimal-text", Decimal("98.60"), "98.60"),
        ("decimal-text", Decimal("1E+2"), "100"),
        ("decimal-text", 98, "98"),
        ("money-text", Decimal("145"), "145.00"),
        ("money-text", Decimal("-0.5"), "-0.50"),
        ("money-text", 145, "145.00"),
        ("number", Decimal("145.50"), 145.5),
        ("number", 145, 145),
        ("number", "12.5", 12.5),
        ("flag", "Y", "Y"),
        ("provider-or-empty", "", ""),
    ],
)
def test_a_value_is_written_in_the_notation_of_its_format(format_: str, value: object, expected: object) -> None:
    written = wire.encode(prop(format_), value)
    assert (written, type(written)) == (expected, type(expected))


def test_a_surrogate_is_a_number() -> None:
    assert wire.encode(prop("surrogate", "integer"), 123456789) == 123456789


@pytest.mark.parametrize("format_", sorted(document("formats.yaml")))
def test_null_is_null_in_every_format(format_: str) -> None:
    assert wire.encode(prop(format_), None) is None


@pytest.mark.parametrize("format_", sorted(f for f, x in document("formats.yaml").items() if x["clean"] != "str"))
@given(data=st.data())
def test_what_a_maker_may_hand_over_is_written_as_the_schema_says(format_: str, data: st.DataObject) -> None:
    column = prop(format_, "integer") if format_ == "surrogate" else prop(format_)
    assert value_problems(column, wire.encode(column, data.draw(handed_over(format_)))) == []


@given(instants, st.booleans())
@example(LAST, True)
@example(FIRST, False)
@example(-1, False)
def test_timestamps_come_back_as_the_instant_they_were(instant: int, fixed: bool) -> None:
    assert parse_timestamp(timestamp(instant, fixed=fixed)) == instant


@given(instants)
def test_a_timestamp_is_what_the_calendar_says(instant: int) -> None:
    moment = EPOCH + timedelta(microseconds=instant)
    assert timestamp(instant, fixed=True) == moment.isoformat(" ", "microseconds")
    assert timestamp(instant) == timestamp(instant, fixed=True).rstrip("0").rstrip(".")


@given(instants, instants)
def test_fixed_timestamps_sort_as_text_like_their_instants(one: int, other: int) -> None:
    texts = timestamp(one, fixed=True), timestamp(other, fixed=True)
    assert (one < other) == (texts[0] < texts[1])


@pytest.mark.parametrize("text", ["2022-08-01", "2022-08-01 00:00:00", "2022-08-01T00:00:00", "2022-08-01 00:00:00.0"])
def test_a_day_is_its_midnight(text: str) -> None:
    assert parse_timestamp(text) == (datetime(2022, 8, 1) - EPOCH) // timedelta(microseconds=1)


@pytest.mark.parametrize(
    "text",
    [
        "", "yesterday", "20220801", "2022-8-1", "2022-02-30", "2022-13-01", "2022-08-01 24:00:00", "2022-08-01 12:00",
        "2022-08-01 12:00:00.", "2022-08-01 12:00:00.1234567", "2022-08-01 12:00:00Z", " 2022-08-01", "2022-08-01\n",
        "2022-08-01 12:00:60", "0000-01-01", "2022-08-01 12:00:00,5", "２０２２-08-01", "2022-08-01 12:00:00.٣",
    ],
)  # fmt: skip
def test_what_is_no_timestamp_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        parse_timestamp(text)


def expected_row(element: Element, values: Mapping[str, object], surrogate: int, created: int, modified: int) -> object:
    """The row as one would write it without hurry."""
    full = {
        **values,
        "hj_create_timestamp": created,
        "hj_modify_timestamp": modified,
        "practice_id": "CLNC04",
    }
    if element.surrogate is not None:
        full[element.surrogate.clean] = surrogate
    return {p.wire: wire.encode(p, full.get(p.clean)) for p in element.properties}


@pytest.mark.parametrize("chosen", ["vendor", "clean"])
@given(data=st.data())
def test_a_written_row_is_the_compact_json_of_its_values(
    chosen: str, data: st.DataObject, vendor: Contract, clean: Contract
) -> None:
    contract = vendor if chosen == "vendor" else clean
    element = contract.elements[data.draw(st.sampled_from(sorted(contract.elements)))]
    text = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
    texts = [p.clean for p in element.properties if document("formats.yaml")[p.format]["clean"] == "str"]
    values = data.draw(st.dictionaries(st.sampled_from(texts), st.none() | text)) if texts else {}
    surrogate, instants_ = data.draw(CLEAN["int"]), data.draw(st.tuples(instants, instants))
    row = RowWriter(element, "CLNC04").row(values, surrogate, *instants_)
    plain = expected_row(element, values, surrogate, *instants_)
    assert row == json.dumps(plain, ensure_ascii=False, separators=(",", ":")).encode()


def test_columns_a_row_lacks_are_null_and_strange_ones_are_left_out(vendor: Contract) -> None:
    row = json.loads(RowWriter(vendor.elements["payer"], "CLNC04").row({"payer_id": "7", "shoe": 42}, 123456789, 0, 0))
    assert list(row) == [p.wire for p in vendor.elements["payer"].properties]
    assert row["payer_id"] == "7" and row["payer_name"] is None


def test_a_row_of_clean_types_satisfies_the_contract(vendor: Contract) -> None:
    values: dict[str, object] = {
        "patient_id": "48213", "appointment_id": "584120", "date": date(2022, 3, 15), "begin_time": time(9, 30),
        "end_time": time(9, 45), "duration": 15, "resource": "Room 7", "reason": "Follow up", "type": "FU",
        "detail": "", "provider_id": "1234500017", "provider_name": "Dana7 Provider7", "delete_ind": "N",
    }  # fmt: skip
    row = json.loads(RowWriter(vendor.elements["appointment"], "CLNC04").row(values, 123456789, 0, 1))
    assert problems(vendor.elements["appointment"], row) == []
    assert (row["date"], row["begin_time"], row["duration"]) == ("20220315", "0930", "15")
