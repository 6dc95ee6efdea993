"""The order of rows within a page, and how the pages of a walk join."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from mockserver.contract import Contract, Element
from mockserver.contract.wire import parse_timestamp

from .calls import Call, Row, follows
from .envelope import typed
from .facts import Verdict
from .rows import other

NEWEST = "hj_modify_timestamp, then hj_create_timestamp, newest first"


def sort_order(call: Call, contract: Contract) -> Iterator[Verdict]:
    """Whether rows come as the contract orders them. Judged only where at least two rows can be told apart."""
    element = call.element
    if element is None or element.surrogate is None:
        return
    newest = "Q19" in contract.quirks
    keys = [_key(element, row, newest) for row in call.rows]
    known = [key for key in keys if key]
    if len(set(known)) < 2 or len(known) < len(keys):
        return
    right = all(one >= two if newest else one <= two for one, two in pairwise(known))
    id_ = f"order.newest-first{other(element)}" if newest else "order.surrogate"
    wanted = NEWEST if newest else "by Healthjump id, smallest first"
    yield Verdict(id_, "sort order", call.place(), "" if right else "another order", wanted)


def _key(element: Element, row: Row, newest: bool) -> tuple[int, ...]:
    """What the contract sorts by; empty where it cannot be read. Pseudonyms of ids keep their rank."""
    id_ = element.surrogate.wire if element.surrogate else ""
    number = _number(row.get(id_))
    if number is None:
        return ()
    if not newest:
        return number
    stamps = (stamp(row, "hj_modify_timestamp"), stamp(row, "hj_create_timestamp"))
    return (*(s for s in stamps if s is not None), *number) if None not in stamps else ()


def _number(value: object) -> tuple[int, ...] | None:
    text = str(value)
    return (int(text),) if text.isascii() and text.isdigit() else None


def stamp(row: Row, name: str) -> int | None:
    """A timestamp of a row in microseconds; None where there is none that can be read."""
    value = row.get(name)
    if not isinstance(value, str):
        return None
    try:
        return parse_timestamp(value)
    except ValueError:
        return None


def walk(calls: Sequence[Call]) -> Iterator[Verdict]:
    """Pages that follow each other in one selection: the same total, no row on both."""
    for one, two in pairwise(calls):
        before, after = one.envelope, two.envelope
        if not follows(one, two) or before is None or after is None or not (typed(before) and typed(after)):
            continue
        same = before.get("total") == after.get("total")
        shared = _ids(one) & _ids(two)
        parts = ["" if same else "another total", "rows of the page before" if shared else ""]
        said = "; ".join(filter(None, parts))
        yield Verdict("paging.stable", "page walk", two.place(), said, "one total, no row twice")
        right = after.get("current_page") == two.page
        said = "" if right else "another page than was asked for"
        yield Verdict("paging.page-parameter", "page walk", two.place(), said, "the page asked for")


def _ids(call: Call) -> set[str]:
    """The Healthjump ids of a page."""
    element = call.element
    if element is None or element.surrogate is None:
        return set()
    return {str(row[element.surrogate.wire]) for row in call.rows if element.surrogate.wire in row}
