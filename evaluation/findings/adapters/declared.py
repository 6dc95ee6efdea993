"""Columns as a JSON Schema declares them: types, null, format, values, examples, and objects inside."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from ..bounds import COLUMNS
from ..model import Field, Json
from . import exampled
from .fields import JSON_TYPES, distinct
from .schemas import Node, Schemas, mapping, types

KEYS: Final = frozenset({"id", "uuid", "guid", "key", "href", "ref", "reference", "identifier"})
"""Names, without signs, that make an object a row of its own: the row around it only refers to it."""
MOST: Final = 200_000
"""Columns of a document, those of objects in rows among them; the largest known one has 4,800."""
LONGEST: Final = 200
"""Letters of the name of a column; the longest known one has 60."""
_SIGNS = re.compile(r"[^a-z0-9]")


class TooWide(Exception):
    """More columns than are looked at. The message lacks a subject."""


class Columns:
    """Fields of schemas, each schema looked at once. ``unnamed`` counts columns left out, whose name is too LONG."""

    def __init__(self, schemas: Schemas) -> None:
        self.schemas = schemas
        self.unnamed = 0
        self._inner: dict[int, Embedded] = {}
        self._made = 0

    def of(self, row: Node, *, inner: bool = True, examples: Iterable[Json] = ()) -> tuple[Field, ...]:
        """The fields of a schema that is resolved, those of its alternatives behind its own.

        What is only written is left out. A column that only alternatives have is of all the types they give it.
        Samples are the examples of a column itself, else those in examples of the row, else those in ``examples``,
        which are rows of what is around it. Raises TooWide.
        """
        whole = (value for one in self.schemas.every(row) for value in exampled.of_schema(one))
        groups = (exampled.by_column(whole), exampled.by_column(examples))
        found = self._named(self._read(row))
        if len(found) > COLUMNS:
            raise TooWide(f"has a resource with more than {COLUMNS:,} columns")
        return tuple(self._field(name, nodes, inner, groups) for name, nodes in found.items())

    def _named(self, found: dict[str, list[Node]]) -> dict[str, list[Node]]:
        kept = {name: nodes for name, nodes in found.items() if len(name) <= LONGEST}
        self.unnamed += len(found) - len(kept)
        return kept

    def _read(self, row: Node) -> dict[str, list[Node]]:
        """What is said of each column that can be read."""
        own = mapping(row.get("properties"))
        found: dict[str, list[Node]] = {str(name): [self.schemas.resolved(node)] for name, node in own.items()}
        for one in self.schemas.every(row)[1:]:
            for name, node in mapping(one.get("properties")).items():
                if name not in own:
                    found.setdefault(str(name), []).append(self.schemas.resolved(node))
        read = ((name, [node for node in nodes if node.get("writeOnly") is not True]) for name, nodes in found.items())
        return {name: nodes for name, nodes in read if nodes}

    def _field(self, name: str, nodes: list[Node], inner: bool, groups: Sequence[Mapping[str, list[Json]]]) -> Field:
        every = [one for node in nodes for one in self.schemas.every(node)]
        self.schemas.step(len(every))
        kinds = {kind for one in every for kind in _types(one)}
        nullable = "null" in kinds or any(one.get("nullable") is True for one in every)
        named = kinds - {"null"}
        embedded = self._embedded(name, every) if inner and named & {"object", "array"} else ()
        if inner:
            self._count(1 + len(embedded))
        return Field(
            name,
            frozenset(named - {"integer"} if "number" in named else named),
            nullable or (False if kinds else None),
            _text(every, "format"),
            _text(every, "pattern"),
            tuple(value for one in every for value in _enum(one) if value is not None),
            _text(every, "description"),
            distinct(value for one in every for value in exampled.of_schema(one))
            or distinct(exampled.nearest(name, groups)),
            embedded,
        )

    def _count(self, more: int) -> None:
        self._made += more
        if self._made > MOST:
            raise TooWide(f"has more than {MOST:,} columns, those of objects in rows among them")

    def _embedded(self, name: str, every: Sequence[Node]) -> tuple[Field, ...]:
        """The columns of an object, or of the objects of a list, that has no key of its own."""
        objects = (self.schemas.resolved(one["items"]) if "items" in one else one for one in every)
        found = next((known for schema in objects if (known := self._known(schema)).fields), None)
        return () if found is None or found.has_key(name) else found.fields

    def _known(self, schema: Node) -> Embedded:
        if id(schema) not in self._inner:
            fields = self.of(schema, inner=False)
            self._inner[id(schema)] = Embedded(schema, fields, frozenset(_plain(field.name) for field in fields))
        return self._inner[id(schema)]


@dataclass(frozen=True, eq=False)
class Embedded:
    """An object that stands in rows: its schema, its columns, and their names without signs."""

    schema: Node
    fields: tuple[Field, ...]
    names: frozenset[str]

    def has_key(self, thing: str) -> bool:
        """Whether a column is the key of the thing: ``id``, or the name of the thing and ``id`` in any spelling."""
        of = _plain(thing)
        stems = (of, of.removesuffix("s"), of.removesuffix("es"))
        return bool(self.names & (KEYS | {f"{stem}{key}" for stem in stems for key in ("id", "uuid")}))


def _plain(name: str) -> str:
    return _SIGNS.sub("", name.lower())


def _types(schema: Node) -> Iterator[str]:
    """The types a schema declares, else those its values and other words imply."""
    if schema.get("type") is not None:
        yield from types(schema)
        return
    yield from ("null" if value is None else JSON_TYPES[type(value)] for value in _enum(schema))
    if "properties" in schema:
        yield "object"
    if "items" in schema or "prefixItems" in schema:
        yield "array"


def _enum(schema: Node) -> Iterator[Json]:
    values = schema.get("enum", [schema["const"]] if "const" in schema else [])
    plain = (str, bool, int, float, list, dict, type(None))
    yield from (value for value in (values if isinstance(values, list) else []) if type(value) in plain)


def _text(schemas: Sequence[Node], key: str) -> str:
    return next((text for one in schemas if isinstance(text := one.get(key), str)), "")
