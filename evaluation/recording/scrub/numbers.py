"""Invented digit strings of a given length that cannot be anybody's: the law of each length.

Nine digits cannot be an issued social security number, ten are neither a telephone that rings nor an NPI, whatever they
stand for: a number may appear in several columns and has one pseudonym.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from random import Random

SMALL = 4  # digits: numbers so short are few
_PHONE = re.compile(r"[2-9]\d{9}")
_FICTION = re.compile(r"[2-9]\d\d55501\d\d")


def is_npi(number: str) -> bool:
    """Ten digits, 1 or 2 first, with the right Luhn digit over 80840 and themselves (CMS)."""
    if not re.fullmatch(r"[12]\d{9}", number):
        return False
    digits = [int(d) for d in "80840" + number][::-1]
    return sum(d if place % 2 == 0 else sum(divmod(2 * d, 10)) for place, d in enumerate(digits)) % 10 == 0


def is_ssn(digits: str) -> bool:
    """Nine digits that may have been issued (SSA: no group of zeros, first group neither 666 nor from 900)."""
    if not re.fullmatch(r"\d{9}", digits):
        return False
    return not (digits.startswith(("000", "666", "9")) or digits[3:5] == "00" or digits[5:] == "0000")


def is_phone(digits: str) -> bool:
    """Ten digits that may ring: a possible area code and none of the fictional 555-01xx."""
    return bool(_PHONE.fullmatch(digits)) and not _FICTION.fullmatch(digits)


def nobodys(digits: str) -> bool:
    """Whether a digit string of this length is safe in any column."""
    if len(digits) == 9:
        return not is_ssn(digits)
    if len(digits) == 10:
        return not is_npi(digits) and not is_phone(digits)
    return not (len(digits) == 11 and digits[0] == "1" and is_phone(digits[1:]))


def draw(
    count: int, like: str, phone: bool, used: Collection[str], originals: Collection[str], rng: Random
) -> list[str]:
    """``count`` different digit strings of the length of ``like``; a leading zero stays one, and only one.

    Those ``used`` and the ``originals`` are avoided. Raises ValueError when a length of more than ``SMALL`` digits has
    too few numbers for that; of shorter ones an original may be met again.
    """
    if len(like) <= SMALL:
        return _small(count, like, used, originals, rng)
    low, high = _range(like)
    size = len(like)
    fiction = phone and size == 10 and like[0] != "0"
    found: dict[str, None] = {}
    for _ in range(400 * count + 4000):
        if len(found) == count:
            break
        candidate = _fictional(rng) if fiction else f"{rng.randrange(low, high):0{size}}"
        if nobodys(candidate) and candidate not in used and candidate not in originals:
            found[candidate] = None
    if len(found) < count:
        raise ValueError("too few numbers of this length")
    return list(found)


def _fictional(rng: Random) -> str:
    return f"{rng.randrange(200, 1000)}55501{rng.randrange(100):02}"


def _small(count: int, like: str, used: Collection[str], originals: Collection[str], rng: Random) -> list[str]:
    """Few digits: drawn from all there are, originals last."""
    space = (f"{n:0{len(like)}}" for n in range(1, 10 ** len(like)))
    alike = [s for s in space if (s[0] == "0") == (like[0] == "0")]
    unused = [s for s in alike if s not in used]
    free = [s for s in unused if s not in originals]
    for pool in (free, unused):
        if len(pool) >= count:
            return rng.sample(pool, count)
    return rng.choices(alike, k=count)


def _range(like: str) -> tuple[int, int]:
    """From (included) and to (excluded). Nine digits begin with 9 or 000, ten with 1 or 0: those are nobody's."""
    size = len(like)
    if like[0] == "0":
        return (1, 10**6) if size == 9 else (1, 10 ** (size - 1))
    low = {9: 9 * 10**8, 10: 10**9}.get(size, 10 ** (size - 1))
    return low, 2 * 10**9 if size == 10 else 10**size
