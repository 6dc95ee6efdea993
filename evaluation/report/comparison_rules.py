"""comparison.yaml: from how much that is known on somebody may be called ahead, and how many targets are compared."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from evaluation.schema import bundled, document

OWN = "evaluation/report/comparison.yaml"
LETTERS = 26


@dataclass(frozen=True)
class Rules:
    """``least`` of 100 must be known of each target for one to be called ahead; ``most`` targets stand side by side."""

    least: float
    because: str
    most: int


@cache
def load(path: Path | None = None) -> Rules:
    """The package's rules, or those of a file. Raises InputError that names file, key and what is valid."""
    node = (bundled(OWN) if path is None else document(path, str(path))).allow("known", "targets")
    known = node.need("known").node("known", "least", "because")
    targets = node.need("targets").node("targets", "most", "because")
    targets.text("because")
    return Rules(known.number("least", 0, 100), known.text("because"), int(targets.number("most", 2, LETTERS)))
