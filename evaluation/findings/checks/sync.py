"""Whether a copy of the rows can be kept in step: deletions, a change cursor, and what a cursor meets."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from .. import records, roles, tables
from ..asked import asked_for
from ..model import Api, Field, Input, Resource, Table
from ..outcome import Outcome, Place, judge
from ..records import state_of_deletion
from ..registry import check


@check("HJ-022", Input.fields)
def unseen_deletions(api: Api) -> Outcome:
    """Resources whose rows cannot say that they were deleted."""
    known = _known(api)
    without = [r for r in known if roles.deleted_flag(r) is None and not (r.deletions or state_of_deletion(r))]
    some = ", ".join(r.name for r in known if r not in without) or "none"
    return judge(
        [Place(r.name, "", "no column tells a deleted row") for r in without],
        len(known),
        f"{len(without)} of {len(known)} {_what(api)} have no deletion flag or time; with one: {some}",
        f"all {len(known)} {_what(api)} have a deletion flag or time{_elsewhere(known)}{_left_out(api)}",
    )


@check("HJ-023", Input.fields)
def no_cursor(api: Api) -> Outcome:
    """Resources whose rows do not say when they changed."""
    known = [r for r in _known(api) if r.tables or not (records.by_content(r) or records.growing(r))]
    without = [r for r in known if roles.modified(r) is None]
    return judge(
        [Place(r.name, "", "no timestamp of change") for r in without],
        len(known),
        f"{len(without)} of {len(known)} {_what(api)} have no timestamp of change",
        f"all {len(known)} {_what(api)} have a timestamp of change{_left_out(api)}",
    )


def _known(api: Api) -> list[Resource]:
    """Resources whose rows have to be kept in step and that names tell apart; of all others HJ-045 speaks."""
    asked = asked_for(api)
    return [r for r in api.resources if records.kept(r) and (r.tables or r.name in asked or _tellable(r))]


def _tellable(resource: Resource) -> bool:
    return records.identity(resource) and not records.pair(resource)


def _what(api: Api) -> str:
    """Whom it is about, where some were left out because their records are read one by one."""
    return "resources that come in lists" if any(r.listed is False for r in api.resources) else "resources"


def _elsewhere(known: list[Resource]) -> str:
    others = sorted({r.deletions for r in known if r.deletions and roles.deleted_flag(r) is None})
    return f", or {' or '.join(others)}" if others else ""


def _left_out(api: Api) -> str:
    empty = [r.name for r in api.resources if r.empty and not roles.listing(r)]
    return f"; nothing is known of the columns of {', '.join(empty)}" if empty else ""


@check("HJ-028", Input.rows, Input.instants)
def shared_instants(api: Api) -> Outcome:
    """Several rows of one resource and practice with one timestamp of change."""
    stamped = [(r, field) for r in tables.with_rows(api) if (field := roles.modified(r))]
    shared = [(r, field, batches) for r, field in stamped if (batches := _batches(r, field))]
    largest = max((batch.rows for _, _, batches in shared for batch in batches), default=0)
    return judge(
        [_place(*found) for found in shared],
        sum(tables.size(r) for r, _ in stamped),
        f"up to {largest} rows of one listing have the same timestamp of change, to its last digit",
        "no two rows of a listing have the same timestamp of change",
        tables.complete(r for r, _ in stamped),
    )


@dataclass(frozen=True, eq=False)
class Batch:
    """Rows of one table that share one instant."""

    table: Table
    instant: object
    rows: int


def _place(resource: Resource, field: Field, batches: list[Batch]) -> Place:
    total, instants = sum(batch.rows for batch in batches), tables.counted(len(batches), "instant")
    largest = max(batches, key=lambda batch: batch.rows)
    said = f"{total} rows share {instants}, up to {largest.rows} rows each"
    cells = map(_trimmed, largest.table.column(field.name))
    first = next(index for index, cell in enumerate(cells) if cell == largest.instant)
    return Place(resource.name, field.name, said, largest.table.practice, first)


def _batches(resource: Resource, field: Field) -> list[Batch]:
    """Each instant that several rows share."""
    key = roles.surrogate(resource) or roles.source_key(resource)
    return [batch for table in resource.tables for batch in _of_table(table, field.name, key)]


def _of_table(table: Table, stamp: str, key: Field | None) -> Iterator[Batch]:
    """Rows by instant. A row that was delivered twice, under one key, counts once."""
    cells = [_trimmed(cell) for cell in table.column(stamp)]
    if key and len(tables.scalars(table.column(key.name))) < table.size:
        keys = map(repr, table.column(key.name))
        cells = [cell for _, cell in dict.fromkeys(zip(keys, cells, strict=True))]
    for cell, rows in Counter(cells).items():
        if rows > 1 and cell not in tables.MISSING:
            yield Batch(table, cell, rows)


def _trimmed(cell: object) -> object:
    """An instant without the zeros at the end of its fraction."""
    if isinstance(cell, str):
        return cell.rstrip("0") if "." in cell else cell
    return repr(cell) if isinstance(cell, list | dict) else cell
