"""How much of US Core 6.1.0 the columns of an API cover, computed from the mapping.

Columns are given by element, in the mapping's names (``names.of_contract().read``). Elements that are not counted take
no part, so a clean twin with an element of its own covers as much as the vendor does.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from .model import FILLED, PLANNED, Crosswalk, Outcome, Profile, ResourceMap, Target

Columns = Mapping[str, frozenset[str]]


@dataclass(frozen=True)
class ProfileCoverage:
    """What comes of each counted element of one profile; the best of all rows that give it."""

    profile: Profile
    elements: Mapping[str, Outcome]

    @property
    def counts(self) -> dict[Outcome, int]:
        """Number of elements by outcome, best outcome first."""
        counted = Counter(self.elements.values())
        return {outcome: counted[outcome] for outcome in PLANNED}

    @property
    def filled(self) -> int:
        """Elements filled exactly or by a stated rule."""
        return sum(outcome in FILLED for outcome in self.elements.values())


@dataclass(frozen=True)
class UsCoreCoverage:
    """``profiles`` are those that rows are meant for, ``without`` the ids of profiles no row gives."""

    profiles: tuple[ProfileCoverage, ...]
    without: tuple[str, ...]

    @property
    def filled(self) -> int:
        return sum(profile.filled for profile in self.profiles)

    @property
    def total(self) -> int:
        return sum(len(profile.elements) for profile in self.profiles)

    @property
    def percent(self) -> float:
        """Share of elements filled exactly or by a stated rule, of the profiles that rows are meant for."""
        return 100 * self.filled / self.total if self.total else 0.0

    @property
    def counts(self) -> dict[Outcome, int]:
        """Number of elements by outcome over all profiles."""
        return {outcome: sum(profile.counts[outcome] for profile in self.profiles) for outcome in PLANNED}


def us_core(crosswalk: Crosswalk, columns: Columns) -> UsCoreCoverage:
    """Coverage of every profile the mapping names, whether these columns fill any of it or not."""
    targets = _targets(crosswalk)
    profiles = (_profile(crosswalk.profiles[id_], targets[id_], columns) for id_ in sorted(targets))
    return UsCoreCoverage(tuple(profiles), tuple(sorted(set(crosswalk.profiles) - set(targets))))


def _targets(crosswalk: Crosswalk) -> dict[str, list[tuple[str, Target]]]:
    found: dict[str, list[tuple[str, Target]]] = {}
    for element in crosswalk.elements.values():
        if not element.not_counted:
            for resource in element.resources:
                given = ((element.name, target) for target in resource.targets)
                found.setdefault(resource.profile, []).extend(given)
    found.pop("", None)
    return found


def _profile(profile: Profile, targets: Iterable[tuple[str, Target]], columns: Columns) -> ProfileCoverage:
    given = [(target, outcome(target, columns.get(element, frozenset()))) for element, target in targets]
    return ProfileCoverage(profile, {path: _best(path, given) for path in profile.elements})


def of_resource(profile: Profile, resource: ResourceMap, columns: frozenset[str]) -> ProfileCoverage:
    """What one kind of row gives to its profile where only these columns of its element exist."""
    given = [(target, outcome(target, columns)) for target in resource.targets]
    return ProfileCoverage(profile, {path: _best(path, given) for path in profile.elements})


def _best(path: str, given: Iterable[tuple[Target, Outcome]]) -> Outcome:
    found = (result for target, result in given if target.fills(path))
    return min(found, key=PLANNED.index, default=Outcome.absent)


def outcome(target: Target, columns: frozenset[str]) -> Outcome:
    """What comes of a target where only these columns of its element exist; without any there are no rows at all."""
    if not columns or target.outcome is Outcome.absent:
        return Outcome.absent
    if not target.columns or target.columns[0] in columns:
        return target.outcome
    spare = any(column in columns for column in target.columns[1:])
    if target.fallback is Outcome.assumed or (target.fallback and spare):
        return target.fallback
    return Outcome.absent
