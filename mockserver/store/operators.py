"""The operators of the filter grammar, each as spans of a column's sorted distinct values.

``eq``, ``btwn`` and ``lt`` are observed in the wild; the others are inferred from their names.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from mockserver.store.values import Key

Span = tuple[int, int]
Spans = Callable[[Sequence[Key], Sequence[Key]], list[Span]]


@dataclass(frozen=True, slots=True)
class Operator:
    """Takes ``least`` to ``most`` values (None: any number). ``as_text`` ignores the column's kind."""

    name: str
    spans: Spans
    least: int = 1
    most: int | None = 1
    as_text: bool = False

    @property
    def example(self) -> str:
        values = {1: "value", 2: "from~to", None: "value~value"}[self.most]
        return f"{self.name}~{values}"


def _equal(keys: Sequence[Key], given: Sequence[Key]) -> list[Span]:
    return [(bisect_left(keys, given[0]), bisect_right(keys, given[0]))]


def _unequal(keys: Sequence[Key], given: Sequence[Key]) -> list[Span]:
    return [(0, bisect_left(keys, given[0])), (bisect_right(keys, given[0]), len(keys))]


def _below(keys: Sequence[Key], given: Sequence[Key]) -> list[Span]:
    return [(0, bisect_left(keys, given[0]))]


def _up_to(keys: Sequence[Key], given: Sequence[Key]) -> list[Span]:
    return [(0, bisect_right(keys, given[0]))]


def _above(keys: Sequence[Key], given: Sequence[Key]) -> list[Span]:
    return [(bisect_right(keys, given[0]), len(keys))]


def _from(keys: Sequence[Key], given: Sequence[Key]) -> list[Span]:
    return [(bisect_left(keys, given[0]), len(keys))]


def _between(keys: Sequence[Key], given: Sequence[Key]) -> list[Span]:
    return [(bisect_left(keys, given[0]), bisect_right(keys, given[1]))]


def _among(keys: Sequence[Key], given: Sequence[Key]) -> list[Span]:
    return [span for value in sorted(set(given)) for span in _equal(keys, [value])]


def _like(keys: Sequence[Key], given: Sequence[Key]) -> list[Span]:
    match = like(given[0]).fullmatch
    return [(place, place + 1) for place, text in enumerate(keys) if match(text)]


def like(pattern: str) -> re.Pattern[str]:
    """SQL's LIKE: ``%`` is any run of characters, ``_`` any one; case counts and nothing escapes.

    Each part after a ``%`` is matched where it first fits and not tried again, so that a pattern of
    many ``%`` costs no more than one pass over the text.
    """
    parts = ["".join("." if c == "_" else re.escape(c) for c in part) for part in pattern.split("%")]
    first, *rest = parts
    if not rest:
        return re.compile(first, re.DOTALL)
    middle = "".join(f"(?>.*?{part})" for part in rest[:-1] if part)
    return re.compile(f"{first}{middle}.*{rest[-1]}", re.DOTALL)


OPERATORS: Mapping[str, Operator] = {
    operator.name: operator
    for operator in (
        Operator("eq", _equal),
        Operator("btwn", _between, 2, 2),
        Operator("lt", _below),
        Operator("eqf", _equal),
        Operator("gt", _above),
        Operator("gte", _from),
        Operator("lte", _up_to),
        Operator("ne", _unequal),
        Operator("like", _like, as_text=True),
        Operator("in", _among, most=None),
    )
}
