"""Sentences about what could not be read: one for each reason, naming everything it concerns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from ..phrases import listed_words
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
    return _joined(_named(hit, listings))


def _named(hit: set[tuple[str, str]], listings: Sequence[Listing]) -> Iterator[str]:
    """Names that cover what was hit, the widest first."""
    whole: dict[str, list[str]] = {}
    for f in listings:
        whole.setdefault(f.practice, []).append(f.resource)
    practices = {p for p, mine in whole.items() if len(mine) > 1 and all((r, p) in hit for r in mine)}
    yield from (f"every resource of {practice}" for practice in sorted(practices))
    left = [f for f in listings if (f.resource, f.practice) in hit and f.practice not in practices]
    for name in dict.fromkeys(f.resource for f in left):
        mine = [f.practice for f in listings if f.resource == name]
        found = [f.practice for f in left if f.resource == name]
        yield name if found == mine else f"{name} of {_joined(found)}"


def _joined(names: Iterable[str]) -> str:
    """All of them: who runs the check has to know each."""
    every = list(names)
    return listed_words(every, most=len(every))
