"""Puts the verdicts on several views side by side: what differs, what holds, what was never seen."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from mockserver.contract import Contract, Grade

from .facts import AS_STATED, FACETS, NOT_COMPARABLE, NOT_SEEN, Difference, Verdict, View
from .words import listed

CONTRACT = "contract"
MOST = 3  # different things that one view may say about one fact


@dataclass(frozen=True)
class Fact:
    """What the contract says of a behaviour or a property, and how well it is known."""

    title: str
    grade: Grade


def fact(id_: str, contract: Contract) -> Fact:
    """The fact of an id. A column the contract has not is as well known as the list it is not on."""
    if id_ in contract.behaviours:
        behaviour = contract.behaviours[id_]
        return Fact(behaviour.title, behaviour.evidence.grade)
    name, _, column = id_.partition(".")
    element = contract.elements[name]
    prop = element.by_wire.get(column)
    if prop is None:
        return Fact(f"Columns of {name}", element.evidence.grade)
    return Fact(f"{column} of {name}", prop.evidence.grade)


def differences(views: Sequence[View], judged: Mapping[str, Sequence[Verdict]], contract: Contract) -> list[Difference]:
    """One difference for each fact and facet that does not hold in some view, in the order of the facets."""
    broken = {(v.facet, v.id) for found in judged.values() for v in found if not v.held}
    ordered = sorted(broken, key=lambda pair: (FACETS.index(pair[0]), pair[1]))
    return [_difference(facet, id_, views, judged, contract) for facet, id_ in ordered]


def _difference(
    facet: str, id_: str, views: Sequence[View], judged: Mapping[str, Sequence[Verdict]], contract: Contract
) -> Difference:
    of = {name: [v for v in found if (v.facet, v.id) == (facet, id_)] for name, found in judged.items()}
    wrong = [v for found in of.values() for v in found if not v.held]
    says = {CONTRACT: wrong[0].wanted, **{view.name: _said(view, facet, of[view.name]) for view in views}}
    known = fact(id_, contract)
    places = tuple(sorted({v.place for v in wrong}))
    return Difference(id_, facet, known.title, str(known.grade), says, places)


def _said(view: View, facet: str, found: Sequence[Verdict]) -> str:
    if facet not in view.facets:
        return NOT_COMPARABLE
    told = list(dict.fromkeys(v.said for v in found if not v.held))
    if not told:
        return AS_STATED if found else NOT_SEEN
    more = f" and {len(told) - MOST} more" if len(told) > MOST else ""
    return listed(told[:MOST]) + more


def held(found: Iterable[Verdict]) -> tuple[str, ...]:
    """Ids that were seen and of which nothing was seen otherwise. A column is seen where it has a value."""
    verdicts = list(found)
    broken = {v.id for v in verdicts if not v.held}
    empty = ("row keys", "null habits")
    return tuple(sorted({v.id for v in verdicts if v.held and not (v.place.column and v.facet in empty)} - broken))
