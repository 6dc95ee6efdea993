"""Numbers and flags out of text (HJ-010, 044)."""

from __future__ import annotations

import re
from decimal import Decimal

_NUMBER = re.compile(r"[-+]?(?:\d{1,3}(?:,\d{3})+|\d+)?(?:\.\d+)?")
_YES, _NO = frozenset({"y", "yes", "t", "true", "1"}), frozenset({"n", "no", "f", "false", "0"})


def as_number(value: str | int | float | Decimal | None) -> Decimal | None:
    """An exact number, whether it came as text or as a JSON number; None for a missing one and empty text.

    A binary fraction is read the way it is written: 0.1 is 0.1. Raises ValueError for text that is no number, without
    the text, and TypeError for true and false.
    """
    if isinstance(value, bool):
        raise TypeError("true and false are no numbers")
    text = "" if value is None else str(value).strip()
    if not text:
        return None
    if isinstance(value, str) and not (_NUMBER.fullmatch(text) and text[-1].isdigit()):
        raise ValueError(f"no number, of {len(text)} characters")
    return Decimal(text.replace(",", ""))


def as_flag(value: str | bool | int | None) -> bool | None:
    """Yes or no out of Y, N, yes, no, T, F, 1 and 0; None for a missing one.

    Raises ValueError for anything else, so that a third letter is noticed and never counts as yes.
    """
    text = str(value if value is not None else "").strip().lower()
    if not text:
        return None
    if text not in _YES | _NO:
        raise ValueError("neither yes nor no")
    return text in _YES
