"""How drift says what it saw without repeating it: names where they are names, kinds instead of values."""

from __future__ import annotations

import re
from collections.abc import Iterable

_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,39}")
_STEP = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.,:/ ~-]{0,79}")
MEDIA = ("application/json", "text/html", "text/plain", "application/xml", "text/xml", "application/problem+json")
_DIGITS = 4  # a name with more of them in a row may be an id in disguise


def key(text: object) -> str:
    """A key of a document, if it looks like a column and not like something a person or system is called."""
    found = str(text)
    sayable = _NAME.fullmatch(found) and not re.search(rf"\d{{{_DIGITS},}}", found)
    return found if sayable else "(a key that is no name)"


def name(step: str) -> str:
    """The name of a step, if it looks like one."""
    return step if _STEP.fullmatch(step) and not re.search(rf"\d{{{_DIGITS + 1},}}", step) else ""


def kind(value: object) -> str:
    """The JSON type of a value."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "boolean"
    names = {int: "integer", float: "number", str: "string", list: "array", dict: "object"}
    return names.get(type(value), "something else")


def keys(document: object) -> str:
    """The keys of an object and the types of their values, or what there is instead of an object."""
    if isinstance(document, dict):
        inner = ", ".join(f"{key(name)}: {kind(value)}" for name, value in list(document.items())[:12])
        return f"an object with {inner}" if inner else "an empty object"
    return "no JSON" if document is None else f"{_article(kind(document))} {kind(document)}"


def media(content_type: str | None) -> str:
    """A content type: its name where it is a usual one, and whether parameters follow."""
    if content_type is None:
        return "absent"
    base, _, parameters = content_type.partition(";")
    shown = base.strip().lower() if base.strip().lower() in MEDIA else "another media type"
    return f"{shown} with parameters" if parameters else shown


def listed(names: Iterable[str]) -> str:
    """Names in the order given, each once."""
    return ", ".join(dict.fromkeys(names))


def _article(word: str) -> str:
    return "an" if word[0] in "aeio" else "a"
