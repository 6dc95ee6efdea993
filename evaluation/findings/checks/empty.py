"""Two kinds of nothing: empty text and null."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from .. import cells, ids, roles
from ..model import SAMPLES, Api, Field, Input, Resource
from ..notations import accepts
from ..outcome import Outcome, Place, judge
from ..phrases import listed
from ..registry import check
from ..tables import counted
from ..words import load as load_words
from ..words import phrase, split

Kinds = tuple[bool, bool]
"""Whether empty text occurs, and whether null does."""


@check("HJ-020", Input.fields, Input.nulls)
def two_kinds_of_missing(api: Api) -> Outcome:
    """Empty text and null for one thing: in one column, or in an id and the name beside it."""
    judged, places = 0, []
    for resource in api.resources:
        if roles.listing(resource):
            continue
        told = {field.name: _nothing(resource, field) for field in resource.fields}
        judged += sum(found is not None for found in told.values())
        both = [name for name, found in told.items() if found == (True, True)]
        places += [Place(resource.name, name, "empty text and null") for name in both]
        groups = [group for group in _groups(resource) if not set(both) & set(group)]
        places += [place for group in groups for place in _pairs(resource, group, told)]
    failed = f"a missing value is empty text here and null there: {listed(places)}"
    passed = f"no column, and no id with its name, has both empty text and null ({counted(judged, 'column')} looked at)"
    return judge(places, judged, failed, passed, cells.whole(api, api.resources))


def _nothing(resource: Resource, field: Field) -> Kinds | None:
    """Whether empty text and null occur in a column; None where that is not known.

    A description says so with a pattern that is narrow and lets the empty text through. One that lets anything through
    is taken to mean real texts.
    """
    if resource.tables:
        return "" in field.samples or _rare_empty(resource, field), bool(field.nullable)
    if field.pattern and "string" in field.types and field.nullable is not None:
        empty = accepts(field.pattern, ("",)) and not accepts(field.pattern, ("a b",))
        return empty, field.nullable
    return None


def _rare_empty(resource: Resource, field: Field) -> bool:
    if len(field.samples) < SAMPLES:
        return False
    return any("" in table.columns.get(field.name, ()) for table in resource.tables)


def _groups(resource: Resource) -> Iterator[tuple[str, ...]]:
    """An id and the names of the same thing, such as provider_id and clinician_name."""
    references = roles.references(resource)
    ids_of, names = defaultdict(list), defaultdict(list)
    for field, found in references:
        ids_of[found.thing].append(field.name)
    for field in resource.fields if references else ():
        for thing in _named(field.name) if ids.reference(field.name) is None else ():
            names[thing].append(field.name)
    for _, reference in references:
        if reference.thing in names:
            yield (*ids_of[reference.thing], *names[reference.thing])


def _named(name: str) -> set[str]:
    """The things whose name a column may hold: the words of them, with or without name behind."""
    words = [word for word in split(name) if word not in ("name", "display", "full")]
    senses = load_words().senses
    found = {senses[word].concept if word in senses else word for word in words}
    return {phrase(words), *(found if len(found) == 1 else ())}


def _pairs(resource: Resource, group: Sequence[str], told: Mapping[str, Kinds | None]) -> Iterator[Place]:
    empty = [name for name in group if (told[name] or (False, False))[0]]
    null = [name for name in group if (told[name] or (False, False))[1]]
    if empty and null:
        yield from (Place(resource.name, name, f"empty text, where {null[0]} is null") for name in empty)
