"""Letters to words: separators, capitals, digits, joined ids, plurals. Knows no concepts; word lists are handed in."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence

LETTERS = 256  # of a name that are looked at; a longer one is no name people gave
_PIECE = re.compile(r"[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z]+|[A-Z]+|[0-9]+")
_ACRONYMS = ("IDs", "PKs", "UUIDs", "GUIDs")
_IRREGULAR: Mapping[str, str] = {
    "people": "person", "persons": "person", "diagnoses": "diagnosis", "analyses": "analysis", "addenda": "addendum",
    "staff": "staff", "series": "series", "species": "species", "children": "child", "indices": "index",
}  # fmt: skip
_JOINED_ONLY_IF_KNOWN = ("pk", "fk", "key", "ids", "uid")


def pieces(name: str) -> tuple[str, ...]:
    """A name cut at separators, at capitals and around digits, in lower case. Joined words stay joined.

    Of a name longer than LETTERS only its beginning is looked at.
    """
    name = name[:LETTERS]
    for acronym in _ACRONYMS:
        name = name.replace(acronym, acronym[0] + acronym[1:].lower())
    return tuple(piece.lower() for piece in _PIECE.findall(name))


def singular(word: str) -> str:
    """The singular of an English noun, near enough to compare two names; words that end in ss, us or is stay."""
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if len(word) < 4 or not word.endswith("s") or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("ies"):
        return f"{word[:-3]}y"
    if word.endswith(("sses", "shes", "ches", "xes", "zes", "uses")):
        return word[:-2]
    return word[:-1]


def phrase(words: Iterable[str]) -> str:
    """Words as one text with blanks, the last one singular, digits left out."""
    kept = [word for word in words if not word.isdigit()]
    return " ".join([*kept[:-1], singular(kept[-1])]) if kept else ""


def strip_tail(
    piece: str, vocabulary: Collection[str], tails: Sequence[str], not_ids: Mapping[str, Sequence[str]]
) -> tuple[str, str]:
    """The stem and the tail of a joined id (``encounterid``), or an empty tail where the word merely ends like one.

    A stem that is known always counts. An unknown one counts only before ``id``, ``uuid`` and ``guid``, and only
    where the whole is no word of ``not_ids``.
    """
    if piece in tails or piece in not_ids["words"]:
        return piece, ""
    for tail in sorted(tails, key=len, reverse=True):
        stem = piece.removesuffix(tail)
        if stem != piece and stem and _is_stem(piece, stem, tail, vocabulary, not_ids["endings"]):
            return stem, tail
    return piece, ""


def _is_stem(piece: str, stem: str, tail: str, vocabulary: Collection[str], endings: Sequence[str]) -> bool:
    if segments(stem, vocabulary, strict=True):
        return True
    if tail in _JOINED_ONLY_IF_KNOWN or piece.endswith(tuple(endings)):
        return False
    return len(stem) > 3


def segments(stem: str, vocabulary: Collection[str], strict: bool = False) -> tuple[str, ...]:
    """A joined stem as the fewest known words; where there are none the stem itself, or nothing if ``strict``."""
    best: dict[int, tuple[str, ...]] = {0: ()}
    for end in range(1, len(stem) + 1):
        ways = [(*best[start], stem[start:end]) for start in best if singular(stem[start:end]) in vocabulary]
        if ways:
            best[end] = min(ways, key=len)
    found = best.get(len(stem), ())
    return found or (() if strict else (stem,))
