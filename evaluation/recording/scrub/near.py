"""Words one slip of the keyboard apart stay so: a practice's misspelling is a fact about its data (Q23)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from random import Random

from . import letters

SHORTEST = 5  # letters; shorter words are near each other by chance


@dataclass(frozen=True, slots=True)
class Slip:
    """What was done to a word at a place: a letter left out, put in or changed, or two swapped."""

    what: str
    place: int

    def applied(self, word: str, rng: Random, wrong: str) -> str:
        """The same slip on another word of the right one's length; ``wrong`` names the alphabet of what is put in."""
        i, like = self.place, wrong[min(self.place, len(wrong) - 1)]
        match self.what:
            case "out":
                return word[:i] + word[i + 1 :]
            case "in":
                return word[:i] + rng.choice(letters.alphabet(like)) + word[i:]
            case "swap":
                return word[:i] + word[i + 1] + word[i] + word[i + 2 :]
        return word[:i] + rng.choice(letters.alphabet(like)) + word[i + 1 :]


def slip(right: str, wrong: str) -> Slip | None:
    """How one word becomes the other, if one slip is enough."""
    if abs(len(right) - len(wrong)) > 1 or right == wrong:
        return None
    i = next((i for i, (a, b) in enumerate(zip(right, wrong, strict=False)) if a != b), min(len(right), len(wrong)))
    if right[i + 1 :] == wrong[i:]:
        return Slip("out", i)
    if right[i:] == wrong[i + 1 :]:
        return Slip("in", i)
    if right[i + 1 :] == wrong[i + 1 :]:
        return Slip("change", i)
    swapped = right[i + 1 : i + 2] + right[i : i + 1]
    return Slip("swap", i) if swapped == wrong[i : i + 2] and right[i + 2 :] == wrong[i + 2 :] else None


def pairs(words: Iterable[str]) -> Iterator[tuple[str, str, Slip]]:
    """Each word that is near one before it, with that one. Both have at least ``SHORTEST`` letters."""
    seen: dict[str, list[str]] = {}
    for word in words:
        if len(word) < SHORTEST:
            continue
        candidates = dict.fromkeys(other for key in _keys(word) for other in seen.get(key, ()))
        found = next(((other, s) for other in candidates if (s := slip(other, word))), None)
        if found is not None:
            yield found[0], word, found[1]
            continue
        for key in _keys(word):
            seen.setdefault(key, []).append(word)


def _keys(word: str) -> set[str]:
    """Two words one slip apart share the word, or the word with one letter left out."""
    return {word, *(word[:i] + word[i + 1 :] for i in range(len(word)))}
