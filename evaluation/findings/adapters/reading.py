"""Sentences about what could not be read: one for each reason, naming everything it concerns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from .walk import Listing


def sentences(listings: Sequence[Listing]) -> tuple[str, ...]:
    """In order of appearance, for example ``payer_dim and vitals of SBOX02: answered 500``."""
    reasons = dict.fromkeys(found.problem for found in listings if found.problem)
    return tuple(f"{_places(reason, listings)}: {reason}" for reason in reasons)


def _places(reason: str, listings: Sequence[Listing]) -> str:
    """What a reason concerns: everything, whole practices, whole resources, and single listings."""
    hit = {(found.resource, found.practice) for found in listings if found.problem == reason}
    if len(hit) == len(listings):
        return "every resource"
    return _joined(list(_named(hit, listings)))


def _named(hit: set[tuple[str, str]], listings: Sequence[Listing]) -> Iterator[str]:
    """Names that cover what was hit, the widest first."""
    whole = [(f.practice, [g for g in listings if g.practice == f.practice]) for f in listings]
    practices = {p for p, mine in whole if len(mine) > 1 and all((g.resource, p) in hit for g in mine)}
    yield from (f"every resource of {practice}" for practice in sorted(practices))
    left = [f for f in listings if (f.resource, f.practice) in hit and f.practice not in practices]
    for name in dict.fromkeys(f.resource for f in left):
        mine = [f.practice for f in listings if f.resource == name]
        found = [f.practice for f in left if f.resource == name]
        yield name if found == mine else f"{name} of {_joined(found)}"


def _joined(names: Sequence[str]) -> str:
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)
