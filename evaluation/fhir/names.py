"""Which element and column of the mapping a served name means, however many of the vendor's oddities are in force.

Quirks rename columns one after the other, so besides the vendor's name and the clean one there are names that only
stand while some of them are switched off (``client_appointment_id`` is one). All of them mean the same column.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from mockserver.contract import load, quirks

from .model import Crosswalk


@dataclass(frozen=True, eq=False)
class Names:
    """``elements`` by path, and by element the column that each name means."""

    elements: Mapping[str, str]
    columns: Mapping[str, Mapping[str, str]]

    def read(self, fields: Mapping[str, frozenset[str]]) -> dict[str, frozenset[str]]:
        """Columns by element, in the mapping's names, of what is served: resource name to column names.

        A resource or column that is not the vendor's is left out, and so is a resource without columns.
        """
        found = ((self.elements.get(path), names) for path, names in fields.items() if names)
        return {e: frozenset(self.columns[e][n] for n in names if n in self.columns[e]) for e, names in found if e}


@cache
def of_contract() -> Names:
    """The names of the contract's elements and columns."""
    clean = load(quirks.of_set("none")).elements
    known = {**clean, **load().elements}
    elements = {path: name for name in known for path in _reached(name, known[name].path, "path")}
    return Names(elements, {name: _columns(name, [p.vendor for p in e.properties]) for name, e in known.items()})


def _columns(element: str, vendor: list[str]) -> dict[str, str]:
    return {name: column for column in vendor for name in _reached(element, column, "rename")}


def _reached(element: str, start: str, kind: str) -> list[str]:
    """A name and all that the quirks' patches can turn it into."""
    names = [start]
    for name in names:
        names += [new for new in _turned(element, name, kind) if new not in names]
    return names


def _turned(element: str, name: str, kind: str) -> Iterator[str]:
    for quirk in quirks.switchable().values():
        change: Any = quirk.schema.get(kind, {}).get(element)
        if isinstance(change, Mapping) and name in change:
            yield change[name]
        if isinstance(change, str):
            yield change


def full(crosswalk: Crosswalk) -> dict[str, frozenset[str]]:
    """Every column the mapping speaks of, by element, without elements that are not counted."""
    return {name: element.columns for name, element in crosswalk.elements.items() if not element.not_counted}
