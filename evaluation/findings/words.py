"""Words of names: which concept they stand for, which ids they build, and how a name falls into words.

The words are data: ``words/concepts.yaml`` (things and synonyms), ``words/ids.yaml`` (spellings of id columns) and
``words/columns.yaml`` (stamps, flags, short forms). The lists are the project's own judgement; a reason stands beside
what can be disputed. ``load`` and ``split`` are what other modules use.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any, Final

from evaluation.schema import bundled, mapping

from . import words_schema
from .shapes import FOLDER, held
from .splitting import phrase, pieces, segments, singular, strip_tail

FILES: Final = ("concepts", "ids", "columns")

__all__ = ["Ambiguous", "Concept", "Sense", "Spelling", "Words", "load", "phrase", "singular", "spelling", "split"]


@dataclass(frozen=True)
class Concept:
    """A thing APIs speak of. Words are singular, several with a blank; concepts.yaml says what the lists mean."""

    name: str
    kind: str
    words: tuple[str, ...]
    kin: tuple[str, ...] = ()
    records: tuple[str, ...] = ()
    abbreviations: Mapping[str, str] | None = None
    roles: tuple[str, ...] = ()
    not_after: tuple[str, ...] = ()
    or_else: str = ""
    note: str = ""


@dataclass(frozen=True)
class Ambiguous:
    """A word of several meanings; concepts.yaml says when it is read as ``as_person`` or ``record_of``."""

    word: str
    may_be: tuple[str, ...]
    reason: str
    as_person: str = ""
    record_of: str = ""


@dataclass(frozen=True)
class Sense:
    """What a phrase stands for. ``how`` is ``word``, ``kin``, ``record``, ``abbreviation`` or ``role``."""

    concept: str
    how: str
    full: str


@dataclass(frozen=True, eq=False)
class Words:
    """The three files as one. ``ids`` and ``columns`` are lists and mappings by the keys of their files."""

    concepts: Mapping[str, Concept]
    ambiguous: Mapping[str, Ambiguous]
    ids: Mapping[str, Any]
    columns: Mapping[str, Any]

    @cached_property
    def senses(self) -> Mapping[str, Sense]:
        """Every phrase that stands for one concept."""
        return {text: sense for concept in self.concepts.values() for text, sense in _senses(concept)}

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """Every single word that may be told apart inside a joined name."""
        names = [*self.senses, *self.ambiguous, *self.ids["outside"]]
        lists = ("source", "minted", "relations", "part", "own")
        single = {word for name in names for word in name.split()}
        return frozenset(single.union(*(self.ids[key] for key in lists)))

    @cached_property
    def affixes(self) -> frozenset[str]:
        """Words that stand before the word of an id and say of which system or in which role."""
        known = {word for key in ("source", "minted", "relations", "part") for word in self.ids[key]}
        return frozenset(known | set(self.tenants))

    @cached_property
    def tenants(self) -> tuple[str, ...]:
        """Words that may name who owns the data."""
        of_kind = [w for c in self.concepts.values() if c.kind == "tenant" for w in (*c.words, *c.kin)]
        return tuple(sorted({*of_kind, *(a.word for a in self.ambiguous.values() if "tenant" in a.may_be)}))


def _senses(concept: Concept) -> Iterator[tuple[str, Sense]]:
    lists = {"word": concept.words, "kin": concept.kin, "record": concept.records, "role": concept.roles}
    for how, texts in lists.items():
        for text in texts:
            yield text, Sense(concept.name, how, text)
    for short, full in sorted((concept.abbreviations or {}).items()):
        yield short, Sense(concept.name, "abbreviation", full)


@cache
def load() -> Words:
    """The words of this package. Raises InputError with file, key, what is valid and a guess where a file is wrong."""
    return read({name: bundled(f"{FOLDER}/{name}.yaml").data for name in FILES})


def read(documents: Mapping[str, Any]) -> Words:
    """Words from plain data by the names of the files. Raises InputError as ``load`` does."""
    concepts, ids, columns = (mapping(documents[name], f"{FOLDER}/{name}.yaml") for name in FILES)
    raw = words_schema.concepts(concepts)
    return Words(
        concepts={name: Concept(name, **entry) for name, entry in raw["concepts"].items()},
        ambiguous={word: Ambiguous(word, **entry) for word, entry in raw["ambiguous"].items()},
        ids=held(ids, words_schema.IDS),
        columns=held(columns, words_schema.COLUMNS),
    )


@dataclass(frozen=True)
class Spelling:
    """A name as words. ``joined`` says that the tail of an id stands behind its word without a separator."""

    words: tuple[str, ...]
    joined: bool


@cache
def spelling(name: str) -> Spelling:
    """The words of a name and whether an id's tail is joined to it: ``lab_orderid`` is lab, order, id, joined."""
    found = pieces(name)
    if not found:
        return Spelling((), False)
    known = load()
    stem, tail = strip_tail(found[-1], known.vocabulary, known.ids["tails"], known.ids["not_ids"])
    if not tail:
        return Spelling(found, False)
    return Spelling((*found[:-1], *segments(stem, known.vocabulary), tail), True)


def split(name: str) -> tuple[str, ...]:
    """The words of a name in lower case: ``appointmentid`` is appointment, id; ``dx1_code`` is dx, 1, code."""
    return spelling(name).words
