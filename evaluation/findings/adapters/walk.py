"""Reads the listing of one resource of one practice, page by page, as far as it leads."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import unquote

from evaluation.recording.client import Sender, Unreachable
from evaluation.recording.exchange import Request, Response
from evaluation.recording.steps import following
from mockserver.store import jsonio

from ..model import Table
from .fields import Gatherer

SHOWN: Final = 2  # rows that stay in the first page of an exchange that is shown


@dataclass(frozen=True, eq=False)
class Page:
    """An answer as a page of rows. ``problem`` is a sentence without a subject, empty for a good page.

    ``count`` rows came, also where only some are kept.
    """

    status: int
    envelope: Mapping[str, Any] = field(default_factory=dict, repr=False)
    rows: Sequence[Any] = field(default=(), repr=False)
    problem: str = ""
    count: int = 0

    @property
    def total(self) -> int | None:
        """How many rows it says there are."""
        total = self.envelope.get("total")
        return total if type(total) is int else None

    def brief(self) -> Page:
        """The same with its first rows only, which is what an exchange shows."""
        kept = self.rows[:SHOWN]
        envelope = {**self.envelope, "data": kept} if self.envelope else self.envelope
        return Page(self.status, envelope, kept, self.problem, self.count)

    @property
    def text(self) -> str:
        """The body, spelled as our mock spells it."""
        return jsonio.dumps(self.envelope).decode()


@dataclass(frozen=True, eq=False)
class Listing:
    """One resource of one practice as far as it was read. ``problem`` says what is missing, empty for nothing.

    ``missing`` tells a resource that is refused as unknown (404) from one that failed. ``first`` is the first page.
    """

    resource: str
    practice: str
    table: Table | None
    request: Request
    first: Page
    problem: str = ""

    @property
    def missing(self) -> bool:
        return self.table is None and self.first.status == 404


def page(response: Response) -> Page:
    """What an answer holds. A bare list is a page without an envelope (path.client_ids.shape is not settled)."""
    if response.status != 200:
        return Page(response.status, problem=f"answered {response.status}")
    try:
        document = jsonio.exact(response.body)
    except (ValueError, RecursionError):
        return Page(200, problem="gave an answer that is not JSON")
    envelope = document if isinstance(document, dict) else {"data": document}
    rows = envelope.get("data")
    if not isinstance(rows, list):
        return Page(200, problem="gave an answer that is not a page of rows")
    return Page(200, envelope, rows, count=len(rows))


def listing(sender: Sender, first: Request, base: str, name: str, practice: str, limit: int | None) -> Listing:
    """Walk from the first request on, at most ``limit`` pages. Never raises for what a server does."""
    walk = _Walk(sender, base, Gatherer(practice))
    problem = walk.along(first, limit)
    opening = walk.opening or Page(0)
    table = walk.gathered.table(complete=not problem) if walk.pages else None
    return Listing(name, practice, table, first, opening, problem)


class _Walk:
    """The state of one walk: what was gathered, and where it has been."""

    def __init__(self, sender: Sender, base: str, gathered: Gatherer) -> None:
        self._sender, self._base = sender, base
        self.gathered = gathered
        self.pages = 0
        self.opening: Page | None = None
        self._been: set[str] = set()

    def along(self, first: Request, limit: int | None) -> str:
        """What kept the walk from its end; empty if nothing did."""
        asked: Request | None = first
        while asked is not None:
            if limit is not None and self.pages >= limit:
                return f"more pages than the {limit} that were read"
            found = self._sent(asked)
            if found.problem:
                return f"{found.problem} at page {self.pages + 1}" if self.pages else found.problem
            self.pages += 1
            self.gathered.add(found.rows)
            asked, problem = self._next(asked, found)
            if problem:
                return problem
        return self._counted(found)

    def _sent(self, asked: Request) -> Page:
        """What came, of which the first is kept; a page with status 0 where nothing did."""
        self._been.add(asked.url)
        try:
            found = page(self._sender.send(asked))
        except Unreachable as failure:
            found = Page(0, problem=str(failure))
        self.opening = self.opening or found.brief()
        return found

    def _next(self, asked: Request, found: Page) -> tuple[Request | None, str]:
        """The request for the next page, or why there is none although the page names one."""
        url = found.envelope.get("next_page_url")
        if url is None:
            return None, ""
        named = Response(200, body=json.dumps({"next_page_url": url}).encode())
        following_ = following(asked, named, self._base)
        if following_ is None:
            return None, "has a next_page_url that leads to another server or nowhere; it was not followed"
        if unquote(following_.path) != unquote(asked.path):
            return None, "has a next_page_url that leads to another listing; it was not followed"
        if following_.url in self._been:
            return None, "has a next_page_url that leads back to a page that was read"
        if not found.rows:
            return None, "has a page without rows that names a next one"
        return following_, ""

    def _counted(self, last: Page) -> str:
        """Compare what came with what the last page says there is."""
        if self.gathered.odd:
            return f"has {self.gathered.odd} entries that are no rows; they were left out"
        if last.total is not None and last.total != self.gathered.size:
            return f"gave {self.gathered.size} rows and says there are {last.total}"
        return ""
