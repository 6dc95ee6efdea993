"""One measurement out of two columns (HJ-015). Factors: NIST Special Publication 811, exact by definition."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from .numbers import as_number


def centimetres(inches: Decimal) -> Decimal:
    """Centimetres of inches."""
    return inches * Decimal("2.54")


def kilograms(pounds: Decimal) -> Decimal:
    """Kilograms of pounds."""
    return pounds * Decimal("0.45359237")


def celsius(fahrenheit: Decimal) -> Decimal:
    """Degrees Celsius of degrees Fahrenheit."""
    return (fahrenheit - 32) * 5 / 9


def measured(
    row: Mapping[str, Any], metric: str, customary: str, convert: Callable[[Decimal], Decimal], tolerance: Decimal
) -> Decimal | None:
    """The measurement in the metric unit: from its own column, else ``convert`` of the other; None without either.

    Both are compared, because either may have been corrected alone. Raises ValueError, which names the columns and no
    value, where they are further apart than ``tolerance`` in the metric unit.
    """
    own, other = as_number(row.get(metric)), as_number(row.get(customary))
    made = None if other is None else convert(other)
    if own is not None and made is not None and abs(own - made) > tolerance:
        raise ValueError(f"{metric} and {customary} do not agree")
    return own if own is not None else made
