"""Columns as checks of ids see them."""

from __future__ import annotations

from .. import things
from ..ids import Reference
from ..model import ABSENT, Api, Cell, Field, Resource

Column = tuple[Resource, Field, Reference]


def id_columns(api: Api) -> list[Column]:
    """Every id column of every resource, in order."""
    return [(resource, field, ref) for resource in api.resources for field, ref in things.id_columns(resource)]


def present(cell: Cell) -> bool:
    """Whether a row has a value there: neither null nor without the key."""
    return cell is not None and cell is not ABSENT


def kinds(field: Field) -> set[str]:
    """``number`` and ``text``, as far as a column holds them."""
    names = {"integer": "number", "number": "number", "string": "text"}
    return {names[type_] for type_ in field.types if type_ in names}


def shown(field: Field) -> str:
    """The type of a column in words."""
    return " or ".join(sorted(kinds(field))) or "of no plain type"
