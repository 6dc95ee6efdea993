"""Which declared patterns may be tried: ``re`` knows no limit of time, so a pattern is judged before it is run.

A pattern is read as pieces, and for each choice (a branch, a repetition) it is asked whether the next character decides
it. Where it does not, the ways are counted; ways in a repetition multiply. What has few ways ends soon on any text.
"""

from __future__ import annotations

import re
import string
import warnings
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Final

LETTERS: Final = 500  # of a pattern; longer ones are no description of how a short text is written
WAYS: Final = 300  # in which a pattern may go through one text
TEXT: Final = 40  # characters of the longest text that patterns are tried with
_DEEPEST: Final = 20  # groups in groups
_END: Final = frozenset({""})  # what follows an end of the text
_PLACES: Final = frozenset({"^", "$", r"\b", r"\B", r"\A", r"\Z"})
_ATOM: Final = re.compile(
    r"\\(?:x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|[^1-9xuUNpP])|\[\^?\]?(?:[^\]\[\\]|\\.)*\]|[^\\\[]", re.DOTALL
)
_TIMES: Final = re.compile(r"(?:[*+?]|\{(?=[\d,])(?P<least>\d{0,5})(?P<more>,(?P<most>\d{0,5}))?\})[?+]?")
_WARNED: Final = ("--", "&&", "~~", "||")  # in a class, where Python may give them another meaning


@dataclass(frozen=True)
class Piece:
    """A part of a pattern: a class of characters (``below`` is empty), or branches of pieces, repeated.

    ``first`` are the characters it may begin with; ``skips`` says whether it may take no character at all.
    """

    first: frozenset[str]
    skips: bool
    below: tuple[tuple[Piece, ...], ...] = ()
    least: int = 1
    most: int = 1

    def ways(self, then: frozenset[str]) -> int:
        """In how many ways it goes through a text of TEXT characters at most, where ``then`` are what may follow."""
        again = self.first | then if self.most > 1 else then
        once = min(_ways(self.below, again), WAYS + 1) if self.below else 1
        if self.least == self.most == 1:
            return once
        times = min(self.most, TEXT) - min(self.least, TEXT)
        rounds: int = once ** min(self.most, TEXT)
        return min(rounds * (times + 1 if self.first & then else 1), WAYS + 1)


class Unfit(Exception):
    """A pattern that is not tried."""


@lru_cache(4096)
def ways(pattern: str) -> int:
    """In how many ways a pattern may go through a short text; 0 for one that is not to be tried.

    Not tried are patterns of more than LETTERS letters or WAYS ways, those that look around or back, and those that
    ``re`` does not know or warns of.
    """
    try:
        branches, at = _branches(pattern, 0, 0) if len(pattern) <= LETTERS else ((), -1)
        found = _ways(branches, frozenset()) if at == len(pattern) else 0
        return found if 0 < found <= WAYS and _compiles(pattern) else 0
    except Unfit:
        return 0


def _compiles(pattern: str) -> bool:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            re.compile(pattern.replace(r"\Z", "$"))
    except (re.error, OverflowError, RecursionError, MemoryError, Warning):
        return False
    return True


def _ways(branches: tuple[tuple[Piece, ...], ...], then: frozenset[str]) -> int:
    """Ways through one of the branches: the most of one where the next character tells them apart, else of all."""
    told = [_sequence(pieces, then) for pieces in branches]
    seen: set[str] = set()
    for begins, _ in told:
        if seen & begins:
            return sum(count for _, count in told)
        seen |= begins
    return max(count for _, count in told)


def _sequence(pieces: tuple[Piece, ...], then: frozenset[str]) -> tuple[frozenset[str], int]:
    """What pieces may begin with, what follows them included, and in how many ways they go through."""
    count = 1
    for piece in reversed(pieces):
        count = min(count * piece.ways(then), WAYS + 1)
        then = piece.first | then if piece.skips else piece.first
    return then, count


def _branches(pattern: str, at: int, depth: int) -> tuple[tuple[tuple[Piece, ...], ...], int]:
    """The branches from here to the end of the group, and where that is."""
    if depth > _DEEPEST:
        raise Unfit
    branches: list[list[Piece]] = [[]]
    while at < len(pattern) and pattern[at] != ")":
        if pattern[at] == "|":
            branches.append([])
            at += 1
        else:
            piece, at = _piece(pattern, at, depth)
            branches[-1].append(piece)
    return tuple(map(tuple, branches)), at


def _piece(pattern: str, at: int, depth: int) -> tuple[Piece, int]:
    if pattern[at] == "(":
        below, at = _branches(pattern, at + (3 if pattern.startswith("(?:", at) else 1), depth + 1)
        if not pattern.startswith(")", at):
            raise Unfit
        firsts = [_sequence(pieces, frozenset())[0] for pieces in below]
        skips = any(all(piece.skips for piece in pieces) for pieces in below)
        return _repeated(Piece(frozenset().union(*firsts), skips, below), pattern, at + 1)
    found = _ATOM.match(pattern, at)
    if not found or _TIMES.match(pattern, at):
        raise Unfit
    place = found[0] in _PLACES
    return _repeated(Piece(_END if place else _letters(found[0]), place), pattern, found.end())


def _repeated(piece: Piece, pattern: str, at: int) -> tuple[Piece, int]:
    """The piece with how often it may stand. Nothing may be repeated that can be nothing: it would turn on the spot."""
    found = _TIMES.match(pattern, at)
    if not found:
        return piece, at
    least, most = _bounds(found)
    if piece.skips and most > 1:
        raise Unfit
    return Piece(piece.first, piece.skips or least == 0, piece.below, least, most), found.end()


def _bounds(found: re.Match[str]) -> tuple[int, int]:
    sign = found[0][0]
    if sign != "{":
        return (1 if sign == "+" else 0), (1 if sign == "?" else TEXT)
    least = int(found["least"] or 0)
    return least, int(found["most"] or TEXT) if found["more"] else least


@lru_cache(1024)
def _letters(atom: str) -> frozenset[str]:
    """The plain characters a class, an escape or a letter stands for; texts that are tried have no others."""
    if atom[0] == "[" and any("".join(pair) in _WARNED for pair in pairwise(atom)):
        raise Unfit
    if not _compiles(atom):
        raise Unfit
    return frozenset(filter(re.compile(atom).fullmatch, string.printable))
