"""Ids that need no resource of their own: they lead elsewhere on purpose, or the API takes them in a path."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Set

from .ids import Reference
from .keys import addressed_by
from .links import Targets
from .model import Api, Field, Resource
from .things import listing, plain_name
from .words import load, singular, split

_LAST_WORD = re.compile(r"/([^/{}]+)(?:/\{[^{}/]+\})?/?$")
_ASKED = re.compile(r"/([^/{}]+)/\{([^{}/]+)\}")
_PREPOSITIONS = frozenset({"for", "by", "per", "of", "with", "in", "from", "and"})  # what is behind is another thing
_WORD = re.compile(r"[a-z]+")
_JOINTS = frozenset({"to", "in", "of"})


class Apart:
    """What an API says of its ids beside the names of its resources."""

    def __init__(self, api: Api) -> None:
        self._targets = Targets(api)
        self._listed = {field.name for r in api.resources if listing(r) for field in r.fields}
        self._served = set(_served(api))
        asked = (split(name) for r in api.resources for name in addressed_by(r))
        self._asked = {*asked, *_behind(api, self._served)}
        self._known: dict[str, bool] = {}
        self._spelled: dict[Resource, frozenset[tuple[str, ...]]] = {}

    def holds(self, resource: Resource, field: Field, found: Reference) -> bool:
        """Whether an id needs no resource.

        A list of tenants has it; it leads to another row of its own kind, out of the API or to anything, which a column
        of the type beside it tells; its word may mean several things; a path asks for it, of single rows or behind the
        word of a thing that is served; or its description says that it is something else than its name.
        """
        if field.name not in self._known:
            self._known[field.name] = field.name in self._listed or self._by_name(field.name, found)
        return self._known[field.name] or self._typed(resource, field) or _something_else(field, found)

    def serves(self, found: Reference) -> bool:
        """Whether something is called by its word: several resources, or the end of a path."""
        return found.phrase in self._served

    def _by_name(self, name: str, found: Reference) -> bool:
        ids = load().ids
        alone = any(found.word in ids[key] for key in ("relations", "minted", "own"))
        outside = bool(set(found.affixes) & set(ids["source"]))
        open_ = found.phrase in load().ambiguous or split(name) in self._asked
        return alone or outside or open_ or _replies(found, ids) or self._second(found)

    def _typed(self, resource: Resource, field: Field) -> bool:
        """Whether a column beside it says of which type the thing is (``subject_id`` beside ``subject_type``)."""
        if resource not in self._spelled:
            self._spelled[resource] = frozenset(split(other.name) for other in resource.fields)
        return (*split(field.name)[:-1], "type") in self._spelled[resource]

    def _second(self, found: Reference) -> bool:
        """Whether it is the second key of a thing that is there (``check_suite_node_id``)."""
        *words, last = found.word.split("_")
        if not words or last not in load().ids["own"]:
            return False
        return self._targets.of(Reference("", "_".join(words), found.affixes, found.tail)) is not None


def _served(api: Api) -> Iterator[str]:
    """What lists are called, and the last words of the paths resources are described at, with every shorter ending."""
    for resource in api.resources:
        ends = [part for path in resource.paths for part in _LAST_WORD.findall(path)]
        for name in ends if resource.listed is False else (resource.name, *ends):
            words = plain_name(name).split()
            words = words[: next((at for at, word in enumerate(words) if at and word in _PREPOSITIONS), len(words))]
            yield from (" ".join(words[start:]) for start in range(len(words)))


def _behind(api: Api, served: Set[str]) -> Iterator[tuple[str, ...]]:
    """The words of parameters behind the word of a thing that is served (``/orders/{booking_id}/lines``)."""
    for path in dict.fromkeys(path for r in api.resources for path in r.paths):
        for part, name in _ASKED.findall(path):
            if plain_name(part) in served:
                yield split(name)


def _replies(found: Reference, ids: Mapping[str, tuple[str, ...]]) -> bool:
    """Whether every word of it says how a row stands to another of its kind (``in_reply_to_id``)."""
    words = {*found.affixes, *found.word.split("_")} - _JOINTS
    return bool(words) and words <= set(ids["relations"])


def _something_else(field: Field, found: Reference) -> bool:
    """Whether its description names neither an id nor the thing (``order_id``: the number shown beside a comment)."""
    said = {form for word in _WORD.findall(field.description.lower()) for form in (word, singular(word))}
    concept = load().concepts.get(found.concept)
    called = (found.word.replace("_", " "), *found.affixes, *((*concept.words, *concept.kin) if concept else ()))
    return bool(said) and not said & {*load().ids["said"], *(word for name in called for word in name.split())}
