"""A view narrowed by filters."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping, Sequence

from mockserver.store import jsonio
from mockserver.store.columns import Column, Wanted, build
from mockserver.store.entries import Entry
from mockserver.store.filters import Filter
from mockserver.store.view import View


def select(view: View, filters: Iterable[Filter]) -> View:
    """The rows of ``view`` that meet every filter, in the same order.

    Answers are remembered by the view. Raises InputError if the rows of the table are not JSON.
    """
    asked = frozenset(filters)
    if not asked:
        return view
    found = view.selections.get(asked)
    if found is None:
        found = _narrowed(view, sorted(asked, key=lambda condition: (condition.column, str(condition))))
        view.selections.put(asked, found)
    return found


def _narrowed(view: View, filters: Sequence[Filter]) -> View:
    if any(condition.empty for condition in filters):
        return View(view.table, array("q"), (), view.token)
    columns = view.table.columns.get(_wanted(filters))
    mask = view.mask
    versions = sorted([place for place in _common(columns, filters) if mask[place]])
    return View(view.table, array("q", versions), _matching(view.entries, filters), view.token)


def _matching(entries: Sequence[Entry], filters: Sequence[Filter]) -> list[Entry]:
    columns = build((jsonio.loads(entry.row) for entry in entries), _wanted(filters))
    return [entries[place] for place in _common(columns, filters)]


def _wanted(filters: Sequence[Filter]) -> list[Wanted]:
    return list(dict.fromkeys((condition.column, condition.kind) for condition in filters))


def _common(columns: Mapping[Wanted, Column], filters: Sequence[Filter]) -> Iterable[int]:
    """The places that meet all filters, the rarest condition first."""
    met = [columns[condition.column, condition.kind].places(condition) for condition in filters]
    fewest, *others = sorted(met, key=len)
    if not others:
        return fewest
    return set(fewest).intersection(*others)
