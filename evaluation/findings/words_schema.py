"""What the word files may hold. Every mistake is an InputError with file, key, what is valid and a guess."""

from __future__ import annotations

from typing import Any, Final

from evaluation.schema import Node
from mockserver.errors import InputError

from .shapes import held

KINDS: Final = ("person", "event", "place", "tenant", "organization", "thing")
PHRASES: Final = ("words", "kin", "records", "roles")
CONCEPTS: Final = {
    "concepts": {
        "*": {
            "kind": KINDS, "words": "words", "kin?": "words", "records?": "words", "roles?": "words",
            "not_after?": "words", "abbreviations?": {"*": "text"}, "or_else?": "text", "note?": "text",
        }
    },
    "ambiguous": {"*": {"may_be": "words", "as_person?": "text", "record_of?": "text", "reason": "text"}},
}  # fmt: skip
IDS: Final = {
    "tails": "words", "other_kinds": "words", "worldwide": "words", "source": "words", "earlier": "words",
    "opposites": {"*": "words"}, "minted": "words", "relations": "words", "part": "words", "own": "words",
    "outside": {"*": "text"}, "not_ids": {"words": "words", "endings": "words"}, "storage": "words", "views": "words",
    "general": "words", "said": "words",
}  # fmt: skip
_STAMP: Final = {"words": "words", "names": "words"}
COLUMNS: Final = {
    "modified": _STAMP, "created": _STAMP, "deleted": _STAMP, "instants": "words", "flags": "words",
    "person": "words", "keys": "words", "numbered_lines": "words", "short": {"*": "text"},
    "labels": "words", "about_the_row": "words", "remarks": "words", "hashes": "words", "figures": "words",
    "calculated": "words", "measured": "words", "logs": "words", "growing": "words", "gone": "words",
    "retired": "words", "standard": "words", "positions": "words", "kinds": "words", "addresses": "words",
    "bags": "words", "notes": "words", "bounds": "words",
}  # fmt: skip


def concepts(top: Node) -> dict[str, Any]:
    """The plain data of concepts.yaml. Raises InputError; also where a phrase stands for two concepts."""
    data = held(top, CONCEPTS)
    for _, node in top.node("concepts").nodes():
        node.text("or_else", "", data["concepts"])
        _abbreviations(node)
    for _, node in top.node("ambiguous").nodes():
        for key in ("as_person", "record_of"):
            node.text(key, "", data["concepts"])
    _once(top.node("concepts"), {word: f"ambiguous.{word}" for word in data["ambiguous"]})
    return data


def _abbreviations(node: Node) -> None:
    """Each stands for a word of its concept. Raises InputError."""
    shorts, full = node.node("abbreviations", optional=True), (*node.words("words"), *node.words("kin"))
    for short in shorts.data:
        shorts.text(short, valid=full)


def _once(found: Node, seen: dict[str, str]) -> None:
    """No phrase stands for two concepts, nor for one and in ``seen``. Raises InputError."""
    for name, node in found.nodes():
        phrases = [text for key in PHRASES for text in node.words(key)]
        for text in [*phrases, *node.node("abbreviations", optional=True).data]:
            if text in seen:
                raise InputError(f"{text!r} stands under {seen[text]} already", node.where)
            seen[text] = f"concepts.{name}"
