"""Lists of names inside sentences."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from .outcome import Place


def listed(places: Iterable[Place], most: int = 4) -> str:
    """Places as resource and column, the first ones and a count of the rest."""
    return listed_words(sorted({str(place) for place in places}), most)


def as_sentence(text: str) -> str:
    """The text with a capital and a full stop; a name in front keeps its small letter."""
    start = text[:1] if "_" in text.partition(" ")[0] else text[:1].upper()
    return f"{start}{text[1:]}".rstrip(".") + "."


def listed_words(names: Sequence[str], most: int = 4) -> str:
    """Names in one sentence: ``a``, ``a and b``, ``a, b, c, d and 3 more``."""
    shown = [*names[:most], *([f"{len(names) - most} more"] if len(names) > most else [])]
    return " and ".join(part for part in (", ".join(shown[:-1]), *shown[-1:]) if part)
