"""Servers that behave as a test wants: a mock behind a changed front, and one that never finishes an answer."""

from __future__ import annotations

import io
import json
import socket
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from typing import Any

from werkzeug.wrappers import Request as Asked
from werkzeug.wrappers import Response as Given

from evaluation.findings.adapters.line import Line, Patience
from evaluation.recording.exchange import Request, Response
from evaluation.recording.target import Target
from evaluation.recording.target import parse as parse_target
from mockserver.testing import Server
from tests.recording.captures import decoy

Change = Callable[[Asked, Given], "Given | None"]
KEPT = ("Content-Type", "Retry-After")


@contextmanager
def fronted(mock: Server, change: Change = lambda asked, given: None) -> Iterator[tuple[str, list[bytes]]]:
    """The mock without its admin API behind another address: another server, as far as anybody can tell.

    ``change`` gives the answer instead of the mock's, or None to leave it. Yields address and what was asked.
    """

    def answer(asked: Asked) -> Given:
        if asked.path.startswith("/__admin"):
            return Given("", 404)
        plain = Given.from_app(mock.app, {**asked.environ, "wsgi.input": io.BytesIO(asked.get_data())})
        return change(asked, plain) or copied(plain, plain.get_data())

    with decoy(answer) as found:
        yield found


def copied(given: Given, body: bytes) -> Given:
    """The same answer with another body."""
    return Given(body, given.status, headers={n: given.headers[n] for n in KEPT if n in given.headers})


def said(body: Any, status: int = 200) -> Given:
    """An answer in JSON."""
    return Given(json.dumps(body), status, headers={"Content-Type": "application/json"})


def changed(given: Given, **envelope: Any) -> Given:
    """The same page with other members of its envelope."""
    return said({**json.loads(given.get_data()), **envelope})


def at(path: str, answer: Callable[[Given], Given]) -> Change:
    """Changes what is asked at this end of a path only."""
    return lambda asked, given: answer(given) if asked.path.endswith(path) else None


@contextmanager
def dripping(head: bytes, drop: bytes = b" ", pause: float = 0.05) -> Iterator[str]:
    """A server that says ``head`` and then never ends: a drop at a time, or nothing at all for an empty drop."""
    ended = threading.Event()
    listener = socket.create_server(("127.0.0.1", 0))
    listener.settimeout(0.05)

    def drip(connection: socket.socket) -> None:
        with connection, suppress(OSError):
            connection.sendall(head)
            while not ended.wait(pause):
                connection.sendall(drop)

    def serve() -> None:
        threads = []
        while not ended.is_set():
            with suppress(TimeoutError):
                connection, _ = listener.accept()
                threads.append(threading.Thread(target=drip, args=(connection,)))
                threads[-1].start()
        for thread in threads:
            thread.join()

    thread = threading.Thread(target=serve)
    thread.start()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        ended.set()
        thread.join()
        listener.close()


@dataclass
class Elsewhere:
    """Stands for a host elsewhere: requests to it go to a mock on this machine, and are remembered."""

    mock: Server
    asked: list[Request] = field(default_factory=list)
    answers: Mapping[str, Response] = field(default_factory=dict)
    patience: Patience | None = None

    def __call__(self, target: Target, patience: Patience) -> Elsewhere:
        self.patience, self._base = patience, target.base
        self._line = Line(parse_target(self.mock.url), Patience(10, 60))
        return self

    def send(self, request: Request) -> Response:
        assert self.patience is not None
        self.patience.seconds()
        self.asked.append(request)
        for end, answer in self.answers.items():
            if request.path.endswith(end):
                self.patience.note(answer.status)
                return answer
        url = self.mock.url + request.url.removeprefix(self._base)
        response = self._line.send(Request(request.method, url, request.headers, request.body))
        self.patience.note(response.status)
        return replace(response, body=response.body.replace(self.mock.url.encode(), self._base.encode()))

    def close(self) -> None:
        self._line.close()
