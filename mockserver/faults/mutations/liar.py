"""Stands before the mock and changes what it says. It takes the application as an argument and knows only WSGI."""

from __future__ import annotations

import io
import json
from collections.abc import Iterable, Sequence
from contextlib import closing
from http import HTTPStatus
from typing import Any, cast
from urllib.parse import quote

from .model import Answer, Asked, Environ, Mutation, Row, StartResponse, WSGIApp

ADMIN = "/__admin"


class Liar:
    """A WSGI application that tells these lies about the one it wraps. Admin paths pass untouched.

    Where a lie is about the selection of rows, all pages are fetched from the mock first, so its journal
    shows more requests than were made.
    """

    def __init__(self, app: WSGIApp, mutations: Sequence[Mutation]) -> None:
        self._app = app
        self.mutations = tuple(mutations)

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        if environ["PATH_INFO"].startswith(ADMIN) or environ["REQUEST_METHOD"] == "HEAD":
            return self._app(environ, start_response)
        asked = Asked.of(environ)
        active = [m for m in self.mutations if m.concerns(asked)]
        answer = self._told(environ, asked, active)
        body = answer.body if answer.document is None else _dumped(answer.document)
        answer.headers["Content-Length"] = str(len(body))
        start_response(f"{answer.status} {answer.reason}", list(answer.headers.items()))
        return [body]

    def _told(self, environ: Environ, asked: Asked, active: Sequence[Mutation]) -> Answer:
        changed = dict(environ)
        for mutation in active:
            if mutation.request is not None:
                mutation.request(changed)
        answer = ask(self._app, changed)
        if answer.paged and any(m.reselects for m in active):
            self._cut_anew(changed, asked, answer, active)
        for mutation in active:
            if mutation.row is not None and answer.paged:
                answer.document["data"] = [mutation.row(row) for row in answer.document["data"]]
            if mutation.answer is not None:
                mutation.answer(asked, answer)
        return answer

    def _cut_anew(self, environ: Environ, asked: Asked, answer: Answer, active: Sequence[Mutation]) -> None:
        """Fetch every row of the selection, change it, and write page and envelope again."""
        page = answer.document
        seen = Asked.of(environ)
        rows = page["data"] if page["last_page"] <= 1 == seen.page else self._all(environ, seen, page["last_page"])
        size = page["per_page"]
        for mutation in active:
            rows = mutation.select(asked, rows) if mutation.select is not None else rows
            size = mutation.per_page(size) if mutation.per_page is not None else size
        page.update(envelope(rows, size, asked, page["path"]))

    def _all(self, environ: Environ, asked: Asked, last: int) -> list[Row]:
        found: list[Row] = []
        for number in range(1, last + 1):
            empty = {"wsgi.input": io.BytesIO(), "CONTENT_LENGTH": "0", "QUERY_STRING": _query(asked, number)}
            found += ask(self._app, {**environ, **empty}).document["data"]
        return found


def envelope(rows: Sequence[Row], size: int, asked: Asked, path: str) -> dict[str, Any]:
    """The ten members of a page of ``size`` of these rows, as the contract has them."""
    number, last = asked.page, -(-len(rows) // size)
    first = (number - 1) * size
    cut = list(rows[first : first + size])
    return {
        "current_page": number,
        "data": cut,
        "from": first + 1 if cut else None,
        "last_page": last,
        "next_page_url": f"{path}?{_query(asked, number + 1)}" if number < last else None,
        "path": path,
        "per_page": size,
        "prev_page_url": f"{path}?{_query(asked, number - 1)}" if number > 1 else None,
        "to": first + len(cut) if cut else None,
        "total": len(rows),
    }


def _query(asked: Asked, number: int) -> str:
    kept = [(name, value) for name, value in asked.pairs if name != "page"]
    return "&".join(f"{quote(n, safe='~:,')}={quote(v, safe='~:,')}" for n, v in [*kept, ("page", str(number))])


def ask(app: WSGIApp, environ: Environ) -> Answer:
    """What the application answers, its body read whole."""
    heads: list[Any] = []

    def start_response(status: str, headers: list[tuple[str, str]], exc_info: object = None) -> None:
        heads[:] = [status, headers]

    chunks = app(environ, start_response)
    if hasattr(chunks, "close"):
        with closing(cast(Any, chunks)):
            body = b"".join(chunks)
    else:
        body = b"".join(chunks)
    status, headers = heads
    code = int(status.split()[0])
    return Answer(code, HTTPStatus(code).phrase, dict(headers), body, _document(body))


def _document(body: bytes) -> Any:
    try:
        return json.loads(body)
    except ValueError:
        return None


def _dumped(document: object) -> bytes:
    return json.dumps(document, separators=(",", ":"), ensure_ascii=False).encode()
