"""A FHIR R4 server as an Api: its CapabilityStatement, StructureDefinitions, and resources as samples.

Resources are the types that the statement says a client can read or search. Columns are the top-level elements of a
StructureDefinition, else those of samples, and always what FHIR guarantees: ``id``, the key, and ``meta.lastUpdated``
where the server keeps versions or can be searched by it. References stay what they are, objects whose ``reference`` is
an address, so that no column of ids is made up; ``Field.leads`` says where they lead (fhir_references.py). Deletions
are told by a listing of the history if the statement has one, never in a row. Keys that FHIR's JSON adds
(``resourceType``, ``_birthDate``) are no columns.

The inputs are paths, fields, types and nulls (a missing element is an absent key); with samples also samples, rows,
texts, instants and numbers. Nobody says that samples are all rows, or in the order of a listing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from ..model import Api, Field, Input, Json, Origin, Resource, Table
from . import fhir_files, fhir_references, fhir_statement
from .fhir_files import MOST, Source
from .fhir_statement import Served
from .fields import Gatherer, resource
from .shape import counted, mapping

STAMP: Final = "meta.lastUpdated"
HISTORY: Final = "the listing of its history"
ALWAYS: Final = frozenset({Input.paths, Input.fields, Input.types, Input.nulls})
SAMPLED: Final = frozenset({Input.samples, Input.rows, Input.texts, Input.instants, Input.numbers})
_KEY: Final = Field("id", frozenset({"string"}), False, description="Logical id of this resource")
_STAMP: Final = Field(STAMP, frozenset({"string"}), False, "date-time", description="When the resource last changed")


def read(path: Path) -> Api:
    """What a CapabilityStatement says of a server, alone or in a folder with definitions and samples.

    Raises InputError in one sentence that repeats nothing of the files but a FHIR version.
    """
    source = fhir_files.gather(path)
    statement, more = fhir_statement.chosen(source.statements, str(path))
    version = fhir_statement.version(statement, str(path))
    types = fhir_statement.served(statement)
    known = frozenset(served.type for served in types)
    resources = tuple(_resource(served, source, known) for served in types)
    inputs = ALWAYS | (SAMPLED if any(r.tables for r in resources) else frozenset())
    title = f"FHIR {version} server ({'folder' if path.is_dir() else 'file'} {path.resolve().name})"
    partial = tuple(_partial(source, types, resources, more))
    return Api(title, Origin.description, inputs, resources, partial=partial, vendor="")


def _resource(served: Served, source: Source, known: Set[str]) -> Resource:
    declared = source.definitions.fields(served.type, served.profiles, known)
    rows = source.samples.get(served.type, {}).values()
    sampled = resource(served.type, [_table(rows)] if rows else [])
    given = {field.name: field for field in (*_guaranteed(served), *declared)}
    seen = {field.name: field for field in sampled.fields}
    fields = [_both(field, seen.get(name)) for name, field in given.items()]
    fields += [field for name, field in seen.items() if name not in given]
    named = known | source.definitions.by_type.keys()
    fields = [replace(field, leads=fhir_references.seen(field.samples, named) or field.leads) for field in fields]
    return replace(
        sampled, fields=tuple(fields), listed=served.listed, paths=(f"/{served.type}",),
        deletions=HISTORY if served.deletions else "",
    )  # fmt: skip


def _guaranteed(served: Served) -> tuple[Field, ...]:
    return (_KEY, _STAMP) if served.cursor else (_KEY,)


def _both(declared: Field, seen: Field | None) -> Field:
    """A declared column with what rows show of it."""
    if seen is None:
        return declared
    kinds = declared.types | seen.types
    types = frozenset(kinds - {"integer"} if "number" in kinds else kinds)
    return replace(declared, types=types, nullable=bool(seen.nullable), samples=seen.samples)


def _table(rows: Iterable[Mapping[str, Any]]) -> Table:
    gathered = Gatherer("", sparing=True)
    gathered.add([_row(row) for row in rows])
    return gathered.table(complete=False, ordered=False)


def _row(found: Mapping[str, Any]) -> dict[str, Json]:
    """A resource as a row: its elements, and the time of change beside ``meta``, where it stands inside."""
    row = {key: value for key, value in found.items() if key != "resourceType" and not key.startswith("_")}
    meta = mapping(found.get("meta"))
    return {**row, STAMP: meta["lastUpdated"]} if "lastUpdated" in meta else row


def _partial(source: Source, types: Sequence[Served], resources: Sequence[Resource], more: int) -> Iterator[str]:
    """What was there and not used, and what is missing; names of types only where the statement has them."""
    known = {served.type for served in types}
    bare = [s.type for s in types if s.type not in source.samples and s.type not in source.definitions.by_type]
    strange = sorted(source.samples.keys() - known)
    yield from source.problems
    if more:
        yield f"{counted(more, 'further CapabilityStatement')} left out; the first is read"
    if bare:
        yield f"of {len(bare)} of {len(types)} resources neither a StructureDefinition nor a sample is there"
    if strange:
        total = sum(len(source.samples[type_]) for type_ in strange)
        yield f"{counted(total, 'sample')} of types that the CapabilityStatement does not list, left out"
    if source.definitions.unusable:
        what = counted(source.definitions.unusable, "StructureDefinition")
        yield f"{what} without a snapshot, or of another version of FHIR, left out"
    if source.others:
        what = counted(source.others, "entry that is no FHIR resource", "entries that are no FHIR resources")
        yield f"{what}, left out"
    for type_ in sorted(source.cut & known):
        yield f"only {MOST} samples of {type_} are read"
