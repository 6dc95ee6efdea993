"""What one recording has in common: its pseudonyms, its shift, its rules, and the unknown keys it met."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from .columns import Column, Columns
from .letters import lower
from .rules import Rules
from .shift import Shift
from .table import Table

COMPARING = frozenset({"lt", "lte", "gt", "gte", "btwn", "like"})


@dataclass
class Context:
    """``ordered`` are the columns, as element and vendor name, that the recording compares by order."""

    rules: Rules
    columns: Columns
    table: Table
    shift: Shift
    vocabulary: frozenset[str]
    ordered: set[tuple[str, str]] = field(default_factory=set)
    pending: dict[str, dict[str, Any]] = field(default_factory=dict)

    def __repr__(self) -> str:
        return f"<Context of {len(self.pending)} unknown keys>"

    def use(self, column: Column | None) -> str:
        """How the pseudonyms of this column are to be drawn."""
        return "order" if column and (column.element, column.vendor) in self.ordered else ""


def vocabulary(rules: Rules, columns: Columns, slugs: frozenset[str]) -> frozenset[str]:
    """The words that pass in prose, lower case: those of the rules, of the contract and of the markup."""
    words = {*rules.lists["vocabulary"], *rules.lists["operators"], *rules.tags, *columns.words, *slugs}
    return frozenset(lower(word) for word in words)


def note(context: Context, key: str, kind: str, text: str) -> None:
    """Put an unknown key on the list, with facts that hold no value: types, lengths, classes, how often."""
    if context.table.learning:
        return
    facts = context.pending.setdefault(key, {"types": [], "lengths": [len(text)] * 2, "classes": "", "seen": 0})
    facts["types"] = sorted({*facts["types"], kind})
    facts["lengths"] = [min(facts["lengths"][0], len(text)), max(facts["lengths"][1], len(text))]
    facts["classes"] = "".join(sorted({*facts["classes"], *map(_class, text)}))
    facts["seen"] += 1


def _class(c: str) -> str:
    if c.isdigit():
        return "0"
    if c.isalpha():
        return "A" if c.isupper() else "a"
    return c if c in "-./: " else "*"
