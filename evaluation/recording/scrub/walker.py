"""What walks through an exchange and stops at every value: the editor that replaces, the judge that looks."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping

from . import kinds, letters
from .context import Context, note
from .jsontext import NUMBER, Path
from .rules import UNKNOWN, Rule

_FIELD = re.compile(r"[A-Za-z_$@][A-Za-z0-9_$-]{0,63}")
_LONG_NUMBER = re.compile(r"\d{4}")
Opener = Callable[["Walker", str, str], "str | None"]


class Walker(ABC):
    """``openers`` walk on into values that are made of others: URLs, tokens, JSON in a text."""

    def __init__(self, context: Context, openers: Mapping[str, Opener]) -> None:
        self.context = context
        self._openers = openers

    def value(self, rule: Rule, text: str, place: str, use: str = "") -> str:
        """A text. ``place`` says where it stands, ``use`` how its pseudonym is drawn."""
        if not text:
            return text
        opener = self._openers.get(rule.kind)
        opened = opener(self, text, place) if opener else None
        return opened if opened is not None else self.single(rule, text, place, use)

    @abstractmethod
    def single(self, rule: Rule, text: str, place: str, use: str) -> str:
        """A text that is not made of others."""

    @abstractmethod
    def number(self, rule: Rule, literal: str, place: str, use: str) -> str:
        """A JSON number as it is spelled."""

    @abstractmethod
    def word(self, rule: Rule, literal: str, place: str) -> str:
        """true or false."""

    @abstractmethod
    def key(self, name: str, place: str) -> str:
        """A key without a rule: it stays if it looks like the name of a field."""

    @abstractmethod
    def signature(self, token: str, signature: str, place: str) -> str:
        """The third part of a token."""

    @abstractmethod
    def unknown(self, key: str, kind: str, text: str) -> None:
        """A key without a rule has this value."""

    @abstractmethod
    def dropped(self, place: str) -> None:
        """A header is left out here."""

    def json(self, rule: Rule, kind: str, text: str, place: str, use: str = "") -> str:
        """A leaf of a JSON document; ``kind`` as jsontext has it."""
        if kind == "text":
            return self.value(rule, text, place, use)
        if kind == "number":
            return self.number(rule, text, place, use)
        return text if text == "null" else self.word(rule, text, place)

    def place(self, base: str, path: Path) -> str:
        """Where a member of a document stands; nothing where nobody asks."""
        return base

    def is_field(self, name: str) -> bool:
        """Whether a name may be the name of a field: no blank, no long number, no name of a person seen here."""
        fits = _FIELD.fullmatch(name) is not None and not _LONG_NUMBER.search(name)
        return fits and letters.lower(name) not in self.context.table.names


class Editor(Walker):
    """Replaces."""

    def single(self, rule: Rule, text: str, place: str, use: str) -> str:
        new = kinds.write(rule, text, self.context, use)
        return letters.masked(text) if new is None else new

    def number(self, rule: Rule, literal: str, place: str, use: str) -> str:
        new = None if rule == UNKNOWN else kinds.write(rule, literal, self.context, use)
        return new if new is not None and NUMBER.fullmatch(new) else letters.masked_number(literal)

    def word(self, rule: Rule, literal: str, place: str) -> str:
        return "false" if rule == UNKNOWN else literal

    def key(self, name: str, place: str) -> str:
        known = letters.lower(name) in self.context.vocabulary
        return name if known or self.is_field(name) else letters.masked(name)

    def signature(self, token: str, signature: str, place: str) -> str:
        size = max(0, len(signature) - len(kinds.SIGNATURE_MARK))
        return kinds.SIGNATURE_MARK + self.context.table.other(
            "signature", token, lambda rng: letters.invented("a" * size, rng)
        )

    def unknown(self, key: str, kind: str, text: str) -> None:
        note(self.context, ".".join(self.key(part, "") for part in key.split(".")), kind, text)

    def dropped(self, place: str) -> None:
        """Nothing: it is as good as gone."""
