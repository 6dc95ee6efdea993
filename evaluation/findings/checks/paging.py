"""In which order rows come, and whether keys follow time."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from .. import roles, tables
from ..model import Api, Cell, Field, Input, Resource, Table
from ..outcome import Outcome, Place, judge
from ..registry import check

LIMIT = 0.01  # of neighbouring pairs; below it a clock that was set back now and then explains them
ENOUGH = 5  # rows below which nothing is said of a listing without order: one moved row is all it takes

GLANCE = 200  # rows that show at once of most columns that they are in no order


@check("HJ-027", Input.rows, Input.numbers, Input.instants)
def keys_against_time(api: Api) -> Outcome:
    """Neighbours by minted key of which the larger was created earlier."""
    places, pairs, looked_at = [], 0, []
    for resource in tables.with_rows(api):
        key, created = roles.surrogate(resource) or roles.source_key(resource), roles.created(resource)
        if key and created:
            counts = [_inversions(table, key, created) for table in resource.tables]
            turned, all_pairs = sum(c[0] for c in counts), sum(c[1] for c in counts)
            pairs += all_pairs
            looked_at += [resource] if all_pairs else []
            if turned > LIMIT * all_pairs:
                said = f"{turned} of {tables.counted(all_pairs, 'neighbouring pair')} run against {created.name}"
                places.append(Place(resource.name, key.name, said))
    return judge(
        places,
        pairs,
        f"in {len(places)} of {len(looked_at)} resources a row with a larger key was often created earlier",
        f"in {len(looked_at)} resources keys rise with the time of creation",
        tables.complete(looked_at),
    )


def _inversions(table: Table, key: Field, created: Field) -> tuple[int, int]:
    """Neighbours in order of the key of which the later was created earlier, and all neighbours."""
    keys = tables.numbers(table.column(key.name))
    times = tables.instants(created, table.column(created.name))
    if keys is None or times is None or len(keys) != len(times):
        return 0, 0
    rows = sorted(dict(zip(keys, times, strict=True)).items())
    found = [a > b for (_, a), (_, b) in pairwise(row for row in rows if row[1] is not None)]
    return sum(found), len(found)


@check("HJ-029", Input.rows, Input.order)
def moving_listing(api: Api) -> Outcome:
    """Listings ordered by the time of change, or in no order that can be seen."""
    seen = [(resource, _order(resource)) for resource in tables.with_rows(api)]
    known = [(resource, order) for resource, order in seen if order]
    bad = [Place(r.name, _stamp(r, order), order) for r, order in known if order.startswith(("by time of ch", "no "))]
    changing = sum(bool(place.field) for place in bad)
    return judge(
        bad,
        len(known),
        f"{changing} listings come by time of change, {len(bad) - changing} in no visible order",
        f"{len(known)} listings come by a key or another column that stays as it is",
        tables.complete(resource for resource, _ in known),
    )


def _stamp(resource: Resource, order: str) -> str:
    field = roles.modified(resource)
    return field.name if field and order.startswith("by") else ""


def _order(resource: Resource) -> str:
    """How a listing is ordered, in words; empty where its rows do not show it."""
    found = [order for table in resource.tables if table.ordered and (order := _of_table(resource, table))]
    bad = [order for order in found if order not in ("by key", "by a column")]
    return (bad or found or [""])[0]


def _of_table(resource: Resource, table: Table) -> str:
    modified = roles.modified(resource)
    by_time = modified is not None and _runs(modified, table) in ("up", "down")
    if any(_by_key(table, field.name) for field in roles.keys(resource)):
        return "" if by_time else "by key"
    if modified and by_time:
        created = roles.created(resource)
        same = created is not None and _runs(created, table) in ("up", "down")
        return "" if same else f"by time of change, {_newest(modified, table)} first"
    if table.size < ENOUGH:
        return ""
    return "by a column" if any(_visible(cells) for cells in _others(resource, table)) else "no order that can be seen"


def _newest(modified: Field, table: Table) -> str:
    return "oldest" if _runs(modified, table) == "up" else "newest"


def _runs(field: Field, table: Table) -> str:
    times = tables.instants(field, table.column(field.name))
    return tables.direction(times) if times else ""


def _by_key(table: Table, name: str) -> bool:
    cells = table.column(name)
    return table.size > 1 and tables.direction(tables.numbers(cells) or cells, strict=True) in ("up", "down")


def _others(resource: Resource, table: Table) -> Iterator[tuple[Cell, ...]]:
    """Columns that may show an order; a time of change does not, because it moves."""
    modified = roles.modified(resource)
    return (cells for name, cells in table.columns.items() if not modified or name != modified.name)


def _visible(cells: tuple[Cell, ...]) -> bool:
    """Whether a column of several values rises or falls, missing cells aside, upper and lower case alike."""
    if not any(tables.direction(way) for way in _ways(cells[:GLANCE])):
        return False
    several = len(tables.scalars(cells) - {*tables.MISSING}) > 2
    return several and any(tables.direction(way) in ("up", "down") for way in _ways(cells))


def _ways(cells: tuple[Cell, ...]) -> list[list[Any]]:
    """The cells as they may have been sorted: as they are, in one case, as numbers."""
    there = [cell for cell in cells if cell not in tables.MISSING]
    folded = [cell.casefold() if isinstance(cell, str) else cell for cell in there]
    numbers = tables.numbers(there)
    return [there, folded] if numbers is None else [there, folded, numbers]
