"""Invented letters and digits: the alphabets, and the shape a mask keeps.

Invented words have no vowel behind their first letter, so that everybody, ``check`` included, sees what they are.
"""

from __future__ import annotations

import re
import string
from random import Random

CONSONANTS = "bcdfghjklmnpqrstvwxz"
VOWELS = re.compile(r"[aeiouyAEIOUY]")
ACCENTED = "".join(map(chr, (*range(0xE0, 0xF7), *range(0xF8, 0xFF), *range(0x430, 0x450))))  # cased
OTHERS = "".join(map(chr, range(0x4E00, 0x5E00)))  # letters without case
WORD = re.compile(r"[^\W\d_]+")
_LONGEST_OWN = 3  # shorter words say nothing


def alphabet(letter: str) -> str:
    """The letters that may stand for this lower-case one."""
    if letter.isascii():
        return CONSONANTS
    return ACCENTED if letter.upper() != letter else OTHERS


def full(letter: str) -> str:
    """The same where the consonants do not suffice."""
    return string.ascii_lowercase if letter.isascii() else alphabet(letter)


def lower(word: str) -> str:
    """Lower case letter by letter: the length never changes."""
    if word.isascii():
        return word.lower()
    return "".join(c.lower() if len(c.lower()) == 1 else c for c in word)


def cased(word: str, like: str) -> str:
    """``word`` with the case pattern of ``like``, which has its length."""
    if like.isascii() and word.isascii():
        if like.islower():
            return word
        if like.istitle() or like.isupper():
            return word.upper() if like.isupper() and len(like) > 1 else word.capitalize()
    pairs = zip(word, like, strict=True)
    return "".join(c.upper() if m != m.lower() and len(c.upper()) == 1 else c for c, m in pairs)


def invented(word: str, rng: Random) -> str:
    """A random word of the same length and alphabets."""
    return "".join(rng.choice(alphabet(c)) for c in word)


def is_invented(text: str) -> bool:
    """Whether no word of the text has a vowel behind its first letter."""
    return not any(VOWELS.search(w[1:]) for w in WORD.findall(text) if len(w) >= _LONGEST_OWN)


def masked(text: str) -> str:
    """Length and character classes: X and x for letters, 0 for digits, other signs of ASCII as they are."""
    return "".join(map(_mask, text))


def _mask(c: str) -> str:
    if c.isdigit():
        return "0"
    if c.isalpha():
        return ("X" if c.isupper() else "x") if c.isascii() else ("Ä" if c.isupper() else "ä")
    return c if c.isascii() and (c.isprintable() or c in "\t\r\n") else "¤"


def is_masked(text: str) -> bool:
    return masked(text) == text


def masked_number(literal: str) -> str:
    """A JSON number of the same length: ones for digits; sign, point and exponent stay."""
    return re.sub(r"\d", "1", literal)
