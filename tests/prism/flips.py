"""Every way in which one column of a row can be wrong: its type, a null, its notation, its name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from mockserver.contract import Contract, Element, Property
from mockserver.contract.bundle import example_page
from mockserver.contract.check import value_problems
from mockserver.contract.source import document

Row = dict[str, Any]


@dataclass(frozen=True)
class Flip:
    """A row with exactly one column wrong. ``kind`` is type, null, format or key."""

    column: str
    kind: str
    row: Row

    def caught_by(self, violation: Mapping[str, Any]) -> bool:
        """Whether a violation that Prism reports is about this flip, not about something else."""
        place = ["response", "body", "data", "0"]
        if self.kind == "key":
            too_many = violation["location"] == place and violation["code"] == "additionalProperties"
            return too_many and f"'{_other(self.column)}'" in violation["message"]
        codes = {"format": ("pattern", "minimum", "maximum")}.get(self.kind, ("type",))
        return violation["location"] == [*place, self.column] and violation["code"] in codes


def page(element: Element, row: Row) -> Row:
    """A page that holds just this row."""
    return {**example_page(element), "data": [row]}


def sound_row(contract: Contract, element: Element) -> Row:
    """A row without nulls: every column holds its example, or that of another column of the same notation."""
    return {prop.wire: _sound_value(contract, prop) for prop in element.properties}


def _sound_value(contract: Contract, prop: Property) -> object:
    same = (p for e in contract.elements.values() for p in e.properties if p.format == prop.format)
    candidates = (p.example for p in (prop, *same) if p.example is not None)
    return next(value for value in candidates if not value_problems(prop, value))


def flips(contract: Contract, element: Element) -> Iterator[Flip]:
    """Four flips for each column of the element."""
    sound = sound_row(contract, element)
    for prop in element.properties:
        yield Flip(prop.wire, "type", {**sound, prop.wire: _of_other_type(prop)})
        yield Flip(prop.wire, "null", {**sound, prop.wire: None})
        yield Flip(prop.wire, "format", {**sound, prop.wire: document("formats.yaml")[prop.format]["broken"]})
        yield Flip(prop.wire, "key", {_other(name) if name == prop.wire else name: v for name, v in sound.items()})


def _of_other_type(prop: Property) -> object:
    if not prop.number:
        return 7
    return [7] if "string" in prop.types else "7"


def _other(column: str) -> str:
    return f"{column}_x"


def without_nulls(openapi: Mapping[str, Any]) -> Row:
    """The document with rows in which no column may be null."""
    strict = deepcopy(dict(openapi))
    for name, schema in strict["components"]["schemas"].items():
        if f"{name}_page" in strict["components"]["schemas"]:
            for column in schema["properties"].values():
                if isinstance(column["type"], list):
                    column["type"] = [kind for kind in column["type"] if kind != "null"]
    return strict
