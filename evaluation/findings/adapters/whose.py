"""Whose rows these are, by their names: files do not say it, and what is known of one vendor is nobody else's."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from mockserver import contract

from ..model import Resource

HEALTHJUMP: Final = "healthjump"
ENOUGH: Final = 0.5  # share of all columns: practices export cuts and add columns, but strangers share few names


def vendor(resources: Iterable[Resource]) -> str:
    """``healthjump`` if at least half of the columns are in its contract under their resource, else empty."""
    known = frozenset(_columns())
    found = [(resource.name, field.name) in known for resource in resources for field in resource.fields]
    return HEALTHJUMP if found and sum(found) >= ENOUGH * len(found) else ""


def _columns() -> Iterator[tuple[str, str]]:
    """Every resource and column of the contract, in the vendor's names and in the clean ones."""
    for described in (contract.load(), contract.load(frozenset())):
        for element in described.elements.values():
            for name in {element.name, element.path}:
                yield from ((name, column) for one in element.properties for column in (one.wire, one.clean))
