"""The walker that changes nothing and notes what does not look scrubbed."""

from __future__ import annotations

from collections.abc import Mapping

from . import kinds, letters, search
from .context import Context
from .jsontext import Path, pointer
from .rules import UNKNOWN, Rule
from .walker import Opener, Walker

_KNOWN = frozenset({"date", "epoch", "httpdate", "listed", "measure", "money", "key", "zip"})
"""Kinds whose form says all: no number in them is anybody's, whatever it looks like."""


class Judge(Walker):
    """``found``: (place, what), without values."""

    def __init__(self, context: Context, openers: Mapping[str, Opener]) -> None:
        super().__init__(context, openers)
        self.found: list[tuple[str, str]] = []

    def single(self, rule: Rule, text: str, place: str, use: str) -> str:
        if not kinds.ours(rule, text, self.context):
            self.found.append((place, "a value that scrubbing would not have left" if rule != UNKNOWN else _UNMASKED))
        elif rule.kind not in _KNOWN:
            self.found += [(place, what) for what in search.problems(text)]
        return text

    def number(self, rule: Rule, literal: str, place: str, use: str) -> str:
        if literal != letters.masked_number(literal) and not kinds.ours(rule, literal, self.context):
            self.found.append((place, _UNMASKED))
        return literal

    def word(self, rule: Rule, literal: str, place: str) -> str:
        if rule == UNKNOWN and literal != "false":
            self.found.append((place, _UNMASKED))
        return literal

    def place(self, base: str, path: Path) -> str:
        """With a JSON pointer; a name that is none of a field is not shown."""
        return base + pointer(tuple(p if isinstance(p, int) or self.is_field(p) else "…" for p in path))

    def key(self, name: str, place: str) -> str:
        known = letters.lower(name) in self.context.vocabulary
        if not known and not self.is_field(name) and not letters.is_masked(name):
            self.found.append((place, "a key that is not the name of a field"))
        return name

    def signature(self, token: str, signature: str, place: str) -> str:
        if not signature.startswith(kinds.SIGNATURE_MARK):
            self.found.append((place, "a token with a signature of its own"))
        return signature

    def unknown(self, key: str, kind: str, text: str) -> None:
        """Nothing: a value without a rule is judged by its mask."""

    def dropped(self, place: str) -> None:
        self.found.append((place, "a header that must not be kept"))


_UNMASKED = "a value without a rule that is not masked"
