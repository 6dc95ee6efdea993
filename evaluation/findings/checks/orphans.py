"""Rows that refer to a record which the API does not deliver."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from .. import roles, tables
from ..ids import Reference, reference
from ..model import Api, Field, Input, Resource, Table
from ..outcome import Outcome, Place, judge
from ..registry import check
from ..words import load, split

Keys = Mapping[str, frozenset[str]]  # by practice
Rows = list[tuple[str, int, str]]  # practice, index, id
SHARED = ""  # the practice of rows that belong to none
NOBODY = frozenset({"", "-1", "none", "null", "n/a"})  # written where there is no id, as are zeros


@dataclass(frozen=True)
class Link:
    """A column whose ids are keys of another resource; ``keys`` are the keys there, where all rows of it came."""

    resource: Resource
    field: Field
    found: Reference
    leads: Resource
    keys: Keys

    def tables(self) -> Iterator[tuple[Table, frozenset[str]]]:
        """Tables of rows beside the keys of their practice."""
        for table in self.resource.tables:
            keys = self.keys.get(table.practice, self.keys.get(SHARED))
            if keys is not None:
                yield table, keys

    def lost(self, table: Table, keys: frozenset[str]) -> frozenset[str]:
        """The ids no record is delivered for, as text."""
        named = tables.as_text(tables.scalars(table.column(self.field.name))) - keys
        return frozenset(id_ for id_ in named if id_.strip("0- ").lower() not in NOBODY and id_ not in NOBODY)


@check("HJ-026", Input.rows)
def orphans(api: Api) -> Outcome:
    """Live rows whose record is not delivered; only where all rows of that record's resource are there."""
    links = [link for link in _links(api) if any(keys for _, keys in link.tables())]
    open_ids = _openly_unresolved(links)
    lost = [(link, rows) for link in links if (rows := _lost(link, open_ids))]
    total = sum(len(rows) for _, rows in lost)
    named = {id_ for ids in open_ids.values() for id_ in ids}
    said = f"; not counted: {tables.counted(len(named), 'id')} that rows openly show without a name" if named else ""
    return judge(
        [_place(link, rows) for link, rows in lost],
        sum(table.size for link in links for table, _ in link.tables()),
        f"{tables.counted(total, 'reference')} to records that are not delivered{said}",
        f"every record that rows refer to is delivered{said}",
        tables.complete(link.resource for link in links) and tables.complete(link.leads for link in links),
    )


def _place(link: Link, rows: Rows) -> Place:
    ids = len({(practice, id_) for practice, _, id_ in rows})
    said = f"{tables.counted(len(rows), 'row')} with {tables.counted(ids, 'id')} not in {link.leads.name}"
    return Place(link.resource.name, link.field.name, said, *rows[0][:2])


def _links(api: Api) -> Iterator[Link]:
    tenant = roles.tenant(api)
    for resource, field, found, leads in roles.links(api):
        if leads and field.name != tenant and found.tail != "ids":
            key = _key(resource, field, leads)
            if key:
                yield Link(resource, field, found, leads, _keys(leads, key))


def _keys(leads: Resource, key: Field) -> Keys:
    return {
        table.practice: tables.as_text(tables.scalars(table.column(key.name)))
        for table in leads.tables
        if table.complete
    }


def _key(resource: Resource, field: Field, leads: Resource) -> Field | None:
    """The column ids are keys of: the one most of them are found in, of the same name before others.

    None where nothing fits: no id is found and none looks like a key, so that the ids are of another kind.
    """
    named = [leads.by_name[field.name]] if field.name in leads.by_name and leads is not resource else []
    wanted = tables.as_text(field.samples)
    best: tuple[int, Field | None] = (0, None)
    for key in (*named, roles.source_key(leads), roles.surrogate(leads)):
        if key and best[0] < 2 * len(wanted):
            best = max(best, (_fit(wanted, leads, key), key), key=lambda entry: entry[0])
    return best[1]


def _fit(wanted: frozenset[str], leads: Resource, key: Field) -> int:
    """Twice the number of ids that are among the keys; 1 if none is, but some look like keys."""
    known = frozenset().union(*(tables.as_text(tables.scalars(table.column(key.name))) for table in leads.tables))
    found = len(wanted & known)
    return 2 * found if found else int(not {*map(_shape, wanted)}.isdisjoint(map(_shape, known)))


def _shape(value: str) -> tuple[int, bool]:
    return len(value), value.isdigit()


def _lost(link: Link, open_ids: Mapping[tuple[str, str], frozenset[str]]) -> Rows:
    """Live rows that refer to nothing."""
    lost: Rows = []
    for table, keys in link.tables():
        ids = link.lost(table, keys) - open_ids.get((link.leads.name, table.practice), frozenset())
        if ids:
            cells = table.column(link.field.name)
            wanted = frozenset(cell for cell in tables.scalars(cells) if str(cell) in ids)
            found = tables.rows_of(cells, wanted, tables.gone(link.resource, table))
            lost += sorted((table.practice, row, str(cell)) for cell, rows in found.items() for row in rows)
    return lost


def _openly_unresolved(links: list[Link]) -> Mapping[tuple[str, str], frozenset[str]]:
    """Resource and practice -> lost ids that rows show with an empty name beside them: the API says it has no record.

    A name counts only where it is never empty beside an id whose record is delivered.
    """
    found: dict[tuple[str, str], frozenset[str]] = {}
    for link in links:
        for name in _names(link):
            for table, keys in link.tables():
                lost = link.lost(table, keys)
                empty = _unnamed(table, link.field.name, name) if lost else frozenset()
                if empty <= lost:
                    place = (link.leads.name, table.practice)
                    found[place] = found.get(place, frozenset()) | empty
    return {place: ids for place, ids in found.items() if ids}


def _names(link: Link) -> Iterator[str]:
    """Columns of the row that name the thing an id points at: its words, and no id."""
    concept = load().concepts.get(link.found.concept)
    words = {*concept.words, *concept.kin} if concept else {link.found.phrase}
    for field in link.resource.fields:
        if reference(field.name) is None and words & {*split(field.name)} and _is_name(field.name, words):
            yield field.name


def _is_name(name: str, words: set[str]) -> bool:
    return all(word in words or word in ("name", "full", "display") for word in split(name))


def _unnamed(table: Table, id_column: str, name_column: str) -> frozenset[str]:
    pairs = zip(table.column(id_column), table.column(name_column), strict=True)
    return tables.as_text(frozenset(id_ for id_, name in pairs if name is None))
