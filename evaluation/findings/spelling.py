"""Compares the spelling of terms: what differs in case and blanks only, and what is one letter apart."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations

_WORD = re.compile(r"[^\W\d_]+")


def folded(term: str) -> str:
    """The term without case and without blanks at the ends or more than one between words."""
    return " ".join(term.casefold().split())


def same_but_for_case(terms: Iterable[str]) -> list[tuple[str, ...]]:
    """Groups of terms that are one term once case and blanks are left out."""
    groups: dict[str, list[str]] = defaultdict(list)
    for term in terms:
        groups[folded(term)].append(term)
    return [tuple(sorted(group)) for _, group in sorted(groups.items()) if len(group) > 1]


def one_letter_apart(one: str, other: str) -> bool:
    """Whether one letter more, another one, or two neighbours swapped turn one word into the other."""
    if one == other or abs(len(one) - len(other)) > 1:
        return False
    short, long = sorted((one, other), key=len)
    at = next((i for i, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    if len(short) < len(long):
        return short[at:] == long[at + 1 :]
    swapped = short[at : at + 2] == long[at : at + 2][::-1] and short[at + 2 :] == long[at + 2 :]
    return swapped or short[at + 1 :] == long[at + 1 :]


def misspelt(counted: Mapping[str, int], letters: int, rare: int, distinct: Sequence[str]) -> list[tuple[str, str]]:
    """Pairs of terms (rare, frequent) that differ in one letter of one word.

    ``letters`` is what the longer of the two words needs, ``rare`` the most percent of the frequent one the other may
    have. A plural and pairs of ``distinct`` are different words.
    """
    folded_counts: dict[str, int] = defaultdict(int)
    for term, count in counted.items():
        folded_counts[folded(term)] += count
    by_length = sorted(folded_counts, key=lambda term: (len(term), term))
    found = []
    for one, other in combinations(by_length, 2):
        if len(other) - len(one) <= 1 and _differ_in_one(one, other, letters, distinct):
            few, many = sorted((one, other), key=lambda term: (folded_counts[term], term))
            if folded_counts[few] * 100 <= folded_counts[many] * rare:
                found.append((few, many))
    return found


def _differ_in_one(one: str, other: str, letters: int, distinct: Sequence[str]) -> bool:
    first, second = one.split(), other.split()
    if len(first) != len(second):
        return False
    pairs = [(a, b) for a, b in zip(first, second, strict=True) if a != b]
    return len(pairs) == 1 and _slip(*pairs[0], letters, distinct)


def _slip(one: str, other: str, letters: int, distinct: Sequence[str]) -> bool:
    short, long = sorted((one, other), key=lambda word: (len(word), word))
    if len(long) < letters or not (short.isalpha() and long.isalpha()) or long == f"{short}s":
        return False
    known = f"{short} {long}" in distinct or f"{long} {short}" in distinct
    return not known and one_letter_apart(short, long)


def shouted(terms: Iterable[str], letters: int) -> Iterator[str]:
    """Words that are written in capitals in one term and not in another, in lower case, sorted.

    A term that is one word is left out, because codes stand beside words in many lists.
    """
    loud: set[str] = set()
    quiet: set[str] = set()
    for term in terms:
        words = [word for word in _WORD.findall(term) if len(word) >= letters]
        if len(term.split()) > 1:
            for word in words:
                (loud if word.isupper() else quiet).add(word.casefold())
    yield from sorted(loud & quiet)
