"""Distinct values of columns and how often they occur, over all practices."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from .model import SAMPLES, Api, Field, Input, Resource, Table
from .roles import listing


def has_rows(api: Api) -> bool:
    """Whether values come from rows, not from a description."""
    return Input.rows in api.inputs


def columns(api: Api) -> Iterator[tuple[Resource, Field]]:
    """Every column of every resource that is not a mere list of tenants."""
    for resource in api.resources:
        if not listing(resource):
            for field in resource.fields:
                yield resource, field


def whole(api: Api, resources: Iterable[Resource]) -> bool:
    """Whether what is known of these resources is all there is: every row, or a description, which has no rows."""
    return not has_rows(api) or all(resource.complete for resource in resources)


def distinct(resource: Resource, field: Field) -> list[Any]:
    """The distinct values of a column that are not null; lists and objects only where there are few values."""
    if len(field.samples) < SAMPLES or not resource.tables:
        return list(field.samples)
    found: dict[Any, None] = {}
    for table in resource.tables:
        found.update(dict.fromkeys(plain(table, field.name)))
    return [value for value in found if isinstance(value, str | int | float)]


def texts(resource: Resource, field: Field) -> list[str]:
    """The distinct values of a column that are texts and not empty."""
    return [value for value in distinct(resource, field) if isinstance(value, str) and value]


def counts(tables: Iterable[Table], name: str) -> Counter[str]:
    """How many rows have each text; empty texts, nulls and other types are left out."""
    found: Counter[Any] = Counter()
    for table in tables:
        found.update(plain(table, name))
    return Counter({value: count for value, count in found.items() if isinstance(value, str) and value})


def plain(table: Table, name: str) -> Iterable[Any]:
    """The cells of a column, lists and objects left out; nothing where the table has no such column."""
    cells = table.columns.get(name, ())
    kinds = set(map(type, cells))
    return [cell for cell in cells if not isinstance(cell, list | dict)] if kinds & {list, dict} else cells
