"""Places that are one fault, put together: a missing description in 900 columns is one sentence, not 900.

Two places are alike if their details are, numbers and their own names aside. What is left alone after that is put with
others of the same field. Every place is in exactly one group, and the order in which places come changes nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from .outcome import Place

NUMBER = re.compile(r"\b\d+(?:\.\d+)*\b")
COUNTED = re.compile(r"(# \w+?)s\b")
SHORTEST = 3  # letters of a name that is looked for in a detail; shorter ones are parts of other words


@dataclass(frozen=True)
class Group:
    """Places that are one fault, in order; at least one. ``alike`` if all of them have the same detail."""

    places: tuple[Place, ...]

    @property
    def detail(self) -> str:
        """The detail of all of them, or of the first where they differ."""
        return self.places[0].detail

    @property
    def alike(self) -> bool:
        return len({place.detail for place in self.places}) == 1

    @cached_property
    def resources(self) -> tuple[str, ...]:
        return tuple(sorted({place.resource for place in self.places}))

    @cached_property
    def columns(self) -> tuple[tuple[str, str], ...]:
        """Resource and field of each place, each once; the field of a place that is a whole resource is empty."""
        return tuple(sorted({(place.resource, place.field) for place in self.places}))

    @cached_property
    def fields(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """Each field with the resources it is in, those in most resources first."""
        found: dict[str, list[str]] = {}
        for resource, field in self.columns:
            found.setdefault(field, []).append(resource)
        ordered = sorted(found.items(), key=lambda item: (-len(item[1]), item[1], item[0]))
        return tuple((field, tuple(names)) for field, names in ordered)


def groups(places: Iterable[Place]) -> tuple[Group, ...]:
    """Every place in one group; the largest groups first, then by their first place."""
    alike, alone = _parted(places, _shape)
    same, single = _parted(alone, lambda place: place.field)
    made = [*alike, *same, *((place,) for place in single)]
    return tuple(Group(found) for found in sorted(made, key=lambda found: (-len(_spots(found)), found)))


def _parted(places: Iterable[Place], key: Callable[[Place], str]) -> tuple[list[tuple[Place, ...]], Iterator[Place]]:
    """Those that have a key in common with another spot, by key, and those that do not."""
    found: dict[str, list[Place]] = {}
    for place in sorted(places):
        found.setdefault(key(place), []).append(place)
    shared = [tuple(some) for some in found.values() if len(_spots(some)) > 1]
    return shared, (place for some in found.values() if len(_spots(some)) == 1 for place in some)


def _spots(places: Iterable[Place]) -> set[tuple[str, str]]:
    return {(place.resource, place.field) for place in places}


def _shape(place: Place) -> str:
    """The detail without its numbers and the place's own names: neither makes it another fault."""
    text = place.detail
    for name in (place.field, place.resource):
        if len(name) >= SHORTEST:
            text = text.replace(name, "*")
    return COUNTED.sub(r"\1", NUMBER.sub("#", text))
