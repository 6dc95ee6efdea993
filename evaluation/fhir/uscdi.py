"""USCDI v3 against the vendor's columns: the table of uscdi.yaml, and how much of it an API's columns cover."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from evaluation.schema import Node
from mockserver.errors import InputError

from .coverage import Columns
from .load import open_

HOMES = frozenset({"yes", "text", "derived", "partly"})
VERDICTS = (*sorted(HOMES), "computable", "absent")


@dataclass(frozen=True)
class DataElement:
    """A data element of USCDI. ``columns`` are (element, column) of the vendor; element ``*`` is any."""

    group: str
    name: str
    verdict: str
    columns: tuple[tuple[str, str], ...]
    note: str = ""


@dataclass(frozen=True, eq=False)
class Uscdi:
    """A version of USCDI against one vendor. ``enough`` is the share in percent below which HJ-042 fails."""

    version: str
    vendor: str
    elements: tuple[DataElement, ...]
    enough: float


@dataclass(frozen=True)
class ClassCoverage:
    """A class of USCDI: its elements, and those of them that have a home."""

    name: str
    elements: tuple[DataElement, ...]
    homes: tuple[DataElement, ...]


@dataclass(frozen=True)
class UscdiCoverage:
    """All classes in the order of the table."""

    classes: tuple[ClassCoverage, ...]

    @property
    def homes(self) -> int:
        return sum(len(group.homes) for group in self.classes)

    @property
    def total(self) -> int:
        return sum(len(group.elements) for group in self.classes)

    @property
    def percent(self) -> float:
        """Share of data elements with a home."""
        return 100 * self.homes / self.total if self.total else 0.0


@cache
def load() -> Uscdi:
    """The table the kit comes with. Raises InputError."""
    return read(files("evaluation.fhir"))


def read(folder: Traversable) -> Uscdi:
    """The table of a folder. Raises InputError that names file and key, what is valid and a guess."""
    top = open_(folder, "uscdi").allow("version", "vendor", "enough", "classes")
    groups = top.node("classes").nodes()
    elements = (_element(group, name, node) for group, members in groups for name, node in members.nodes())
    return Uscdi(top.text("version"), top.text("vendor"), tuple(elements), top.number("enough"))


def _element(group: str, name: str, node: Node) -> DataElement:
    node.allow("verdict", "columns", "note")
    verdict = node.text("verdict", valid=VERDICTS)
    parts = [column.partition(".") for column in node.texts("columns")]
    if not all(element and column for element, _, column in parts):
        raise InputError("columns must be element.column", node.where)
    if bool(parts) == (verdict == "absent"):
        raise InputError("an absent element has no columns, any other needs one", node.where)
    return DataElement(group, name, verdict, tuple((e, c) for e, _, c in parts), node.text("note", ""))


def coverage(table: Uscdi, columns: Columns) -> UscdiCoverage:
    """Which data elements have a home in these columns."""
    groups: dict[str, list[DataElement]] = {}
    for element in table.elements:
        groups.setdefault(element.group, []).append(element)
    return UscdiCoverage(tuple(_class(name, members, columns) for name, members in groups.items()))


def _class(name: str, members: list[DataElement], columns: Columns) -> ClassCoverage:
    return ClassCoverage(name, tuple(members), tuple(m for m in members if _home(m, columns)))


def _home(element: DataElement, columns: Columns) -> bool:
    there = any(column in found for name, column in element.columns for found in _of(name, columns))
    return element.verdict in HOMES and there


def _of(element: str, columns: Columns) -> Iterable[frozenset[str]]:
    return columns.values() if element == "*" else (columns.get(element, frozenset()),)
