"""Addresses of requests: what is called by them, which parts are ids, which questions only turn pages."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final
from urllib.parse import unquote

from .fields import LONG_NUMBER, NAME

PAGED: Final = frozenset(
    {"page", "pageno", "pagenumber", "pageindex", "pagesize", "perpage", "limit", "count", "size", "offset", "skip"}
    | {"start", "startindex", "cursor", "after", "before", "pagetoken", "nexttoken", "continuationtoken", "top"}
    | {"sort", "sortby", "order", "orderby", "format"}
)
"""Letters of query parameters that turn pages, or do not change which rows there are."""
PAGES: Final = ("page", "pageno", "pagenumber", "pageindex")
OFFSETS: Final = ("offset", "skip", "start", "startindex")
CURSORS: Final = ("cursor", "after", "before", "pagetoken", "nexttoken", "continuationtoken")
_ID = re.compile(r"\d+|[0-9a-fA-F]{12,}|[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_VERSION = re.compile(r"[vV]\d+([._]\d+)*|api|rest")
_ENDING = re.compile(r"\.(json|php|aspx?)$")
_KINDS = frozenset({"type", "kind", "object", "resourcetype"})
_LONG = 16  # characters from which digits among letters look drawn, not chosen


def letters(name: str) -> str:
    """A name without separators and capitals, as it is compared."""
    return "".join(char for char in name.lower() if char.isalpha())


def name_of(parts: Sequence[str], record: Mapping[str, object] | None = None) -> str:
    """The last part of a path that is no id and no version; empty where there is none.

    If the answer is one ``record`` that holds the last part as a value, that part is its id, whatever it looks like. A
    part that does not look like a name is given as it is, for ``shown`` to replace.
    """
    plain = [_ENDING.sub("", unquote(part)) for part in parts]
    named = [part for part in plain if part and not is_id(part) and not _VERSION.fullmatch(part)]
    if len(named) > 1 and named[-1] == plain[-1] and named[-1].casefold() in _values(record or {}):
        named.pop()
    return named[-1] if named else ""


def _values(record: Mapping[str, object]) -> Iterator[str]:
    """What a record holds, but for words that say what kind of record it is."""
    kept = (cell for key, cell in record.items() if letters(key) not in _KINDS)
    return (str(cell).casefold() for cell in kept if isinstance(cell, str | int))


def is_id(part: str) -> bool:
    """Whether a part of a path is a number, a UUID, long hexadecimal, or digits strewn among letters."""
    digits = sum(char.isdigit() for char in part)
    return bool(_ID.fullmatch(part)) or digits > 3 or (digits > 1 and len(part) >= _LONG) or "@" in part


def shown(names: Iterable[str]) -> dict[str, str]:
    """Name -> what it is called: itself, or ``resource 3`` where it could be a value."""
    order = list(dict.fromkeys(names))
    fits = {name: bool(NAME.fullmatch(name)) and not LONG_NUMBER.search(name) and " " not in name for name in order}
    return {name: name if fits[name] else f"resource {number}" for number, name in enumerate(order, 1)}
