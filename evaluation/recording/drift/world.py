"""What can be said beyond the contract when recording and mock show the same world: the same rows, and their nulls."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from mockserver.contract import Contract

from .calls import Call, read
from .facts import Verdict, View
from .rows import other

Pages = Mapping[tuple[str, str], Call]


def same_world(one: View, other_view: View, contract: Contract) -> Iterator[Verdict]:
    """Verdicts on ``one``: where its rows are not those of ``other_view``, though both should show the same."""
    mine, theirs = (read(view, contract) for view in (one, other_view))
    here, there = _pages(mine), _pages(theirs)
    explained = False
    for verdict in _deleted(mine, theirs):
        explained = explained or not verdict.held
        yield verdict
    for key in here.keys() & there.keys():
        yield from _page(here[key], there[key], explained)


def _pages(calls: Sequence[Call]) -> Pages:
    """The first unfiltered page of each step and element."""
    first = (c for c in calls if c.status == 200 and c.envelope is not None and not c.asked and c.page == 1)
    return {(c.exchange.step, c.segment): c for c in first if c.element is not None and c.ordinal == 0}


def _page(one: Call, two: Call, explained: bool) -> Iterator[Verdict]:
    if not isinstance(_total(one), int) or not isinstance(_total(two), int):
        return
    same = _total(one) == _total(two)
    element = one.element
    assert element is not None
    if not (explained and element.name == "appointment"):
        said = "" if same else "another number of rows"
        yield Verdict("path.pattern", "page walk", one.place(), said, "the rows of the same world")
    if not same or _total(one) != len(one.rows) or _total(two) != len(two.rows):
        return
    for prop in element.properties:
        mine, theirs = (_nulls(call, prop.wire) for call in (one, two))
        if mine is not None and theirs is not None:
            said = "" if mine == theirs else "never null" if theirs else "null"
            wanted = "null in some rows" if theirs else "never null in this world"
            id_ = f"{element.name}.{prop.wire}"
            if not _emptied(one, two, prop.wire):
                yield Verdict(id_, "null habits", one.place(prop.wire), said, wanted)


def _total(call: Call) -> object:
    return (call.envelope or {}).get("total")


def _nulls(call: Call, column: str) -> bool | None:
    """Whether any row has null here; None where not every row has the column."""
    values = [row[column] for row in call.rows if column in row]
    return None if len(values) < len(call.rows) or not values else None in values


def _emptied(one: Call, two: Call, column: str) -> bool:
    """Empty text in place of null is a habit of its own, judged against the contract."""
    return any(row.get(column) == "" for call in (one, two) for row in call.rows)


def _deleted(mine: Sequence[Call], theirs: Sequence[Call]) -> Iterator[Verdict]:
    """Appointments that are deleted: delivered in one view and absent, with fewer rows, in the other."""
    here, there = (_flagged(calls) for calls in (mine, theirs))
    totals = [{_total(c) for c in calls if _whole(c)} for calls in (mine, theirs)]
    if not all(totals):
        return
    place = next(c for c in mine if _whole(c)).place("delete_ind")
    fewer = totals[0] != totals[1]
    told = "none where the mock has some" if there else "some where the mock has none"
    said = told if fewer and here != there else ""
    yield Verdict("row.deleted-delivered", "filter meaning", place, said, "deleted appointments come")


def _whole(call: Call) -> bool:
    plain = call.status == 200 and call.envelope is not None and not call.asked and call.page == 1
    return plain and call.element is not None and not other(call.element)


def _flagged(calls: Sequence[Call]) -> bool:
    rows = (row for c in calls if c.element is not None and not other(c.element) for row in c.rows)
    return any(row.get("delete_ind") == "Y" for row in rows)
