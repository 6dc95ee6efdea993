"""Rows that should not be there, or not twice."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from .. import roles, tables
from ..model import Api, Field, Input, Resource, Table
from ..outcome import Outcome, Place, judge, unknown
from ..registry import check
from ..words import split

# Columns that tell rows of one key apart on purpose: versions, periods of validity, lines of one document.
SERIES = frozenset(
    {"version", "revision", "effective", "valid", "current", "superseded", "sequence", "seq", "line", "ordinal"}
)
ENOUGH = 3  # columns besides key and stamps: two rows that say less may well be two things alike


@check("HJ-021", Input.rows)
def deleted_delivered(api: Api) -> Outcome:
    """Rows of a default listing whose own flag says deleted."""
    flagged = [(r, flag) for r in tables.with_rows(api) if (flag := roles.deleted_flag(r))]
    found = {r.name: [(t.practice, row) for t in r.tables for row in sorted(tables.gone(r, t))] for r, _ in flagged}
    unread = [f"{r.name}.{flag.name}" for r, flag in flagged if _unread(r, flag)]
    total, rows = sum(map(len, found.values())), sum(map(tables.size, (r for r, _ in flagged)))
    if unread and not total:
        return unknown(f"the values of {', '.join(unread)} are no words for deleted or live")
    return judge(
        [_deleted(r, flag, found[r.name]) for r, flag in flagged if found[r.name]],
        rows,
        f"an ordinary listing brings {tables.counted(total, 'deleted row')}",
        f"none of {tables.counted(rows, 'row')} with a deletion flag says deleted",
        tables.complete(r for r, _ in flagged),
    )


def _deleted(resource: Resource, flag: Field, rows: list[tuple[str, int]]) -> Place:
    said = f"{len(rows)} of {tables.counted(tables.size(resource), 'row')} deleted"
    return Place(resource.name, flag.name, said, *rows[0])


def _unread(resource: Resource, flag: Field) -> bool:
    cells = frozenset().union(*(tables.scalars(table.column(flag.name)) for table in resource.tables))
    return any(tables.deleted(cell) is None for cell in cells)


@dataclass
class Repeated:
    """Live rows of one resource that share a source key, or have none.

    ``copies`` are rows that say what another one said before, ``clashes`` one row for each key whose rows differ,
    both as practice and index; ``differ`` names the columns in which they do.
    """

    resource: Resource
    key: Field | None
    live: int
    copies: list[tuple[str, int]] = field(default_factory=list)
    clashes: list[tuple[str, int]] = field(default_factory=list)
    differ: set[str] = field(default_factory=set)

    def add(self, table: Table, group: list[int]) -> None:
        """Sort one group of rows into copies and clashes."""
        left_out = tables.of_row(self.resource)
        content, firsts = tables.content(table, left_out), dict[object, int]()
        for row in group:
            if firsts.setdefault(content(row), row) != row:
                self.copies.append((table.practice, row))
        differ = {*_differing(table, [*firsts.values()])} - left_out if self.key else set()
        if differ and not any(SERIES & set(split(name)) for name in differ):
            self.clashes.append((table.practice, [*firsts.values()][1]))
            self.differ |= differ

    def place(self, rows: list[tuple[str, int]], detail: str) -> Place:
        return Place(self.resource.name, self.key.name if self.key else "", detail, *rows[0])


def _differing(table: Table, group: list[int]) -> Iterator[str]:
    for name, cells in table.columns.items():
        if any(cells[row] != cells[group[0]] for row in group):
            yield name


def _repeated(api: Api) -> Iterator[Repeated]:
    for resource in tables.with_rows(api):
        live = sum(table.size - len(tables.gone(resource, table)) for table in resource.tables)
        found = Repeated(resource, roles.source_key(resource), live)
        for table in resource.tables:
            for group in _groups(resource, table, found.key):
                found.add(table, group)
        yield found


def _groups(resource: Resource, table: Table, key: Field | None) -> Iterable[list[int]]:
    """Live rows that share the key; where there is no key, all of them are one group, if they say enough."""
    gone = tables.gone(resource, table)
    if key is None:
        whole = len(table.columns) - len(tables.of_row(resource) & table.columns.keys()) >= ENOUGH
        return [[row for row in range(table.size) if row not in gone]] if whole else []
    cells = table.column(key.name)
    known = tables.scalars(cells)
    if len(known) == table.size:
        return []
    groups = tables.rows_of(cells, known - set(tables.MISSING), gone)
    return [group for group in groups.values() if len(group) > 1]


@check("HJ-024", Input.rows, Input.texts)
def duplicates(api: Api) -> Outcome:
    """Live rows equal in everything but the minted key and the stamps."""
    found = list(_repeated(api))
    said = [(r, f"{len(r.copies)} of {tables.counted(r.live, 'live row')} said before") for r in found if r.copies]
    return judge(
        [r.place(r.copies, detail) for r, detail in said],
        sum(r.live for r in found),
        f"{tables.counted(sum(len(r.copies) for r in found), 'live row')} said before under another key or stamp",
        "no two live rows say the same",
        tables.complete(r.resource for r in found),
    )


@check("HJ-025", Input.rows)
def shared_source_key(api: Api) -> Outcome:
    """Live rows of one practice with one source key that say different things."""
    found = [r for r in _repeated(api) if r.key]
    bad = [(r, f"{tables.counted(len(r.clashes), 'key')} on rows that differ in ") for r in found if r.clashes]
    return judge(
        [r.place(r.clashes, detail + ", ".join(sorted(r.differ))) for r, detail in bad],
        sum(r.live for r in found),
        f"several live rows that differ share {tables.counted(sum(len(r.clashes) for r in found), 'key')}",
        "no source key stands on live rows that differ",
        tables.complete(r.resource for r in found),
    )
