"""Reading YAML mappings into frozen dataclasses whose fields say what they take.

A field carries a rule: ``share: float = number(0, 1)``. ``read`` walks a mapping along the fields and
raises ProfileError for the first value that does not fit, naming file and key, what is valid, and a guess.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import field, fields
from datetime import date, datetime
from typing import Any, TypeVar, cast

from mockserver.errors import InputError

T = TypeVar("T")
Rule = Callable[[Any, str], Any]


class ProfileError(InputError):
    """A profile that cannot be taken: file and key, what is valid, a guess."""


def _whole(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _real(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _refuse(value: Any, where: str, *valid: str) -> ProfileError:
    shown = repr(value)
    return ProfileError(f"{shown if len(shown) < 80 else shown[:77] + '...'} does not fit", where, valid)


def whole(low: int, high: int) -> Any:
    """A whole number from ``low`` to ``high``."""

    def rule(value: Any, where: str) -> int:
        if not _whole(value) or not low <= value <= high:
            raise _refuse(value, where, f"a whole number from {low} to {high}")
        return cast(int, value)

    return field(metadata={"rule": rule})


def number(low: float, high: float) -> Any:
    """A number from ``low`` to ``high``."""

    def rule(value: Any, where: str) -> float:
        if not _real(value) or not low <= value <= high:
            raise _refuse(value, where, f"a number from {low} to {high}")
        return float(value)

    return field(metadata={"rule": rule})


def numbers(low: float, high: float) -> Any:
    """A list of at least one number from ``low`` to ``high``."""

    def rule(value: Any, where: str) -> tuple[float, ...]:
        if not isinstance(value, list) or not value:
            raise _refuse(value, where, "a list of numbers")
        for item in value:
            if not _real(item) or not low <= item <= high:
                raise _refuse(item, where, f"numbers from {low} to {high}")
        return tuple(map(float, value))

    return field(metadata={"rule": rule})


def text(pattern: str = r"[^\x00-\x1f]+", valid: str = "text on one line") -> Any:
    """Text that matches a pattern as a whole; ``valid`` says it in words."""

    def rule(value: Any, where: str) -> str:
        if not isinstance(value, str) or not re.fullmatch(pattern, value):
            raise _refuse(value, where, valid)
        return value

    return field(metadata={"rule": rule})


def choice(*choices: str) -> Any:
    """One of several words."""

    def rule(value: Any, where: str) -> str:
        if value not in choices:
            raise ProfileError(f"{value!r} is not known", where, choices, given=str(value))
        return cast(str, value)

    return field(metadata={"rule": rule})


def day() -> Any:
    """A date like 2019-10-05."""

    def rule(value: Any, where: str) -> date:
        if isinstance(value, datetime) or not isinstance(value, date):
            raise _refuse(value, where, "a date like 2019-10-05")
        return value

    return field(metadata={"rule": rule})


def instant() -> Any:
    """An instant like 2022-08-01 12:00:00, as microseconds."""

    def rule(value: Any, where: str) -> int:
        if not isinstance(value, datetime) or value.tzinfo is not None or not 1970 < value.year < 2900:
            raise _refuse(value, where, "an instant without zone like 2022-08-01 12:00:00")
        return (value - datetime(1970, 1, 1)) // (datetime.resolution)

    return field(metadata={"rule": rule})


def weights(*keys: str) -> Any:
    """Words and their weights, not all of them 0; if ``keys`` are given, only these words."""

    def rule(value: Any, where: str) -> dict[str, float]:
        if not isinstance(value, dict) or not value:
            raise _refuse(value, where, "words and their weights")
        for key, weight in value.items():
            if keys and key not in keys:
                raise ProfileError(f"{key!r} is not known", where, keys, given=str(key))
            if not isinstance(key, str) or not _real(weight) or not 0 <= weight < 1e9:
                raise _refuse({key: weight}, where, "words, each with a weight of 0 or more")
        if not sum(value.values()):
            raise _refuse(value, where, "at least one weight above 0")
        return {key: float(weight) for key, weight in value.items()}

    return field(metadata={"rule": rule})


def section(kind: type[T]) -> Any:
    """A mapping that is read into a dataclass of its own."""
    return field(metadata={"rule": lambda value, where: read(kind, value, where)})


def sections(kind: type[T]) -> Any:
    """A list of such mappings, at least one."""

    def rule(value: Any, where: str) -> tuple[T, ...]:
        if not isinstance(value, list) or not value:
            raise _refuse(value, where, "a list of mappings")
        return tuple(read(kind, item, f"{where}[{place}]") for place, item in enumerate(value))

    return field(metadata={"rule": rule})


def optional(inner: Any) -> Any:
    """Null, or what the inner rule takes."""
    rule = inner.metadata["rule"]
    return field(metadata={"rule": lambda value, where: None if value is None else rule(value, where)})


def texts(pattern: str = r"[^\x00-\x1f]+", valid: str = "a list of texts") -> Any:
    """A list of at least one text that matches the pattern."""

    def rule(value: Any, where: str) -> tuple[str, ...]:
        if not isinstance(value, list) or not value:
            raise _refuse(value, where, valid)
        for item in value:
            if not isinstance(item, str) or not re.fullmatch(pattern, item):
                raise _refuse(item, where, valid)
        return tuple(value)

    return field(metadata={"rule": rule})


def rows_of_numbers(keys: tuple[str, ...]) -> Any:
    """Some of these words, each with a list of weights."""
    row = numbers(0, 1e6).metadata["rule"]

    def rule(value: Any, where: str) -> dict[str, tuple[float, ...]]:
        if not isinstance(value, dict) or not value:
            raise _refuse(value, where, "words, each with a list of weights")
        for key in value:
            if key not in keys:
                raise ProfileError(f"{key!r} is not known", where, keys, given=str(key))
        return {key: row(item, f"{where}.{key}") for key, item in value.items()}

    return field(metadata={"rule": rule})


def check(kind: type[Any], key: str, value: Any, where: str) -> Any:
    """One value under the rule of one field. Raises ProfileError."""
    rule = next(each.metadata["rule"] for each in fields(kind) if each.name == key)
    return rule(value, where)


def read(kind: type[T], value: Any, where: str) -> T:
    """A mapping as a dataclass. Raises ProfileError for unknown and missing keys and for bad values."""
    rules = {each.name: each.metadata["rule"] for each in fields(cast(Any, kind)) if "rule" in each.metadata}
    if not isinstance(value, dict):
        raise _refuse(value, where, "a mapping")
    for key in value:
        if key not in rules:
            raise ProfileError(f"key {key!r} is not known", where.rstrip(":"), rules, given=str(key))
    for key in rules:
        if key not in value:
            raise ProfileError(f"key {key!r} is missing", where.rstrip(":"), rules)
    step = " " if where.endswith(":") else "."
    return kind(**{key: rule(value[key], f"{where}{step}{key}") for key, rule in rules.items()})
