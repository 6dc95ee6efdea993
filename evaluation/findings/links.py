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
_PLAIN = frozenset({"string", "integer", "number", "array"})  # an object may lead, but is no id to compare


def target(api: Api, found: Reference) -> Resource | None:
    """The resource an id leads to, by its word, then by its concept. None without one; a list of tenants is none."""
    return Targets(api).of(found)


class Targets:
    """Where ids of one API lead; each id and each name is looked at once, however many resources there are."""

    def __init__(self, api: Api) -> None:
        self._candidates = [resource for resource in api.resources if not listing(resource)]
        self._named: dict[str, Resource] = {}
        self._ends: dict[str, list[Resource]] = {}
        for resource in self._candidates:
            name = plain_name(resource.name)
            self._named.setdefault(name, resource)
            self._ends.setdefault(name.split(" ")[-1], []).append(resource)
        self._known: dict[Reference, Resource | None] = {}

    def of(self, found: Reference) -> Resource | None:
        """The resource an id leads to. None without one."""
        if found not in self._known:
            whole = phrase([*found.affixes, *found.word.split("_")])
            named = self._named.get(whole) or self._named.get(found.phrase)
            self._known[found] = named or self._by_concept(found) or self._by_last_word(found)
        return self._known[found]

    def _by_concept(self, found: Reference) -> Resource | None:
        """The resource of a concept: by any word of it, by a word of several meanings, or of the one that will do."""
        if not found.concept:
            return None
        for name in (found.concept, load().concepts[found.concept].or_else):
            for resource in self._candidates:
                if name and name in (concept(resource.name), described(self._candidates, resource)):
                    return resource
        return None

    def _by_last_word(self, found: Reference) -> Resource | None:
        last = found.phrase.split(" ")[-1]
        near = self._ends.get(last, []) if last else []
        return self._named.get(last) if last in self._named else near[0] if len(near) == 1 else None


def described(resources: Sequence[Resource], resource: Resource) -> str:
    """The concept that people under an ambiguous word are: patient for clients, and for members where none are."""
    entry = load().ambiguous.get(plain_name(resource.name))
    if not entry or not person_like(resource):
        return ""
    taken = any(concept(other.name) == entry.record_of for other in resources)
    return entry.as_person or ("" if taken else entry.record_of)


def links(api: Api) -> Iterator[Link]:
    """Every id column that points at another thing, with the resource it leads to.

    Ids that lead out of any API (account, session) are in only where there is a resource of that name.
    """
    targets = Targets(api)
    for resource in api.resources:
        mine = {field.name for field, _ in own(resource)}
        for field, found in id_columns(resource):
            if field.name in mine or (field.types and not field.types & _PLAIN):
                continue
            leads = targets.of(found)
            if leads and _two_things(resource, found, leads):
                leads = None
            if leads or not found.outside:
                yield resource, field, found, leads


def _two_things(resource: Resource, found: Reference, leads: Resource) -> bool:
    """Whether a word that may be another thing is one: the row has an id by a proper word of the concept as well."""
    sense = load().senses.get(found.phrase)
    if not sense or sense.how != "kin" or plain_name(leads.name) == found.phrase:
        return False
    words = load().concepts[sense.concept].words
    return any(other.phrase in words for _, other in id_columns(resource))


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
