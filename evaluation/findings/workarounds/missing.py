"""One kind of nothing (HJ-019, 020), texts without blanks at the ends (HJ-018), one spelling of a term (HJ-030)."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from typing import Any

_REPEATED = re.compile(r"0+|9+")


def trimmed(row: Mapping[str, Any]) -> dict[str, Any]:
    """The row with blanks at the ends of its texts taken away."""
    return {name: value.strip() if isinstance(value, str) else value for name, value in row.items()}


def one_nothing(row: Mapping[str, Any]) -> dict[str, Any]:
    """The row with null in place of empty text and of text that is blanks only. An absent key stays absent."""
    return {name: None if isinstance(value, str) and not value.strip() else value for name, value in row.items()}


def without_fillers(row: Mapping[str, Any], columns: Collection[str], key: str = "") -> dict[str, Any]:
    """The row with null where a column of ``columns`` holds zeros or nines only, or repeats the column ``key``."""
    own = row.get(key) if key else None
    return {
        name: None if name in columns and (_filler(value) or (own is not None and value == own)) else value
        for name, value in row.items()
    }


def _filler(value: object) -> bool:
    digits = re.sub(r"[-/. ()]", "", value) if isinstance(value, str) else ""
    return len(digits) > 4 and _REPEATED.fullmatch(digits) is not None


def term(text: str | None, known: Iterable[str], corrections: Mapping[str, str] | None = None) -> str | None:
    """The spelling of your own list for a term: case and blanks do not matter, ``corrections`` mend misspelt words.

    None for a missing text and for one that is not on the list, which a person has to look at.
    """
    words = (text or "").casefold().split()
    mended = " ".join((corrections or {}).get(word, word) for word in words)
    return {" ".join(entry.casefold().split()): entry for entry in known}.get(mended)
