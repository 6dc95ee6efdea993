"""Reads a file of ``words/`` against a shape, so that a mistake in it is one sentence with file, key and a guess."""

from __future__ import annotations

import re
from collections.abc import Mapping
from importlib.resources import files
from typing import Any

import yaml

from mockserver.errors import InputError

Shape = str | Mapping[str, Any]
"""``text``, ``texts``, ``words``, ``number``, ``flag``, ``pattern``, or a mapping of keys to shapes.

A key that ends in ``?`` may be left out. The one key ``*`` stands for any names.
"""

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def load(name: str, shape: Shape) -> Any:
    """The plain data of ``words/<name>``. Raises InputError as ``hold`` does."""
    where = f"words/{name}"
    try:
        data = yaml.load(files("evaluation.findings").joinpath("words", name).read_text(encoding="utf-8"), _LOADER)
    except yaml.YAMLError:
        raise InputError("is not YAML", where) from None
    hold(data, shape, where)
    return data


def hold(data: Any, shape: Shape, where: str) -> None:
    """Hold data against a shape. Raises InputError that names the key, what is valid and a guess."""
    if isinstance(shape, str):
        _leaf(data, shape, where)
        return
    if not isinstance(data, dict):
        raise InputError("a mapping is wanted", where)
    if "*" in shape:
        for key, value in data.items():
            hold(value, shape["*"], f"{where}: {key}")
        return
    _members(data, shape, where)


def _members(data: Mapping[str, Any], shape: Mapping[str, Any], where: str) -> None:
    valid = {key.removesuffix("?"): value for key, value in shape.items()}
    for key in data:
        if key not in valid:
            raise InputError(f"{key!r} is no key", where, valid, str(key))
    for key in shape:
        if not key.endswith("?") and key not in data:
            raise InputError(f"{key} is missing", where, valid)
    for key, value in data.items():
        hold(value, valid[key], f"{where}: {key}")


def _leaf(data: Any, shape: str, where: str) -> None:
    if shape in ("texts", "words"):
        if not isinstance(data, list):
            raise InputError("a list is wanted", where)
        for text in data:
            _text(text, where, lower=shape == "words")
    elif shape == "flag":
        _is(isinstance(data, bool), "true or false is wanted", where)
    elif shape == "number":
        _is(isinstance(data, int) and not isinstance(data, bool) and data >= 0, "a whole number is wanted", where)
    else:
        _text(data, where, lower=False)
        if shape == "pattern":
            _pattern(data, where)


def _text(data: Any, where: str, *, lower: bool) -> None:
    _is(isinstance(data, str), f"{data!r} is no text; put it in quotes", where)
    _is(not lower or (data != "" and data == data.lower()), f"{data!r} is no word in lower case", where)


def _pattern(data: str, where: str) -> None:
    try:
        re.compile(data)
    except re.error as error:
        raise InputError(f"is no regular expression ({error.msg})", where) from None


def _is(good: bool, what: str, where: str) -> None:
    if not good:
        raise InputError(what, where)
