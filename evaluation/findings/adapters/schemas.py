"""JSON Schemas of an OpenAPI 3.x document, references followed and parts put together. Every walk comes to an end."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final
from urllib.parse import unquote

from .fields import JSON_TYPES

Node = Mapping[str, Any]
NOTHING: Final[Node] = {}
GONE: Final = "x-leads-nowhere"
"""A key of every schema that a reference without a target is part of."""
_NOWHERE: Final[Node] = {GONE: True}
_DEEPEST = 160  # references and parts inside each other; real documents have ten
STEPS: Final = 1_000_000
"""Keys, properties and alternatives put together; the largest known document needs 50,000."""
_ALTERNATIVES = ("oneOf", "anyOf")
_TYPES = (*JSON_TYPES.values(), "null")


class Tangled(Exception):
    """The schemas of a document refer to each other more deeply, or in more ways, than can be followed."""


class Schemas:
    """The schemas of one document, each put together once. What is not there, or lies in another file, is GONE."""

    def __init__(self, document: Node) -> None:
        self._document = document
        self._steps = 0
        self._known: dict[int, tuple[Any, Node]] = {}  # by id; the node is kept, so that its id stays its own
        self._every: dict[int, tuple[Node, list[Node]]] = {}
        self._open: set[int] = set()

    def resolved(self, node: Any) -> Node:
        """What a node stands for: references followed, keys beside one kept, parts of ``allOf`` put together.

        A part that holds itself adds nothing. The same node gives the very same result, which is never changed. Raises
        Tangled.
        """
        if not isinstance(node, Mapping):
            return NOTHING
        if "$ref" not in node and "allOf" not in node:
            return node
        if id(node) in self._known:
            return self._known[id(node)][1]
        if id(node) in self._open:
            return NOTHING
        if len(self._open) > _DEEPEST:
            raise Tangled
        self._open.add(id(node))
        found = self._put_together(node)
        self._open.discard(id(node))
        self._known[id(node)] = (node, found)
        return found

    def _put_together(self, node: Node) -> Node:
        chain, end = self.chain(node)
        self.step(len(chain))
        if end is None:
            return {**_beside(chain), **_NOWHERE}
        if chain:
            whole, beside = self.resolved(end), _beside(chain)
            return {**whole, **beside} if beside else whole
        parts = end.get("allOf")
        own = {key: value for key, value in end.items() if key != "allOf"}
        found = {id(part): part for part in map(self.resolved, parts if isinstance(parts, list) else [])}
        self.step(sum(len(part) + len(mapping(part.get("properties"))) for part in (*found.values(), own)))
        return _together([*found.values(), own])

    def chain(self, node: Node) -> tuple[list[Node], Node | None]:
        """The nodes with a reference that one node leads through, and where they end; None if that is nowhere."""
        passed: dict[int, Node] = {}
        while isinstance(reference := node.get("$ref"), str):
            if id(node) in passed:
                return list(passed.values()), None
            passed[id(node)] = node
            target = self._at(reference)
            if not isinstance(target, Mapping):
                return list(passed.values()), NOTHING if isinstance(target, bool) else None
            node = target
        return list(passed.values()), node

    def _at(self, reference: str) -> Any:
        """What a reference inside the document points at; None for anything else."""
        if not reference.startswith("#"):
            return None
        found: Any = self._document
        for part in unquote(reference[1:]).split("/")[1:]:
            key = part.replace("~1", "/").replace("~0", "~")
            if isinstance(found, list):
                found = found[int(key)] if key.isdecimal() and len(key) < 7 and int(key) < len(found) else None
            else:
                found = found.get(key) if isinstance(found, Mapping) else None
        return found if reference == "#" or reference[1] == "/" else None

    def has(self, name: str) -> bool:
        """Whether a component of this name is there."""
        return name in mapping(mapping(self._document.get("components")).get("schemas"))

    def every(self, schema: Node) -> list[Node]:
        """A schema that is resolved, and behind it those of which one or some hold, at any depth, each once."""
        if id(schema) in self._every:
            return self._every[id(schema)][1]
        if not any(key in schema for key in _ALTERNATIVES):
            return [schema]
        found, waiting = {id(schema): schema}, list(self._alternatives(schema))
        while waiting:
            one = waiting.pop(0)
            if id(one) not in found:
                found[id(one)] = one
                waiting += self._alternatives(one)
        self._every[id(schema)] = (schema, list(found.values()))
        return self._every[id(schema)][1]

    def _alternatives(self, schema: Node) -> list[Node]:
        lists = [several for key in _ALTERNATIVES if isinstance(several := schema.get(key), list)]
        self.step(sum(map(len, lists)))
        found = {id(one): one for several in lists for one in map(self.resolved, several)}
        return list(found.values())

    def step(self, count: int) -> None:
        """Count what is done. Raises Tangled when that is more than any honest document needs."""
        self._steps += count
        if self._steps > STEPS:
            raise Tangled

    def properties(self, schema: Node) -> dict[str, Any]:
        """The properties of a schema that is resolved, those of its alternatives behind its own."""
        found: dict[str, Any] = {}
        for one in self.every(schema):
            for name, node in mapping(one.get("properties")).items():
                found.setdefault(str(name), node)
        return found

    def is_object(self, schema: Node) -> bool:
        """Whether a schema that is resolved describes objects, if only of unknown columns."""
        return any("properties" in one or GONE in one or "object" in types(one) for one in self.every(schema))

    def is_typed(self, schema: Node) -> bool:
        """Whether a schema that is resolved says anything about what it describes."""
        return any(key in one for one in self.every(schema) for key in ("type", "enum", "const", "items"))


def _beside(chain: Sequence[Node]) -> dict[str, Any]:
    """The keys beside the references of a chain; those nearest to its start count."""
    return {key: value for node in reversed(chain) for key, value in node.items() if key != "$ref"}


def _together(parts: Sequence[Node]) -> Node:
    """One schema of several that all hold; the last says what counts, properties and alternatives are put together."""
    whole = {key: value for part in parts for key, value in part.items()}
    if any("properties" in part for part in parts):
        whole["properties"] = _properties(parts)
    for key in _ALTERNATIVES:
        lists = [part[key] for part in parts if isinstance(part.get(key), list)]
        if len(lists) > 1:
            whole[key] = list({id(one): one for several in lists for one in several}.values())
    return whole


def _properties(parts: Sequence[Node]) -> dict[str, Any]:
    """The properties of several schemas that all hold; one that several have is what they say together."""
    found: dict[str, list[Any]] = {}
    for part in parts:
        for name, node in mapping(part.get("properties")).items():
            said = found.setdefault(str(name), [])
            if all(node is not other for other in said):
                said.append(node)
    return {name: nodes[0] if len(nodes) == 1 else {"allOf": nodes} for name, nodes in found.items()}


def types(schema: Node) -> list[str]:
    """The types a schema declares, ``null`` among them; words that are no type of JSON count for nothing."""
    declared = schema.get("type")
    return [kind for kind in (declared if isinstance(declared, list) else [declared]) if kind in _TYPES]


def mapping(value: Any) -> Node:
    """The value, or an empty mapping if it is none."""
    return value if isinstance(value, Mapping) else NOTHING
