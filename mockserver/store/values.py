"""How the values of a column compare: as instants, as numbers or as text."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Literal

from mockserver.store import jsonio

Kind = Literal["timestamp", "number", "text"]
Key = Any
"""An ``int``, ``float`` or ``str``; within one column all compare with each other."""

FORMS: Mapping[Kind, str] = {
    "timestamp": "YYYY-MM-DD, or YYYY-MM-DD HH:MM:SS with up to 6 decimals",
    "number": "a number",
    "text": "text",
}
_TIMESTAMP = re.compile(r"(\d{4}-\d\d-\d\d)(?: (\d\d):(\d\d):(\d\d)(?:\.(\d{1,6}))?)?", re.ASCII)
_NUMBER = re.compile(r"-?\d{1,18}(\.\d{1,18})?", re.ASCII)
_EPOCH = date(1970, 1, 1).toordinal()


def timestamp(text: str) -> int:
    """Microseconds since 1970 of ``YYYY-MM-DD[ HH:MM:SS[.f]]``; a date alone is its midnight.

    Raises ValueError.
    """
    match = _TIMESTAMP.fullmatch(text)
    if not match:
        raise ValueError(text)
    day, hours, minutes, seconds, fraction = match.groups(default="0")
    hour, minute, second = int(hours), int(minutes), int(seconds)
    if hour > 23 or minute > 59 or second > 59:
        raise ValueError(text)
    days = date.fromisoformat(day).toordinal() - _EPOCH
    return (((days * 24 + hour) * 60 + minute) * 60 + second) * 1_000_000 + int(fraction.ljust(6, "0"))


def number(text: str) -> int | float:
    """Whole numbers stay exact. Raises ValueError, for exponents, infinities and blanks too."""
    match = _NUMBER.fullmatch(text)
    if not match:
        raise ValueError(text)
    return float(text) if match[1] else int(text)


_PARSERS: Mapping[Kind, Callable[[str], Key]] = {"timestamp": timestamp, "number": number, "text": str}


def operand(kind: Kind, text: str) -> Key:
    """The value a filter names. Raises ValueError if it is not of this kind."""
    return _PARSERS[kind](text)


def key(kind: Kind, value: object) -> Key | None:
    """What a row's value compares by. None for null, and for what is not of this kind: it matches nothing."""
    if value is None or (kind == "text" and isinstance(value, str)):
        return value
    if kind == "number" and isinstance(value, int | float) and not isinstance(value, bool):
        return value
    text = value if isinstance(value, str) else jsonio.dumps(value).decode()
    try:
        return operand(kind, text)
    except ValueError:
        return None
