"""Examples that a description gives for whole rows, for lists of them and for whole answers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Final

from ..model import Json
from .schemas import Node, Schemas

ROWS: Final = 100
"""Rows that are looked at of the examples of one answer."""
_PLAIN: Final = (str, bool, int, float)


def of_schema(schema: Node) -> Iterator[Json]:
    """``examples`` of 3.1 and ``example`` of 3.0."""
    several = schema.get("examples")
    yield from several if isinstance(several, list) else ()
    yield from (schema["example"],) if "example" in schema else ()


def of_answer(entry: Node, schemas: Schemas) -> Iterator[Json]:
    """``example`` and ``examples`` of a media type, which are whole bodies."""
    yield from (entry["example"],) if "example" in entry else ()
    for named in schemas.resolved(entry.get("examples")).values():
        said = schemas.resolved(named)
        yield from (said["value"],) if "value" in said else ()


def members(examples: Iterable[Json]) -> Iterator[Json]:
    """The rows of examples that are lists."""
    for one in examples:
        yield from one if isinstance(one, list) else ()


def below(examples: Iterable[Json], key: str) -> Iterator[Json]:
    """What examples that are objects hold under a key."""
    for one in examples:
        yield from (one[key],) if isinstance(one, dict) and key in one else ()


def by_column(examples: Iterable[Json]) -> dict[str, list[Json]]:
    """Plain values of the first rows, by column. Objects and lists in them say nothing of one column."""
    found: dict[str, list[Json]] = {}
    rows = (one for one in islice(examples, ROWS) if isinstance(one, Mapping))
    for row in rows:
        for key, value in row.items():
            if type(value) in _PLAIN:
                found.setdefault(str(key), []).append(value)
    return found


def nearest(name: str, groups: Sequence[Mapping[str, list[Json]]]) -> list[Json]:
    """The values of a column in the first group that has some."""
    return next((group[name] for group in groups if name in group), [])
