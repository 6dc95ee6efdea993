"""The filter grammar ``column=op~value[~value]``, and what happens when a request breaks it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Literal

from mockserver.errors import QueryError
from mockserver.store.operators import OPERATORS, Operator, Span
from mockserver.store.values import FORMS, Key, Kind, operand

Pair = tuple[str, str]
Fault = Literal["error", "ignore", "empty"]


@dataclass(frozen=True, slots=True)
class FilterPolicy:
    """What a request gets that breaks the grammar: an error, the rows as if it had not asked, or no rows.

    ``repeated`` says what a column named twice means: an error, both filters, or the last one.
    """

    unknown_column: Fault = "error"
    unknown_operator: Fault = "error"
    malformed: Fault = "error"
    repeated: Literal["error", "and", "last"] = "error"


@dataclass(frozen=True, slots=True)
class Filter:
    """One condition on one column. ``values`` are as given, ``operands`` as they compare by ``kind``.

    ``op`` is a name of ``OPERATORS``, or ``none`` for a condition no row meets. ``behaviour`` is the id
    of what it leans on in the contract.
    """

    column: str
    op: str
    values: tuple[str, ...]
    kind: Kind
    operands: tuple[Key, ...]
    behaviour: str

    def __str__(self) -> str:
        return "~".join((self.op, *self.values))

    @property
    def empty(self) -> bool:
        return self.op == "none"

    def spans(self, keys: Sequence[Key]) -> list[Span]:
        """The places among ``keys``, sorted and distinct, that meet the condition."""
        return OPERATORS[self.op].spans(keys, self.operands)


class FilterError(QueryError):
    """A filter that cannot be served: ``what`` was given, what is ``valid``, and a ``guess`` or None."""

    def __init__(self, behaviour: str, what: str, valid: Iterable[str], guess: str | None = None) -> None:
        self.what = what
        self.valid = tuple(valid)
        self.guess = guess
        hint = f"; did you mean {guess}?" if guess else ""
        super().__init__(behaviour, f"{what}; valid: {', '.join(self.valid)}{hint}")


def parse(pairs: Iterable[Pair], columns: Mapping[str, Kind], policy: FilterPolicy) -> tuple[Filter, ...]:
    """The filters that ``pairs`` of column and ``op~value`` ask for, in their order.

    Raises FilterError where ``policy`` says ``error``.
    """
    known, filters = _known(list(pairs), columns, policy)
    for column, text in _once(known, policy):
        try:
            filters.append(_filter(column, text, columns[column]))
        except FilterError as error:
            operator = error.behaviour == "error.filter.operator"
            filters += _settle(error, policy.unknown_operator if operator else policy.malformed, column)
    return tuple(filters)


def _known(
    pairs: list[Pair], columns: Mapping[str, Kind], policy: FilterPolicy
) -> tuple[list[Pair], list[Filter]]:
    filters: list[Filter] = []
    for column in (column for column, _ in pairs if column not in columns):
        what = f"unknown column {_shown(column)}"
        error = FilterError("error.filter.column", what, columns, _guess(column, columns))
        filters += _settle(error, policy.unknown_column, column)
    return [pair for pair in pairs if pair[0] in columns], filters


def _once(pairs: list[Pair], policy: FilterPolicy) -> list[Pair]:
    if policy.repeated == "last":
        return list(dict(pairs).items())
    for column, times in Counter(column for column, _ in pairs).items():
        if times > 1 and policy.repeated == "error":
            what = f"column {column} has {times} filters"
            raise FilterError("error.filter.repeated", what, ["one filter for each column"])
    return pairs


def _filter(column: str, text: str, kind: Kind) -> Filter:
    op, *values = text.split("~")
    if not values:
        sayable = text and text.isprintable() and text not in OPERATORS
        guess = f"{column}=eq~{_cut(text)}" if sayable else None
        what = f"column {column} is given {_shown(text)} without an operator or value"
        raise FilterError("error.filter.value", what, _examples(), guess)
    if op not in OPERATORS:
        what = f"unknown operator {_shown(op)} on column {column}"
        raise FilterError("error.filter.operator", what, OPERATORS, _guess(op.lower(), OPERATORS))
    operator = OPERATORS[op]
    _check_number(column, operator, values)
    compared: Kind = "text" if operator.as_text else kind
    operands = tuple(_operand(column, compared, value) for value in values)
    return Filter(column, op, tuple(values), compared, operands, f"filter.{op}")


def _check_number(column: str, operator: Operator, values: Sequence[str]) -> None:
    if len(values) < operator.least or (operator.most is not None and len(values) > operator.most):
        what = f"operator {operator.name} on column {column} is given {len(values)} values"
        guess = {1: "eq", 2: "btwn"}.get(len(values), "in")
        raise FilterError("error.filter.value", what, [operator.example], guess)


def _operand(column: str, kind: Kind, value: str) -> Key:
    try:
        return operand(kind, value)
    except ValueError:
        what = f"column {column} cannot be compared with {_shown(value)}"
        raise FilterError("error.filter.value", what, [FORMS[kind]]) from None


def _settle(error: FilterError, fault: Fault, column: str) -> list[Filter]:
    if fault == "error":
        raise error
    return [Filter(column, "none", (), "text", (), error.behaviour)] if fault == "empty" else []


def _examples() -> list[str]:
    return [operator.example for operator in OPERATORS.values()]


def _guess(given: str, valid: Iterable[str]) -> str | None:
    near = get_close_matches(_cut(given), list(valid), n=1)
    return near[0] if near else None


def _cut(text: str) -> str:
    return text if len(text) <= 60 else text[:60] + "…"


def _shown(text: str) -> str:
    """Short, in quotes, with what cannot be printed escaped: it goes into an error body."""
    return repr(_cut(text))
