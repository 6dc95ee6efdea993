"""JSON Schemas of an OpenAPI 3.x document as fields: local references, allOf, alternatives, lists in envelopes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final
from urllib.parse import unquote

from ..model import Field, Json
from .fields import JSON_TYPES, distinct

Node = Mapping[str, Any]
WRAPPERS: Final = ("data", "items", "results", "records", "rows", "entries", "list", "values", "content", "value")
"""Keys that hold the rows of a page, best first; an envelope may lie in another."""
_NOTHING: Final[Node] = {}
_DEEPEST = 12  # references, parts and envelopes inside each other; a schema that holds itself ends there


class Schemas:
    """The schemas of one document. What is not there, or lies in another file, is an empty schema."""

    def __init__(self, document: Node) -> None:
        self._document = document

    def resolved(self, node: Any, depth: int = 0) -> Node:
        """What a node stands for: references followed, keys beside one kept, parts of ``allOf`` put together."""
        if not isinstance(node, Mapping) or depth > _DEEPEST:
            return _NOTHING
        reference = node.get("$ref")
        if isinstance(reference, str):
            beside = {key: value for key, value in node.items() if key != "$ref"}
            return {**self.resolved(self._at(reference), depth + 1), **beside}
        parts = node.get("allOf")
        if not isinstance(parts, list):
            return node
        own = {key: value for key, value in node.items() if key != "allOf"}
        return _together([*(self.resolved(part, depth + 1) for part in parts), own])

    def _at(self, reference: str) -> Any:
        if not reference.startswith("#/"):
            return _NOTHING
        found: Any = self._document
        for part in unquote(reference[2:]).split("/"):
            key = part.replace("~1", "/").replace("~0", "~")
            found = found.get(key) if isinstance(found, Mapping) else None
        return found

    def row(self, node: Any, depth: int = 0) -> Node:
        """The schema of one row of an answer: the members of a list, the list in an envelope, or the object itself."""
        schema = self.resolved(node)
        if "items" in schema:
            return self.resolved(schema["items"])
        properties = _mapping(schema.get("properties"))
        for key in WRAPPERS:
            inner = self.resolved(properties.get(key))
            if "items" in inner or ("properties" in inner and depth < 1):
                return self.row(inner, depth + 1)
        return schema

    def fields(self, row: Node) -> tuple[Field, ...]:
        """The fields of a row's schema, those of its alternatives behind its own."""
        found: dict[str, Any] = {}
        for schema in (row, *self._alternatives(row)):
            for name, node in _mapping(schema.get("properties")).items():
                found.setdefault(str(name), node)
        return tuple(self._field(name, node) for name, node in found.items())

    def _field(self, name: str, node: Any) -> Field:
        schema = self.resolved(node)
        every = [schema, *self._alternatives(schema)]
        types = {kind for one in every for kind in _types(one)}
        nullable = "null" in types or any(one.get("nullable") is True for one in every)
        named = types - {"null"}
        return Field(
            name,
            frozenset(named - {"integer"} if "number" in named else named),
            nullable or (False if types else None),
            _text(every, "format"),
            _text(every, "pattern"),
            tuple(value for one in every for value in _enum(one) if value is not None),
            _text(every, "description"),
            distinct(value for one in every for value in _examples(one)),
        )

    def _alternatives(self, schema: Node) -> list[Node]:
        lists = (schema.get(key) for key in ("oneOf", "anyOf"))
        return [self.resolved(one) for found in lists if isinstance(found, list) for one in found]


def _together(parts: Sequence[Node]) -> Node:
    """One schema of several that all hold; the last says what counts, properties are put together."""
    whole = {key: value for part in parts for key, value in part.items()}
    properties = {key: node for part in parts for key, node in _mapping(part.get("properties")).items()}
    return {**whole, "properties": properties} if properties else whole


def _types(schema: Node) -> Iterator[str]:
    """The types a schema declares, else those its values and other words imply."""
    declared = schema.get("type")
    if declared is not None:
        yield from (str(kind) for kind in (declared if isinstance(declared, list) else [declared]))
        return
    yield from ("null" if value is None else JSON_TYPES[type(value)] for value in _enum(schema))
    if "properties" in schema:
        yield "object"
    if "items" in schema:
        yield "array"


def _enum(schema: Node) -> Iterator[Json]:
    values = schema.get("enum", [schema["const"]] if "const" in schema else [])
    plain = (str, bool, int, float, list, dict, type(None))
    yield from (value for value in (values if isinstance(values, list) else []) if type(value) in plain)


def _examples(schema: Node) -> Iterator[Json]:
    """``examples`` of 3.1 and ``example`` of 3.0."""
    several = schema.get("examples")
    yield from several if isinstance(several, list) else ()
    yield from (schema["example"],) if "example" in schema else ()


def _text(schemas: Sequence[Node], key: str) -> str:
    return next((text for one in schemas if isinstance(text := one.get(key), str)), "")


def _mapping(value: Any) -> Node:
    return value if isinstance(value, Mapping) else _NOTHING
