"""The difference between the contract under two sets of quirks, as a document."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from .load import Contract, load
from .model import Element, Property
from .quirks import describe, switchable


@dataclass(frozen=True, slots=True)
class Difference:
    """One column, path or element that differs. ``quirks`` are the ids whose switch alone makes a difference here."""

    element: str
    what: str
    here: str
    there: str
    quirks: tuple[str, ...]


def differences(here: Contract, there: Contract) -> list[Difference]:
    """What a reader of ``here`` finds otherwise in ``there``, by element and column."""
    names = dict.fromkeys([*here.elements, *there.elements])
    return [d for name in names for d in _element(name, here.elements.get(name), there.elements.get(name), here, there)]


def _element(
    name: str, here: Element | None, there: Element | None, one: Contract, other: Contract
) -> Iterator[Difference]:
    if here is None or there is None:
        yield Difference(name, "element", _path(here), _path(there), _causes(name, None, one, other))
        return
    if here.path != there.path:
        yield Difference(name, "path", here.path, there.path, _causes(name, None, one, other))
    mine, theirs = ({p.vendor: p for p in e.properties} for e in (here, there))
    for vendor in dict.fromkeys([*mine, *theirs]):
        left, right = _shown(mine.get(vendor)), _shown(theirs.get(vendor))
        if left != right:
            yield Difference(name, "column", left, right, _causes(name, vendor, one, other))


def _path(element: Element | None) -> str:
    return "absent" if element is None else element.path


def _shown(prop: Property | None) -> str:
    return "absent" if prop is None else f"{prop.wire}: {' or '.join(prop.types)}, {prop.format}"


def _causes(name: str, vendor: str | None, one: Contract, other: Contract) -> tuple[str, ...]:
    """The quirks between the two sets that, switched on their own, change this place."""
    toggled = sorted(one.quirks ^ other.quirks, key=lambda id_: switchable()[id_].order)
    before = _place(one, name, vendor)
    return tuple(id_ for id_ in toggled if _place(load(one.quirks ^ {id_}), name, vendor) != before)


def _place(contract: Contract, name: str, vendor: str | None) -> str:
    element = contract.elements.get(name)
    if element is None or vendor is None:
        return _path(element)
    return _shown(next((p for p in element.properties if p.vendor == vendor), None))


def as_markdown(here: Contract, there: Contract) -> str:
    """The differences as a page: one table for each element, paths first."""
    found = differences(here, there)
    sets = [f"`{describe(c.quirks)}`" for c in (here, there)]
    title = f"# The contract with quirks {sets[0]} and with {sets[1]}\n"
    count = f"{len(found)} places differ. Columns that are not listed are the same in both.\n"
    parts = [title, count]
    for name in dict.fromkeys(d.element for d in found):
        parts += [f"## {name}\n", f"| what | {sets[0]} | {sets[1]} | quirks |", "| --- | --- | --- | --- |"]
        parts += [f"| {d.what} | {d.here} | {d.there} | {' '.join(d.quirks)} |" for d in found if d.element == name]
        parts.append("")
    return "\n".join([*parts, *_rows_and_behaviour(here, there, sets)])


def _rows_and_behaviour(here: Contract, there: Contract, sets: list[str]) -> Iterator[str]:
    """The quirks between the two that bend rows, behaviour or the token rather than the schema."""
    toggled = [q for q in switchable().values() if q.id in here.quirks ^ there.quirks and not q.schema]
    if not toggled:
        return
    yield f"## Rows, behaviour and token\n\n| quirk | {sets[0]} | {sets[1]} |\n| --- | --- | --- |"
    for quirk in sorted(toggled, key=lambda q: q.id):
        on, off = (quirk.claim, quirk.off) if quirk.id in here.quirks else (quirk.off, quirk.claim)
        yield f"| {quirk.id} {quirk.title} | {on} | {off} |"
    yield ""
