"""entry.schema.yaml, and what front matter says wrong by it: file, line, key, value, what is valid, a guess."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from typing import Any
from urllib.parse import urlsplit

from evaluation.schema import Node, bundled
from mockserver.errors import InputError

from .frontmatter import Front

SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
KEYS = ("kind", "required", "valid", "alias", "of", "means")
CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")
"""Moves a terminal's cursor, turns the direction of what follows, or breaks what reads an export."""
SHOWN = 60  # characters of a wrong value that an error repeats


@dataclass(frozen=True)
class Key:
    """One key of a shape."""

    name: str
    kind: str
    required: bool = False
    valid: tuple[str, ...] = ()
    alias: Mapping[str, str] = field(default_factory=dict)
    of: str = ""
    means: str = ""


@cache
def shape(name: str) -> Mapping[str, Key]:
    """The keys of ``entry``, ``alternative`` or ``revision``."""
    found = bundled("evaluation/radar/entry.schema.yaml").node(name).nodes(*KEYS)
    return {key: _key(key, node) for key, node in found}


def _key(name: str, node: Node) -> Key:
    alias = node.node("alias", optional=True).sentences()
    kind = node.text("kind", valid=(*KINDS, *LISTS, "word"))
    of, means = node.text("of", ""), node.text("means")
    return Key(name, kind, node.flag("required"), node.texts("valid"), alias, of, means)


def read(front: Front, name: str) -> dict[str, Any]:
    """The values, aliases resolved and lists as tuples. Raises the first InputError of ``problems``."""
    for problem in problems(front, name):
        raise problem
    return _values(front.data, shape(name))


def problems(front: Front, name: str) -> list[InputError]:
    """Everything that is wrong with it, in order of lines."""
    return list(_problems(front, front.data, shape(name), ()))


def _values(data: Mapping[str, Any], keys: Mapping[str, Key]) -> dict[str, Any]:
    return {name: _value(value, keys[name]) for name, value in data.items()}


def _value(value: Any, key: Key) -> Any:
    if key.kind == "list":
        return tuple(_values(item, shape(key.of)) for item in value)
    if isinstance(value, list):
        return tuple(value)
    if key.kind == "word":
        return key.alias.get(value, value)
    return value.strip() if isinstance(value, str) else value


def _problems(
    front: Front, data: Mapping[str, Any], keys: Mapping[str, Key], path: tuple[str | int, ...]
) -> Iterator[InputError]:
    for name, value in data.items():
        if name not in keys:
            yield InputError("is no key of this file", front.at(*path, name), keys, str(name))
        else:
            yield from _of_key(front, value, keys[name], (*path, name))
    for key in keys.values():
        if key.required and key.name not in data:
            yield InputError(f"{key.name} is missing ({key.means})", front.at(*path), key.valid)


def _of_key(front: Front, value: Any, key: Key, path: tuple[str | int, ...]) -> Iterator[InputError]:
    if key.kind not in LISTS:
        yield from _wrong(front, value, key, key.kind, path)
    elif not isinstance(value, list) or not value:
        yield InputError(f"is {shown(value)}, not a list of at least one", front.at(*path), key.valid)
    else:
        for index, item in enumerate(value):
            yield from _of_item(front, item, key, (*path, index))
            if item in value[:index]:
                yield InputError(f"has {shown(item)} twice", front.at(*path, index))


def _of_item(front: Front, item: Any, key: Key, path: tuple[str | int, ...]) -> Iterator[InputError]:
    if key.kind != "list":
        yield from _wrong(front, item, key, LISTS[key.kind], path)
    elif isinstance(item, dict):
        yield from _problems(front, item, shape(key.of), path)
    else:
        yield InputError(f"is {shown(item)}, not keys and values", front.at(*path), shape(key.of))


def _wrong(front: Front, value: Any, key: Key, kind: str, path: tuple[str | int, ...]) -> Iterator[InputError]:
    if kind == "word":
        valid = (*key.valid, *key.alias)
        if not isinstance(value, str) or value not in valid:
            yield InputError(f"is {shown(value)}", front.at(*path), valid, str(value)[:SHOWN])
    elif not KINDS[kind][0](value):
        yield InputError(f"is {shown(value)}, not {KINDS[kind][1]}", front.at(*path))


def shown(value: object) -> str:
    """A wrong value, cut to a length that fits an error."""
    text = repr(str(value) if isinstance(value, date) else value)
    return text if len(text) <= SHOWN else text[: SHOWN - 1] + "…"


def is_link(value: object) -> bool:
    """Whether it is one address of the web."""
    if not isinstance(value, str) or re.search(r"[\s<>\"]", value):
        return False
    try:
        parts = urlsplit(value)
        return parts.scheme in ("https", "http") and "." in (parts.hostname or "")
    except ValueError:
        return False


LISTS: Mapping[str, str] = {"words": "word", "slugs": "slug", "texts": "text", "list": ""}
KINDS: Mapping[str, tuple[Callable[[Any], bool], str]] = {
    "text": (lambda v: isinstance(v, str) and bool(v.strip()) and not CONTROL.search(v), "text that can be printed"),
    "slug": (lambda v: isinstance(v, str) and bool(SLUG.fullmatch(v)), "lower-case words joined by hyphens"),
    "link": (is_link, "one address such as https://www.example.com/"),
    "day": (lambda v: isinstance(v, date) and not isinstance(v, datetime), "a day such as 2026-11-22"),
    "flag": (lambda v: isinstance(v, bool), "true or false"),
    "number": (lambda v: isinstance(v, int) and not isinstance(v, bool) and v > 0, "a whole number from 1"),
}
