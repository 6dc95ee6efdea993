"""What a program does about each cause of a refusal: remedies.yaml."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from evaluation.schema import Node, bundled, document

from .model import CAUSES

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
    return _table(bundled("evaluation/findings/remedies.yaml"))


def table(path: Path) -> Mapping[str, Remedy]:
    """The table of a reader's own file. Raises InputError."""
    return _table(document(path, path.name))


def _table(top: Node) -> Mapping[str, Remedy]:
    found = top.allow(*CAUSES, of="cause").need(*CAUSES, of="cause").nodes("call", "remedies")
    return {cause: _remedy(node) for cause, node in found}


def _remedy(node: Node) -> Remedy:
    return Remedy(node.text("call", valid=CALLS), frozenset(node.texts("remedies", some=True)))
