"""The types of the mapping: targets, resources, elements, profiles and code systems."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

SLICE = re.compile(r":[^.]+")


class Outcome(StrEnum):
    """What comes of a target element, best first; ``unmapped`` and ``conflict`` are for columns and for rows.

    ``exact``: carried over, code system known. ``derived``: computed by a stated rule. ``text``: as words without a
    code. ``assumed``: put in although no column says so. ``absent``: left empty. ``unmapped``: the column has no home.
    ``conflict``: two columns disagree, or a value does not parse.
    """

    exact = "exact"
    derived = "derived"
    text = "text"
    assumed = "assumed"
    absent = "absent"
    unmapped = "unmapped"
    conflict = "conflict"


PLANNED = (Outcome.exact, Outcome.derived, Outcome.text, Outcome.assumed, Outcome.absent)
FILLED = frozenset({Outcome.exact, Outcome.derived})


@dataclass(frozen=True)
class Target:
    """One element of a FHIR resource. ``columns`` are the vendor's; the first is needed unless there is a fallback."""

    path: str
    outcome: Outcome
    columns: tuple[str, ...] = ()
    fallback: Outcome | None = None
    type: str = ""
    value: str = ""
    systems: tuple[str, ...] = ()
    rule: str = ""
    assumption: str = ""
    note: str = ""

    @cached_property
    def plain(self) -> str:
        """The path without names of slices."""
        return SLICE.sub("", self.path)

    def fills(self, path: str) -> bool:
        """Whether it gives a value, or a part of one, to this element of a profile."""
        return path in (self.path, self.plain) or self.path.startswith((f"{path}.", f"{path}:")) or self._within(path)

    def _within(self, path: str) -> bool:
        return self.plain.startswith(f"{path}.")


@dataclass(frozen=True)
class ResourceMap:
    """A resource that rows give. ``when`` says in words which rows do, empty for all. ``profile`` is empty for none."""

    name: str
    profile: str
    when: str
    note: str
    targets: tuple[Target, ...]

    @property
    def type(self) -> str:
        return self.name.partition(":")[0]


@dataclass(frozen=True)
class ElementMap:
    """An element of the vendor. ``unmapped`` holds the columns without a home and why.

    ``not_counted`` says why it is no part of any coverage, and is empty for what the vendor has.
    """

    name: str
    resources: tuple[ResourceMap, ...]
    unmapped: Mapping[str, str]
    not_counted: str = ""

    @cached_property
    def used(self) -> frozenset[str]:
        return frozenset(c for resource in self.resources for target in resource.targets for c in target.columns)

    @property
    def columns(self) -> frozenset[str]:
        """All columns it speaks of."""
        return self.used | frozenset(self.unmapped)


@dataclass(frozen=True)
class Profile:
    """A profile of US Core. ``elements`` says of each counted path: ``required``, ``must-support`` or ``uscdi``."""

    id: str
    type: str
    url: str
    title: str
    elements: Mapping[str, str]


@dataclass(frozen=True)
class System:
    """A code system. ``codes`` says where its codes come from: source, kit or reader."""

    id: str
    uri: str
    owner: str
    licence: str
    codes: str
    note: str = ""


@dataclass(frozen=True, eq=False)
class Crosswalk:
    """The whole mapping of one vendor. ``enough`` is the share of elements in percent below which HJ-041 fails."""

    vendor: str
    target: str
    elements: Mapping[str, ElementMap]
    profiles: Mapping[str, Profile]
    systems: Mapping[str, System]
    rules: Mapping[str, str]
    assumptions: Mapping[str, str]
    enough: float
