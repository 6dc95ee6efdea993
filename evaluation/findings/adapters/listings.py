"""The rows of a recording: answers of one resource and practice put together, and whether they are all there are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count, takewhile
from typing import Any, Final
from urllib.parse import parse_qsl, unquote, urlsplit

from evaluation.recording.exchange import Exchange
from evaluation.recording.scrub.urls import ROOT
from mockserver.store import jsonio

from ..model import Resource, Table
from .body import parsed
from .fields import NAME, Gatherer, resource

PAGE: Final = "page"


@dataclass(frozen=True, eq=False)
class Answer:
    """Rows of one answer. ``page`` counts from 1 where it is a page of the whole listing, None for a selection.

    ``total`` is how many rows the answer says there are, None where it says nothing.
    """

    resource: str
    practice: str
    page: int | None
    rows: Sequence[Any] = field(repr=False)
    total: int | None


def address(url: str) -> tuple[str, str] | None:
    """Practice and resource of a data address; None for any other."""
    parts = [unquote(part) for part in urlsplit(url).path.split("/") if part]
    return (parts[1], parts[2]) if len(parts) == 3 and parts[0] == ROOT else None


def answers(exchanges: Iterable[Exchange]) -> Iterator[Answer]:
    """The good answers with rows, in the order they were recorded."""
    for exchange in exchanges:
        where = address(exchange.request.url)
        if where and exchange.request.method == "GET" and exchange.response.status == 200:
            envelope = _envelope(exchange.response.body)
            if envelope is not None:
                yield _answer(exchange, envelope, where)


def _envelope(body: bytes) -> Mapping[str, Any] | None:
    """The answer as an envelope with a list of rows; a bare list is all there is."""
    found = parsed(body)
    if isinstance(found, list):
        return {"data": found, "total": len(found)}
    return found if isinstance(found, dict) and isinstance(found.get("data"), list) else None


def _answer(exchange: Exchange, envelope: Mapping[str, Any], where: tuple[str, str]) -> Answer:
    query = dict(parse_qsl(exchange.request.query, keep_blank_values=True))
    total, current = envelope.get("total"), envelope.get("current_page", 1)
    page = current if set(query) <= {PAGE} and type(current) is int else None
    return Answer(where[1], where[0], page, envelope["data"], total if type(total) is int else None)


def resources(found: Iterable[Answer], named: bool) -> tuple[Resource, ...]:
    """One resource for each name, one table for each practice; practices keep their code where ``named``.

    A resource whose name does not look like one is called ``resource 3``.
    """
    groups: dict[str, dict[str, list[Answer]]] = {}
    practices: dict[str, str] = {}
    for answer in found:
        shown = answer.practice if named and NAME.fullmatch(answer.practice) else f"practice {len(practices) + 1}"
        practices.setdefault(answer.practice, shown)
        groups.setdefault(answer.resource, {}).setdefault(practices[answer.practice], []).append(answer)
    return tuple(
        resource(
            name if NAME.fullmatch(name) else f"resource {number}",
            [table(practice, mine) for practice, mine in below.items()],
        )
        for number, (name, below) in enumerate(groups.items(), 1)
    )


def table(practice: str, found: Sequence[Answer]) -> Table:
    """The pages of the listing as far as they follow each other, then rows that only other answers hold.

    It is complete if the pages hold as many rows as the answers say there are, and ordered if nothing was added.
    """
    pages = _pages(found)
    gathered = Gatherer(practice)
    for answer in pages:
        gathered.add(answer.rows)
    size = gathered.size
    seen = {_key(row) for answer in pages for row in answer.rows}
    rest = {_key(row): row for answer in found for row in answer.rows if _key(row) not in seen}
    gathered.add(list(rest.values()))
    totals = {answer.total for answer in found if answer.page is not None}
    return gathered.table(complete=totals == {size} and not rest, ordered=bool(pages) and not rest)


def _pages(found: Sequence[Answer]) -> list[Answer]:
    """Pages 1, 2, 3 … up to the first that is not there; of a page asked for twice the one with more rows."""
    best: dict[int, Answer] = {}
    for answer in found:
        if answer.page is not None and (answer.page not in best or len(answer.rows) > len(best[answer.page].rows)):
            best[answer.page] = answer
    return [best[number] for number in takewhile(best.__contains__, count(1))]


def _key(row: Any) -> bytes:
    return jsonio.dumps(row)
