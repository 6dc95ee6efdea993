"""The query of a data request: a page number and filters."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal
from urllib.parse import quote, unquote_to_bytes

from ..contract import Element, Property
from ..errors import QueryError
from ..settings import Settings
from ..store import Filter, FilterPolicy, Kind
from ..store import parse as parse_filter_pairs

PAGE = "page"
LARGEST_PAGE = 10**9
QUANTITIES = ("integer-text", "decimal-text", "money-text")
SEEN = ("client_patient_id", "date", "first_name", "hj_modify_timestamp")
"""The vendor's names of the columns that clients were seen to filter (filter.any-column)."""

_KINDS: Mapping[str, Kind] = {
    "surrogate": "number",
    "hj-timestamp": "timestamp",
    "hj-timestamp-fixed": "timestamp",
}


@dataclass(frozen=True, slots=True)
class Query:
    """What was asked for. ``kept`` is the query string to repeat in page URLs, without the page.

    ``behaviours`` are the ids of what the query leans on.
    """

    page: int
    filters: tuple[Filter, ...]
    kept: str
    behaviours: tuple[str, ...]


NOTHING = Query(1, (), "", ())


def parse(raw: bytes, element: Element, settings: Settings) -> Query:
    """Read a query string.

    Raises QueryError: ``error.bad-request``, ``error.page``, ``error.filter.column|operator|value|repeated``.
    """
    if not raw:
        return NOTHING
    pairs = split(raw)
    pages = [value for name, value in pairs if name == PAGE]
    rest = [(name, value) for name, value in pairs if name != PAGE]
    filters = parse_filter_pairs(rest, kinds(element), policy(settings))
    page = _page(pages)
    kept = "&".join(f"{_quoted(name)}={_quoted(value)}" for name, value in rest)
    used = (*_filtered(element, filters), *_spelled(raw), *(["paging.page-parameter"] if pages else []))
    return Query(page, filters, kept, used)


def split(raw: bytes) -> list[tuple[str, str]]:
    """Name and value of each part of a query string; ``+`` is a blank.

    Raises QueryError ``error.bad-request`` for NULs and for bytes that are no UTF-8.
    """
    parts = (part.partition(b"=") for part in raw.split(b"&") if part)
    return [(_text(name), _text(value)) for name, _, value in parts]


def _text(part: bytes) -> str:
    raw = unquote_to_bytes(part.replace(b"+", b" "))
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        raise QueryError("error.bad-request", "the query is not UTF-8") from None
    if "\0" in text:
        raise QueryError("error.bad-request", "the query has a NUL in it")
    return text


def _quoted(text: str) -> str:
    return quote(text, safe="~:,")


def _page(given: Sequence[str]) -> int:
    """The page number, 1 when none is given."""
    if not given:
        return 1
    if len(given) > 1:
        raise QueryError("error.page", "page is given more than once")
    text = given[0]
    if not (text.isascii() and text.isdigit() and len(text) <= 10 and 1 <= int(text) <= LARGEST_PAGE):
        raise QueryError("error.page", f"page must be a whole number from 1 to {LARGEST_PAGE}")
    return int(text)


def _filtered(element: Element, filters: Sequence[Filter]) -> Iterator[str]:
    """What filters lean on: their operators, how their columns compare, and columns no client was seen to filter."""
    for condition in filters:
        yield condition.behaviour
        if not condition.empty:
            yield from _compared(element.by_wire[condition.column], condition)
    if len(filters) > 1:
        yield "filter.several"


def _compared(column: Property, condition: Filter) -> Iterator[str]:
    """What comparing this column leans on."""
    yield f"filter.{condition.kind}"
    yield "filter.grammar" if column.vendor in SEEN else "filter.any-column"
    if column.nullable:
        yield "filter.null"
    if condition.kind == "timestamp":
        yield "row.timezone"
    if column.format in QUANTITIES and condition.op not in ("eq", "eqf", "ne", "in"):
        yield "filter.text.quantity"
    if condition.op == "btwn" and condition.operands[0] > condition.operands[1]:
        yield "filter.btwn.reversed"


def _spelled(raw: bytes) -> list[str]:
    used = []
    if b"%7e" in raw.lower():
        used.append("tolerance.tilde-encoded")
    if b"+" in raw:
        used.append("tolerance.blank-plus")
    if b"%20" in raw:
        used.append("tolerance.blank-percent-20")
    return used


@lru_cache(maxsize=64)
def kinds(element: Element) -> Mapping[str, Kind]:
    """How each column of the element compares."""
    return {p.wire: _kind(p.format, p.number) for p in element.properties}


def _kind(format_: str, number: bool) -> Kind:
    plain: Literal["number", "text"] = "number" if number else "text"
    return _KINDS.get(format_, plain)


def policy(settings: Settings) -> FilterPolicy:
    return FilterPolicy(
        unknown_column=settings.unknown_column,  # type: ignore[arg-type]
        unknown_operator=settings.unknown_operator,  # type: ignore[arg-type]
        malformed=settings.malformed_value,  # type: ignore[arg-type]
        repeated=settings.repeated_column,  # type: ignore[arg-type]
    )
