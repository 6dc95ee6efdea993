"""Rows in, rows as the vendor shows them out, with every difference noted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ..world.model import History, Value, Version
from .context import Context
from .registry import RowQuirk, in_force
from .trace import Traced, traced, untraced


def apply(histories: Iterable[History], quirks: frozenset[str], context: Context) -> Iterator[History]:
    """Apply the row quirks in force one row at a time; ``histories`` may mix elements and is not changed.

    A row yields none, one or two. Quirks that do not show in ``context.world`` are passed over. Two things
    are left to the caller: without Q16 ``rank`` gives out an element's numbers anew, and ``end_of`` says when
    a row ends.
    """
    steps = in_force(quirks, context.world)
    plans: dict[str, _Plan] = {}
    for history in histories:
        plan = plans.get(history.element)
        if plan is None:
            plan = plans[history.element] = _plan(history.element, steps)
            _note_rules(history.element, plan, context)
        yield from _bend(history, plan, context) if plan.steps else (history,)


@dataclass(frozen=True, slots=True)
class _Plan:
    """The quirks that concern an element, and the cells they own."""

    steps: tuple[RowQuirk, ...]
    cells: tuple[tuple[RowQuirk, str], ...]


def _plan(element: str, steps: tuple[RowQuirk, ...]) -> _Plan:
    mine = tuple(quirk for quirk in steps if quirk.concerns(element))
    return _Plan(mine, tuple((quirk, column) for quirk in mine for column in quirk.cells(element)))


def _bend(history: History, plan: _Plan, context: Context) -> Iterator[History]:
    rows = [traced(history) if plan.cells else history]
    for quirk in plan.steps:
        rows = [after for row in rows for after in _step(quirk, row, context)]
    for row in rows:
        for version in row.versions if plan.cells else ():
            _note_cells(row, version, plan, context)
        yield untraced(row) if plan.cells else row


def _step(quirk: RowQuirk, row: History, context: Context) -> list[History]:
    after = quirk.bend(row, context)
    if not after:
        context.truth.row(row.element, row.surrogate, quirk.id, "withheld")
    for extra in after[1:]:
        context.truth.row(row.element, extra.surrogate, quirk.id, "duplicate", of=row.surrogate)
    return after


def _note_rules(element: str, plan: _Plan, context: Context) -> None:
    for quirk in plan.steps:
        for column, text in quirk.rules:
            context.truth.rule(element, column, quirk.id, text)


def _note_cells(row: History, version: Version, plan: _Plan, context: Context) -> None:
    assert isinstance(version, Traced)
    before, after = version.clean, version.values
    for quirk, column in plan.cells:
        clean, dirty = before.get(column), after.get(column)
        if clean != dirty:
            _note(quirk, row, column, clean, dirty, version.at, context)


def _note(
    quirk: RowQuirk, row: History, column: str, clean: Value, dirty: Value, at: int, context: Context
) -> None:
    if column == "delete_ind":
        context.truth.row(row.element, row.surrogate, quirk.id, "deleted", modified=at)
    elif context.world in quirk.alike and dirty is not None:
        context.truth.mapped(row.element, column, quirk.id, clean, dirty)
    else:
        context.truth.note(row.element, row.surrogate, column, quirk.id, clean, dirty, at)
