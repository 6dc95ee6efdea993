"""What a program does about each cause of a refusal: remedies.yaml."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

from mockserver.errors import InputError

from .catalogue import ROOM, mapping
from .model import CAUSES

KEYS: Final = ("call", "remedies")
CALLS: Final = ("login", "data")


@dataclass(frozen=True)
class Remedy:
    """``call`` is the kind of request that was refused, ``remedies`` what a program can do then."""

    call: str
    remedies: frozenset[str]

    def shared(self, other: Remedy) -> bool:
        """Whether a program that takes one cause for the other still does right, or cannot mistake them."""
        return self.call != other.call or bool(self.remedies & other.remedies)


@cache
def load() -> Mapping[str, Remedy]:
    """The package's table by cause. Raises InputError: file, key, what is valid, a guess."""
    where = f"{ROOM}/remedies.yaml"
    return _table(mapping(files("evaluation.findings") / "remedies.yaml", where), where)


def table(path: Path) -> Mapping[str, Remedy]:
    """The table of a reader's own file. Raises InputError."""
    return _table(mapping(path, path.name), path.name)


def _table(data: Mapping[str, Any], where: str) -> Mapping[str, Remedy]:
    for cause in data:
        if cause not in CAUSES:
            raise InputError(f"cause {cause} is not known", where, CAUSES, str(cause))
    for cause in CAUSES:
        if cause not in data:
            raise InputError(f"cause {cause} is missing", where)
    return {cause: _remedy(value, f"{where}: {cause}") for cause, value in data.items()}


def _remedy(value: object, where: str) -> Remedy:
    if not isinstance(value, Mapping) or set(value) != set(KEYS):
        raise InputError("must be a mapping of both keys", where, KEYS)
    if value["call"] not in CALLS:
        raise InputError(f"call is {value['call']}", where, CALLS, str(value["call"]))
    remedies = value["remedies"]
    if not isinstance(remedies, list) or not remedies or not all(isinstance(text, str) for text in remedies):
        raise InputError("remedies must be a list of texts", where)
    return Remedy(str(value["call"]), frozenset(remedies))
