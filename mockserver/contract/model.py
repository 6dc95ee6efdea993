"""What a contract is made of: grades, properties, elements, behaviours, quirks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import IntEnum
from functools import cached_property
from typing import Any


class Grade(IntEnum):
    """How well a fact about the vendor is known, weakest first.

    ``observed``: in a real answer, in the vendor's API documentation, or sent by a client and answered.
    ``consumed``: read or stored by a public client. ``seed``: stated by the radar entry.
    ``adjacent``: seen in another channel of the vendor. ``inferred``: filled in by analogy.
    """

    inferred = 0
    adjacent = 1
    seed = 2
    consumed = 3
    observed = 4

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True, slots=True)
class Evidence:
    """A grade with the neutral ids of its sources (contract/sources.yaml) and the channels they belong to."""

    grade: Grade
    sources: tuple[str, ...]
    channels: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Property:
    """A column. ``wire`` is its name under the quirks in force, ``vendor`` under all, ``clean`` under none.

    ``format`` names an entry of contract/formats.yaml, ``schema`` is the JSON Schema that results.
    """

    wire: str
    vendor: str
    clean: str
    types: tuple[str, ...]
    format: str
    schema: Mapping[str, Any]
    evidence: Evidence
    description: str
    example: object

    @property
    def nullable(self) -> bool:
        return "null" in self.types

    @property
    def number(self) -> bool:
        """Whether values are JSON numbers on the wire."""
        return bool({"integer", "number"} & set(self.types))


@dataclass(frozen=True, eq=False)
class Element:
    """A resource of the vendor: its columns in wire order and the path segment it is served at."""

    name: str
    path: str
    description: str
    evidence: Evidence
    properties: tuple[Property, ...]

    @cached_property
    def by_wire(self) -> Mapping[str, Property]:
        return {p.wire: p for p in self.properties}

    @cached_property
    def by_clean(self) -> Mapping[str, Property]:
        return {p.clean: p for p in self.properties}

    @cached_property
    def surrogate(self) -> Property | None:
        """The Healthjump id, or None where the element has none (client_ids)."""
        return next((p for p in self.properties if p.format.startswith("surrogate")), None)

    @cached_property
    def weakest(self) -> Grade:
        return min(p.evidence.grade for p in self.properties)


@dataclass(frozen=True, slots=True)
class Behaviour:
    """Anything of the API that is not a column: a header, a status, an operator, an order, a rule."""

    id: str
    title: str
    claim: str
    kind: str
    evidence: Evidence
    setting: str | None = None
    status: int | None = None
    body: Mapping[str, str] = field(default_factory=dict)
    unknown: str | None = None
    open_question: int | None = None


@dataclass(frozen=True, slots=True)
class Quirk:
    """An oddity with a switch. ``set`` is ``vendor``, ``feed`` or ``none`` (no switch, ``no_switch`` says why)."""

    id: str
    title: str
    claim: str
    evidence: Evidence
    layer: str
    set: str
    off: str
    order: int
    elements: Mapping[str, Evidence]
    schema: Mapping[str, Any]
    requires: tuple[str, ...] = ()
    conflicts: tuple[str, ...] = ()
    worlds: tuple[str, ...] = ()
    no_switch: str | None = None


def weakest(grades: Iterable[Grade]) -> Grade:
    """The weakest grade; ``observed`` when there is none to weigh."""
    return min(grades, default=Grade.observed)
