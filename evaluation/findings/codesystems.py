"""Code systems as spellings: which column holds codes of which kind, and how each is written. ``words/codes.yaml``."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from . import shapes
from .words import split

SHAPE: Final = {
    "systems": {
        "*": {
            "names": "words", "not": "words", "spellings": {"*": "pattern"}, "neutral": "texts", "good?": "texts",
            "typed": {"*": "pattern"},
        }
    },
    "widths": {"*": {"names": "words", "digits": "count", "lost": "count", "longer": "pattern"}},
    "demographics": {
        "names": "words", "system": "words", "plain": "pattern", "code": "pattern", "formats": "words",
        "candidates": {"codes": "texts", "words": "texts"},
    },
    "flags": {
        "words": "words", "firsts": "words", "names": "words", "not": "words", "answers": "words", "pairs": "texts",
    },
}  # fmt: skip


@dataclass(frozen=True)
class Width:
    """A code of so many digits, of which the first ``lost`` may be zeros.

    ``longer`` is a pattern of longer values that are right as well.
    """

    name: str
    digits: int
    lost: int
    longer: str


@cache
def load() -> Mapping[str, Any]:
    """The file. Raises InputError where it is wrong."""
    return shapes.load("codes.yaml", SHAPE)


@cache
def holds(kind: str, name: str) -> bool:
    """Whether a column of this name holds codes of a kind of ``systems``, as far as its words say."""
    entry, words = load()["systems"][kind], split(name)
    return _named(words, entry["names"]) and not set(words) & set(entry["not"])


@cache
def judged(name: str) -> bool:
    """Whether a column of this name holds codes of any kind whose spelling is looked at."""
    return any(holds(kind, name) for kind in load()["systems"])


def _named(words: Collection[str], names: Collection[str]) -> bool:
    """Whether the words end in one of the phrases; a number in the middle or at the end does not matter."""
    text = " " + " ".join(words)
    bare = " " + " ".join(word for word in words if not word.isdigit())
    return any(text.endswith(f" {name}") or bare.endswith(f" {name}") for name in names)


@cache
def width(name: str) -> Width | None:
    """The fixed width of the codes in a column of this name; None where its words name none."""
    for kind, entry in load()["widths"].items():
        if _named(split(name), entry["names"]):
            return Width(kind, entry["digits"], entry["lost"], entry["longer"])
    return None


def spelling(kind: str, value: str) -> str:
    """How a code of this kind is spelled; empty where it looks like nothing known."""
    for name, pattern in load()["systems"][kind]["spellings"].items():
        if re.fullmatch(pattern, value):
            return str(name)
    return ""


@cache
def demographic(name: str) -> bool:
    """Whether a column of this name says sex, race, language and the like."""
    return _named(split(name), load()["demographics"]["names"])


@cache
def flag(name: str) -> bool:
    """Whether a column of this name says yes or no, as far as its words say."""
    entry, words = load()["flags"], split(name)
    if not words or set(words) & set(entry["not"]):
        return False
    joined = " ".join(words)
    return words[-1] in entry["words"] or (len(words) > 1 and words[0] in entry["firsts"]) or joined in entry["names"]


@cache
def yes_no(values: frozenset[str]) -> bool:
    """Whether texts are the words of one pair for yes and no, or one of them."""
    pairs = [frozenset(pair.split()) for pair in load()["flags"]["pairs"]]
    return bool(values) and any({value.upper() for value in values} <= pair for pair in pairs)
