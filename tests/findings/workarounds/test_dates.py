"""Reading dates, times and instants in whatever notation they come."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.findings.workarounds.dates import as_date, as_instant, as_time, doubtful

DAYS = st.dates(date(1900, 1, 1), date(2100, 1, 1))
STAMPS = st.datetimes(datetime(1900, 1, 1), datetime(2100, 1, 1))


@given(DAYS)
def test_every_notation_of_a_day_is_the_day(day: date) -> None:
    for notation in ("%Y%m%d", "%Y-%m-%d", "%m/%d/%Y", "%Y/%m/%d", "%d-%b-%Y", "%d.%m.%Y"):
        assert as_date(day.strftime(notation)) == day
    assert as_date(day.strftime("%d/%m/%Y"), day_first=True) == day


@pytest.mark.parametrize("text", [None, "", "2011"])
def test_no_day_is_none(text: str | None) -> None:
    assert as_date(text) is None


@pytest.mark.parametrize("text", ["202111", "2021-13-01", "yesterday", "2021111", "13/02/2021"])
def test_what_is_no_date_is_refused_without_showing_it(text: str) -> None:
    with pytest.raises(ValueError) as caught:
        as_date(text)
    assert text not in str(caught.value)


@given(st.times(timezones=st.none()))
def test_every_notation_of_a_time_is_the_time(at: time) -> None:
    minute, second = at.replace(second=0, microsecond=0), at.replace(microsecond=0)
    assert as_time(f"{at:%H%M}") == as_time(f"{at:%H:%M}") == as_time(f"{at:%I:%M %p}") == minute
    assert as_time(f"{at:%H:%M:%S}") == as_time(f"{at:%H%M%S}") == second


@pytest.mark.parametrize("text", ["930", "2400", "noon", "9"])
def test_what_is_no_time_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="unknown notation"):
        as_time(text)


def test_a_missing_time_or_instant_is_none() -> None:
    assert as_time("") is None and as_time(None) is None and as_instant("", UTC) is None


@given(STAMPS)
def test_a_fraction_that_lost_its_zeros_is_the_same_instant(stamp: datetime) -> None:
    text = stamp.isoformat(" ")
    short = text.rstrip("0").rstrip(".") if stamp.microsecond else text
    assert as_instant(short, UTC) == stamp.replace(tzinfo=UTC)


@given(STAMPS, st.integers(-12, 14))
def test_a_zone_of_its_own_goes_before_the_one_that_was_told(stamp: datetime, hours: int) -> None:
    zone = timezone(timedelta(hours=hours))
    text = stamp.replace(microsecond=0, tzinfo=zone).isoformat()
    assert as_instant(text, timezone(timedelta(hours=3))) == stamp.replace(microsecond=0, tzinfo=zone)
    assert as_instant("2024-01-02T03:04:05Z", zone) == datetime(2024, 1, 2, 3, 4, 5, tzinfo=UTC)


def test_more_digits_than_microseconds_are_cut_off() -> None:
    assert as_instant("2024-01-02 03:04:05.123456789", UTC) == datetime(2024, 1, 2, 3, 4, 5, 123456, UTC)


@pytest.mark.parametrize("text", ["2024-01-02", "soon", "2024-01-02 03:04"])
def test_what_is_no_instant_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="unknown notation"):
        as_instant(text, UTC)


@pytest.mark.parametrize(
    ("begin", "odd"),
    [(time(8), False), (time(9, 45), False), (time(1, 15), True), (time(9, 7), True), (time(18), True)],
)
def test_odd_begins_are_doubtful(begin: time, odd: bool) -> None:
    assert doubtful(begin, time(8), time(18)) is odd
