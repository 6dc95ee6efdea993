"""One request on its way through the mock: what came in, and what the journal will say of it."""

from __future__ import annotations

import time
from dataclasses import dataclass

from flask import Request, Response
from werkzeug.datastructures import Headers

from .journal import Entry
from .served import Served
from .state import State

KEY = "healthjump.exchange"
JSON = "application/json"


@dataclass(slots=True)
class Exchange:
    """A request, what it is served from, and its journal entry; in the WSGI environment under ``KEY``."""

    request: Request
    served: Served
    entry: Entry
    started: float

    def lean(self, *behaviours: str) -> None:
        """Note behaviours this request leaned on."""
        self.entry.behaviours += behaviours


def begin(state: State, request: Request) -> Exchange:
    """journal(in)"""
    environ = request.environ
    client = environ.get("HTTP_USER_AGENT", "")
    entry = Entry(0, state.clock.now(), client, "", request.method, request.path, environ.get("QUERY_STRING", ""))
    exchange = environ[KEY] = Exchange(request, state.served, entry, time.perf_counter())
    return exchange


def of(request: Request) -> Exchange:
    """The exchange that ``begin`` made for this request."""
    exchange: Exchange = request.environ[KEY]
    return exchange


def end(state: State, exchange: Exchange, status: int) -> None:
    """journal(out)"""
    entry = exchange.entry
    entry.status = status
    entry.milliseconds = round((time.perf_counter() - exchange.started) * 1000, 3)
    state.journal.add(entry)


class Finished(Response):
    """A response with nothing left to do: Werkzeug would copy its headers once more to complete them."""

    def get_wsgi_headers(self, environ: object) -> Headers:
        return self.headers


@dataclass(slots=True)
class Answer:
    """What goes back, as plain values: a page of rows needs no more."""

    body: bytes
    status: int
    headers: list[tuple[str, str]]

    @property
    def response(self) -> Response:
        """The same for Flask."""
        return Finished(self.body, self.status, self.headers)


def answer(body: bytes, status: int = 200, evidence: str = "") -> Answer:
    """A JSON answer (transport.content-type, transport.cache-control), with the evidence header if there is one."""
    headers = [("Content-Type", JSON), ("Cache-Control", "no-cache, private")]
    if evidence:
        headers.append(("X-Mock-Evidence", evidence))
    return Answer(body, status, headers)
