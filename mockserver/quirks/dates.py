"""Q20-feed: several notations of a date in one column."""

from __future__ import annotations

from datetime import date

from ..world.model import History, Values
from .context import Context, key_of
from .trace import rewrite


def mixed_dates(history: History, context: Context) -> list[History]:
    """MM/DD/YYYY, an ISO date, a bare year or empty text; all versions of a row are alike."""
    kind = context.kind("Q20-feed", history.element, *key_of(history))
    return [rewrite(history, lambda values: _written(values, kind))] if kind else [history]


def _written(values: Values, kind: str) -> Values:
    day = values.get("date")
    return {"date": notation(day, kind)} if isinstance(day, date) else {}


def notation(day: date, kind: str) -> str:
    """The date as ``us``, ``iso``, ``year`` or ``empty`` text."""
    match kind:
        case "us":
            return f"{day:%m/%d}/{day.year:04}"
        case "iso":
            return day.isoformat()
        case "year":
            return f"{day.year:04}"
    return ""
