"""From a page of rows to the bytes of an answer: the envelope, and the evidence header."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import lru_cache

from ..contract import Behaviour, Contract, Element, Grade
from ..contract.model import weakest
from ..store import Page

MOST_IDS = 10
ANSWER = ("envelope.", "order.", "row.")
"""Behaviours of the answer, whatever was asked; all others are features of the request."""

ENVELOPE = (
    *(f"envelope.{name}" for name in ("keys", "key-order", "types", "urls", "path")),
    "paging.per-page",
)


def envelope(rows: bytes | memoryview, page: Page, path: str, kept: str) -> bytes:
    """The ten keys in the observed order (envelope.key-order).

    ``path`` is the address without its query, ``kept`` the query that page URLs repeat.
    """
    head = f'{{"current_page":{page.number},"data":['
    tail = (
        f'],"from":{_number(page.from_)},"last_page":{page.last},"next_page_url":{_url(path, kept, page.next)},'
        f'"path":{json.dumps(path)},"per_page":{page.per_page},"prev_page_url":{_url(path, kept, page.prev)},'
        f'"to":{_number(page.to)},"total":{page.total}}}'
    )
    return b"".join([head.encode(), rows, tail.encode()])


def _number(value: int | None) -> str:
    return "null" if value is None else str(value)


def _url(path: str, kept: str, page: int | None) -> str:
    if page is None:
        return "null"
    return json.dumps(f"{path}?{kept}&page={page}" if kept else f"{path}?page={page}")


@lru_cache(maxsize=256)
def leaned_on(element: Element, contract: Contract) -> tuple[str, ...]:
    """The behaviours every page of an element leans on, whatever was asked."""
    other = "" if element.name == "appointment" else ".other"
    own = ("row.deleted-delivered",) if element.name == "appointment" else ("row.delete-ind.other", "row.two-ids")
    order = f"order.newest-first{other}" if "Q19" in contract.quirks else "order.surrogate"
    special = {
        "allergy": ("row.allergy-names",),
        "client_ids": ("path.client_ids", "path.client_ids.shape"),
        "lab_order": ("row.source-id-spelling",),
        "payer": ("path.payer_dim",),
    }
    named: tuple[str, ...] = ("path.named-only",) if element.name in ("medsurg_history", "quality_data") else ()
    row = (f"row.key-order{other}", f"row.null-habit{other}", *own)
    if element.weakest is Grade.inferred:
        named += ("row.columns.inferred",)
    return ("path.pattern", *ENVELOPE, order, *row, *special.get(element.name, ()), *named)


def about_page(rows: int, per_page: int, page: int, filtered: bool) -> Iterator[str]:
    """What an answer leans on by its place among the pages, and when it has no rows."""
    if page > 1:
        yield "paging.stable"
    if filtered and (page > 1 or rows == per_page):
        yield "paging.next-keeps-filters"
    if not rows:
        yield from ("envelope.empty", "envelope.last-page-zero") if page == 1 else ("paging.past-end",)


def evidence(element: Element, used: tuple[str, ...], behaviours: Mapping[str, Behaviour]) -> str:
    """X-Mock-Evidence: ``row=…; envelope=…; request=…; ids=…``, the ids of the weakest behaviours, at most ten."""
    return _evidence(element.weakest, used, _Grades(behaviours))


class _Grades:
    """Behaviours as one hashable thing: the mapping itself never changes."""

    def __init__(self, behaviours: Mapping[str, Behaviour]) -> None:
        self.behaviours = behaviours

    def __hash__(self) -> int:
        return id(self.behaviours)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Grades) and other.behaviours is self.behaviours

    def of(self, id_: str) -> Grade:
        return self.behaviours[id_].evidence.grade


@lru_cache(maxsize=2048)
def _evidence(row: Grade, used: tuple[str, ...], grades: _Grades) -> str:
    ids = sorted(dict.fromkeys(used), key=grades.of)
    envelope_ = weakest(grades.of(i) for i in ids if i.startswith("envelope."))
    request = weakest(grades.of(i) for i in ids if not i.startswith(ANSWER))
    return f"row={row}; envelope={envelope_}; request={request}; ids={','.join(ids[:MOST_IDS])}"
