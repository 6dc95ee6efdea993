"""Which nodes of a tree refer to others, and which have a name of their own. Data of examples is passed over."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

DATA: Final = frozenset({"example", "default", "const", "enum", "value"})
"""Keys below which there is data and no description, unless they are names of properties."""
NAMES: Final = frozenset({"properties", "patternProperties", "definitions", "$defs", "schemas", "parameters"})
"""Keys of mappings from names to schemas."""
_ANCHORS: Final = ("$anchor", "$dynamicAnchor")


@dataclass(frozen=True, eq=False)
class Found:
    """The nodes with a reference, each once, and those with a name."""

    references: list[dict[str, Any]] = field(default_factory=list)
    anchors: dict[str, Any] = field(default_factory=dict)
    ids: dict[str, Any] = field(default_factory=dict)


def holders(tree: Any) -> Found:
    """Look through a tree. A ``$dynamicRef`` becomes a ``$ref``, which it is where nobody extends the schema."""
    found = Found()
    seen: set[int] = set()
    waiting: list[tuple[Any, bool]] = [(tree, False)]
    while waiting:
        node, named = waiting.pop()
        if id(node) in seen:
            continue
        seen.add(id(node))
        if isinstance(node, dict):
            if not named:
                _look(node, found)
            waiting.extend(_inner(node, named))
        elif isinstance(node, list):
            waiting.extend((one, False) for one in node if type(one) is dict or type(one) is list)
    return found


def _inner(node: dict[str, Any], named: bool) -> Iterator[tuple[Any, bool]]:
    for key, value in node.items():
        if (type(value) is dict or type(value) is list) and (named or not (key in DATA or key.startswith("x-"))):
            yield value, not named and key in NAMES


def _look(node: dict[str, Any], found: Found) -> None:
    dynamic = node.get("$dynamicRef")
    if isinstance(dynamic, str) and "$ref" not in node:
        node["$ref"] = dynamic
    if isinstance(node.get("$ref"), str):
        found.references.append(node)
    for key in _ANCHORS:
        if isinstance(name := node.get(key), str):
            found.anchors.setdefault(name, node)
    if isinstance(name := node.get("$id"), str):
        found.ids.setdefault(name.removesuffix("#"), node)
