"""Pseudonyms that keep the order of text, for columns a recording compares with lt, gt, btwn or like.

A tree of prefixes in which each node gives its branches random letters that rise as the original ones do: order, equal
beginnings and lengths survive, and nothing else. Only such columns get it, because order gives something away.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from random import Random

from . import letters

Branches = Callable[[list[str], bool, Random], Mapping[str, str]]


def words(originals: Iterable[str], rng: Random) -> dict[str, str]:
    """Lower-case words -> words."""
    return _mapped(sorted(set(originals)), _letters, rng)


def digits(originals: Iterable[str], rng: Random) -> dict[str, str]:
    """Digit strings -> digit strings; a leading zero stays one, and only one."""
    return _mapped(sorted(set(originals)), _digits, rng)


def _mapped(originals: list[str], branches: Branches, rng: Random) -> dict[str, str]:
    found = dict.fromkeys(originals, "")
    _grow(originals, 0, branches, rng, found)
    return found


def _grow(group: list[str], depth: int, branches: Branches, rng: Random, found: dict[str, str]) -> None:
    """Letter ``depth`` of a group of words that are alike up to there. As deep as the longest word."""
    by_letter: dict[str, list[str]] = {}
    for word in group:
        if len(word) > depth:
            by_letter.setdefault(word[depth], []).append(word)
    new = branches(sorted(by_letter), depth == 0, rng)
    for letter, inner in by_letter.items():
        for word in inner:
            found[word] += new[letter]
        _grow(inner, depth + 1, branches, rng, found)


def _letters(old: list[str], first: bool, rng: Random) -> Mapping[str, str]:
    """Letters in order; each of the alphabets by itself, they do not overlap and follow each other."""
    new: dict[str, str] = {}
    for pool in dict.fromkeys(letters.full(c) for c in old):
        inside = [c for c in old if letters.full(c) == pool]
        few = letters.alphabet(inside[0])
        chosen = few if len(inside) <= len(few) else pool
        new |= zip(inside, sorted(rng.sample(chosen, len(inside))), strict=True)
    return new


def _digits(old: list[str], first: bool, rng: Random) -> Mapping[str, str]:
    fixed = {"0": "0"} if first and "0" in old else {}
    rest = [d for d in old if d not in fixed]
    return fixed | dict(zip(rest, sorted(rng.sample("123456789" if first else "0123456789", len(rest))), strict=True))
