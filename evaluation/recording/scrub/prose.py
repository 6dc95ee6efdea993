"""Words of servers: errors, headers, pages. Words on the list stay, and numbers too small to be anybody's.

A number up to 89 or from 200 to 599 stays, unless it is part of a longer one: every status does, no age over 89.
"""

from __future__ import annotations

import re

from . import letters
from .context import Context
from .shift import OLDEST

_TOKEN = re.compile(
    r"(?P<version>(?<=[A-Za-z]/)\d{1,2}(?:\.\d{1,3}){1,2}(?![\d.]))"
    r"|(?P<name>[^\W\d_][\w-]*)"
    r"|(?P<digits>\d(?:[\d.,:/()-]*\d)?(?: [\d.,:/()-]*\d)*)"
    r"|(?P<other>[^\x00-\x7f]+)"
)
_MOST = 3  # digits: what has more could be a number of somebody
_STATUSES = range(200, 600)
_PARTS = re.compile(r"[^\W\d_]+|\d+")


def write(text: str, context: Context) -> str:
    """The text with every word that is not on the list masked."""
    return _TOKEN.sub(lambda m: _token(m, context), text)


def _token(match: re.Match[str], context: Context) -> str:
    text = match[0]
    if match["version"]:
        return text
    if match["name"]:
        return _name(text, context)
    return text if match["digits"] and _few(text) else letters.masked(text)


def _name(text: str, context: Context) -> str:
    """A word, or words joined as in ``token_expired`` and ``dx1_code``."""
    if _listed(text, context):
        return text
    few = _few(text)
    return _PARTS.sub(lambda m: m[0] if _stays(m[0], few, context) else letters.masked(m[0]), text)


def _stays(part: str, few: bool, context: Context) -> bool:
    return few if part.isdigit() else _listed(part, context)


def _listed(word: str, context: Context) -> bool:
    low = letters.lower(word)
    return low in context.vocabulary and (word == low or low not in context.rules.lists["lower_only"])


def _few(text: str) -> bool:
    numbers = [int(n) for n in re.findall(r"\d+", text)] if sum(c.isdigit() for c in text) <= _MOST else [OLDEST]
    return all(n < OLDEST or n in _STATUSES for n in numbers)
