"""What values may look like without meaning what they say: ``words/values.yaml``."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any, Final

from . import datafile
from .words import split

SHAPE: Final = {
    "fillers": {
        "repeated": "texts", "words": "words", "days": "texts", "keys": "texts", "rows": "number",
        "others": "number", "list": "number", "key_rows": "number", "key_characters": "number", "key_percent": "number",
    },
    "prose": "words",
    "terms": {
        "not_terms": "words", "most": "number", "uses": "number", "letters": "number", "rare": "number",
        "capitals": "number", "distinct": "words",
    },
    "bookings": {
        "resources": "words", "begins": "words", "night": "number", "grid": "number", "odd": "number",
        "odd_in_part": "number", "rows": "number", "rows_in_part": "number",
    },
}  # fmt: skip

_DIGITS: Final = (("0", "zeros"), ("9", "nines"))


@cache
def load() -> Mapping[str, Any]:
    """The file. Raises InputError where it is wrong."""
    data: Mapping[str, Any] = datafile.load("values.yaml", SHAPE)
    return data


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
