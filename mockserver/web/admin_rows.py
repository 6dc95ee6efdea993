"""Rows put in, changed and removed by hand: new versions under the contract, gone with the next reset."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from flask import request

from ..contract import Element, check, wire
from ..errors import InputError, QueryError
from ..store import Entry
from ..world.model import FOREVER
from . import fields
from .errors import encode
from .state import State

CREATED, MODIFIED = "hj_create_timestamp", "hj_modify_timestamp"


def read(state: State, practice: str, element: str, number: int) -> object:
    """The row as it is now. Raises QueryError if there is none."""
    resource = _resource(state, practice, element)
    row = _row(state, practice, resource, number)
    if row is None:
        raise QueryError("error.path", f"{practice}/{element} has no row {number}")
    return {"row": row}


def put(state: State, practice: str, element: str, number: int) -> object:
    """Add the row, or change the columns given; ``hj_modify_timestamp`` becomes now.

    Columns left out keep their value; in a new row they are null. Raises InputError if the result breaks the contract.
    """
    given = fields.parse(request.get_data())
    with state.lock:
        resource, now = _resource(state, practice, element), _instant(state)
        before = _row(state, practice, resource, number)
        row = _merged(state, practice, resource, number, before, given, now)
        _refuse(resource, row, now)
        _store(state, practice, resource, number, row, now)
    return {"row": row, "created": before is None}


def remove(state: State, practice: str, element: str, number: int) -> object:
    """Delete the row the vendor's way: flagged where deleted rows are delivered (Q13), gone elsewhere."""
    with state.lock:
        resource, now = _resource(state, practice, element), _instant(state)
        row = _row(state, practice, resource, number)
        if row is None:
            raise QueryError("error.path", f"{practice}/{element} has no row {number}")
        if "delete_ind" in row and "Q13" in state.worlds.quirks:
            gone = {**row, "delete_ind": "Y", MODIFIED: _stamp(state, now)}
            _store(state, practice, resource, number, gone, now)
        else:
            state.served.overlay(practice, resource.name).remove(number, now)
    return {"removed": number}


def _instant(state: State) -> int:
    """The instant of a change by hand: now, and later than every change by hand before it.

    On a frozen clock two changes would otherwise share an instant, and a client that asks for what came after the
    first would never see the second. The clock moves on by that microsecond, so that the change is visible.
    """
    now = max(state.clock.now(), state.served.last_change + 1)
    if now > state.clock.now():
        state.clock.set(now)
    state.served.last_change = now
    return now


def _stamp(state: State, instant: int) -> str:
    return wire.timestamp(instant, fixed="Q18" not in state.worlds.quirks)


def _resource(state: State, practice: str, element: str) -> Element:
    state.practice(practice)
    paths = state.contract.paths
    found = paths.get(element) or state.contract.elements.get(element)
    if found is None:
        raise InputError(f"no element {element!r}", "path", paths, given=element)
    if found.surrogate is None:
        raise InputError("its rows follow from the logins", f"path.{element}")
    return found


def _row(state: State, practice: str, element: Element, number: int) -> dict[str, Any] | None:
    found = state.view(practice, element.name).find(number)
    if found is None:
        return None
    row: dict[str, Any] = json.loads(found)
    return row


Row = dict[str, Any]


def _merged(
    state: State, practice: str, element: Element, number: int, before: Row | None, given: Row, now: int
) -> Row:
    """The new version: what was, what is given, and what only the mock may set."""
    assert element.surrogate is not None
    own_id, code = element.surrogate.wire, element.by_clean["practice_id"].wire
    as_text = not element.surrogate.number
    stamp = _stamp(state, now)
    fixed = {own_id: str(number) if as_text else number, code: practice, MODIFIED: stamp}
    for name in (own_id, code):
        if given.get(name, fixed[name]) != fixed[name]:
            raise InputError("differs from the address of the row", f"body.{name}")
    base = before or {CREATED: stamp}
    merged = {**base, **given, **fixed}
    unknown = {name: value for name, value in merged.items() if name not in element.by_wire}
    return {p.wire: merged.get(p.wire) for p in element.properties} | unknown


def _refuse(element: Element, row: Mapping[str, Any], now: int) -> None:
    found = check.problems(element, row) or list(_impossible(row[CREATED], now))
    if found:
        raise InputError("; ".join(found[:10]) + (f"; and {len(found) - 10} more" if len(found) > 10 else ""), "body")


def _impossible(created: str, now: int) -> Iterator[str]:
    """What no pattern says about the create timestamp: the day must exist and lie before the change."""
    try:
        if wire.parse_timestamp(created) > now:
            yield f"{CREATED}: lies after the change, which is now"
    except ValueError:
        yield f"{CREATED}: no such instant"


def _store(state: State, practice: str, element: Element, number: int, row: Mapping[str, Any], now: int) -> None:
    created = wire.parse_timestamp(row[CREATED])
    entry = Entry(now, FOREVER, now, created, number, encode(row))
    state.served.overlay(practice, element.name).put(entry)
