"""Columns by the names they have in any state of the quirks: a first capture shows which state is the real one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from mockserver import contract
from mockserver.contract import Contract, Element

from .rules import Rule, Rules

Renames = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Column:
    """A column and what is done with it, whatever it is called."""

    element: str
    vendor: str
    rule: Rule


@dataclass(frozen=True)
class Columns:
    """``paths``: path segment -> element; ``by_name``: element -> wire name -> column; ``words``: every such name."""

    paths: Mapping[str, str]
    by_name: Mapping[str, Mapping[str, Column]]
    words: frozenset[str]

    def of(self, element: str | None, name: str) -> Column | None:
        return self.by_name.get(element or "", {}).get(name)


def compile_columns(given: Contract, rules: Rules) -> Columns:
    """The columns of ``given`` and of the contracts with every quirk and with none."""
    every = contract.quirks.of_set("vendor+feed")
    states = [given, contract.load(), contract.load(every), contract.load(frozenset())]
    paths = {e.path: e.name for state in states for e in state.elements.values()}
    paths |= {e.name: e.name for state in states for e in state.elements.values()}
    found: dict[str, dict[str, Column]] = {}
    for state in reversed(states):
        for element in state.elements.values():
            found.setdefault(element.name, {}).update(_named(element, rules))
    words = frozenset([*paths, *(name for columns in found.values() for name in columns)])
    return Columns(paths, found, words)


def _named(element: Element, rules: Rules) -> Iterator[tuple[str, Column]]:
    renames = list(_renames(element.name))
    for prop in element.properties:
        column = Column(element.name, prop.vendor, rules.column(element.name, prop.vendor, prop.format))
        for name in _closure({prop.wire, prop.vendor, prop.clean}, renames):
            yield name, column


def _renames(element: str) -> Iterator[tuple[str, str]]:
    for quirk in contract.quirks.switchable().values():
        yield from quirk.schema.get("rename", {}).get(element, {}).items()


def _closure(names: set[str], renames: Iterable[tuple[str, str]]) -> list[str]:
    """The names and whatever chains of renames make of them; patches run in one order, so two rounds are enough."""
    reached = set(names)
    for _ in range(3):
        reached |= {new for old, new in renames if old in reached}
    return sorted(reached)
