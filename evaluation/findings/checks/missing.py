"""Values that are not what they seem: padded texts, and fillers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from .. import cells, codesystems, ids, quantities, roles, values
from ..links import Targets
from ..model import Api, Field, Input, Resource
from ..notations import speaks_of
from ..outcome import Outcome, Place, judge
from ..phrases import listed
from ..registry import check
from ..words import load as load_words


@check("HJ-018", Input.rows)
def padded(api: Api) -> Outcome:
    """Columns of which some values have blanks at an end and others have not."""
    found = [(r, f) for r, f in cells.columns(api) if "string" in f.types or (r.tables and not f.types)]
    looked = [(r, f) for r, f in found if not values.prose(f.name) and not codesystems.judged(f.name)]
    places = [place for r, f in looked if (place := _padded(r, f))]
    failed = f"some values have blanks at an end, others have not: {listed(places)}"
    passed = f"in no column some values have blanks at an end and others have not ({len(looked)} looked at)"
    return judge(places, len(looked), failed, passed, cells.whole(api, api.resources))


def _padded(resource: Resource, field: Field) -> Place | None:
    texts = cells.texts(resource, field)
    blank = {text for text in texts if text != text.strip() and text.strip()}
    if not blank or len(blank) == len(texts):
        return None
    found = cells.counts(resource.tables, field.name)
    count = sum(number for text, number in found.items() if text in blank)
    return Place(resource.name, field.name, f"blanks at an end in {count} of {found.total()} rows")


@check("HJ-019", Input.rows)
def fillers(api: Api) -> Outcome:
    """Columns in which a value that cannot be true stands beside real ones."""
    found = [(r, f) for r, f in cells.columns(api) if r.tables and f.types != frozenset({"boolean"})]
    targets = Targets(api)
    named = {r: _Named(_key(r), frozenset(f.name for f in roles.keys(r))) for r in dict.fromkeys(r for r, _ in found)}
    places = [place for r, f in found for place in (*_fillers(r, f), *_own_key(targets, named[r], r, f))]
    failed = f"fillers stand among real values: {listed(places)}"
    passed = f"no column has a filler among real values ({len(found)} looked at)"
    return judge(places, len(found), failed, passed, cells.whole(api, api.resources))


def _fillers(resource: Resource, field: Field) -> Iterator[Place]:
    rules = values.section("fillers")
    suspects = _suspects(resource, field)
    if not suspects:
        return
    found = _counted(resource, field)
    others = len(found.keys() - suspects)
    for value in sorted(suspects):
        enough = rules["list"] if values.word_for_nothing(value) else rules["others"]
        if found[value] >= rules["rows"] and others >= enough:
            what = _what(value)
            yield Place(resource.name, field.name, f"{what} in {found[value]} of {found.total()} rows")


def _what(value: str) -> str:
    known = {"0": "zero", "-1": "minus one"}
    return known.get(value) or values.fillers().get(value, "only nines")


def _suspects(resource: Resource, field: Field) -> set[str]:
    """Values that look like fillers in a column of this name, as text."""
    if quantities.is_quantity(field.name) or speaks_of(field.name) == {"time"} or values.prose(field.name):
        return set()
    wanted: set[object] = set(values.fillers())
    if ids.reference(field.name):  # a number that is no id can well be zero, or all nines
        keys = values.section("fillers")["keys"]
        wanted |= {*keys, *(int(text) for text in keys), *(int("9" * digits) for digits in range(5, 17))}
    columns = (cells.plain(table, field.name) for table in resource.tables)
    hits = (wanted.intersection(column) for column in columns)
    return {str(value) for found in hits for value in found if not isinstance(value, bool | float)}


def _counted(resource: Resource, field: Field) -> Counter[str]:
    column = (cell for table in resource.tables for cell in cells.plain(table, field.name))
    return Counter(str(cell) for cell in column if isinstance(cell, str | int) and cell != "")


class _Named(NamedTuple):
    """What identifies a row: the key, and the names of all columns that look like one."""

    key: Field | None
    names: frozenset[str]


def _own_key(targets: Targets, named: _Named, resource: Resource, field: Field) -> Iterator[Place]:
    """The row's own key in another id column, in many rows but not in all."""
    key, reference, rules = named.key, ids.reference(field.name), values.section("fillers")
    if key is None or reference is None or field.name in named.names or _related(targets, resource, reference):
        return
    same = other = size = 0
    for table in resource.tables:
        size += table.size
        for own, cell in zip(table.column(key.name), table.column(field.name), strict=True):
            if isinstance(cell, str | int) and cell not in ("", 0):
                hit = cell == own and len(str(cell)) >= rules["key_characters"]
                same, other = same + hit, other + (not hit)
    often = same >= rules["key_rows"] and same * 100 >= (same + other) * rules["key_percent"]
    if often and size - same >= rules["key_rows"]:
        yield Place(resource.name, field.name, f"repeats {key.name} in {same} of {size} rows")


def _key(resource: Resource) -> Field | None:
    return roles.source_key(resource) or roles.surrogate(resource)


def _related(targets: Targets, resource: Resource, reference: ids.Reference) -> bool:
    """Whether the column leads to another row on purpose, or names the row itself a second time."""
    relations = load_words().ids["relations"]
    if (reference.word in relations and reference.word != "other") or set(reference.affixes) & set(relations):
        return True
    return reference.thing == roles.thing(resource) or targets.of(reference) is not None
