"""How instants are written: how many digits their fractions of a second have, and whether they carry a zone."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from .model import Field
from .notations import MEANT, accepts, informative

_INSTANT: Final = re.compile(r"\d{4}-?\d\d-?\d\d[T ]\d\d:?\d\d(?::?\d\d)?(?:[.,](\d{1,9}))? ?(Z|[+-]\d\d(?::?\d\d)?)?")
_PROBES: Final = ("2023-03-15{}09:30:12", "1987-11-30{}17:45:59")
_ZONES: Final = ("Z", "+00:00", "+0000", "-05:00")
_DIGITS: Final = "123456789"
_WIDEST: Final = 9


@dataclass(frozen=True)
class Writing:
    """``widths`` are numbers of digits behind the point, 0 for none; ``zoned`` and ``bare`` whether any instant has a
    zone and whether any has none."""

    widths: frozenset[int]
    zoned: bool
    bare: bool


def written(values: Iterable[object]) -> Writing | None:
    """The writing of the values of a column; None where most of them are no instants."""
    texts = [value for value in values if isinstance(value, str) and value]
    found = [match for text in texts if len(text) <= 40 and (match := _INSTANT.fullmatch(text))]
    if not found or len(found) < len(texts) * MEANT:
        return None
    widths = frozenset(len(match[1] or "") for match in found)
    zoned = {bool(match[2]) for match in found}
    return Writing(widths, True in zoned, False in zoned)


def declared(field: Field) -> Writing | None:
    """The writing a declared pattern or ``date-time`` lets through; None where neither says.

    A pattern is tried with fractions of every width; one that lets all of them through says nothing of widths. Nor does
    RFC 3339, which ``date-time`` stands for: it demands a zone and leaves the width open.
    """
    if field.pattern and informative(field.pattern):
        return _probed(field.pattern)
    return Writing(frozenset(), True, False) if field.format == "date-time" else None


def _probed(pattern: str) -> Writing | None:
    widths: set[int] = set()
    zoned: set[bool] = set()
    for between in (" ", "T"):
        for zone in ("", *_ZONES):
            found = {width for width in range(_WIDEST + 1) if accepts(pattern, _texts(between, width, zone))}
            widths |= found
            zoned |= {bool(zone)} if found else set()
    said = frozenset() if len(widths) > _WIDEST else frozenset(widths)
    return Writing(said, True in zoned, False in zoned) if widths else None


def _texts(between: str, width: int, zone: str) -> tuple[str, ...]:
    fraction = f".{_DIGITS[:width]}" if width else ""
    return tuple(f"{probe.format(between)}{fraction}{zone}" for probe in _PROBES)
