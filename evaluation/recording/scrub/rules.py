"""The allow-list as data: ``rules.yaml``, checked and compiled."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from mockserver.errors import InputError

ACTIONS = ("keep", "pseudonym", "shift", "mask", "drop")
SECTIONS = ("formats", "properties", "envelope", "errors", "login", "claims", "headers")
_KEYS = ("rule", "as", "values", "pattern", "otherwise")


@dataclass(frozen=True, slots=True)
class Rule:
    """``action`` is the verb people read, ``kind`` the way it is done. ``values`` and ``pattern`` say what passes."""

    action: str
    kind: str
    values: frozenset[str] = frozenset()
    pattern: re.Pattern[str] | None = None
    otherwise: str = ""

    def passes(self, text: str) -> bool:
        """Whether a ``keep`` rule lets this text through; blanks behind it do not matter (Q29)."""
        if self.pattern is not None:
            return self.pattern.fullmatch(text) is not None
        return text.rstrip(" ").casefold() in self.values


UNKNOWN = Rule("mask", "unknown")


@dataclass(frozen=True)
class Rules:
    """Rules by section and name, and the lists they name (casefolded)."""

    sections: Mapping[str, Mapping[str, Rule]]
    lists: Mapping[str, frozenset[str]]
    tags: frozenset[str]
    attributes: frozenset[str]

    def of(self, section: str, name: str) -> Rule | None:
        return self.sections[section].get(name)

    def column(self, element: str, vendor: str, format_: str) -> Rule:
        """The rule of a column: its own, its name's, that of its notation, or masking."""
        own = self.sections["properties"]
        named = own.get(f"{element}.{vendor}") or own.get(vendor)
        return named or self.sections["formats"].get(format_, UNKNOWN)


@cache
def default() -> Rules:
    """The rules of this package."""
    import yaml

    return compiled(yaml.safe_load(files(__package__).joinpath("rules.yaml").read_text(encoding="utf-8")))


def compiled(raw: Mapping[str, Any]) -> Rules:
    """Raises InputError for an unknown action, kind of member or list."""
    lists = {name: frozenset(word.casefold() for word in _words(value)) for name, value in raw["lists"].items()}
    sections = {
        section: {name: _rule(entry, lists, f"{section}.{name}") for name, entry in raw[section].items()}
        for section in SECTIONS
    }
    return Rules(sections, lists, frozenset(_words(raw["tags"])), frozenset(_words(raw["attributes"])))


def _words(value: Any) -> list[str]:
    return value.split() if isinstance(value, str) else [str(word) for word in value]


def _rule(entry: Mapping[str, Any], lists: Mapping[str, frozenset[str]], where: str) -> Rule:
    for key in entry:
        if key not in _KEYS:
            raise InputError("unknown member of a rule", f"rules.yaml: {where}.{key}", _KEYS, given=key)
    action, named = str(entry.get("rule")), entry.get("values")
    if action not in ACTIONS:
        raise InputError("is no rule", f"rules.yaml: {where}.rule", ACTIONS, given=action)
    if named is not None and named not in lists:
        raise InputError("there is no such list", f"rules.yaml: {where}.values", lists, given=str(named))
    return Rule(
        action,
        str(entry.get("as", "listed" if action == "keep" else action)),
        lists[named] if named else frozenset(),
        re.compile(entry["pattern"]) if "pattern" in entry else None,
        str(entry.get("otherwise", "")),
    )
