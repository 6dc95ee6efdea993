"""Names of id columns: which thing they point at, and how the name is built. Names only; values play no part."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, cached_property

from .words import Sense, Words, load, phrase, spelling

_COMPANY = "of another company"  # such a word makes an id an outside one from the front as well
_OPEN_KINDS = ("person", "place", "event", "tenant", "organization")


@dataclass(frozen=True)
class Reference:
    """An id column: ``client_appt_id`` has word ``appt``, concept ``appointment``, affix ``client``, tail ``id``.

    ``concept`` is empty where the word is in no list; ``word`` is as spelled, words joined by ``_``, and empty for a
    bare ``id``. ``joined``: the tail stands without a separator (``encounterid``). ``abbreviated``: the word is a
    short form. ``outside``: why such an id leads to nothing inside an API, unless it has a resource of that name.
    """

    concept: str
    word: str
    affixes: tuple[str, ...]
    tail: str
    joined: bool = False
    abbreviated: bool = False
    outside: str = ""
    role: bool = False

    @cached_property
    def phrase(self) -> str:
        """The word as it is compared: singular, with blanks."""
        return phrase(self.word.split("_"))

    @cached_property
    def thing(self) -> str:
        """The concept, or the word where there is none."""
        return self.concept or self.phrase

    @property
    def plain(self) -> bool:
        """Whether it is an ordinary id: no uuid or list of ids, which may be of another type on purpose."""
        return self.tail not in load().ids["other_kinds"]


@cache
def reference(name: str) -> Reference | None:
    """The name as an id column, or None where it is none (``paid``, ``valid``, ``id_type``, ``api_key``)."""
    spelled, known = spelling(name), load()
    words = list(spelled.words)
    while len(words) > 1 and words[-1].isdigit():
        words.pop()
    if len(words) > 1 and words[0] == "id" and phrase(words[1:]) in known.senses:
        words = [*words[1:], "id"]
    if not words or words[-1] not in known.ids["tails"] or (words[-1] in ("key", "ids", "fk") and len(words) == 1):
        return None
    found = _named(tuple(word for word in words[:-1] if not word.isdigit()), words[-1], spelled.joined, known)
    return None if words[-1] == "key" and not found.concept else found


def _named(rest: tuple[str, ...], tail: str, joined: bool, known: Words) -> Reference:
    for start in range(len(rest)):
        sense = known.senses.get(phrase(rest[start:]))
        if sense and _belongs(rest[:start], sense, known):
            short, role = sense.how == "abbreviation", sense.how == "role"
            return Reference(sense.concept, "_".join(rest[start:]), rest[:start], tail, joined, short, role=role)
    start = _bare(rest, known)
    outside = "given worldwide" if rest and tail in known.ids["worldwide"] else _outside(rest, known)
    return Reference("", "_".join(rest[start:]), rest[:start], tail, joined, outside=outside)


def _belongs(before: Sequence[str], sense: Sense, known: Words) -> bool:
    """Whether words in front leave the meaning: any before a person (athena_patient_id), known ones before a thing."""
    concept = known.concepts[sense.concept]
    if before and before[-1] in concept.not_after:
        return False
    return concept.kind in _OPEN_KINDS or all(mark(word, known) for word in before)


def mark(word: str, known: Words | None = None) -> bool:
    """Whether a word before an id says of which system or in which role: a listed one, or the initials of a vendor."""
    known = known or load()
    return word in known.affixes or (len(word) < 4 and word not in known.vocabulary)


def _bare(rest: Sequence[str], known: Words) -> int:
    """How many marks stand in front of an unknown word; the last word is never one of them."""
    start = 0
    while start < len(rest) - 1 and mark(rest[start], known):
        start += 1
    return start


def _outside(rest: Sequence[str], known: Words) -> str:
    for start in range(len(rest)):
        reason = known.ids["outside"].get(phrase(rest[start:]))
        if reason:
            return str(reason)
    first = str(known.ids["outside"].get(rest[0], "")) if rest else ""
    return first if first == _COMPANY else ""
