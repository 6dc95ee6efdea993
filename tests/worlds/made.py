"""A world's histories, made once and then shown under any quirks: building by hand what foundry builds into files."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from mockserver import contract as contracts
from mockserver.contract import Contract, Element
from mockserver.contract.check import problems
from mockserver.foundry import _entries
from mockserver.quirks import ROW_QUIRKS, Context, Truth, applicable, apply, rank
from mockserver.store import Entry
from mockserver.store.entries import in_order
from mockserver.world import profiles
from mockserver.world.maker import histories
from mockserver.world.model import History
from mockserver.world.profiles import Profile

DAY = 86_400_000_000
Row = dict[str, Any]


@dataclass(frozen=True, eq=False)
class Shown:
    """A world under quirks at its now: rows by element, as served (``wire``) and keyed by clean names (``rows``)."""

    world: str
    contract: Contract
    wire: Mapping[str, Sequence[Row]]

    @property
    def quirks(self) -> frozenset[str]:
        return self.contract.quirks

    def rows(self, element: str) -> list[Row]:
        columns = self.contract.elements[element].by_wire
        return [{columns[name].clean: value for name, value in row.items()} for row in self.wire[element]]

    def column(self, element: str, clean: str) -> list[Any]:
        return [row[clean] for row in self.rows(element)]


@dataclass(frozen=True, eq=False)
class Made:
    """All rows of one practice through time, before any quirk."""

    profile: Profile
    histories: Mapping[str, Sequence[History]]
    _entries: dict[object, list[Entry]] = field(default_factory=dict)
    _amiss: dict[int, list[str]] = field(default_factory=dict)

    @property
    def world(self) -> str:
        return self.profile.maker

    def entries(self, element: Element, quirks: frozenset[str]) -> list[Entry]:
        """Every version of the element's rows. It depends on the element's columns and the quirks that concern it."""
        in_force = applicable(quirks, self.world)
        concerned = frozenset(id_ for id_ in in_force if id_ in ROW_QUIRKS and ROW_QUIRKS[id_].concerns(element.name))
        columns = tuple((p.wire, p.clean, p.format, p.types) for p in element.properties)
        key = element.name, columns, concerned
        if key not in self._entries:
            self._entries[key] = self._make(element, in_force)
        return self._entries[key]

    def amiss(self, element: Element, quirks: frozenset[str]) -> list[str]:
        """Where versions break the contract. Selections that leave an element alone share its rows and the answer."""
        entries = self.entries(element, quirks)
        if id(entries) not in self._amiss:
            rows = (json.loads(entry.row) for entry in entries)
            self._amiss[id(entries)] = [problem for row in rows for problem in problems(element, row)]
        return self._amiss[id(entries)]

    def _make(self, element: Element, in_force: frozenset[str]) -> list[Entry]:
        practice = self.profile.practices[0].code
        truth = Truth(practice)
        providers = tuple(str(h.versions[0].values["provider_id"]) for h in self.histories["provider"])
        context = Context(self.profile.seed, practice, self.world, truth, providers)
        bent = list(apply(self.histories.get(element.name, ()), in_force, context))
        ranked = bent if "Q16" in in_force else rank(bent, truth)
        return list(_entries(element, ranked, in_force, practice))

    def show(self, quirks: frozenset[str], *elements: str) -> Shown:
        """The rows at the world's now, in serving order; all elements unless some are named."""
        contract = contracts.load(quirks)
        names = elements or tuple(name for name in contract.elements if name != "client_ids")
        chosen = [contract.elements[name] for name in names if name in contract.elements]
        return Shown(self.world, contract, {e.name: list(self._visible(e, quirks)) for e in chosen})

    def _visible(self, element: Element, quirks: frozenset[str]) -> Iterator[Row]:
        now = self.profile.now
        there = [entry for entry in self.entries(element, quirks) if entry.start <= now < entry.end]
        order = in_order(there, "newest" if "Q19" in quirks else "surrogate")
        return (json.loads(entry.row) for entry in order)


@cache
def sandbox() -> Made:
    return make(profiles.load("sandbox"))


@cache
def clinic(patients: int = 4) -> Made:
    return make(profiles.load("clinic").with_(patients=patients))


def make(profile: Profile) -> Made:
    """The histories of a profile's first practice."""
    groups: dict[str, list[History]] = defaultdict(list)
    for history in histories(profile, profile.practices[0], lambda message: None):
        groups[history.element].append(history)
    return Made(profile, groups)
