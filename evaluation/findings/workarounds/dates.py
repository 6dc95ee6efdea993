"""Dates, times of day and instants in one notation (HJ-011, 012, 013, 014), and times nobody means (HJ-031)."""

from __future__ import annotations

import re
from datetime import date, datetime, time, tzinfo

_DAYS = ("%Y%m%d", "%Y-%m-%d", "%m/%d/%Y", "%Y/%m/%d", "%d-%b-%Y", "%d.%m.%Y")
_CLOCKS = ("%H%M", "%H:%M:%S", "%H:%M", "%H%M%S", "%I:%M %p", "%I:%M%p")
_DIGITS = {"%Y%m%d": 8, "%H%M": 4, "%H%M%S": 6}  # strptime takes fewer
_INSTANT = re.compile(r"(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d)(?:\.(\d+))?(Z|[+-]\d\d:?\d\d)?")


def as_date(text: str | None, day_first: bool = False) -> date | None:
    """A date in any of the notations known; None for a missing one and for a bare year, which is no day.

    ``11/02/2021`` is the second of November unless ``day_first``. Raises ValueError for anything else, without the
    value.
    """
    if not text or re.fullmatch(r"\d{4}", text.strip()):
        return None
    formats = tuple(f.replace("%m/%d", "%d/%m") for f in _DAYS) if day_first else _DAYS
    found = _first(text.strip(), formats)
    if found is None:
        raise ValueError(f"a date in an unknown notation, of {len(text)} characters")
    return found.date()


def as_time(text: str | None) -> time | None:
    """A time of day: 0930, 09:30:00 and 9:30 AM are one. None for a missing one; ValueError for anything else."""
    if not text:
        return None
    found = _first(text.strip(), _CLOCKS)
    if found is None:
        raise ValueError(f"a time of day in an unknown notation, of {len(text)} characters")
    return found.time()


def _first(text: str, formats: tuple[str, ...]) -> datetime | None:
    for format_ in formats:
        if len(text) != _DIGITS.get(format_, len(text)):
            continue
        try:
            return datetime.strptime(text, format_)
        except ValueError:
            continue
    return None


def as_instant(text: str | None, zone: tzinfo) -> datetime | None:
    """An instant with a fraction of any width, or none. ``zone`` counts where the text names none; say it once.

    None for a missing one. Raises ValueError for anything else. Digits behind the microsecond are cut off.
    """
    if not text:
        return None
    match = _INSTANT.fullmatch(text.strip())
    if match is None:
        raise ValueError(f"an instant in an unknown notation, of {len(text)} characters")
    day, clock, fraction, offset = match.groups()
    found = datetime.fromisoformat(f"{day}T{clock}").replace(microsecond=int(f"{fraction or 0:0<6}"[:6]))
    if offset:
        return datetime.fromisoformat(f"{found.isoformat()}{offset.replace('Z', '+00:00')}")
    return found.replace(tzinfo=zone)


def doubtful(begin: time, opens: time, closes: time, grid: int = 5) -> bool:
    """Whether a booking begins outside opening hours or off the grid of so many minutes: ask before it is counted."""
    return not opens <= begin < closes or bool(begin.minute % grid) or begin.second != 0
