"""Which columns measure or count, and in which unit, by the words of their names: ``words/quantities.yaml``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from . import shapes
from .words import split

SHAPE: Final = {
    "quantities": "words", "behind": "words", "exact": "words", "measured": "words",
    "units": {"*": {"metric": "words", "customary": "words"}},
}  # fmt: skip


@dataclass(frozen=True)
class Measure:
    """A name that ends in a unit: ``height_cm`` is ``height``, in centimetres, a ``length``, ``metric``."""

    stem: tuple[str, ...]
    unit: str
    dimension: str
    system: str


@cache
def load() -> Mapping[str, Any]:
    """The file. Raises InputError where it is wrong."""
    return shapes.load("quantities.yaml", SHAPE)


@cache
def is_quantity(name: str) -> bool:
    """Whether a column of this name holds numbers to calculate with, as far as its words say."""
    words, data = list(split(name)), load()
    while words and words[-1] not in data["quantities"] and (words[-1].isdigit() or words[-1] in data["behind"]):
        words.pop()
    return bool(set(words[-1:]) & set(data["quantities"])) or measure(name) is not None


@cache
def measure(name: str) -> Measure | None:
    """The name as a measurement in a unit; None where it names no unit or nothing that can be measured."""
    words, data = split(name), load()
    for size in (2, 1):  # mg and dl are two words of a name and one unit
        stem, unit = words[:-size], "".join(words[-size:])
        if any(word in data["measured"] for word in stem):
            for dimension, systems in data["units"].items():
                for system, units in systems.items():
                    if unit in units:
                        return Measure(stem, unit, dimension, system)
    return None


def twins(one: Measure, other: Measure) -> bool:
    """Whether two names hold one measurement twice. Feet beside inches, pounds beside ounces are parts of one."""
    same = one.stem == other.stem and one.dimension == other.dimension and one.unit != other.unit
    return same and not (one.system == other.system == "customary")
