"""Reads a file of ``words/`` against a shape: which keys it has, and what stands under each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from evaluation.schema import Node, bundled

FOLDER: Final = "evaluation/findings/words"
Shape = str | tuple[str, ...] | Mapping[str, Any]
"""One of KINDS, the texts it may be one of, or a mapping of keys to shapes.

A key that ends in ``?`` may be left out. The one key ``*`` stands for any names.
"""

KINDS: Final[Mapping[str, Callable[[Node, str], Any]]] = {
    "text": lambda node, key: node.text(key, ""),
    "texts": Node.texts,
    "words": Node.words,
    "count": Node.count,
    "flag": Node.flag,
    "pattern": Node.pattern,
}


def load(name: str, shape: Mapping[str, Any]) -> Mapping[str, Any]:
    """The plain data of ``words/<name>``. Raises InputError as ``held`` does."""
    return held(bundled(f"{FOLDER}/{name}"), shape)


def held(node: Node, shape: Mapping[str, Any]) -> dict[str, Any]:
    """Everything in it as plain data, lists as tuples. Raises InputError where it is not of the shape."""
    if "*" in shape:
        return {key: _under(node, key, shape["*"]) for key in node.data}
    shapes = {key.removesuffix("?"): below for key, below in shape.items()}
    node.allow(*shapes).need(*(key for key in shape if not key.endswith("?")))
    return {key: _under(node, key, shapes[key]) for key in node.data}


def _under(node: Node, key: str, shape: Shape) -> Any:
    if isinstance(shape, str):
        return KINDS[shape](node, key)
    return node.text(key, valid=shape) if isinstance(shape, tuple) else held(node.node(key), shape)
