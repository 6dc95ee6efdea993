"""How a clean value is written on the wire, in the notation the contract states."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import lru_cache
from json.encoder import encode_basestring as _quote
from types import MappingProxyType

from .model import Element, Property

JSON = str | int | float | bool | None
Value = object

_EPOCH = datetime(1970, 1, 1)
_STAMP = re.compile(r"(\d{4}-\d\d-\d\d)(?:[ T]((?:[01]\d|2[0-3]):\d\d:\d\d)(?:\.(\d{1,6}))?)?", re.ASCII)
CREATED, MODIFIED, PRACTICE = "hj_create_timestamp", "hj_modify_timestamp", "practice_id"


class RowWriter:
    """Writes rows of one element of one practice: compact JSON in wire order, UTF-8."""

    def __init__(self, element: Element, practice: str) -> None:
        own = element.surrogate.clean if element.surrogate else None
        self._columns = [(f"{json.dumps(p.wire)}:", p.clean, p) for p in element.properties]
        self._surrogate = own
        self._practice = practice

    def row(self, values: Mapping[str, Value], surrogate: int, created: int, modified: int) -> bytes:
        """The row as bytes. Columns that ``values`` lacks are null.

        ``values`` is keyed by clean names; ``created`` and ``modified`` are microseconds of vendor time.
        """
        full = {**values, CREATED: created, MODIFIED: modified, PRACTICE: self._practice}
        if self._surrogate is not None:
            full[self._surrogate] = surrogate
        cells = [label + _json(encode(prop, full.get(clean))) for label, clean, prop in self._columns]
        return f"{{{','.join(cells)}}}".encode()


def _json(value: JSON) -> str:
    if value is None:
        return "null"
    return _quote(value) if isinstance(value, str) else json.dumps(value)


def encode(prop: Property, value: Value) -> JSON:
    """One value. Text passes as it is, for quirks hand over dirt ready made; only for a number it is read as one."""
    if value is None or (isinstance(value, str) and not prop.number):
        return value
    return _WRITERS[prop.format](value) if prop.format in _WRITERS else _plain(prop, value)


def _plain(prop: Property, value: Value) -> JSON:
    if isinstance(value, int) and prop.number:
        return value
    return str(value)


def timestamp(instant: int, *, fixed: bool = False) -> str:
    """Microseconds of vendor time as text; trailing zeros of the fraction go unless ``fixed`` (Q18)."""
    seconds, fraction = divmod(instant, 1_000_000)
    text = f"{_seconds(seconds)}.{fraction:06d}"
    return text if fixed else text.rstrip("0").rstrip(".")


@lru_cache(maxsize=4096)
def _seconds(seconds: int) -> str:
    return (_EPOCH + timedelta(seconds=seconds)).isoformat(sep=" ")


def parse_timestamp(text: str) -> int:
    """The instant of a timestamp with 0 to 6 digits of fraction, or of a day's midnight, in microseconds.

    Raises ValueError for anything else.
    """
    match = _STAMP.fullmatch(text)
    if match is None:
        raise ValueError(f"{text!r} is not YYYY-MM-DD HH:MM:SS.ffffff")
    day, clock, fraction = match.groups()
    moment = datetime.fromisoformat(f"{day} {clock or '00:00:00'}")
    whole = (moment - _EPOCH) // timedelta(microseconds=1)
    return whole + int((fraction or "0").ljust(6, "0"))


def _timestamp(value: Value) -> str:
    assert isinstance(value, int)
    return timestamp(value)


def _timestamp_fixed(value: Value) -> str:
    assert isinstance(value, int)
    return timestamp(value, fixed=True)


def _date(value: Value) -> str:
    assert isinstance(value, date)
    return value.strftime("%Y%m%d") if value.year > 999 else f"{value:%Y%m%d}".zfill(8)


def _compact_time(value: Value) -> str:
    assert isinstance(value, time)
    return value.strftime("%H%M")


def _clock_time(value: Value) -> str:
    assert isinstance(value, time)
    return value.strftime("%H:%M:%S")


def _number(value: Value) -> float | int:
    assert isinstance(value, Decimal | int | str)
    return value if isinstance(value, int) else float(value)


def _decimal(value: Value) -> str:
    return format(value, "f") if isinstance(value, Decimal) else str(value)


def _money(value: Value) -> str:
    assert isinstance(value, Decimal | int)
    return f"{Decimal(value):.2f}"


_WRITERS: Mapping[str, Callable[[Value], JSON]] = MappingProxyType(
    {
        "hj-timestamp": _timestamp,
        "hj-timestamp-fixed": _timestamp_fixed,
        "compact-date": _date,
        "year-or-date": _date,
        "date-mixed": _date,
        "compact-time": _compact_time,
        "clock-time": _clock_time,
        "number": _number,
        "decimal-text": _decimal,
        "money-text": _money,
    }
)
