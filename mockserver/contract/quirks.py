"""The catalogue of quirks, and selections of them such as ``vendor+feed`` or ``vendor,-Q14``."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from ..errors import InputError
from .model import Quirk
from .source import document, evidence

SETS = ("none", "vendor", "vendor+feed")


@cache
def catalogue() -> Mapping[str, Quirk]:
    """All quirks by id, in the order of the file."""
    return {id_: _quirk(id_, raw) for id_, raw in document("quirks.yaml").items()}


def _quirk(id_: str, raw: Mapping[str, Any]) -> Quirk:
    return Quirk(
        id=id_,
        title=raw["title"],
        claim=raw["claim"],
        evidence=evidence(raw["x-evidence"]),
        layer=raw["layer"],
        set=raw["set"],
        off=raw["off"],
        order=raw["order"],
        elements={name: evidence(e) for name, e in raw["elements"].items()},
        schema=raw.get("schema", {}),
        requires=tuple(raw.get("requires", ())),
        conflicts=tuple(raw.get("conflicts", ())),
        worlds=tuple(raw.get("worlds", ())),
        no_switch=raw.get("no_switch"),
    )


@cache
def switchable() -> Mapping[str, Quirk]:
    """The quirks that can be in force, in the order they apply."""
    quirks = [q for q in catalogue().values() if q.set != "none"]
    return {q.id: q for q in sorted(quirks, key=lambda q: q.order)}


def of_set(name: str) -> frozenset[str]:
    """The ids of ``none``, ``vendor`` or ``vendor+feed``."""
    wanted = set() if name == "none" else set(name.split("+"))
    return frozenset(q.id for q in switchable().values() if q.set in wanted)


VENDOR = of_set("vendor")


def parse_selection(text: str, where: str = "quirks") -> frozenset[str]:
    """The ids a selection names, from left to right: sets and ids add, ``-id`` takes away.

    Raises InputError for an unknown id, one without a switch, or a set that cannot stand together.
    """
    chosen: frozenset[str] = frozenset()
    parts = [part.strip() for part in text.split(",") if part.strip()]
    if not parts:
        raise InputError("no quirk selection given", where, [*SETS, *switchable()])
    if parts[0].startswith("-"):
        chosen = VENDOR
    for part in parts:
        chosen = _step(chosen, part, where)
    _check(chosen, where)
    return chosen


def _step(chosen: frozenset[str], part: str, where: str) -> frozenset[str]:
    if part in SETS:
        return chosen | of_set(part)
    if part.startswith("-"):
        return chosen - {_known(part[1:], where)}
    return chosen | {_known(part, where)}


def _known(id_: str, where: str) -> str:
    if id_ in switchable():
        return id_
    if id_ in catalogue():
        raise InputError(f"{id_} has no switch: {catalogue()[id_].no_switch}", where)
    raise InputError(f"{id_!r} is no quirk", where, [*SETS, *switchable()], given=id_)


def _check(chosen: frozenset[str], where: str) -> None:
    for id_ in sorted(chosen):
        quirk = switchable()[id_]
        missing = [need for need in quirk.requires if need not in chosen]
        if missing:
            raise InputError(f"{id_} needs {', '.join(missing)} to be in force as well", where)
        clash = [other for other in quirk.conflicts if other in chosen]
        if clash:
            raise InputError(f"{id_} and {', '.join(clash)} exclude each other", where)


def describe(chosen: frozenset[str]) -> str:
    """The shortest selection that parses to these ids: a set where one fits, else a sorted list."""
    for name in SETS:
        if chosen == of_set(name):
            return name
    lacking = sorted(VENDOR - chosen)
    extra = sorted(chosen - VENDOR)
    if len(lacking) + len(extra) < len(chosen):
        return ",".join(["vendor", *extra, *(f"-{id_}" for id_ in lacking)])
    return ",".join(sorted(chosen))
