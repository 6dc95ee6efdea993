"""Why a request was refused, read off a code, a phrase or a status by causes.yaml."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources.abc import Traversable
from typing import Final

from evaluation.schema import Node, bundled, document

from ..model import CAUSES

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
    return _causes(bundled("evaluation/findings/adapters/causes.yaml"))


def read(source: Traversable) -> Causes:
    """The causes of a file. Raises InputError that names file, key, what is valid and a guess."""
    return _causes(document(source, str(source)))


def _causes(top: Node) -> Causes:
    return Causes(tuple(_cause(name, node) for name, node in top.allow(*CAUSES, of="cause").nodes(*KEYS)))


def _cause(name: str, node: Node) -> Cause:
    statuses, codes = frozenset(node.counts("statuses", some=True)), frozenset(node.words("codes"))
    return Cause(name, statuses, codes, node.words("says"), node.flag("alone"))
