"""Rows of a table as checks over rows need them: which are live, what two of them have in common, when they changed.

Works by column and over distinct values, so that 79,000 rows take a fraction of a second.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from itertools import pairwise
from operator import ge, gt, le, lt
from typing import Any, Final

from . import roles
from .model import ABSENT, Api, Cell, Field, Json, Resource, Table

MISSING: Final = (None, "", ABSENT)
_DELETED: Final = frozenset({"y", "yes", "t", "true", "1", "d", "deleted", "removed", "voided"})
_LIVE: Final = frozenset({"", "n", "no", "f", "false", "0", "a", "active", "live"})
_NEVER: Final = re.compile(r"0000|0001|1900|9999")  # a day that means no day, in a column of deletion times
_TIME: Final = re.compile(r"\D*\d{4}\D?\d\d.*")
_SORTABLE: Final = re.compile(r"\d{4}-\d\d-\d\d([T ]\d\d:\d\d(:\d\d(\.\d+)?)?)?")
_PROBED: Final = 300  # distinct values looked at to learn how a column is written


def deleted(cell: Cell) -> bool | None:
    """Whether a deletion flag, or a time of deletion, says deleted; None for a value that is neither."""
    if cell in MISSING or isinstance(cell, bool):
        return cell is True
    text = str(cell).strip().lower()
    if text in _DELETED or text in _LIVE:
        return text in _DELETED
    return not _NEVER.match(text) if _TIME.fullmatch(text) else None


def gone(resource: Resource, table: Table) -> frozenset[int]:
    """Indices of the rows whose own flag says deleted."""
    flag = roles.deleted_flag(resource)
    cells = table.column(flag.name) if flag else ()
    says = frozenset(cell for cell in scalars(cells) if deleted(cell))
    return frozenset(index for index, cell in enumerate(cells) if _is_in(cell, says)) if says else frozenset()


def _is_in(cell: Cell, known: frozenset[Any]) -> bool:
    return not isinstance(cell, list | dict) and cell in known


def rows_of(cells: Sequence[Cell], wanted: frozenset[Any], leave_out: frozenset[int]) -> dict[Any, list[int]]:
    """Wanted cell -> indices of the rows that have it, in order; rows left out are not looked at."""
    found: dict[Any, list[int]] = {}
    for index, cell in enumerate(cells):
        if _is_in(cell, wanted) and index not in leave_out:
            found.setdefault(cell, []).append(index)
    return found


def scalars(cells: Iterable[Cell]) -> frozenset[Any]:
    """The distinct cells of a column; lists and objects are left out."""
    try:
        return frozenset(cells)
    except TypeError:
        return frozenset(cell for cell in cells if not isinstance(cell, list | dict))


def content(table: Table, leave_out: Iterable[str]) -> Callable[[int], tuple[object, ...]]:
    """A function from a row's index to everything in it but the columns left out, fit for comparing and hashing."""
    skipped = frozenset(leave_out)
    columns = [cells for name, cells in table.columns.items() if name not in skipped]
    return lambda index: tuple(_plain(cells[index]) for cells in columns)


def _plain(cell: Cell) -> object:
    """A cell that can be hashed, in which true is not 1."""
    return repr(cell) if isinstance(cell, list | dict | bool) else cell


def of_row(resource: Resource) -> frozenset[str]:
    """Names of the columns that belong to the delivery, not to what the row says: minted key, stamps."""
    found = (roles.surrogate(resource), roles.created(resource), roles.modified(resource))
    return frozenset(field.name for field in found if field)


def instants(field: Field, cells: Sequence[Cell]) -> list[Any] | None:
    """The cells as values that sort by time, None for a missing one; None where they cannot be put in order."""
    probe = field.samples[:_PROBED]
    if not probe:
        return None
    if all(isinstance(value, str) and _SORTABLE.fullmatch(value) for value in probe):
        return [cell if isinstance(cell, str) and cell else None for cell in cells]
    if all(isinstance(value, int | float) and not isinstance(value, bool) for value in probe):
        return [cell if isinstance(cell, int | float) else None for cell in cells]
    return _parsed(cells)


def _parsed(cells: Sequence[Cell]) -> list[Any] | None:
    known: dict[Any, Any] = {cell: _instant(cell) for cell in scalars(cells)}
    found = {type(made.tzinfo) if made else None for made in known.values()} - {None}
    unread = [cell for cell, made in known.items() if made is None and cell not in MISSING]
    return None if unread or len(found) != 1 else [known[cell] for cell in cells]


def _instant(cell: Cell) -> datetime | None:
    try:
        return datetime.fromisoformat(cell) if isinstance(cell, str) and cell else None
    except ValueError:
        return None


def numbers(cells: Sequence[Cell]) -> list[int] | None:
    """The cells as whole numbers, also where they are written as text; None if one is none."""
    try:
        return [int(cell) for cell in cells if not isinstance(cell, bool | float)]  # type: ignore[arg-type]
    except (TypeError, ValueError):
        return None


def direction(cells: Sequence[Any], strict: bool = False) -> str:
    """``up``, ``down``, ``flat`` (one value) or empty for no order. ``strict``: no two neighbours are equal."""
    try:
        up, down = (lt, gt) if strict else (le, ge)
        rising = all(up(a, b) for a, b in pairwise(cells))
        falling = all(down(a, b) for a, b in pairwise(cells))
    except TypeError:
        return ""
    return "flat" if rising and falling else "up" if rising else "down" if falling else ""


def with_rows(api: Api) -> list[Resource]:
    """Resources that have rows of their own: no list of tenants, not empty."""
    return [r for r in api.resources if not roles.listing(r) and any(table.size for table in r.tables)]


def size(resource: Resource) -> int:
    """Number of its rows in all practices."""
    return sum(table.size for table in resource.tables)


def complete(resources: Iterable[Resource]) -> bool:
    """Whether all their rows are there."""
    return all(resource.complete for resource in resources)


def counted(number: int, thing: str) -> str:
    """A number of things in words, such as ``1 row`` and ``29 rows``."""
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"


def as_text(values: Iterable[Json | Cell]) -> frozenset[str]:
    """Values as text, missing ones left out, so that 12 and '12' are one."""
    found = [value for value in values if value not in MISSING]
    return frozenset(value if isinstance(value, str) else str(value) for value in found)
