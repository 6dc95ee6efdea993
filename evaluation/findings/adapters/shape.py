"""Parts of a parsed document that may be of any shape: what is not as expected counts as empty."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

_NONE: Final[Mapping[str, Any]] = {}


def mapping(value: object) -> Mapping[str, Any]:
    """The object it is, or an empty one."""
    return value if isinstance(value, Mapping) else _NONE


def listed(value: object) -> Sequence[Any]:
    """The list it is, or an empty one."""
    return value if isinstance(value, list) else ()


def members(value: object) -> list[Mapping[str, Any]]:
    """The objects in the list it is."""
    return [member for member in listed(value) if isinstance(member, Mapping)]


def text(value: object) -> str:
    """The text it is, or an empty one."""
    return value if isinstance(value, str) else ""


def counted(number: int, one: str, several: str = "") -> str:
    """A number of things in words."""
    return f"{number} {one if number == 1 else several or one + 's'}"
