"""Randomness by key: the same key gives the same draws, whatever else was drawn before.

A key is a world seed and a path of names and numbers, for example ``(7, "clinic", "encounter", 731, 4)``.
Nothing here depends on Python's hash seed, on an installed Faker or on the order of calls.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b
from random import Random
from typing import TypeVar

T = TypeVar("T")

SURROGATE_SPACE = 900_000_000
SURROGATE_BASE = 100_000_000
_STRIDE = 618_033_989  # coprime to the space, so that the map below is a bijection


def seed_of(*key: object) -> int:
    """A 64-bit seed for a key of strings and integers."""
    text = "\x1f".join(str(part) for part in key)
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), "big")


def draws(*key: object) -> Random:
    """A generator of its own for this key."""
    return Random(seed_of(*key))


def share(*key: object) -> float:
    """A number in [0, 1) for this key; for one yes-or-no question it is cheaper than ``draws``."""
    return seed_of(*key) / 2**64


def pick(items: Sequence[T], *key: object) -> T:
    """One item, evenly."""
    return items[seed_of(*key) % len(items)]


def surrogate(seed: int, element: str, position: int) -> int:
    """A nine-digit Healthjump id, different for every position below 900 million of one element."""
    return surrogate_at(surrogate_shift(seed, element), position)


def surrogate_shift(seed: int, element: str) -> int:
    """The part of ``surrogate`` that is the same for all rows of an element."""
    return seed_of(seed, "surrogate", element) % SURROGATE_SPACE


def surrogate_at(shift: int, position: int) -> int:
    """The part of ``surrogate`` that differs from row to row."""
    return SURROGATE_BASE + (position * _STRIDE + shift) % SURROGATE_SPACE


def source_number(seed: int, element: str, position: int, digits: int) -> str:
    """A source id of so many digits, different for every position below ``9 * 10**(digits - 1)``.

    Raises ValueError if the position does not fit.
    """
    return numbering(seed, element, digits).at(position)


@dataclass(frozen=True, slots=True)
class Numbering:
    """The part of ``source_number`` that is the same for all rows of an element."""

    element: str
    digits: int
    space: int
    stride: int
    shift: int

    def at(self, position: int) -> str:
        """The id at a position. Raises ValueError if it does not fit."""
        if not 0 <= position < self.space:
            raise ValueError(f"{self.element} {position} does not fit into {self.digits} digits")
        return str(self.space // 9 + (position * self.stride + self.shift) % self.space)


def numbering(seed: int, element: str, digits: int) -> Numbering:
    """How the rows of an element are numbered: a bijection of the numbers of so many digits."""
    space = 9 * 10 ** (digits - 1)
    stride = next(s for s in range(int(space * 0.618) | 1, space) if s % 2 and s % 3 and s % 5)
    return Numbering(element, digits, space, stride, seed_of(seed, "source", element) % space)
