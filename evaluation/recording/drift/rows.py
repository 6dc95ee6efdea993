"""The rows of a page against the columns of the contract: keys, their order, types, formats and null habits."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from mockserver.contract import Contract, Element, Property
from mockserver.contract.check import value_problems

from . import words
from .calls import Call, Row
from .facts import Place, Verdict

NOTATIONS = {
    "compact-date": "format.date",
    "compact-time": "format.time",
    "clock-time": "format.time.colons",
    "hj-timestamp": "format.timestamp",
    "hj-timestamp-fixed": "format.timestamp",
}
"""Formats that the contract states once for all columns."""


def other(element: Element) -> str:
    """The end of a behaviour id: appointment is known better than the rest."""
    return "" if element.name == "appointment" else ".other"


def keys(call: Call, contract: Contract) -> Iterator[Verdict]:
    """Columns that are missing, renamed or new, and the order of those that are known."""
    element = call.element
    if element is None or not call.rows:
        return
    renamed = {p: u for row in call.rows for p, u in _renamed(element, row).items()}
    missing = {p for row in call.rows for p in element.by_wire if p not in row}
    for prop in element.by_wire:
        said = f"called {words.key(renamed[prop])}" if prop in renamed else "missing" if prop in missing else ""
        yield Verdict(f"{element.name}.{prop}", "row keys", call.place(prop), said, "present")
    added = {u for row in call.rows for u in row if u not in element.by_wire} - set(renamed.values())
    for key in sorted(added):
        place = call.place(words.key(key))
        yield Verdict(_about_new(element, key, contract), "row keys", place, "a column more", "no such column")
    if not missing and not added and (id_ := _columns(element, contract)):
        yield Verdict(id_, "row keys", call.place(), "", "the columns of the contract")
    known = [[key for key in row if key in element.by_wire] for row in call.rows]
    moved = any(row != [key for key in element.by_wire if key in set(row)] for row in known)
    said = "another order" if moved else ""
    yield Verdict(f"row.key-order{other(element)}", "row order", call.place(), said, "the order of the contract")


def _renamed(element: Element, row: Row) -> Mapping[str, str]:
    """Missing columns in whose place, after the same neighbour, the row has an unknown one."""
    before = dict(zip(element.by_wire, [None, *element.by_wire], strict=False))
    here = {None if i == 0 else list(row)[i - 1]: key for i, key in enumerate(row)}
    pairs = ((prop, here.get(before[prop])) for prop in element.by_wire if prop not in row)
    return {prop: key for prop, key in pairs if key is not None and key not in element.by_wire}


def _columns(element: Element, contract: Contract) -> str:
    """The behaviour that states the columns of elements no answer shows; empty for the others."""
    claim = contract.behaviours["row.columns.inferred"].claim.partition(" have ")[0]
    return "row.columns.inferred" if element.name in re.findall(r"[a-z_]+", claim) else ""


def _about_new(element: Element, key: str, contract: Contract) -> str:
    if key == "delete_ind":
        return "row.delete-ind.other"
    return _columns(element, contract) or f"{element.name}.{words.key(key)}"


def values(call: Call) -> Iterator[Verdict]:
    """Every column by itself: its type, its notation, null and empty text where they may stand."""
    element = call.element
    if element is None:
        return
    for prop in element.properties:
        seen = [row[prop.wire] for row in call.rows if prop.wire in row]
        yield from _column(element, prop, seen, call.place(prop.wire))
    if call.rows:
        empty = [key for row in call.rows for key, value in row.items() if value == "" and not _may(element, key, row)]
        said = f"empty text in {words.listed(map(words.key, empty))}" if empty else ""
        wanted = "only the provider's, id and name together" if not other(element) else "null, never empty text"
        place = call.place(words.key(empty[0]) if empty else "")
        yield Verdict(f"row.null-habit{other(element)}", "null habits", place, said, wanted)


def _column(element: Element, prop: Property, seen: Sequence[object], place: Place) -> Iterator[Verdict]:
    id_ = f"{element.name}.{prop.wire}"
    if seen and not prop.nullable:
        yield Verdict(id_, "null habits", place, "null" if None in seen else "", "never null")
    filled = [value for value in seen if value is not None and value != ""]
    kinds = {words.kind(value) for value in filled} - _kinds(prop)
    if kinds:
        yield Verdict(id_, "types", place, " or ".join(sorted(kinds)), " or ".join(prop.types))
        return
    if filled:
        yield Verdict(id_, "types", place, "", " or ".join(prop.types))
        wrong = [value for value in filled if value_problems(prop, value)]
        said = f"not {prop.format} in {len(wrong)} of {len(filled)} rows" if wrong else ""
        yield Verdict(NOTATIONS.get(prop.format, id_), "formats", place, said, prop.format)


def _kinds(prop: Property) -> set[str]:
    """A column of numbers may hold whole ones."""
    return {*prop.types, "integer"} if "number" in prop.types else set(prop.types)


def _may(element: Element, key: str, row: Row) -> bool:
    """Whether empty text is the contract's own way here: a notation that names it, or a provider that there is not."""
    prop = element.by_wire.get(key)
    if prop is None:
        return True
    named = prop.format != "text" and not value_problems(prop, "")
    return named or (prop.vendor == "provider_clinician_name" and row.get("provider_id") == "")
