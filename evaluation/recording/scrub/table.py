"""The table of pseudonyms of one recording: drawn at random, kept in memory only, thrown away with its scrubber.

It is filled in two passes. While ``learning`` it only takes note of what occurs; ``settle`` then draws for everything
at once, which is what makes order and nearness possible. What is asked for later is drawn by itself.
"""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from . import letters, near, numbers, order

Draw = Callable[[Random], str]
_SHORT = 4  # characters: below this, originals cannot all be avoided
_TRIES = 1000


class Table:
    """Original -> pseudonym, for words (lower case), digit strings and whole values of named kinds."""

    def __init__(self, rng: Random) -> None:
        self._rng = rng
        self.learning = False
        self._words: dict[str, str] = {}
        self._digits: dict[str, str] = {}
        self._others: dict[tuple[str, str], str] = {}
        self._noted_words: dict[str, str] = {}
        self._noted_digits: dict[str, str] = {}
        self._used: set[str] = set()
        self._used_digits: set[str] = set()
        self.names: set[str] = set()

    def __repr__(self) -> str:
        return f"<Table of {len(self._words) + len(self._digits) + len(self._others)} pseudonyms>"

    def word(self, word: str, use: str = "") -> str:
        """The pseudonym of a lower-case word, itself while learning. ``use``: ``order``, ``near`` or nothing."""
        if self.learning:
            _note(self._noted_words, word, use)
            return word
        if word not in self._words:
            made = self._fresh(lambda rng: letters.invented(word, rng), word)
            self._keep_word(word, made or self._last(word))
        return self._words[word]

    def digits(self, text: str, use: str = "") -> str:
        """The pseudonym of a digit string; a filler of zeros stays. ``use``: ``order``, ``phone`` or nothing."""
        if not text.strip("0"):
            return text
        if self.learning:
            _note(self._noted_digits, text, use)
            return text
        if text not in self._digits:
            self._keep_digits([text], self._drawn([text], use))
        return self._digits[text]

    def other(self, kind: str, text: str, draw: Draw) -> str:
        """The pseudonym of a whole value of a kind, drawn by ``draw``."""
        if self.learning:
            return text
        key = kind, text
        if key not in self._others:
            self._others[key] = self._fresh(draw, text) or draw(self._rng)
            self._used.add(self._others[key])
        return self._others[key]

    def settle(self) -> None:
        """Draw for everything noted."""
        self.learning = False
        words = {w: use for w, use in self._noted_words.items() if w not in self._words}
        digits = {d: use for d, use in self._noted_digits.items() if d not in self._digits}
        self._settle_words(words)
        self._settle_digits(digits)

    def _settle_words(self, words: dict[str, str]) -> None:
        ordered = order.words((w for w, use in words.items() if use == "order"), self._rng)
        for word, pseudonym in ordered.items():
            self._keep_word(word, pseudonym)
        for right, wrong, slip in near.pairs(w for w, use in words.items() if use == "near"):
            made = slip.applied(self.word(right), self._rng, wrong)
            if made not in self._used and made not in self._noted_words:
                self._keep_word(wrong, made)
        for word in words:
            self.word(word)

    def _settle_digits(self, digits: dict[str, str]) -> None:
        ordered = [d for d, use in digits.items() if use == "order"]
        free = order.digits((d for d in ordered if len(d) not in (9, 10)), self._rng)
        for text, pseudonym in free.items():
            self._keep_digits([text], [pseudonym])
        for alike in _alike({d: use for d, use in digits.items() if d not in free}):
            use = digits[alike[0]]
            drawn = self._drawn(alike, use)
            self._keep_digits(*((sorted(alike), sorted(drawn)) if use == "order" else (alike, drawn)))

    def _keep_word(self, word: str, pseudonym: str) -> None:
        self._words[word] = pseudonym
        self._used.add(pseudonym)

    def _keep_digits(self, originals: list[str], pseudonyms: list[str]) -> None:
        self._digits |= zip(originals, pseudonyms, strict=True)
        self._used_digits.update(pseudonyms)

    def _drawn(self, alike: list[str], use: str) -> list[str]:
        originals = self._noted_digits if len(alike[0]) >= _SHORT else {*alike, *self._digits}
        return numbers.draw(len(alike), alike[0], use == "phone", self._used_digits, originals, self._rng)

    def _fresh(self, draw: Draw, original: str) -> str | None:
        """One that is neither used nor an original; None where there seem to be no free ones left."""
        for _ in range(_TRIES):
            pseudonym = draw(self._rng)
            if pseudonym not in self._used and pseudonym not in self._noted_words and pseudonym != original:
                return pseudonym
        return None

    def _last(self, original: str) -> str:
        """Short words are soon used up: let vowels in as first letters, then originals, then doubles."""
        rest = letters.invented(original[1:], self._rng)
        wide = [c + rest for c in letters.full(original[0]) if c + rest not in self._used]
        return next((w for w in wide if w not in self._noted_words), wide[0] if wide else original[0] + rest)


def _alike(digits: dict[str, str]) -> list[list[str]]:
    """Groups of one length, use and kind of first digit; those in order come first, they need the room."""
    groups: dict[tuple[bool, str, int, bool], list[str]] = {}
    for text, use in digits.items():
        groups.setdefault((use != "order", use, len(text), text[0] == "0"), []).append(text)
    return [groups[key] for key in sorted(groups)]


def _note(noted: dict[str, str], text: str, use: str) -> None:
    """The strongest use decides: order, then phone, then nearness."""
    ranks = ("", "near", "phone", "order")
    noted[text] = max(noted.get(text, ""), use, key=ranks.index)
