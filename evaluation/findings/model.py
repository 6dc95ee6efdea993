"""An API as checks see it: resources, fields, rows, refusals and a token, whoever the vendor is.

Adapters fill it from a contract, a server, a recording or a folder and say in ``inputs`` what they could fill in.
A check reads nothing else, so its verdict never depends on where the facts came from, only on which are there.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from functools import cached_property
from typing import Any, Final

from .inputs import MISSING, Input, Origin
from .responses import CAUSES, TOPICS, Asked, Claim, Document, Probe, Refusal, Token

__all__ = [
    "ABSENT", "CAUSES", "MISSING", "SAMPLES", "TOPICS", "Absent", "Api", "Asked", "Cell", "Claim", "Document", "Field",
    "Input", "Json", "Origin", "Probe", "Refusal", "Resource", "Table", "Token",
]  # fmt: skip

SAMPLES: Final = 1000  # distinct values that a field holds at most
Json = None | bool | int | float | str | list[Any] | dict[str, Any]


class Absent(Enum):
    """The value of a column in a row that does not have the key at all."""

    ABSENT = "absent"

    def __repr__(self) -> str:
        return "absent"


ABSENT: Final = Absent.ABSENT
Cell = Json | Absent


@dataclass(frozen=True, eq=False)
class Field:
    """A column. ``types`` are JSON types without null (empty: not known); ``nullable`` is None where not known.

    ``samples`` are distinct values that are not null, in order of first appearance, at most SAMPLES; from rows where
    there are any, else documented examples. ``format`` and ``pattern`` are declared ones, empty where there are none.
    ``inner`` are the columns of a described object, or list of objects, that stands in the row and has no key of its
    own; only one level deep, and empty for everything else. ``leads`` are names of resources that a reference object
    points at, one of which is enough; empty where only the column's name can tell.
    """

    name: str
    types: frozenset[str] = frozenset()
    nullable: bool | None = None
    format: str = ""
    pattern: str = ""
    enum: tuple[Json, ...] = ()
    description: str = ""
    samples: tuple[Json, ...] = ()
    inner: tuple[Field, ...] = ()
    leads: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class Table:
    """Rows of one resource in one practice, by column, in the order they were delivered.

    Every column has ``size`` cells; a row without the key has ABSENT. ``complete`` says whether these are all rows
    a default listing delivers.
    """

    practice: str
    columns: Mapping[str, tuple[Cell, ...]]
    size: int
    complete: bool = True
    ordered: bool = True

    def column(self, name: str) -> tuple[Cell, ...]:
        """The cells of a column; all ABSENT where the table has none of this name."""
        return self.columns.get(name, (ABSENT,) * self.size)

    def row(self, index: int) -> dict[str, Json]:
        """One row as it was delivered, absent keys left out."""
        cells = ((name, column[index]) for name, column in self.columns.items())
        return {name: cell for name, cell in cells if not isinstance(cell, Absent)}


@dataclass(frozen=True, eq=False)
class Resource:
    """One kind of row. ``name`` is the last part of its path or the name of its schema; ``empty`` without any field.

    ``listed`` says whether rows come in lists, False for records read one by one, None where that is not known.
    ``paths`` are those it is described at, in the order of the description; empty where there is none. ``deletions``
    says by what else than a column the API lists what was deleted, such as a listing of its history; empty by nothing.
    """

    name: str
    fields: tuple[Field, ...] = ()
    tables: tuple[Table, ...] = ()
    description: str = ""
    listed: bool | None = None
    paths: tuple[str, ...] = ()
    deletions: str = ""

    @cached_property
    def by_name(self) -> Mapping[str, Field]:
        return {field.name: field for field in self.fields}

    @property
    def empty(self) -> bool:
        return not self.fields

    @property
    def complete(self) -> bool:
        """Whether every row of it is here."""
        return bool(self.tables) and all(table.complete for table in self.tables)


@dataclass(frozen=True, eq=False)
class Api:
    """One API as one target shows it. ``partial`` holds a sentence for each thing that could not be read.

    ``asked`` has an exchange by (resource name, practice) and by (topic or cause, ""); empty unless our mock answered.
    """

    title: str
    origin: Origin
    inputs: frozenset[Input]
    resources: tuple[Resource, ...]
    refusals: tuple[Refusal, ...] = ()
    probes: tuple[Probe, ...] = ()
    token: Token | None = None
    documents: tuple[Document, ...] = ()
    partial: tuple[str, ...] = ()
    asked: Mapping[tuple[str, str], Asked] = field(default_factory=dict)
    vendor: str = "healthjump"  # whose API it is, for what is known of it; empty where nothing is known

    @cached_property
    def by_name(self) -> Mapping[str, Resource]:
        return {resource.name: resource for resource in self.resources}
