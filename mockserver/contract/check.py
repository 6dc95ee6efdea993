"""Does a row satisfy the contract? A small validator of our own: no JSON Schema library on the serve path."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from functools import lru_cache

from .model import Element, Property

_TYPES = {"string": str, "integer": int, "number": (int, float), "null": type(None)}


def problems(element: Element, row: Mapping[str, object]) -> list[str]:
    """What keeps this row from the contract: one sentence each, empty if nothing does."""
    return [*_missing(element, row), *_unknown(element, row), *_wrong(element, row)]


def _missing(element: Element, row: Mapping[str, object]) -> Iterator[str]:
    for prop in element.properties:
        if prop.wire not in row:
            yield f"{element.path}.{prop.wire}: missing"


def _unknown(element: Element, row: Mapping[str, object]) -> Iterator[str]:
    for name in row:
        if name not in element.by_wire:
            near = get_close_matches(name, element.by_wire, n=1)
            guess = f"; did you mean {near[0]}?" if near else ""
            yield f"{element.path}.{name}: no such column{guess}"


def _wrong(element: Element, row: Mapping[str, object]) -> Iterator[str]:
    for name, value in row.items():
        prop = element.by_wire.get(name)
        if prop is not None:
            yield from (f"{element.path}.{name}: {what}" for what in value_problems(prop, value))


def value_problems(prop: Property, value: object) -> list[str]:
    """What is wrong with one value; the value itself is never repeated."""
    if not _is_type(prop, value):
        return [f"must be {' or '.join(prop.types)}"]
    if isinstance(value, str):
        pattern = prop.schema.get("pattern")
        return [] if pattern is None or _compiled(pattern).search(value) else [f"is not {prop.format} ({pattern})"]
    if isinstance(value, int | float):
        low, high = prop.schema.get("minimum", value), prop.schema.get("maximum", value)
        return [] if low <= value <= high else [f"must lie between {low} and {high}"]
    return []


def _is_type(prop: Property, value: object) -> bool:
    if isinstance(value, bool):
        return False
    return any(isinstance(value, _TYPES[name]) for name in prop.types)  # type: ignore[arg-type]


@lru_cache(maxsize=128)
def _compiled(pattern: str) -> re.Pattern[str]:
    # JSON Schema's $ is the end of the text, Python's also stands before a final newline.
    return re.compile(pattern.replace("$", r"\Z"))
