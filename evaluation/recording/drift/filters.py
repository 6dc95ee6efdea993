"""What filters do: each row satisfies them, rows that do are not left out, and bounds are where the contract has them.

One recording is judged by itself: rows seen without a filter have to come back with it, and two filters that mean the
same have to select as many.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from mockserver.contract import Property
from mockserver.store import Filter
from mockserver.store.values import key as compared

from .calls import Call, Row, fits
from .facts import Verdict
from .judged import judgeable
from .order import stamp

RANGES = {"btwn", "lt", "lte", "gt", "gte"}
TWINS = {"lt": "lte", "gt": "gte"}
MODIFIED = "hj_modify_timestamp"


def meaning(calls: Sequence[Call]) -> Iterator[Verdict]:
    """The verdicts on every filtered page of a view."""
    known = _known(calls)
    totals = {k: t for call in calls for k, t in _totals(call)}
    for call in calls:
        if call.status != 200 or call.envelope is None or call.refused or not call.filters:
            continue
        if not all(judgeable(call, condition) for condition in call.filters):
            continue
        yield _verdict(call, known.get((call.practice, call.segment), {}), totals)


def _verdict(call: Call, known: Mapping[str, Row], totals: Mapping[tuple[str, ...], int]) -> Verdict:
    """One verdict for a page; the first reason against it is told."""
    id_ = call.filters[0].behaviour if len(call.filters) == 1 else "filter.several"
    said = _outside(call) or _left_out(call, known) or _bounds(call, totals)
    return Verdict(id_, "filter meaning", call.place(), said, "all rows that satisfy it, and no others")


def _outside(call: Call) -> str:
    """Rows that do not satisfy the filters."""
    wrong = [row for row in call.rows if _satisfies(call, row) is False]
    return "rows that do not satisfy it" if wrong else ""


def _left_out(call: Call, known: Mapping[str, Row]) -> str:
    """Rows that were seen without the filter, satisfy it, and did not come with it."""
    came = set(_by_id(call))
    absent = [row for id_, row in known.items() if id_ not in came and _due(call, row) and _satisfies(call, row)]
    if not absent:
        return ""
    edges = {op: operands for op, operands in ((f.op, f.operands) for f in call.filters) if op == "btwn"}
    at_bound = edges and all(any(_value(call, row, f) in f.operands for f in call.filters) for row in absent)
    return "rows at its bounds are left out" if at_bound else "rows that satisfy it are left out"


def _due(call: Call, row: Row) -> bool:
    """Whether a row would be among those kept: all of a single page, or, of a page cut short, the newest."""
    envelope = call.envelope or {}
    if call.page > 1:
        return False
    if not call.cut and envelope.get("next_page_url") is None:
        return True
    stamps = [stamp(r, MODIFIED) for r in call.rows]
    mine = stamp(row, MODIFIED)
    if not stamps or mine is None or None in stamps or sorted(stamps, key=lambda s: -(s or 0)) != stamps:
        return False
    return mine > (stamps[-1] or 0)


def _bounds(call: Call, totals: Mapping[tuple[str, ...], int]) -> str:
    """Filters that must select as many, or must not: from a value to itself is equal to it, below is not up to."""
    if len(call.filters) != 1 or call.page > 1:
        return ""
    condition = call.filters[0]
    column, op, values = condition.column, condition.op, condition.values
    base = (call.practice, call.segment, column)
    mine, equal = totals.get((*base, op, *values)), totals.get((*base, "eq", values[0]))
    if mine is None or not equal:
        return ""
    if op == "btwn" and values[0] == values[1] and mine != equal:
        return "its bounds are left out"
    twin = totals.get((*base, TWINS.get(op, ""), *values))
    return "rows equal to its value" if twin is not None and mine == twin else ""


def _totals(call: Call) -> Iterator[tuple[tuple[str, ...], int]]:
    """How many rows a single filter selected."""
    total = (call.envelope or {}).get("total")
    if call.status == 200 and type(total) is int and not call.refused and len(call.filters) == 1:
        condition = call.filters[0]
        yield (call.practice, call.segment, condition.column, condition.op, *condition.values), total


def _known(calls: Sequence[Call]) -> Mapping[tuple[str, str], Mapping[str, Row]]:
    """Rows seen without any filter, by practice, element and Healthjump id."""
    found: dict[tuple[str, str], dict[str, Row]] = {}
    for call in calls:
        if call.status == 200 and not call.asked:
            found.setdefault((call.practice, call.segment), {}).update(_by_id(call))
    return found


def _by_id(call: Call) -> Mapping[str, Row]:
    prop = call.element.surrogate if call.element else None
    return {str(row[prop.wire]): row for row in call.rows if prop.wire in row} if prop else {}


def _satisfies(call: Call, row: Row) -> bool | None:
    """Whether a row meets every filter; None where a value is missing or not written as the contract has it."""
    met = [_meets(call, row, condition) for condition in call.filters]
    return None if None in met else all(met)


def _meets(call: Call, row: Row, condition: Filter) -> bool | None:
    prop = _property(call, condition)
    if condition.column not in row or not _readable(prop, row[condition.column]):
        return None
    value = _value(call, row, condition)
    if value is None:
        return False
    return any(start < end for start, end in condition.spans([value]))


def _value(call: Call, row: Row, condition: Filter) -> object:
    return compared(condition.kind, row.get(condition.column))


def _property(call: Call, condition: Filter) -> Property:
    assert call.element is not None
    return call.element.by_wire[condition.column]


def _readable(prop: Property, value: object) -> bool:
    """A value of another type or notation says nothing about a filter."""
    return value is None or value == "" or fits(prop, value)
