"""How values compare: instants to the microsecond, numbers as numbers, text as text."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mockserver.store.values import key, number, operand, timestamp

moments = st.datetimes(datetime(1700, 1, 1), datetime(2300, 1, 1))


@given(moment=moments)
def test_timestamps_are_microseconds_since_1970(moment: datetime) -> None:
    expected = (moment - datetime(1970, 1, 1)) // timedelta(microseconds=1)
    assert timestamp(f"{moment:%Y-%m-%d %H:%M:%S.%f}") == expected
    assert timestamp(f"{moment:%Y-%m-%d %H:%M:%S.%f}".rstrip("0").rstrip(".")) == expected


@given(a=moments, b=moments)
def test_timestamps_compare_as_instants_though_fractions_lose_their_zeros(a: datetime, b: datetime) -> None:
    texts = [f"{m:%Y-%m-%d %H:%M:%S.%f}".rstrip("0") for m in (a, b) if m.microsecond]
    if len(texts) == 2:
        assert (timestamp(texts[0]) < timestamp(texts[1])) == (a < b)


def test_a_date_alone_is_its_midnight() -> None:
    assert timestamp("2022-08-01") == timestamp("2022-08-01 00:00:00") == timestamp("2022-08-01 00:00:00.0")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "20220801",
        "2022-8-1",
        "2022-02-30",
        "2022-13-01",
        "0000-01-01",
        "2022-08-01 24:00:00",
        "2022-08-01 12:60:00",
        "2022-08-01 12:00:61",
        "2022-08-01 12:00",
        "2022-08-01T12:00:00",
        "2022-08-01 12:00:00.",
        "2022-08-01 12:00:00.1234567",
        "2022-08-01 12:00:00Z",
        " 2022-08-01",
        "2022-08-01\n",
        "٢٠٢٢-٠٨-٠١",
        "2022-08-01\x00",
    ],
)
def test_other_notations_are_not_timestamps(text: str) -> None:
    with pytest.raises(ValueError):
        timestamp(text)


@given(value=st.integers(-(10**17), 10**17))
def test_whole_numbers_are_exact(value: int) -> None:
    assert number(str(value)) == value


@given(value=st.decimals(-1_000_000, 1_000_000, places=2, allow_nan=False))
def test_decimals_equal_the_json_number(value: Decimal) -> None:
    assert number(str(value)) == float(value) == key("number", float(value))


@pytest.mark.parametrize(
    "text", ["", "1e5", "nan", "inf", "1_000", " 1", "1 ", "0x1", ".5", "5.", "+1", "--1", "1" * 19, "٣"]
)
def test_other_notations_are_not_numbers(text: str) -> None:
    with pytest.raises(ValueError):
        number(text)


@given(text=st.text())
def test_text_is_itself(text: str) -> None:
    assert operand("text", text) == key("text", text) == text


@pytest.mark.parametrize(
    ("kind", "value", "expected"),
    [
        ("text", None, None),
        ("text", "", ""),
        ("text", 12, "12"),
        ("text", True, "true"),
        ("number", 123456789, 123456789),
        ("number", "123456789", 123456789),
        ("number", "98.60", 98.6),
        ("number", 98.6, 98.6),
        ("number", True, None),
        ("number", "n/a", None),
        ("number", "", None),
        ("timestamp", "1970-01-02", 86_400_000_000),
        ("timestamp", "unknown", None),
        ("timestamp", 5, None),
    ],
)
def test_a_rows_value_compares_by_its_kind_or_not_at_all(kind: str, value: object, expected: object) -> None:
    assert key(kind, value) == expected  # type: ignore[arg-type]
