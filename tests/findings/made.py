"""Small APIs made by hand, for tests that need one that fails, passes or knows nothing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from evaluation.findings.model import ABSENT, Api, Field, Input, Origin, Resource, Table

FIELDS = frozenset({Input.paths, Input.fields, Input.types, Input.samples, Input.nulls})
ROWS = FIELDS | {Input.rows, Input.all_rows, Input.texts, Input.instants, Input.numbers, Input.order}


def table(rows: Sequence[dict[str, Any]], practice: str = "P1", **how: Any) -> Table:
    """Rows as a table, columns in order of first appearance."""
    names = list(dict.fromkeys(name for row in rows for name in row))
    columns = {name: tuple(row.get(name, ABSENT) for row in rows) for name in names}
    return Table(practice, columns, len(rows), **how)


def resource(name: str, rows: Sequence[dict[str, Any]], **how: Any) -> Resource:
    """A resource with the fields its rows show."""
    names = list(dict.fromkeys(key for row in rows for key in row))
    return Resource(name, tuple(field(key, [row.get(key) for row in rows]) for key in names), (table(rows, **how),))


def field(name: str, values: Iterable[Any] = (), **how: Any) -> Field:
    """A field that had these values."""
    listed = list(values)
    kinds = {bool: "boolean", int: "integer", float: "number", str: "string", list: "array", dict: "object"}
    types = frozenset(kinds[type(value)] for value in listed if value is not None)
    samples = tuple(dict.fromkeys(value for value in listed if isinstance(value, str | int | float)))
    return Field(name, **{"types": types, "nullable": None in listed, "samples": samples, **how})


def api(*resources: Resource, inputs: frozenset[Input] = ROWS, **how: Any) -> Api:
    """An API of a made-up vendor, as our mock would show it unless ``origin`` says otherwise."""
    settings: dict[str, Any] = {"title": "a made-up API", "origin": Origin.mock, "vendor": "", **how}
    return Api(inputs=inputs, resources=resources, **settings)


AMBIGUOUS = [
    {"visitid": 901234567, "visit_id": "17", "patient_id": "4", "hj_modify_timestamp": "2022-01-02 03:04:05.678912"},
    {"visitid": 901234568, "visit_id": "18", "patient_id": "4", "hj_modify_timestamp": "2022-01-03 03:04:05.678913"},
]
