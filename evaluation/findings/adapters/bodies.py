"""Rows of real answers, found by the same rules as those of described ones: a list, a list in an envelope, a record."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from .body import parsed as json_of
from .description.counting import values
from .description.limits import VALUES, Unreadable, check
from .envelopes import WRAPPERS, Envelopes
from .fields import JSON_TYPES
from .schemas import Schemas
from .shape import mapping, members, text

TOTALS: Final = frozenset(
    {"total", "totalcount", "totalresults", "totalitems", "totalrecords", "totalrows", "totalelements", "totalhits"}
)
"""Letters of keys of an envelope that say how many rows there are on all pages together."""
MOST: Final = 3_000_000
"""Values that the bodies of one file may hold together; a recorded afternoon of a browser has 300,000."""
_VALUE: Final = "x-value"
_DEEPEST = 4  # objects in objects that are looked into for rows; envelopes.py looks no deeper


@dataclass(frozen=True, eq=False)
class Rows:
    """The rows of one answer. ``listed`` is False for a record read by itself; ``total`` is None where nothing says.

    ``type`` is the type of resource in a Bundle of FHIR, empty for everything else.
    """

    rows: list[dict[str, Any]] = field(repr=False)
    listed: bool
    total: int | None = None
    type: str = ""

    @property
    def record(self) -> dict[str, Any] | None:
        """The one record that was read by itself; None for a list."""
        return None if self.listed or not self.rows else self.rows[0]


class Budget:
    """What the bodies of one file may hold together."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._spent = 0

    def take(self, body: str) -> None:
        """Count a body before it is parsed. Raises Unreadable where that is more than may be read."""
        self._spent += values(body, self._most - self._spent)
        if self._spent > self._most:
            raise Unreadable(f"holds more than {self._most:,} values in its answers")


def parsed(body: str) -> Any:
    """What a JSON text holds; None for ``null``, for what is no JSON, and for what has too much or too deep in it."""
    if values(body) > VALUES:
        return None
    value = json_of(body.encode(errors="replace"))
    try:
        check(value)
    except Unreadable:
        return None
    return value


def found(body: str) -> Iterator[Rows]:
    """The rows of a JSON text; several only for a Bundle of FHIR, one for each type. Nothing where there are none."""
    value = parsed(body)
    if isinstance(value, dict) and value.get("resourceType") == "Bundle":
        yield from _bundle(value)
    elif isinstance(value, dict | list):
        row = Envelopes(Schemas({})).row(_schema(value))
        held = mapping(row.node).get(_VALUE)
        rows = [one for one in (held if isinstance(held, list) else [held]) if isinstance(one, dict)]
        if rows or row.listed:
            whole = len(value) if isinstance(value, list) else _total(value, held)
            yield Rows(rows, row.listed, whole if row.listed else None)


def _schema(value: Any, depth: int = 0) -> dict[str, Any]:
    """What a schema of this one value says, with the value in it. An empty list may be one of objects."""
    if isinstance(value, list):
        objects = not value or any(isinstance(one, dict) for one in value)
        return {"type": "array", "items": {"type": "object" if objects else "string", _VALUE: value}}
    if isinstance(value, dict) and _alike(list(value.values())):
        return _schema(list(value.values()), depth)
    if isinstance(value, dict):
        kept = {} if depth >= _DEEPEST else {key: one for key, one in value.items() if not _unused(key, one, value)}
        inner = {key: _schema(one, depth + 1) for key, one in kept.items()}
        return {"type": "object", "properties": inner, _VALUE: value}
    return {"type": JSON_TYPES.get(type(value), "null")}


def _unused(key: str, one: Any, value: Mapping[str, Any]) -> bool:
    """Whether it is a null beside a list under one of WRAPPERS: a word of pages with nothing to say on this page."""
    return one is None and any(isinstance(value[other], list) for other in value if other.lower() in WRAPPERS)


def _alike(values: list[Any]) -> bool:
    """Whether these are rows of which each stands under its id: three objects or more with the very same keys."""
    shapes = {frozenset(one) if isinstance(one, dict) else frozenset() for one in values}
    return len(values) > 2 and len(shapes) == 1 and bool(*shapes)


def _total(value: Mapping[str, Any], rows: object, depth: int = 0) -> int | None:
    """How many rows the envelope says there are; those nearest to the top count."""
    for key, one in value.items():
        letters = "".join(char for char in key.lower() if char.isalpha())
        if type(one) is int and letters in TOTALS:
            return one
    inner = (one for one in value.values() if isinstance(one, dict) and one is not rows and depth < _DEEPEST)
    return next((total for one in inner if (total := _total(one, rows, depth + 1)) is not None), None)


def _bundle(bundle: Mapping[str, Any]) -> Iterator[Rows]:
    """The resources of a Bundle by type. Its total counts matches, so that it says nothing of included ones."""
    groups: dict[str, list[dict[str, Any]]] = {}
    matched: set[str] = set()
    for entry in members(bundle.get("entry")):
        resource = entry.get("resource")
        mode = mapping(entry.get("search")).get("mode", "match")
        if isinstance(resource, dict) and mode != "outcome":
            type_ = text(resource.get("resourceType"))
            groups.setdefault(type_, []).append(resource)
            matched |= {type_} if mode == "match" else set()
    total = bundle.get("total")
    for type_, rows in groups.items():
        yield Rows(rows, True, total if type(total) is int and matched == {type_} else None, type_)
