"""What resources describe, by their names, and which of them are no records of their own."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from .ids import Reference, reference
from .model import Api, Field, Resource
from .words import load, phrase, split

_CLASS = re.compile(r"(?:[A-Z][a-z0-9]*){3,}[._]([A-Z][A-Za-z0-9]+)")


@cache
def plain_name(name: str) -> str:
    """A resource's name as it is compared: singular, with blanks, the thing alone.

    Database words are left out (``payer_dim`` is payer), and so are words that say how much of a thing is shown
    (``simple-user``) and where the class of a schema stands in a program (``V1OrdersQueriesGet_Order``).
    """
    return phrase(_without(_without(split(_own_name(name)), "storage"), "views"))


@cache
def without_storage(name: str) -> str:
    """A resource's name, singular and with blanks, without database words only."""
    return phrase(_without(split(name), "storage"))


def _own_name(name: str) -> str:
    found = _CLASS.fullmatch(name)
    return found[1] if found else name


def _without(words: Sequence[str], kind: str) -> tuple[str, ...]:
    """The words without those of a list of ids.yaml at either end; one word is always left."""
    left, listed = list(words), load().ids[kind]
    while len(left) > 1 and left[-1] in listed:
        left.pop()
    while len(left) > 1 and left[0] in listed:
        left.pop(0)
    return tuple(left)


@cache
def concept(name: str) -> str:
    """The concept a resource of this name describes, empty where the name is in no list."""
    sense = load().senses.get(plain_name(name))
    return sense.concept if sense else ""


def thing(resource: Resource) -> str:
    """What a resource describes: its concept, or its plain name where there is none."""
    return concept(resource.name) or plain_name(resource.name)


def id_columns(resource: Resource) -> Iterator[tuple[Field, Reference]]:
    """The columns whose names are those of ids."""
    for field in resource.fields:
        found = reference(field.name)
        if found:
            yield field, found


def person(api: Api) -> Resource | None:
    """The resource that describes patients: by its name, else the one with most columns of a person."""
    for resource in api.resources:
        if concept(resource.name) == "patient":
            return resource
    ranked = [(person_columns(r), -index, r) for index, r in enumerate(api.resources) if not concept(r.name)]
    best = max(ranked, key=lambda entry: entry[:2], default=None)
    return best[2] if best and best[0] > 1 else None


def person_columns(resource: Resource) -> int:
    """How many columns only a person has: names, day of birth, sex."""
    marks = load().columns["person"]
    return sum(" ".join(split(field.name)) in marks for field in resource.fields)


def listing(resource: Resource) -> bool:
    """Whether a resource merely lists tenants (``client_ids``): one id of a tenant and at most its name."""
    words = split(resource.name)
    if resource.empty:
        return len(words) > 1 and words[-1] == "ids" and phrase(words[:-1]) in load().tenants
    ids = [found for _, found in id_columns(resource)]
    word = ids[0].phrase if len(ids) == 1 else ""
    names = {word, f"{word} name", f"{word} id", "name", "id"}
    small = all(" ".join(split(field.name)) in names for field in resource.fields)
    return bool(word) and word in load().tenants and small and phrase([w for w in words if w != "ids"]) == word


def person_like(resource: Resource) -> bool:
    """Whether it describes people, by two columns that only people have."""
    return person_columns(resource) > 1
