"""How many values a JSON text holds, told before it is parsed and without a copy of it."""

from __future__ import annotations

import re

from .limits import VALUES

_STRING = re.compile(r'"[^"\\]*+(?:\\.[^"\\]*+)*+"?', re.DOTALL)
"""A text. Possessive, so that a long one needs no stack; one without an end takes the rest, so none is looked at twice.
"""
_SPACED = re.compile(r"\[\s++\]|\{\s++\}")


def values(text: str, enough: int = VALUES) -> int:
    """The values of a JSON text, keys not among them.

    Signs inside of texts, and lists and objects with nothing in them, are told apart only where there may be more than
    ``enough``; more than that are not counted on. Of what is no JSON the number means nothing.
    """
    found = 1 + _signs(text, 0, len(text))
    return found if found <= enough else _outside(text, enough)


def _outside(text: str, enough: int) -> int:
    """The values by the signs between texts. Each member of a list or object is behind its opening or a comma."""
    found, start = 1, 0
    for texts, match in enumerate(_STRING.finditer(text)):
        found += _members(text, start, match.start())
        start = match.end()
        if found > enough or texts > 2 * enough + 2:
            return enough + 1
    return found + _members(text, start, len(text))


def _members(text: str, start: int, end: int) -> int:
    """The members that begin in a part without texts."""
    found = _signs(text, start, end)
    if found and end - start > 1:
        found -= text.count("[]", start, end) + text.count("{}", start, end)
        found -= sum(1 for _ in _SPACED.finditer(text, start, end))
    return found


def _signs(text: str, start: int, end: int) -> int:
    return text.count(",", start, end) + text.count("[", start, end) + text.count("{", start, end)
