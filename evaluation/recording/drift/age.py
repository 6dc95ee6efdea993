"""How old a recording is, by the calendar. The only place of drift that knows what day it is, and it is told."""

from __future__ import annotations

from datetime import date

from mockserver.errors import InputError

from ..cassette import Cassette

LIMIT = 180  # days


def recorded(cassette: Cassette) -> date | None:
    """The day of the capture; None where the cassette does not say."""
    found = cassette.meta.get("recorded")
    if isinstance(found, date):
        return found
    try:
        return date.fromisoformat(str(found)[:10])
    except ValueError:
        return None


def days(cassette: Cassette, today: date) -> int | None:
    """Whole days since the capture, never below 0."""
    day = recorded(cassette)
    return None if day is None else max(0, (today - day).days)


def check(cassette: Cassette, where: str, today: date, limit: int = LIMIT) -> None:
    """Refuse a recording older than ``limit`` days (0: any age will do). Raises InputError."""
    if not limit:
        return
    age = days(cassette, today)
    if age is None:
        raise InputError("does not say when it was recorded", where, ["a cassette of hjkit record", "--max-age 0"])
    if age > limit:
        raise InputError(
            f"was captured {age} days ago, and what is older than {limit} days proves nothing about today",
            where,
            ["record again", "a higher --max-age"],
        )
