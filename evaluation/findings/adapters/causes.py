"""Why a request was refused, read off a code, a phrase or a status by causes.yaml."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any, Final

from mockserver.errors import InputError

from ..catalogue import mapping
from ..model import CAUSES

WHERE: Final = "evaluation/findings/adapters/causes.yaml"
KEYS: Final = ("statuses", "codes", "says", "alone")
_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_WORDS = re.compile(r"[a-z0-9]+")


@dataclass(frozen=True)
class Cause:
    """One cause, the statuses it may have, and the words that tell it. ``alone``: a status of it needs no word."""

    name: str
    statuses: frozenset[int]
    codes: frozenset[str]
    says: tuple[str, ...]
    alone: bool


@dataclass(frozen=True)
class Causes:
    """Every cause, in the order of the file."""

    all: tuple[Cause, ...]

    def of_code(self, code: str, status: int) -> str:
        """The cause a machine-readable word stands for, in any spelling; empty where it is not known."""
        plain = "_".join(_WORDS.findall(_HUMP.sub("_", code).lower()))
        return next((c.name for c in self.all if plain in c.codes and status in c.statuses), "")

    def of_text(self, text: str, status: int) -> str:
        """The cause a description names; empty where it names none, or several."""
        low = " ".join(text.lower().split())
        found = [c.name for c in self.all if status in c.statuses and any(phrase in low for phrase in c.says)]
        return found[0] if len(found) == 1 else ""

    def of_status(self, status: int) -> str:
        """The cause a status stands for by itself."""
        return next((c.name for c in self.all if c.alone and status in c.statuses), "")


@cache
def load() -> Causes:
    """The causes of the package. Raises InputError."""
    return read(files("evaluation.findings") / "adapters" / "causes.yaml", WHERE)


def read(source: Traversable, where: str = "") -> Causes:
    """The causes of a file. Raises InputError that names file, key, what is valid and a guess."""
    where = where or str(source)
    given = mapping(source, where)
    return Causes(tuple(_cause(name, entry, f"{where}: {name}") for name, entry in given.items()))


def _cause(name: object, entry: object, where: str) -> Cause:
    if name not in CAUSES:
        raise InputError("is not the name of a cause", where, CAUSES, str(name))
    if not isinstance(entry, Mapping):
        raise InputError("must be a mapping", where, KEYS)
    for key in entry:
        if key not in KEYS:
            raise InputError(f"key {key} is not known", where, KEYS, str(key))
    statuses = frozenset(_listed(entry, "statuses", int, where))
    if not statuses:
        raise InputError("must list at least one status", f"{where}.statuses")
    codes, says = (tuple(_listed(entry, key, str, where)) for key in ("codes", "says"))
    return Cause(str(name), statuses, frozenset(codes), says, entry.get("alone") is True)


def _listed(entry: Mapping[Any, Any], key: str, kind: type, where: str) -> Iterator[Any]:
    values = entry.get(key, [])
    if not isinstance(values, list) or any(type(value) is not kind for value in values):
        raise InputError(f"must be a list of {'numbers' if kind is int else 'texts'}", f"{where}.{key}")
    yield from values
