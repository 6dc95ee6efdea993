"""What values may look like without meaning what they say: ``words/values.yaml``."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any, Final

from . import shapes
from .words import split

SHAPE: Final = {
    "fillers": {
        "repeated": "texts", "words": "words", "days": "texts", "keys": "texts", "rows": "count",
        "others": "count", "list": "count", "key_rows": "count", "key_characters": "count", "key_percent": "count",
    },
    "prose": "words",
    "terms": {
        "not_terms": "words", "most": "count", "uses": "count", "letters": "count", "rare": "count",
        "capitals": "count", "distinct": "words",
    },
    "bookings": {
        "resources": "words", "begins": "words", "night": "count", "grid": "count", "odd": "count",
        "odd_in_part": "count", "rows": "count", "rows_in_part": "count",
    },
}  # fmt: skip

_DIGITS: Final = (("0", "zeros"), ("9", "nines"))


@cache
def load() -> Mapping[str, Any]:
    """The file. Raises InputError where it is wrong."""
    return shapes.load("values.yaml", SHAPE)


def section(name: str) -> Mapping[str, Any]:
    """One part of the file."""
    part: Mapping[str, Any] = load()[name]
    return part


@cache
def prose(name: str) -> bool:
    """Whether a column of this name holds free text."""
    return bool(set(split(name)) & set(load()["prose"]))


@cache
def may_hold_terms(name: str) -> bool:
    """Whether a column of this name may hold terms of a list: neither names, keys nor free text."""
    return not prose(name) and not set(split(name)) & set(load()["terms"]["not_terms"])


@cache
def fillers() -> Mapping[str, str]:
    """Every text that stands for no value, and what it is in words."""
    rules = section("fillers")
    words = {form: "a word for nothing" for word in rules["words"] for form in (word, word.upper(), word.capitalize())}
    days = dict.fromkeys(rules["days"], "a day that means none")
    shapes = {shape.replace("#", digit): f"only {name}" for digit, name in _DIGITS for shape in rules["repeated"]}
    return {**shapes, **days, **words}


def word_for_nothing(value: str) -> bool:
    """Whether a text is a word that says there is no value."""
    return fillers().get(value) == "a word for nothing"
