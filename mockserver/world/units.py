"""Measurements in both systems of units, as rounded values that follow exactly from each other."""

from __future__ import annotations

from decimal import ROUND_HALF_EVEN, Decimal

TENTH, HUNDREDTH = Decimal("0.1"), Decimal("0.01")


def bmi(kilograms: Decimal, centimetres: Decimal) -> Decimal:
    """kg/m2, rounded to 0.1."""
    return (kilograms * 10_000 / (centimetres * centimetres)).quantize(TENTH, ROUND_HALF_EVEN)


def inches(centimetres: Decimal) -> Decimal:
    """cm / 2.54, rounded to 0.01."""
    return (centimetres / Decimal("2.54")).quantize(HUNDREDTH, ROUND_HALF_EVEN)


def pounds(kilograms: Decimal) -> Decimal:
    """kg x 2.20462, rounded to 0.01."""
    return (kilograms * Decimal("2.20462")).quantize(HUNDREDTH, ROUND_HALF_EVEN)


def fahrenheit(celsius: Decimal) -> Decimal:
    """C x 1.8 + 32, rounded to 0.1."""
    return (celsius * Decimal("1.8") + 32).quantize(TENTH, ROUND_HALF_EVEN)


def tie(weight: Decimal, height: Decimal | None) -> bool:
    """Whether half-up, half-even and binary arithmetic could round differently."""
    if weight % 250 == 0:
        return True
    if height is None:
        return False
    top, bottom = int(weight * 100) * 200_000, int(height * 10) ** 2
    return top % bottom == 0 and (top // bottom) % 2 == 1
