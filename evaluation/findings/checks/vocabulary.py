"""Checks of words: one word for two things, records under another name, words of a database."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from .. import ids, roles
from ..model import Api, Field, Input, Resource
from ..outcome import Outcome, Place, judge
from ..phrases import listed, listed_words
from ..registry import check
from ..things import without_storage
from ..words import load, phrase, split
from .columns import id_columns


@check("HJ-006", Input.fields)
def two_meanings(api: Api) -> Outcome:
    """The tenant's word in front of ids of other things, where that word has several meanings."""
    known = load()
    tenant = roles.tenant(api)
    found = ids.reference(tenant) if tenant else None
    word = found.phrase if found else ""
    places = [
        Place(resource.name, field.name, f"{word} before {ref.phrase}, while {tenant} is the tenant")
        for resource, field, ref in id_columns(api)
        if ref.word and ref.affixes[:1] == (word,)
    ]
    return judge(
        places if word in known.ambiguous else [],
        int(bool(tenant)),
        failed=f"{tenant} names the tenant, and the same word stands in front of other ids: {listed(places)}",
        passed=f"the word in {tenant} has one meaning",
    )


@check("HJ-007", Input.paths, Input.fields)
def other_name(api: Api) -> Outcome:
    """References by one word to a resource named by another whose own id is spelled otherwise."""
    links = [(r, field, ref, leads) for r, field, ref, leads in roles.links(api) if leads and leads is not r]
    hidden: dict[str, set[str]] = defaultdict(set)
    for _, field, ref, leads in links:
        if leads and _hidden(ref, field, leads):
            hidden[leads.name].add(field.name)
    places = [_renamed(api.by_name[name], sorted(names), links) for name, names in sorted(hidden.items())]
    told = [f"{listed_words(sorted(names))} leads to {name}" for name, names in sorted(hidden.items())]
    return judge(
        places,
        len(links),
        failed=f"the record behind an id has another name: {'; '.join(told)}",
        passed="every resource is named by the word that ids use, or has the id under that spelling",
    )


def _hidden(ref: ids.Reference, field: Field, leads: Resource) -> bool:
    if leads.empty or ref.role or not ref.concept or ref.affixes:
        return False
    sense = load().senses.get(ref.phrase)
    if not sense or sense.how == "kin" or load().concepts[ref.concept].or_else == roles.concept(leads.name) != "":
        return False
    return sense.full not in roles.plain_name(leads.name) and field.name not in leads.by_name


def _renamed(leads: Resource, names: list[str], links: Sequence[roles.Link]) -> Place:
    count = len({resource.name for resource, field, _, to in links if to is leads and field.name in names})
    key = roles.source_key(leads) or roles.surrogate(leads)
    own = f", its own id is {key.name}" if key else ""
    return Place(leads.name, key.name if key else "", f"{listed_words(names)} in {count} resources{own}")


@check("HJ-009", Input.paths, Input.fields)
def storage_words(api: Api) -> Outcome:
    """Resources under a name with a part from a database, while ids use the plain word."""
    plain = {short for r in api.resources if (short := without_storage(r.name)) == phrase(split(r.name))}
    words = {ref.phrase for _, _, ref in id_columns(api)}
    places = []
    for resource in api.resources:
        whole, short = phrase(split(resource.name)), without_storage(resource.name)
        if whole != short and short in words and whole not in words and short not in plain:
            places.append(Place(resource.name, "", f"ids say {short}"))
    return judge(
        places,
        len(api.resources),
        failed=f"a word from a database, which ids of the same thing do without, is in the name {listed(places)}",
        passed="no resource is served under a name from a database",
    )
