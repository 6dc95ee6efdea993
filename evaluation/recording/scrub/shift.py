"""Dates moved together by whole weeks, so that weekdays, order and distances hold; ages over 89 are capped.

All known notations are recognised, whatever the column is said to have, and kept: YYYYMMDD, ISO, MM/DD/YYYY, a bare
year, with or without a time of day, of whose fraction the number of digits stays. Times of day do not change.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from email.utils import format_datetime, parsedate_to_datetime
from random import Random

OLDEST = 90  # years: HIPAA lets nothing tell ages over 89
ENDLESS = "9999"  # a year that means never; it says nothing of anybody
_DAY = re.compile(r"(\d{4})(-?)(\d\d)\2(\d\d)((?:[ T]\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:?\d\d)?)?)")
_US = re.compile(r"(\d\d)/(\d\d)/(\d{4})")
_YEAR = re.compile(r"[12]\d{3}")
_HTTP = re.compile(r"[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT")
FIRST, LAST = 1000, 2200  # years that can be meant


@dataclass(slots=True)
class Shift:
    """``weeks`` is the secret of one recording. ``newest`` is the latest day it has shown, from which ages count."""

    weeks: int
    newest: date = date.min

    def saw(self, text: str) -> None:
        """Take note of an instant at which the recording was still made or changed."""
        self.newest = max(self.newest, _instant(text) or self.newest)

    def day(self, day: date) -> date:
        """A day after the shift; one that tells of an age over 89 becomes the first of January 90 years back."""
        year = self.newest.year - OLDEST
        if year > 0 and (day.year, day.month, day.day) <= (year, self.newest.month, self.newest.day):
            day = date(year, 1, 1)
        return day + timedelta(weeks=self.weeks)

    def text(self, text: str) -> str | None:
        """A day or an instant in its own notation; None if it is none."""
        try:
            return self._us(text) or self._iso(text) or self._year(text)
        except (ValueError, OverflowError):
            return None

    def http(self, text: str) -> str | None:
        """A date of an HTTP header; None if it is none."""
        try:
            if not _HTTP.fullmatch(text):
                return "0" if text == "0" else None
            return format_datetime(parsedate_to_datetime(text) + timedelta(weeks=self.weeks), usegmt=True)
        except (ValueError, OverflowError):
            return None

    def epoch(self, text: str) -> str | None:
        """Seconds since 1970 of an instant between 2001 and 2100."""
        if not re.fullmatch(r"[1-3]\d{9}", text):
            return None
        return str(int(text) + self.weeks * 7 * 86400)

    def _us(self, text: str) -> str | None:
        m = _US.fullmatch(text)
        return m and f"{self._checked(m[3], m[1], m[2]):%m/%d/%Y}"

    def _iso(self, text: str) -> str | None:
        m = _DAY.fullmatch(text)
        if m is None or (m[5] and not m[2]):
            return None
        if m[1] == ENDLESS:
            return text if (m[3], m[4]) == ("12", "31") else None
        if m[5]:
            datetime.fromisoformat(f"2000-01-01{m[5][:9]}")
        return f"{self._checked(m[1], m[3], m[4]):%Y{m[2]}%m{m[2]}%d}{m[5]}"

    def _year(self, text: str) -> str | None:
        return str(self._checked(text, "07", "01").year) if _YEAR.fullmatch(text) else None

    def _checked(self, year: str, month: str, day: str) -> date:
        if not FIRST <= int(year) <= LAST:
            raise ValueError
        return self.day(date(int(year), int(month), int(day)))


def draw(rng: Random) -> Shift:
    """One to four years into the past: nothing scrubbed lies in the future that did not before."""
    return Shift(-rng.randrange(52, 209))


def _instant(text: str) -> date | None:
    """The day of an hj timestamp or of an HTTP date."""
    try:
        if _HTTP.fullmatch(text):
            return parsedate_to_datetime(text).date()
        m = _DAY.fullmatch(text)
        return date(int(m[1]), int(m[3]), int(m[4])) if m and m[5] and int(m[1]) <= LAST else None
    except (ValueError, OverflowError):
        return None
