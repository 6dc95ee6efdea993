"""Admin answers that are facts: faults, worlds, the journal, what a run relied on, the truth."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from flask import request

from .. import contract
from ..contract import Quirk, quirks
from ..contract.model import Behaviour, Grade
from ..errors import InputError
from ..faults import LONGEST_DELAY, STATUSES, Fault
from ..world.clock import format_instant
from ..worlds import World
from . import fields
from .state import State

FAULT_FIELDS = {
    "times": fields.number(1, 1_000_000),
    "status": fields.one_of([0, *STATUSES]),
    "delay_ms": fields.number(0, LONGEST_DELAY),
    "cut": fields.number(0, 1_000_000_000),
    "path": fields.text(),
    "practice": fields.text(),
    "body": fields.text(),
    "retry_after": fields.number(0, 86_400),
}


def faults(state: State) -> object:
    return {"armed": state.faults.list()}


def arm(state: State) -> object:
    """Make the next ``times`` matching requests fail. Without a status, one that only waits or cuts goes through."""
    given = fields.read(request.get_data(), FAULT_FIELDS)
    if "status" not in given and ("delay_ms" in given or "cut" in given):
        given["status"] = 0
    state.faults.arm(Fault(**given))
    return faults(state)


def disarm(state: State) -> object:
    state.faults.clear()
    return faults(state)


def worlds(state: State) -> object:
    """The worlds served: practices, rows at the world's now, hashes."""
    return {"worlds": [_world(world) for world in state.worlds.worlds]}


def _world(world: World) -> dict[str, Any]:
    return {**world.manifest, "now": format_instant(world.now), "end": format_instant(world.end)}


def journal(state: State) -> object:
    """The newest requests first, filtered by path, status and client."""
    asked = _query({"path", "status", "client", "limit"})
    status = _number(asked, "status", 100, 599) if "status" in asked else None
    limit = _number(asked, "limit", 1, 100_000) if "limit" in asked else 100
    entries = state.journal.find(asked.get("path", ""), status, asked.get("client", ""), limit)
    for entry in entries:
        entry["at"] = format_instant(entry["at"])
    return {"total": state.journal.total, "entries": entries}


def clear_journal(state: State) -> object:
    state.journal.clear()
    return {"total": 0, "entries": []}


def _query(allowed: set[str]) -> Mapping[str, str]:
    for name in request.args:
        if name not in allowed:
            raise InputError("no such parameter", f"query.{name}", sorted(allowed), given=name)
    return request.args


def _number(asked: Mapping[str, str], name: str, low: int, high: int) -> int:
    text = asked[name]
    if not (text.isascii() and text.isdigit() and len(text) < 10 and low <= int(text) <= high):
        raise InputError("is not a whole number in range", f"query.{name}", [f"{low} to {high}"])
    return int(text)


def assumptions(state: State) -> object:
    """Per client, what it relied on that is not proven: behaviours by grade, and the elements' weakest columns."""
    asked = _query({"client"})
    clients = [
        _relied(state, name, facts["behaviours"], facts["elements"])
        for name, facts in sorted(state.journal.leaned().items())
        if asked.get("client", "") in name
    ]
    return {"clients": clients}


def _relied(state: State, name: str, used: Counter[str], elements: Counter[str]) -> dict[str, Any]:
    known = state.contract.behaviours
    graded = sorted(used.items(), key=lambda item: (known[item[0]].evidence.grade, item[0]))
    inferred = [i for i, _ in graded if known[i].evidence.grade is Grade.inferred]
    return {
        "client": name,
        "summary": f"this run relied on {len(inferred)} inferred behaviours",
        "behaviours": [_leaned(known[i], count) for i, count in graded],
        "elements": [_read(state, e, count) for e, count in sorted(elements.items())],
    }


def _leaned(behaviour: Behaviour, count: int) -> dict[str, Any]:
    grade = str(behaviour.evidence.grade)
    facts = {"id": behaviour.id, "grade": grade, "requests": count, "claim": behaviour.claim}
    return {**facts, "setting": behaviour.setting, "open_question": behaviour.open_question}


def _read(state: State, name: str, count: int) -> dict[str, Any]:
    element = state.contract.elements.get(name)
    grades = Counter(str(p.evidence.grade) for p in element.properties) if element else Counter[str]()
    columns = {str(g): grades[str(g)] for g in sorted(Grade, reverse=True)}
    return {"element": name, "requests": count, "columns": columns}


def truth(state: State) -> object:
    """The answer key: per practice and element, how columns differ from the clean twin, and which cells do."""
    asked = _query({"practice", "element", "quirk", "limit", "offset"})
    limit = _number(asked, "limit", 1, 100_000) if "limit" in asked else 1000
    offset = _number(asked, "offset", 0, 99_999_999) if "offset" in asked else 0
    element = _known_element(state, asked["element"]) if "element" in asked else ""
    notes = list(_notes(state, asked, element))
    columns = list(_columns(state, element))
    return {"total": len(notes), "offset": offset, "columns": columns, "notes": notes[offset : offset + limit]}


def _known_element(state: State, name: str) -> str:
    """The element of a name or path. Raises InputError."""
    found = state.contract.paths.get(name) or state.contract.elements.get(name)
    if found is None:
        raise InputError("no such element", "query.element", state.contract.paths, given=name)
    return found.name


def _notes(state: State, asked: Mapping[str, str], element: str) -> Iterator[dict[str, Any]]:
    practices = state.worlds.practices
    for name, known in (("practice", practices), ("quirk", quirks.catalogue())):
        if asked.get(name, "") not in ("", *known):
            raise InputError(f"no such {name}", f"query.{name}", known, given=asked[name])
    chosen = [asked["practice"]] if "practice" in asked else sorted(practices)
    for code in chosen:
        for note in state.practice(code).truth():
            if element in ("", note["element"]) and asked.get("quirk", note["quirk"]) == note["quirk"]:
                yield {"practice": code, **note}


def _columns(state: State, only: str) -> Iterator[dict[str, str | None]]:
    """Columns that the clean twin names otherwise, or does not have at all."""
    twin = contract.load(frozenset())
    for element in state.contract.elements.values():
        kept = {p.clean for p in twin.elements[element.name].properties}
        for prop in element.properties:
            clean = prop.clean if prop.clean in kept else None
            if prop.wire != clean and only in ("", element.name):
                yield {"element": element.name, "column": prop.wire, "clean_column": clean}


def quirk(one: Quirk, in_force: bool) -> dict[str, Any]:
    """A quirk as the admin API shows it."""
    return {
        "id": one.id,
        "title": one.title,
        "claim": one.claim,
        "off": one.off,
        "layer": one.layer,
        "set": one.set,
        "grade": str(one.evidence.grade),
        "sources": list(one.evidence.sources),
        "elements": sorted(one.elements),
        "in_force": in_force,
        "switchable": one.id in quirks.switchable(),
        "no_switch": one.no_switch,
    }
