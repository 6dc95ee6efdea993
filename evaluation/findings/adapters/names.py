"""What a described row is called: after its schema, else after its path."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, Final
from urllib.parse import unquote

from .description.references import FILES
from .schemas import Node, Schemas

_PLACES: Final = (("components", "schemas"), ("definitions",), ("$defs",))
_SEVERAL: Final = ("schemas", "definitions", "$defs")
_CONTENT: Final = ("properties", "oneOf", "anyOf", "items", "enum", "if", "then", "else", "patternProperties")
"""Words that make a schema more than another name of the one part it has."""
_DEEPEST = 20  # names of names


def of_path(path: str) -> str:
    """The last part of a path that is no parameter; empty where there is none."""
    parts = [part for part in path.split("/") if part and "{" not in part]
    return parts[-1] if parts else ""


def of_row(node: Any, path: str, schemas: Schemas, *, listed: bool) -> str:
    """The component of a row; for a record, an answer's own component that only stands for another is passed over.

    A row spelled out in place, or put together of several components, is called after the path, or after the component
    whose name is the singular of that. Empty where the path has no name either.
    """
    names = list(islice(_components(node, schemas), 1 if listed else 2))
    return names[-1] if names else _singular(of_path(path), schemas)


def _components(node: Any, schemas: Schemas) -> Iterator[str]:
    """The names a node stands for: of the component it refers to, of the one that this only stands for, and so on."""
    named = False
    for _ in range(_DEEPEST):
        if not isinstance(node, Mapping):
            return
        chain, end = schemas.chain(node)
        if end is None:
            return
        name = _last(chain)
        yield from [name] if name else ()
        named = named or bool(name)
        node = _only_part(end)
        if named and _has_content(end):
            return


def _last(chain: Sequence[Node]) -> str:
    """The name of the last component that a chain of references leads through, else of the last schema of a file."""
    found = [str(node["$ref"])[2:].split("/") for node in chain]
    parts = [[unquote(part).replace("~1", "/").replace("~0", "~") for part in parts] for parts in found]
    own = [where[-1] for where in parts if tuple(where[:-1]) in _PLACES]
    return (own or [name for where in parts if (name := _of_file(where))] or [""])[-1]


def _of_file(where: Sequence[str]) -> str:
    """The name of a schema of another file: the file's own, or the key of one among several; empty for other parts."""
    if len(where) < 2 or where[0] != FILES:
        return ""
    if len(where) == 2:
        return where[1].partition(" ")[2]
    return where[-1] if len(where) == 3 or where[-2] in _SEVERAL else ""


def _only_part(schema: Node) -> Any:
    """The one reference among the parts of a schema; None where there is none, or are several."""
    parts = schema.get("allOf")
    found = [part for part in parts if isinstance(part, Mapping) and "$ref" in part] if isinstance(parts, list) else []
    return found[0] if len(found) == 1 else None


def _has_content(schema: Node) -> bool:
    """Whether a schema with one reference among its parts says more than that one."""
    parts = schema.get("allOf")
    return not isinstance(parts, list) or len(parts) > 1 or any(key in schema for key in _CONTENT)


def _singular(name: str, schemas: Schemas) -> str:
    """The component whose name is the singular of this one, or this one."""
    singular = name.removesuffix("s")
    return singular if schemas.has(singular) and not schemas.has(name) else name
