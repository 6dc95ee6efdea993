"""An exchange as drift reads it: which element was asked for with which filters, and the page that came."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from urllib.parse import unquote, unquote_plus, urlsplit

from mockserver.contract import Contract, Element, Property
from mockserver.contract.check import value_problems
from mockserver.errors import QueryError
from mockserver.store import Filter, FilterPolicy
from mockserver.store import parse as parse_filters
from mockserver.web.params import kinds

from ..exchange import Exchange, Request
from .facts import PER_PAGE, Place, View
from .words import name

Row = Mapping[str, Any]
Pairs = tuple[tuple[str, str], ...]

USUAL = {"login": "", "token": "good", "key": "good", "version": "3.0"}


@dataclass(frozen=True)
class Call:
    """One exchange. ``ordinal`` counts within its step; ``cut`` says that the cassette keeps fewer rows than came.

    ``unusual`` is what the plan says of its login, token, key and version; None where no plan made the request.
    """

    exchange: Exchange = field(repr=False)
    ordinal: int
    contract: Contract = field(repr=False)
    scrubbed: bool = False
    cut: bool = False
    unusual: Mapping[str, str] | None = field(default=None, repr=False)
    per_page: int = PER_PAGE

    @cached_property
    def sent(self) -> Mapping[str, str]:
        """How login, token, key and version were spelled: words of the plan, or what the headers show."""
        return _worded(self.exchange.request) if self.unusual is None else {**USUAL, **self.unusual}

    @property
    def key(self) -> tuple[str, int]:
        """What calls of several views are matched by."""
        return self.exchange.step, self.ordinal

    @property
    def status(self) -> int:
        return self.exchange.response.status

    @property
    def method(self) -> str:
        return self.exchange.request.method.upper()

    @cached_property
    def parts(self) -> tuple[str, ...]:
        """The segments of the path, without a slash at the end."""
        return tuple(unquote(part) for part in self.exchange.request.path.rstrip("/").split("/")[1:])

    @property
    def practice(self) -> str:
        return self.parts[1] if len(self.parts) > 2 else ""

    @property
    def segment(self) -> str:
        """The path segment where elements stand."""
        return self.parts[2] if len(self.parts) == 3 and self.parts[0] == "hjdw" else ""

    @property
    def element(self) -> Element | None:
        return self.contract.paths.get(self.segment)

    @cached_property
    def pairs(self) -> Pairs:
        return split(self.exchange.request.query)

    @property
    def asked(self) -> Pairs:
        """The query without the page."""
        return tuple((name, value) for name, value in self.pairs if name != "page")

    @property
    def page(self) -> int:
        given = [value for name, value in self.pairs if name == "page"]
        return int(given[0]) if given and given[0].isascii() and given[0].isdigit() else 1

    @cached_property
    def filters(self) -> tuple[Filter, ...]:
        """The filters, as the contract reads them. Raises QueryError."""
        return parse_filters(self.asked, kinds(self.element), FilterPolicy()) if self.element else ()

    @property
    def refused(self) -> str:
        """The behaviour by which the contract refuses this query; empty where it does not."""
        try:
            _ = self.filters
        except QueryError as error:
            return error.behaviour
        return ""

    @cached_property
    def document(self) -> Any:
        """The body as JSON; None where it is none."""
        try:
            return json.loads(self.exchange.response.body)
        except (ValueError, RecursionError):
            return None

    @cached_property
    def envelope(self) -> Mapping[str, Any] | None:
        """The document where it is a page of rows."""
        found = self.document
        return found if isinstance(found, dict) and isinstance(found.get("data"), list) else None

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        return tuple(row for row in (self.envelope or {}).get("data", ()) if isinstance(row, dict))

    def place(self, column: str = "") -> Place:
        return Place(name(self.exchange.step), self.segment if self.element else "", column)


def split(query: str) -> Pairs:
    """Names and values of a query."""
    parts = (part.partition("=") for part in query.split("&") if part)
    return tuple((unquote_plus(name), unquote_plus(value)) for name, _, value in parts)


def _worded(request: Request) -> Mapping[str, str]:
    token = request.header("Authorization") or ""
    word = "good" if token.startswith("Bearer ") else "no-space" if token.startswith("Bearer") else "lower-case"
    return {
        "login": "",
        "token": word if token.lower().startswith("bearer") else "none",
        "key": "good" if request.header("Secretkey") else "none",
        "version": request.header("Version") or "none",
    }


def read(view: View, contract: Contract) -> list[Call]:
    """The calls of a view, numbered within their steps."""
    seen: Counter[str] = Counter()
    calls = []
    for exchange in view.exchanges:
        cut, unusual = exchange.step in view.cut, None if view.steps is None else view.steps.get(exchange.step, {})
        calls.append(Call(exchange, seen[exchange.step], contract, view.scrubbed, cut, unusual, view.per_page))
        seen[exchange.step] += 1
    return calls


def follows(one: Call, other: Call) -> bool:
    """Whether ``other`` is the page after ``one`` of the same selection."""
    same = one.parts == other.parts and one.asked == other.asked and one.exchange.step == other.exchange.step
    return same and other.page == one.page + 1


def fits(prop: Property, value: object) -> bool:
    """Whether a value is written as the contract states."""
    return not value_problems(prop, value)


def path_of(url: str) -> str:
    """The path of a URL without a slash at its end."""
    return urlsplit(url).path.rstrip("/")
