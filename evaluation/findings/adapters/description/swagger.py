"""Swagger 2 in the shape of OpenAPI 3.0, as far as it says what is answered."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from .holders import DATA, NAMES

_JSON: Final = "application/json"
_MOVED: Final = {
    "#/definitions/": "#/components/schemas/",
    "#/responses/": "#/components/responses/",
    "#/parameters/": "#/components/parameters/",
}
"""Where parts of a document stood, and where they stand from now on."""
_PARTS: Final = {"schemas": "definitions", "responses": "responses", "parameters": "parameters"}
_GONE: Final = ("swagger", "definitions", "responses", "parameters")


def converted(document: Mapping[str, Any]) -> dict[str, Any]:
    """The same description as OpenAPI 3.0: schemas, answers and their media types, null, files, discriminators.

    The tree is changed in place, nodes that stand in several places once.
    """
    parts = {new: part for new, old in _PARTS.items() if isinstance(part := document.get(old), dict)}
    others = {key: value for key, value in document.items() if key not in _GONE}
    media = _media(document)
    entries: set[int] = set()  # of answers that are converted already; they would look like answers
    for node in _nodes([*((part, True) for part in parts.values()), *((value, False) for value in others.values())]):
        if id(node) not in entries:
            entries.update(map(id, _convert(node, media)))
    return {"openapi": "3.0.0", **others, "components": parts}


def _nodes(waiting: list[tuple[Any, bool]]) -> Iterator[dict[str, Any]]:
    """Every mapping below some values but mappings from names, each once and before what is inside it."""
    seen: set[int] = set()
    while waiting:
        node, names = waiting.pop()
        if id(node) in seen or not isinstance(node, dict | list):
            continue
        seen.add(id(node))
        if isinstance(node, list):
            waiting += [(value, False) for value in node]
            continue
        if not names:
            yield node
        waiting += [(value, not names and key in NAMES) for key, value in node.items() if names or key not in DATA]


def _media(document: Mapping[str, Any]) -> str:
    """The media type of answers: the first that is JSON, else JSON."""
    produced = document.get("produces")
    found = [one for one in produced if isinstance(one, str)] if isinstance(produced, list) else []
    return next((one for one in found if "json" in one), _JSON)


def _convert(node: dict[str, Any], media: str) -> Iterator[dict[str, Any]]:
    """Change one mapping that is a schema, an answer, or something around them; gives the entry of an answer."""
    reference = node.get("$ref")
    if isinstance(reference, str):
        place = next((old for old in _MOVED if reference.startswith(old)), "")
        node["$ref"] = _MOVED.get(place, "") + reference.removeprefix(place)
    if node.get("x-nullable") is True:
        node["nullable"] = True
    if isinstance(node.get("discriminator"), str):
        node["discriminator"] = {"propertyName": node["discriminator"]}
    if node.get("type") == "file":
        node.update(type="string", format="binary")
    if isinstance(node.get("schema"), dict) and "in" not in node and "content" not in node:
        yield _answer(node, media)


def _answer(node: dict[str, Any], media: str) -> dict[str, Any]:
    """Put the schema of an answer below its media type, with the example that it has."""
    examples = node.pop("examples", None)
    given = {key: value for key, value in examples.items() if "json" in key} if isinstance(examples, dict) else {}
    kind = next(iter(given), media)
    entry = {"schema": node.pop("schema"), **({"example": given[kind]} if given else {})}
    node["content"] = {kind: entry}
    return entry
