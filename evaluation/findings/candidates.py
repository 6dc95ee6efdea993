"""Columns that could be the key of a row although no name says so, and what paths and rows say of them.

A column cannot be a key where rows share its values by its nature: a yes or no, one of a few words, a moment, a
measure, a text to read, the address of something else, what differs from one kind of row to another, or the thing that
the whole listing is below.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Enum
from typing import Final

from . import notations
from .ids import Reference, reference
from .keys import addressed_by
from .model import Cell, Field, Resource
from .quantities import is_quantity
from .tables import MISSING
from .things import id_columns
from .values import prose
from .words import load, phrase, split

ENOUGH: Final = 20  # rows in which a column that is no key hardly ever has no value twice
_PARAMETER: Final = re.compile(r"\{([^{}/]+)\}(?=/)")
_FRACTIONS: Final = frozenset({"float", "double", "decimal"})
_MAY: Final = frozenset({"string", "integer", "number", "object"})


class Standing(Enum):
    """What is known of the key of rows that have no column named like one."""

    told = "a column never repeats in many rows"
    open = "only rows show it"
    asked = "a path asks for one row by an id that no column has"
    none = "nothing in a row could be a key"


def standing(resource: Resource) -> Standing:
    """Where it stands: many rows decide, then the path of one row, then whether any column could be a key at all."""
    left = [path for path in could_be(resource) if not _repeats(resource, path)]
    rows = max((table.size for table in resource.tables), default=0)
    if left and resource.complete and rows >= ENOUGH:
        return Standing.told
    if _in_vain(resource):
        return Standing.asked
    return Standing.open if left else Standing.none


def could_be(resource: Resource) -> list[tuple[str, ...]]:
    """Columns that could be a key, each as its name, or as those of an object and of a column in it."""
    known = load().columns
    log = bool(set(split(resource.name)[-2:]) & {*known["logs"], *known["notes"]})
    return [path for field in resource.fields for path in _paths(resource, field) if not log or _numbered(field)]


def _paths(resource: Resource, field: Field) -> Iterator[tuple[str, ...]]:
    if not field.inner:
        if _could(field) and not _above(resource, field.name):
            yield (field.name,)
    elif "array" not in field.types and not _bag(field):
        yield from ((field.name, inner.name) for inner in field.inner if _could(inner))


def _numbered(field: Field) -> bool:
    """Whether it may number the lines of a log or mark them: names, words, ids and bounds in it are of other things."""
    whole = bool(field.types) and field.types <= {"integer", "number"} and not reference(field.name)
    bound = bool(set(split(field.name)[:1]) & set(load().columns["bounds"]))
    return not field.inner and ((whole and not bound) or _marks(field.name))


def _marks(name: str) -> bool:
    """Whether its last word is that of a key and more than a label."""
    known = load().columns
    return " ".join(split(name)[-1:]) in {*known["keys"]} - {*known["labels"]}


def _could(field: Field) -> bool:
    known, name = load().columns, field.name
    last, some = set(split(name)[-1:]), not field.types or bool(field.types & _MAY)
    shared = last & {*known["kinds"], *known["addresses"]} and " ".join(split(name)) not in known["keys"]
    few = bool(field.enum) or field.types == {"boolean"} or bool(shared)
    return some and not (few or _bag(field) or prose(name) or _moment(field) or _measure(field))


def _bag(field: Field) -> bool:
    """Whether it holds what differs from one kind of row to another, or nothing but links."""
    return field.types <= {"object"} and bool(set(split(field.name)[-1:]) & set(load().columns["bags"]))


def _moment(field: Field) -> bool:
    known = load().columns
    whole = any(" ".join(split(field.name)) in known[stamp]["names"] for stamp in ("modified", "created", "deleted"))
    return whole or bool(notations.speaks_of(field.name) or notations.column(field))


def _measure(field: Field) -> bool:
    known, words = load().columns, split(field.name)
    said = {*words[-1:]} & {*known["measured"]} or {*words[:1]} & {*known["calculated"]}
    fraction = field.format in _FRACTIONS or any(isinstance(value, float) for value in field.samples)
    return is_quantity(field.name) or bool(said) or fraction


def _above(resource: Resource, name: str) -> bool:
    """Whether every path names it before its end, so that it is the same in a whole listing."""
    named = [{split(found) for found in _PARAMETER.findall(path)} for path in resource.paths]
    return bool(named) and all(split(name) in found for found in named)


def _in_vain(resource: Resource) -> bool:
    asked = [found for name in addressed_by(resource) if (found := reference(name))]
    return bool(asked) and not any(_carries(resource, field, found) for field in resource.fields for found in asked)


def _carries(resource: Resource, field: Field, asked: Reference) -> bool:
    """Whether a column may hold what a path asks for: its word, a mark of rows, or an id of nothing above."""
    if _marks(field.name) or (asked.phrase and phrase(split(field.name)) == asked.phrase):
        return True
    other = any(field is column for column, found in id_columns(resource) if found.tail != "ids")
    return other and not _above(resource, field.name)


def _repeats(resource: Resource, path: tuple[str, ...]) -> bool:
    """Whether two rows of one practice share it, or one has none."""
    columns = ([_within(cell, path[1:]) for cell in table.column(path[0])] for table in resource.tables)
    return any(any(_missing(cell) for cell in cells) or len(set(map(repr, cells))) < len(cells) for cells in columns)


def _within(cell: Cell, path: tuple[str, ...]) -> Cell:
    return cell.get(path[0]) if path and isinstance(cell, dict) else None if path else cell


def _missing(cell: Cell) -> bool:
    return not isinstance(cell, list | dict) and cell in MISSING
