"""What the values of a scrubbed recording can still be asked: which of them keep equality, which keep order."""

from __future__ import annotations

from mockserver.store import Filter

from .calls import Call

ORDERED = frozenset(("compact-date", "hj-timestamp", "hj-timestamp-fixed", "compact-time", "clock-time", "surrogate"))
"""Notations of which the scrubber keeps the values or their rank, or shifts all together."""
CAPPED = frozenset(("dob", "death_date"))
"""Days that are moved by themselves where an age is above 89."""
EQUAL = frozenset(("eq", "eqf", "in", "ne"))


def judgeable(call: Call, condition: Filter) -> bool:
    """Whether the rows of this call can be held against this filter."""
    if condition.empty or call.element is None:
        return False
    if not call.scrubbed:
        return True
    prop = call.element.by_wire[condition.column]
    if prop.vendor in CAPPED or condition.op == "like":
        return False
    return prop.format in ORDERED or condition.op in EQUAL
