"""Q12, Q13, Q14, Q21: providers, deletions, duplicates and times of appointments."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import time
from typing import cast

from ..world.model import FOREVER, SLOTS, History, Value, Values
from ..world.seeds import surrogate
from .context import HALF, Context, key_of
from .trace import again, changed, later, rebuilt, rewrite

_DELIVERED = frozenset({"appointment"})
"""Elements whose deleted rows Q13 delivers: no other has a delete_ind."""

_OFF_GRID = (1, 2, 3, 4, 6, 7, 8, 9, 11, 12, 13, 14)
"""Minutes past a slot that no grid of 5, 15, 20 or 30 minutes has."""


def odd_times(history: History, context: Context) -> list[History]:
    """Q21: a begin off the grid, or the first hours of the night; the end follows by the duration."""
    mark = cast(Mapping[str, Value], history.marks.get("Q21", {}))
    if mark:
        return [rewrite(history, lambda values: mark)]
    kind = context.kind("Q21", "appointment", *key_of(history))
    if not kind:
        return [history]
    extra = _OFF_GRID[context.number(len(_OFF_GRID), "Q21", "minutes", *key_of(history))]
    return [rewrite(history, lambda values: _moved(values, kind, extra))]


def _moved(values: Values, kind: str, extra: int) -> Values:
    begin = cast(time, values["begin_time"])
    hour = begin.hour % 6 if kind == "night" else begin.hour
    minutes = hour * 60 + begin.minute + (extra if kind == "off_grid" else 0)
    return {"begin_time": _clock(minutes), "end_time": _clock(minutes + int(cast(int, values["duration"])))}


def _clock(minutes: int) -> time:
    return time(minutes // 60 % 24, minutes % 60)


def missing_providers(history: History, context: Context) -> list[History]:
    """Q12: no provider is two empty texts, an unresolved one has null for a name and no row of its own."""
    mark = history.marks.get("Q12")
    if history.element == "provider":
        gone = mark == "unresolved" or _unresolved(history.versions[-1].values, context)
        return [] if gone else [history]
    return [rewrite(history, lambda values: _provider(values, mark, context))]


def _provider(values: Values, mark: object, context: Context) -> Values:
    if mark == "empty" or values["provider_id"] is None:
        return {"provider_id": "", "provider_name": ""}
    return {"provider_name": None} if mark == "unresolved" or _unresolved(values, context) else {}


def _unresolved(values: Values, context: Context) -> bool:
    return context.unresolved(values["provider_id"])


def delivered_deletions(history: History, context: Context) -> list[History]:
    """Q13: a deletion is a last version with the flag set; without it the row ends (see ``end_of``)."""
    gone = history.deleted
    if gone is None:
        return [history]
    last = changed(gone, lambda values: {"delete_ind": "Y"})
    return [rebuilt(history, [*history.versions, last], gone)]


def end_of(history: History, quirks: frozenset[str]) -> int:
    """The instant, in microseconds, from which the row is no longer served; FOREVER if it stays."""
    if history.deleted is None or ("Q13" in quirks and history.element in _DELIVERED):
        return FOREVER
    return history.deleted.at


def twins(history: History, context: Context) -> list[History]:
    """Q14: a live appointment twice, the second under another Healthjump id and with later instants."""
    mark = history.marks.get("Q14")
    if mark is not None:
        return [history, _marked_twin(history, cast(Mapping[str, int], mark), context)]
    if history.deleted is not None or not context.chance("Q14", "appointment", "twin", *key_of(history)):
        return [history]
    slot = history.slot + HALF
    number = surrogate(context.seed, history.element, (history.index + 1) * SLOTS + slot)
    return [history, later(history, context.second_pass("Q14"), slot, number)]


def _marked_twin(history: History, mark: Mapping[str, int], context: Context) -> History:
    copy = later(history, context.second_pass("Q14"), history.slot + HALF, mark["surrogate"])
    known = max(1, sum(v.at <= mark["batch"] + mark["jitter"] for v in history.versions))
    first = again(history.versions[known - 1], mark["batch"], mark["jitter"])
    return replace(
        copy,
        created_batch=mark["created_batch"],
        created_jitter=mark["created_jitter"],
        versions=[first, *copy.versions[known:]],
    )
