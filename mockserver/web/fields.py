"""Reads JSON objects of the admin API and says plainly what is wrong with them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import isfinite
from typing import Any

from ..errors import InputError


@dataclass(frozen=True, slots=True)
class Field:
    """What a member may hold: a type, and a range or a choice."""

    kind: type
    required: bool = False
    low: int | None = None
    high: int | None = None
    choices: tuple[object, ...] = ()

    @property
    def words(self) -> str:
        names = {str: "text", int: "a whole number", bool: "true or false", dict: "an object"}
        return names[self.kind]


def text(*, required: bool = False) -> Field:
    return Field(str, required)


def number(low: int, high: int) -> Field:
    return Field(int, low=low, high=high)


def one_of(choices: Sequence[object]) -> Field:
    return Field(type(choices[0]), choices=tuple(choices))


def read(raw: bytes, allowed: Mapping[str, Field]) -> dict[str, Any]:
    """The members of a JSON object. An empty body is an empty object.

    Raises InputError for what is not JSON, not an object, not allowed, missing or of the wrong kind.
    """
    given = parse(raw)
    for name in given:
        if name not in allowed:
            raise InputError("no such member", f"body.{name}", allowed, given=name)
    for name, field in allowed.items():
        if name in given:
            given[name] = _whole(field, given[name])
            _check(field, given[name], f"body.{name}")
        elif field.required:
            raise InputError("is missing", f"body.{name}")
    return given


def parse(raw: bytes) -> dict[str, Any]:
    """The JSON object in a body. Raises InputError."""
    try:
        given = json.loads(raw.decode("utf-8") or "{}", parse_constant=_no_number, parse_float=_finite)
        json.dumps(given, ensure_ascii=False).encode("utf-8")  # fails for half a surrogate pair
    except (ValueError, RecursionError):
        raise InputError("is not JSON in UTF-8", "body") from None
    if not isinstance(given, dict):
        raise InputError("must be a JSON object", "body")
    return given


def _finite(digits: str) -> float:
    value = float(digits)
    return value if isfinite(value) else _no_number(digits)


def _no_number(name: str) -> float:
    raise ValueError(f"{name} is no number of JSON")


def _whole(field: Field, value: object) -> object:
    """JSON Schema calls 2.0 an integer."""
    return int(value) if field.kind is int and isinstance(value, float) and value.is_integer() else value


def _check(field: Field, value: object, where: str) -> None:
    if not isinstance(value, field.kind) or (isinstance(value, bool) and field.kind is not bool):
        raise InputError(f"must be {field.words}", where, [str(c) for c in field.choices])
    if field.choices and value not in field.choices:
        raise InputError("is not possible", where, [str(c) for c in field.choices], given=str(value))
    bounded = field.low is not None and field.high is not None
    if bounded and not field.low <= value <= field.high:  # type: ignore[operator]
        raise InputError("is out of range", where, [f"{field.low} to {field.high}"])
