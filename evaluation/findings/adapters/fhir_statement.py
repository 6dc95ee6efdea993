"""A CapabilityStatement: which resources a FHIR server delivers, and what it promises about their changes.

Facts: https://hl7.org/fhir/R4/capabilitystatement.html and https://hl7.org/fhir/R4/http.html.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from mockserver.errors import InputError

from .fhir_definitions import TYPE, VERSIONS
from .shape import members, text

READS: Final = frozenset({"read", "vread", "search-type", "history-instance", "history-type"})
LISTS: Final = "search-type"
VALID: Final = ("4.0.1 (R4)", "4.3.0 (R4B)")
CURSOR: Final = "_lastUpdated"
_VERSIONED = ("versioned", "versioned-update")
_NUMBER = re.compile(r"\d{1,2}\.\d{1,2}\.\d{1,2}(-[a-z0-9]{1,20})?")


@dataclass(frozen=True)
class Served:
    """A type of resource that can be read. ``profiles`` are those it says all of them follow, then supported ones.

    ``cursor``: the time of change is kept or can be searched by. ``deletions``: a listing of its history tells them.
    ``listed``: it can be searched; None where the statement names no interaction.
    """

    type: str
    profiles: tuple[str, ...]
    cursor: bool
    deletions: bool
    listed: bool | None = None


def version(statement: Mapping[str, Any], where: str) -> str:
    """The FHIR version. Raises InputError for one that is not read, and for a statement that names none."""
    found = text(statement.get("fhirVersion"))
    if VERSIONS.fullmatch(found):
        return found
    said = f"is of FHIR {found}, which is not read" if _NUMBER.fullmatch(found) else "names no FHIR version"
    raise InputError(said, where, VALID)


def serves(statement: Mapping[str, Any]) -> bool:
    """Whether it describes a server."""
    return bool(_rest(statement))


def served(statement: Mapping[str, Any]) -> tuple[Served, ...]:
    """The types a client can read or search, in the order of the statement.

    A type without any interaction counts as readable: naming them is not demanded of a server.
    """
    found: dict[str, Served] = {}
    for rest in _rest(statement):
        for made in _of_rest(rest):
            found.setdefault(made.type, made)
    return tuple(found.values())


def _rest(statement: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    return [rest for rest in members(statement.get("rest")) if rest.get("mode") == "server"]


def _of_rest(rest: Mapping[str, Any]) -> Iterator[Served]:
    everywhere, whole = _codes(rest.get("interaction"), "code"), _codes(rest.get("searchParam"), "name")
    for resource in members(rest.get("resource")):
        type_, does = text(resource.get("type")), _codes(resource.get("interaction"), "code")
        if TYPE.fullmatch(type_) and (not does or does & READS):
            params = whole | _codes(resource.get("searchParam"), "name")
            kept = resource.get("versioning") in _VERSIONED or CURSOR in params
            told = "history-type" in does or "history-system" in everywhere
            yield Served(type_, tuple(_profiles(resource)), kept, told, LISTS in does if does else None)


def _profiles(resource: Mapping[str, Any]) -> Iterator[str]:
    if url := text(resource.get("profile")):
        yield url.partition("|")[0]


def _codes(entries: object, key: str) -> frozenset[str]:
    return frozenset(text(entry.get(key)) for entry in members(entries))


def chosen(statements: Sequence[Mapping[str, Any]], where: str) -> tuple[Mapping[str, Any], int]:
    """The statement of a server, and how many others of its kind there are; an instance comes before a model.

    Raises InputError where there is none.
    """
    servers = [statement for statement in statements if serves(statement)]
    if not servers:
        what = "describes no server" if statements else "holds no CapabilityStatement"
        raise InputError(what, where, ["a CapabilityStatement with rest of mode server, as JSON"])
    instances = [statement for statement in servers if statement.get("kind") == "instance"]
    alike = instances or servers
    return alike[0], len(alike) - 1
