"""Age counts by the calendar that is handed in, and an old recording is refused."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.recording.cassette import Cassette
from evaluation.recording.drift.age import check, days
from mockserver.errors import InputError

DAY = date(2026, 1, 31)


def recorded(day: object) -> Cassette:
    return Cassette({} if day is None else {"recorded": day}, ())


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(0, 4000))
def test_age_is_days_by_the_calendar(day: date, later: int) -> None:
    for written in (day, day.isoformat()):
        assert days(recorded(written), day + timedelta(later)) == later


def test_a_capture_of_tomorrow_is_new() -> None:
    assert days(recorded("2026-02-03"), DAY) == 0


def test_the_limit_is_the_last_day_that_counts() -> None:
    check(recorded("2025-08-04"), "one.yaml", DAY)
    with pytest.raises(InputError, match=r"one\.yaml: was captured 181 days ago, and what is older than 180 days"):
        check(recorded("2025-08-03"), "one.yaml", DAY)
    check(recorded("2025-08-03"), "one.yaml", DAY, 181)


@pytest.mark.parametrize("day", [None, "soon", 5])
def test_an_unknown_age_is_refused_unless_any_will_do(day: object) -> None:
    with pytest.raises(InputError, match="does not say when it was recorded"):
        check(recorded(day), "one.yaml", DAY)
    check(recorded(day), "one.yaml", DAY, 0)
