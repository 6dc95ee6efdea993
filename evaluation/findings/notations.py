"""How dates, times of day and instants are written, told from values or from what a contract declares.

The notations are data: ``words/notations.yaml``.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any, Final

from . import patterns, shapes
from .model import Field
from .words import split

SHAPE: Final = {
    "notations": {
        "*": {
            "of": ("date", "time", "instant"), "style": "text", "pattern": "pattern", "candidates": "texts",
            "either?": "texts", "by_name?": "flag",
        }
    },
    "names": {"*": {"words": "words", "endings": "words", "not": "words"}},
    "no_times": "words", "formats": {"*": "text"}, "junk": "texts", "zones": "pattern", "no_zones": "pattern",
}  # fmt: skip
_KEPT: Final = 10_000  # answers about patterns that are remembered
_LONGEST: Final = 40  # characters; no notation is longer
MEANT: Final = 0.8  # share of the values that have to be dates or instants before a column counts as one


@dataclass(frozen=True)
class Notation:
    """One way of writing. ``of`` is ``date``, ``time`` or ``instant``; notations of one ``style`` need one parser.

    A lower precision, such as a bare year, has no style. ``either`` names the two notations an ambiguous text fits.
    """

    name: str
    of: str
    style: str
    candidates: tuple[str, ...]
    either: tuple[str, ...] = ()
    by_name: bool = False


@dataclass(frozen=True, eq=False)
class Notations:
    """The file, and one pattern of all notations, whose group ``n3`` is the fourth of them."""

    by_name: Mapping[str, Notation]
    pattern: re.Pattern[str]
    data: Mapping[str, Any]

    def of(self, value: str) -> str:
        """The name of the first notation the whole text fits, empty for none."""
        found = self.pattern.fullmatch(value) if len(value) <= _LONGEST else None
        return list(self.by_name)[int(found.lastgroup[1:])] if found and found.lastgroup else ""


@cache
def load() -> Notations:
    """The notations of this package. Raises InputError where the file is wrong."""
    data = shapes.load("notations.yaml", SHAPE)
    made = {name: _notation(name, raw) for name, raw in data["notations"].items()}
    parts = (f"(?P<n{number}>{raw['pattern']})" for number, raw in enumerate(data["notations"].values()))
    return Notations(made, re.compile("|".join(parts)), data)


def _notation(name: str, raw: Mapping[str, Any]) -> Notation:
    either, by_name = raw.get("either", ()), raw.get("by_name", False)
    return Notation(name, raw["of"], raw["style"], raw["candidates"], either, by_name)


def of(value: str) -> str:
    """The notation of one text; digits count as whatever date or time they can be. Empty for none."""
    found = load().of(value)
    either = load().by_name[found].either if found else ()
    return either[0] if either else found


@cache
def speaks_of(name: str) -> frozenset[str]:
    """Which of ``date``, ``time`` and ``instant`` the name of a column speaks of."""
    words, data = split(name), load().data
    found = {kind for kind, entry in data["names"].items() if any(_says(word, entry) for word in words)}
    if set(words) & set(data["no_times"]):
        found.discard("time")
    return frozenset(found - {"date", "time"} if {"date", "time"} <= found or "instant" in found else found)


def _says(word: str, entry: Mapping[str, Any]) -> bool:
    return word not in entry["not"] and (word in entry["words"] or word.endswith(tuple(entry["endings"])))


def column(field: Field) -> frozenset[str]:
    """The notations a column is written in: of its values, else those its declared pattern or format lets through."""
    return written(field.name, field.samples) or declared(field)


def written(name: str, values: Iterable[object]) -> frozenset[str]:
    """The notations of the values of a column of this name; none where most of them are no date or time."""
    texts = [value for value in values if isinstance(value, str) and value]
    if not texts or not any(load().of(text) for text in texts[:5]):
        return frozenset()
    sure = [_fits(name, text) for text in texts]
    if "date" in {load().by_name[found].of for found in sure if found}:
        sure = [found or _digits_of_a_date(text) for found, text in zip(sure, texts, strict=True)]
    return frozenset() if sure.count("") > len(texts) * (1 - MEANT) else _resolved(set(sure) - {""})


def _digits_of_a_date(text: str) -> str:
    """Eight digits among dates written otherwise are a date, whatever the name of the column says."""
    return "YYYYMMDD" if load().of(text) == "YYYYMMDD" else ""


def _fits(name: str, text: str) -> str:
    known = load()
    found = known.of(text)
    if found and known.by_name[found].by_name:
        return found if known.by_name[found].of in speaks_of(name) else _otherwise(name, text)
    return found


def _otherwise(name: str, text: str) -> str:
    """Four digits are a time in a column of times and a year in one of dates; six and fourteen likewise."""
    data, known = load().data["notations"], load().by_name
    hinted = speaks_of(name)
    fitting = (n for n, raw in data.items() if known[n].of in hinted and re.fullmatch(raw["pattern"], text))
    return next(fitting, "")


def _resolved(found: Collection[str]) -> frozenset[str]:
    """Without the ambiguous one where the others say which it is."""
    known = load().by_name
    kept = {name for name in found if not known[name].either}
    for name in sorted(found):
        either = known[name].either
        if either and not kept & set(either):
            kept.add(either[0])
    return frozenset(kept)


def declared(field: Field) -> frozenset[str]:
    """The notations a declared pattern lets through, or the one a format stands for; empty where neither says."""
    known = load()
    if field.pattern and informative(field.pattern):
        named = (n for n in known.by_name.values() if n.candidates and _named(field.name, n))
        return frozenset(n.name for n in named if accepts(field.pattern, n.candidates))
    formats = known.data["formats"]
    return frozenset({formats[field.format]}) if field.format in formats else frozenset()


def _named(name: str, notation: Notation) -> bool:
    hinted = speaks_of(name)
    return notation.of in hinted or (not notation.by_name and not hinted)


@lru_cache(_KEPT)
def informative(pattern: str) -> bool:
    """Whether a pattern is narrow enough to say how something is written."""
    return not any(accepts(pattern, (junk,)) for junk in load().data["junk"])


@lru_cache(_KEPT)
def accepts(pattern: str, candidates: tuple[str, ...]) -> bool:
    """Whether a declared pattern lets all of these through. JSON Schema: it may match anywhere in the text.

    One that is not to be tried (``patterns.ways``) is taken to let nothing through.
    """
    found = re.compile(pattern.replace(r"\Z", "$")) if patterns.ways(pattern) else None
    return found is not None and all(found.search(text) for text in candidates)


def styles(names: Iterable[str], kind: str) -> frozenset[str]:
    """The styles of the notations of one kind; what has a lower precision only has none."""
    known = load().by_name
    return frozenset(known[name].style for name in names if known[name].of == kind and known[name].style)


def zone_declared(field: Field) -> bool:
    """Whether name or description say which zone the times of a column are in."""
    data = load().data
    said = re.sub(data["no_zones"], "", field.description)
    return bool(re.search(data["zones"], f"{' '.join(split(field.name))}. {said}"))
