"""The check for two words of one meaning. Which words mean the same stands in words/concepts.yaml."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from .. import ids, roles
from ..model import Api, Field, Input, Resource
from ..outcome import Outcome, Place, judge
from ..phrases import listed_words
from ..registry import check
from ..words import load, phrase, split

_NAMES = {
    "person": ("name", "first name", "last name", "full name", "npi"),
    "place": ("name",),
    "organization": ("name",),
}


@dataclass(frozen=True)
class Use:
    """A word of a concept in a name. ``names_resource``: it is the resource's name; ``is_id``: it stands in an id."""

    concept: str
    word: str
    resource: str
    field: str = ""
    is_id: bool = False

    @property
    def names_resource(self) -> bool:
        return not self.field


@check("HJ-005", Input.fields)
def two_words(api: Api) -> Outcome:
    """Synonyms of one concept used side by side, unless both are resources."""
    groups: dict[str, list[Use]] = defaultdict(list)
    for use in _uses(api):
        groups[use.concept].append(use)
    places = [place for name in sorted(groups) for place in _clash(groups[name])]
    words = {name: sorted({use.word for use in groups[name]}) for name in groups if list(_clash(groups[name]))}
    told = [f"{listed_words(words[name])} for a {name}" for name in sorted(words)]
    return judge(
        places,
        sum(map(len, groups.values())),
        failed=f"one thing has several names: {'; '.join(told)}",
        passed="people, places and events are called by one word each",
    )


def _uses(api: Api) -> Iterator[Use]:
    persons = _words_for_persons(api)
    for resource in api.resources:
        yield from _use(resource.name, "", phrase(split(roles.plain_name(resource.name))), persons, False)
        for field in resource.fields:
            yield from _field_uses(resource, field, persons)


def _field_uses(resource: Resource, field: Field, persons: Mapping[str, str]) -> Iterator[Use]:
    found = ids.reference(field.name)
    if found:
        yield from _use(resource.name, field.name, found.phrase if found.concept else "", persons, True)
        if found.phrase in persons:
            yield from _use(resource.name, field.name, found.phrase, persons, True)
        return
    if not field.types - {"string"}:
        for word in _named(split(field.name)):
            yield from _use(resource.name, field.name, word, persons, False)


def _use(resource: str, field: str, word: str, persons: Mapping[str, str], is_id: bool) -> Iterator[Use]:
    sense = load().senses.get(word)
    if sense and sense.how in ("word", "abbreviation"):
        yield Use(sense.concept, sense.full, resource, field, is_id)
    elif word in persons:
        yield Use(persons[word], word, resource, field, is_id)


def _named(words: tuple[str, ...]) -> Iterator[str]:
    """The words of a name that says who it is: provider_clinician_name is of a provider and of a clinician."""
    known = load()
    texts = [phrase(words)]
    for kind, ends in _NAMES.items():
        for end in ends:
            size = len(end.split())
            if phrase(words[-size:]) == end:
                texts += [word for word in _spelled(words[:-size]) if _kind(word) == kind]
    if _kind(texts[0]) != "person":
        texts = texts[1:]
    behind = dict(zip(words[1:], words, strict=False))
    for word in dict.fromkeys(texts):
        if behind.get(word) not in known.concepts[known.senses[word].concept].not_after:
            yield word


def _spelled(words: tuple[str, ...]) -> list[str]:
    """The phrase and, if it is none of its own, each of its words."""
    text = phrase(words)
    return [text] if text in load().senses else [phrase([word]) for word in words]


def _kind(word: str) -> str:
    sense = load().senses.get(word)
    return load().concepts[sense.concept].kind if sense else ""


def _words_for_persons(api: Api) -> Mapping[str, str]:
    """Words of several meanings that a column of a person shows to be one (client_first_name, clients with a dob)."""
    known = load()
    found = {}
    for word, entry in known.ambiguous.items():
        marks = tuple(f"{word} {mark}" for mark in known.columns["person"])
        texts = (" ".join(split(field.name)) for resource in api.resources for field in resource.fields)
        if entry.as_person and any(text in marks for text in texts):
            found[word] = entry.as_person
    for resource in api.resources:
        if meant := roles.described(api.resources, resource):
            found[roles.plain_name(resource.name)] = meant
    return found


def _clash(uses: list[Use]) -> Iterator[Place]:
    """The places of the words that are not the main one, where two words do not name two things."""
    counts = Counter(use.word for use in uses)
    resources = {use.word for use in uses if use.names_resource}
    main = min(counts, key=lambda word: (word not in resources, word in load().ambiguous, -counts[word], word))
    person = load().concepts[uses[0].concept].kind == "person"
    for use in uses:
        apart = {main, use.word} <= resources or (not person and _side_by_side(uses, main, use.word))
        if use.word != main and not apart:
            yield Place(use.resource, use.field, f"{use.word} here, {main} in {counts[main]} places")


def _side_by_side(uses: list[Use], one: str, two: str) -> bool:
    """Whether one resource has ids of both words, or names of both, so that they are two things.

    Such are facility_id beside location_id, and office_name beside location_name.
    """
    for is_id in (True, False):
        having = [{u.resource for u in uses if u.field and u.is_id is is_id and u.word == word} for word in (one, two)]
        if having[0] & having[1]:
            return True
    return False
