"""Where ids lead: to which resource, and which column says whose row it is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from .ids import Reference, reference
from .keys import own
from .model import ABSENT, Api, Field, Resource, Table
from .things import concept, id_columns, listing, person_like, plain_name
from .words import load, phrase

Link = tuple[Resource, Field, Reference, Resource | None]


def target(api: Api, found: Reference) -> Resource | None:
    """The resource an id leads to, by its word, then by its concept. None without one; a list of tenants is none."""
    candidates = [resource for resource in api.resources if not listing(resource)]
    whole = phrase([*found.affixes, *found.word.split("_")])
    for name in (whole, found.phrase):
        for resource in candidates:
            if plain_name(resource.name) == name:
                return resource
    return _by_concept(candidates, found) or _by_last_word(candidates, found)


def _by_concept(candidates: list[Resource], found: Reference) -> Resource | None:
    """The resource of a concept, by any word of it, by a word of several meanings, or of the concept that will do."""
    if not found.concept:
        return None
    for name in (found.concept, load().concepts[found.concept].or_else):
        for resource in candidates:
            if name and name in (concept(resource.name), described(candidates, resource)):
                return resource
    return None


def described(resources: Sequence[Resource], resource: Resource) -> str:
    """The concept that people under an ambiguous word are: patient for clients, and for members where none are."""
    entry = load().ambiguous.get(plain_name(resource.name))
    if not entry or not person_like(resource):
        return ""
    taken = any(concept(other.name) == entry.record_of for other in resources)
    return entry.as_person or ("" if taken else entry.record_of)


def _by_last_word(candidates: list[Resource], found: Reference) -> Resource | None:
    last = found.phrase.split(" ")[-1]
    near = [r for r in candidates if last and last in (plain_name(r.name), *plain_name(r.name).split(" ")[-1:])]
    return near[0] if len(near) == 1 else None


def links(api: Api) -> Iterator[Link]:
    """Every id column that points at another thing, with the resource it leads to.

    Ids that lead out of any API (account, session) are in only where there is a resource of that name.
    """
    for resource in api.resources:
        mine = {field.name for field, _ in own(resource)}
        for field, found in id_columns(resource):
            if field.name in mine:
                continue
            leads = target(api, found)
            if leads or not found.outside:
                yield resource, field, found, leads


def tenant(api: Api) -> str:
    """Name of the column that says whose row it is, empty where none does.

    Such a column has a word of a tenant and stands in four of five resources that are no listings. Besides, either a
    resource lists or describes its tenants (and another one the patients), or it holds one value in each practice, or
    its word means nothing else.
    """
    resources = [r for r in api.resources if not r.empty and not listing(r)]
    for name in _everywhere(resources):
        found = reference(name)
        if found and found.phrase in load().tenants and not found.affixes and _owns(api, resources, name, found.phrase):
            return name
    return ""


def _everywhere(resources: list[Resource]) -> list[str]:
    counts = Counter(field.name for resource in resources for field in resource.fields)
    least = max(2, 0.8 * len(resources))
    return sorted(name for name, count in counts.items() if count >= least)


def _owns(api: Api, resources: list[Resource], name: str, word: str) -> bool:
    records = [r for r in api.resources if plain_name(r.name) == word and not listing(r)]
    if any(person_like(r) for r in records):
        return False
    listed = any(listing(r) and name in r.by_name for r in api.resources)
    own = any(name in r.by_name for r in records) and any(concept(r.name) == "patient" for r in resources)
    return listed or own or word not in load().ambiguous or _constant(resources, name)


def _constant(resources: list[Resource], name: str) -> bool:
    tables = [[t for t in r.tables if t.size > 1] for r in resources]
    having = [table for found in tables for table in found if name in table.columns]
    return sum(bool(found) for found in tables) > 1 and all(_one_value(table, name) for table in having)


def _one_value(table: Table, name: str) -> bool:
    cells = iter(table.column(name))
    first = next(cells, ABSENT)
    return first is not ABSENT and all(cell == first for cell in cells)
