"""Reads YAML data files strictly: every error names file and key, what is valid, and a guess."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib.resources import files
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


def bundled(path: str) -> Node:
    """The mapping of a file of this package, by its path such as ``evaluation/fhir/rules.yaml``. Raises InputError."""
    return document(files("evaluation").joinpath(*path.split("/")[1:]), path)


def document(file: Traversable, where: str) -> Node:
    """The mapping a file holds. Raises InputError for a file that cannot be read, is no YAML or no mapping."""
    try:
        data = yaml.load(file.read_text(encoding="utf-8"), Loader=_Strict)
    except OSError as error:
        raise InputError(f"cannot be read ({error.strerror})", where) from None
    except (yaml.YAMLError, ValueError, RecursionError) as error:  # ValueError: a day that does not exist, no UTF-8
        twice = "holds a key twice" if "key given twice" in str(error) else "is not YAML"
        raise InputError(twice, where) from None
    return mapping(data, where)


def mapping(data: object, where: str, valid: Iterable[str] = ()) -> Node:
    """Plain data as a node; its keys become text. Raises InputError, which tells the ``valid`` keys, if it is none."""
    if not isinstance(data, Mapping):
        raise InputError("must be a mapping", where, valid)
    return Node({str(key): value for key, value in data.items()}, where)


@dataclass(frozen=True)
class Node:
    """A mapping of a data file and where it stands, such as ``evaluation/fhir/mapping.yaml: elements.allergy``."""

    data: Mapping[str, Any]
    where: str

    def at(self, key: str) -> str:
        """The place of what stands under a key."""
        return f"{self.where}.{key}" if ": " in self.where else f"{self.where}: {key}"

    def allow(self, *keys: str, of: str = "key") -> Node:
        """Itself, if it has no other keys; ``of`` says what they name. Raises InputError."""
        for key in self.data:
            if key not in keys:
                raise InputError(f"{of} {key} is not known", self.where, keys, key)
        return self

    def need(self, *keys: str, of: str = "") -> Node:
        """Itself, if it has all of these keys; ``of`` says what they name. Raises InputError."""
        for key in keys:
            if key not in self.data:
                raise InputError(f"{of} {key} is missing".lstrip(), self.where)
        return self

    def text(self, key: str, default: str | None = None, valid: Iterable[str] = ()) -> str:
        """A text, one of ``valid`` if that is given; without a default it is there and not empty. Raises InputError."""
        known = list(valid)
        value = self.data.get(key, default)
        if value is None:
            raise InputError(f"{key} is missing", self.where, known)
        if not isinstance(value, str):
            raise InputError(f"{key} must be text{_quotes(value)}", self.where, known)
        if known and value not in (*known, default):
            raise InputError(f"{key} is {value or 'empty'}", self.where, known, value)
        if default is None and not value.strip():
            raise InputError(f"{key} is empty", self.where)
        return value.strip()

    def texts(
        self, key: str, valid: Iterable[str] = (), single: bool = False, of: str = "texts", some: bool = False
    ) -> tuple[str, ...]:
        """A list of texts, empty if missing unless there must be ``some``; ``of`` says what they are.

        With ``single`` one text stands for a list of one. Raises InputError.
        """
        value = self.data.get(key, [])
        values = self._list([value] if single and isinstance(value, str) else value, key, str, of, some)
        known = list(valid)
        for item in values:
            if known and item not in known:
                raise InputError(f"{key} has {item}", self.where, known, item)
        return values

    def words(self, key: str) -> tuple[str, ...]:
        """A list of texts in lower case, empty if missing. Raises InputError."""
        for word in self.texts(key, of="words"):
            if not word or word != word.lower():
                raise InputError(f"{key} has {word!r}, which is no word in lower case", self.where)
        return self.texts(key)

    def counts(self, key: str, some: bool = False) -> tuple[int, ...]:
        """A list of whole numbers, empty if missing unless there must be ``some``. Raises InputError."""
        return self._list(self.data.get(key, []), key, int, "whole numbers", some)

    def _list(self, value: object, key: str, kind: type, of: str, some: bool) -> tuple[Any, ...]:
        if not isinstance(value, list):
            raise InputError(f"{key} must be a list of {of}", self.where)
        for item in value:
            if type(item) is not kind:
                raise InputError(f"{key} must be a list of {of}{_quotes(item) if kind is str else ''}", self.where)
        if some and not value:
            raise InputError(f"{key} must have at least one", self.where)
        return tuple(value)

    def number(self, key: str, low: float = -math.inf, high: float = math.inf, above: bool = False) -> float:
        """A number from ``low`` to ``high``; ``above`` leaves ``low`` itself out. Raises InputError."""
        value = self.need(key).data[key]
        if not isinstance(value, int | float) or isinstance(value, bool):
            raise InputError(f"{key} must be a number", self.where)
        if not low <= value <= high or (above and value == low):
            limits = f"above {low} and at most {high}" if above else f"from {low} to {high}"
            raise InputError(f"{key} is {value}, not {limits}", self.where)
        return value

    def count(self, key: str, default: int | None = None) -> int:
        """A whole number from 0. Raises InputError if it is missing without a default."""
        value = self.data.get(key, default) if default is not None else self.need(key).data[key]
        if type(value) is not int or value < 0:
            raise InputError(f"{key} must be a whole number from 0", self.where)
        return value

    def flag(self, key: str) -> bool:
        """True or false, false if missing. Raises InputError."""
        value = self.data.get(key, False)
        if not isinstance(value, bool):
            raise InputError(f"{key} must be true or false", self.where)
        return value

    def pattern(self, key: str) -> str:
        """A regular expression as it is written, empty if missing. Raises InputError."""
        self.text(key, "")
        text: str = self.data.get(key, "")
        try:
            re.compile(text)
        except (re.error, OverflowError) as error:
            raise InputError(f"{key} is no regular expression ({error})", self.where) from None
        return text

    def node(self, key: str, *keys: str, optional: bool = False) -> Node:
        """The mapping under a key, with only these ``keys`` if any are given; empty if missing and ``optional``.

        Raises InputError.
        """
        value = self.data.get(key, {}) if optional else self.need(key).data[key]
        made = mapping(value, self.at(key), keys)
        return made.allow(*keys) if keys else made

    def nodes(self, *keys: str) -> Iterable[tuple[str, Node]]:
        """Every key with its mapping, as ``node`` reads it."""
        return ((key, self.node(key, *keys)) for key in self.data)

    def items(self, key: str, *keys: str) -> list[Node]:
        """The mappings of a list, numbered from 1, with only these ``keys`` if any are given. Raises InputError."""
        value = self.need(key).data[key]
        if not isinstance(value, list):
            raise InputError(f"{key} must be a list", self.where)
        made = [mapping(item, f"{self.at(key)} {number}", keys) for number, item in enumerate(value, 1)]
        return [node.allow(*keys) if keys else node for node in made]

    def sentences(self) -> dict[str, str]:
        """All of it as key to text. Raises InputError."""
        return {key: self.text(key) for key in self.data}


def _quotes(value: object) -> str:
    """A hint for what YAML reads as something else, such as a bare ``on`` or ``7``."""
    return "" if isinstance(value, str | list | Mapping) else f" ({value!r} is none; put it in quotes)"
