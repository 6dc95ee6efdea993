"""Reads YAML data files strictly: every error names file and key, what is valid, and a guess."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib.resources.abc import Traversable
from typing import Any

import yaml

from mockserver.errors import InputError

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Strict(_LOADER):  # type: ignore[misc, valid-type]
    """A loader that refuses a key given twice, of which YAML would keep the last."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        made: dict[Any, Any] = super().construct_mapping(node, deep)
        if len(made) < len(node.value):
            raise yaml.YAMLError("key given twice")
        return made


def document(file: Traversable, where: str) -> Node:
    """The mapping a file holds. Raises InputError for a file that cannot be read, is no YAML or no mapping."""
    try:
        data = yaml.load(file.read_text(encoding="utf-8"), Loader=_Strict)
    except OSError as error:
        raise InputError(f"cannot be read ({error.strerror})", where) from None
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        twice = "holds a key twice" if "key given twice" in str(error) else "is not YAML"
        raise InputError(twice, where) from None
    return Node(_mapping(data, where), where)


def _mapping(data: object, where: str) -> Mapping[str, Any]:
    if not isinstance(data, dict):
        raise InputError("must be a mapping", where)
    return {str(key): value for key, value in data.items()}


@dataclass(frozen=True)
class Node:
    """A mapping of a data file and where it stands, such as ``evaluation/fhir/mapping.yaml: elements.allergy``."""

    data: Mapping[str, Any]
    where: str

    def allow(self, *keys: str) -> Node:
        """Itself, if it has no other keys. Raises InputError."""
        for key in self.data:
            if key not in keys:
                raise InputError(f"key {key} is not known", self.where, keys, key)
        return self

    def text(self, key: str, default: str | None = None, valid: Iterable[str] = ()) -> str:
        """A text, one of ``valid`` if that is given. Raises InputError if it is missing without a default."""
        value = self.data.get(key, default)
        if value is None:
            raise InputError(f"{key} is missing", self.where)
        if not isinstance(value, str):
            raise InputError(f"{key} must be text", self.where)
        if value and valid and value not in (known := list(valid)):
            raise InputError(f"{key} is {value}", self.where, known, value)
        return value.strip()

    def texts(self, key: str, valid: Iterable[str] = (), single: bool = False) -> tuple[str, ...]:
        """A list of texts, empty if missing; with ``single`` one text stands for a list of one. Raises InputError."""
        value = self.data.get(key, [])
        values = [value] if single and isinstance(value, str) else value
        if not isinstance(values, list) or not all(isinstance(item, str) for item in values):
            raise InputError(f"{key} must be a list of texts", self.where)
        for item in values:
            if valid and item not in (known := list(valid)):
                raise InputError(f"{key} has {item}", self.where, known, item)
        return tuple(values)

    def number(self, key: str) -> float:
        value = self.data.get(key)
        if not isinstance(value, int | float) or isinstance(value, bool):
            raise InputError(f"{key} must be a number" if key in self.data else f"{key} is missing", self.where)
        return value

    def node(self, key: str, optional: bool = False) -> Node:
        """The mapping under a key; empty if missing and ``optional``. Raises InputError."""
        if key not in self.data and not optional:
            raise InputError(f"{key} is missing", self.where)
        where = f"{self.where}.{key}" if ": " in self.where else f"{self.where}: {key}"
        return Node(_mapping(self.data.get(key, {}), where), where)

    def nodes(self) -> Iterable[tuple[str, Node]]:
        """Every key with its mapping."""
        return ((key, self.node(key)) for key in self.data)

    def items(self, key: str) -> list[Node]:
        """The mappings of a list, numbered from 1. Raises InputError."""
        value = self.data.get(key)
        if not isinstance(value, list):
            raise InputError(f"{key} must be a list" if key in self.data else f"{key} is missing", self.where)
        places = (f"{self.where}.{key} {i}" for i in range(1, len(value) + 1))
        return [Node(_mapping(item, where), where) for item, where in zip(value, places, strict=True)]

    def sentences(self) -> dict[str, str]:
        """All of it as key to text. Raises InputError."""
        return {key: self.text(key) for key in self.data}
