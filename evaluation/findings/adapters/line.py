"""A connection that is kept open, and how long it may take. Nothing is sent but what a request spells out."""

from __future__ import annotations

import http.client
import socket
import threading
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

from evaluation.recording.client import Client, Unreachable
from evaluation.recording.exchange import Request, Response
from evaluation.recording.recorder import FAILURES, TOO_MANY
from evaluation.recording.target import Target

POLITE = 0.5  # seconds between requests to a host elsewhere, as `hjkit record` waits
STALE = (http.client.RemoteDisconnected, ConnectionResetError, BrokenPipeError)
"""What a request meets on a connection that the server closed since the last one."""


class Over(Unreachable):
    """Nothing more is asked in this run. The message says why and holds no value."""


@dataclass
class Patience:
    """What one run may take: ``timeout`` for one answer and ``budget`` for all of them, ``pause`` between two, seconds.

    ``gentle`` is for hosts elsewhere: it ends the run where the recorder would stop too. Threads may share it.
    """

    timeout: float
    budget: float
    pause: float = 0.0
    gentle: bool = False
    _started: float = field(default_factory=time.monotonic)
    _failures: int = 0
    _over: str = ""
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    @property
    def spent(self) -> str:
        """What is said where the budget is over: that is no fault of the server."""
        return f"the {self.budget:g} s for the whole run were used up"

    def seconds(self) -> float:
        """How long the next answer may take. Raises Over."""
        if self._over:
            raise Over(self._over)
        left = self._started + self.budget - time.monotonic()
        if left <= self.pause:
            raise Over(f"not asked: {self.spent}")
        time.sleep(self.pause)
        return min(self.timeout, left - self.pause)

    def note(self, status: int) -> None:
        """Count an answer, 0 for none; after too many failures in a row, or a plea for fewer requests, it is over."""
        with self._lock:
            failed = status == 0 or (self.gentle and status >= 500)
            self._failures = self._failures + 1 if failed else 0
            if self._failures >= FAILURES and not self._over:
                self._over = f"not asked: {FAILURES} requests in a row had failed"
            if self.gentle and status == TOO_MANY:
                self._over = "not asked: the server wanted fewer requests (429)"


class Line(Client):
    """One connection to one target, opened when it is needed and used again; for one thread at a time."""

    def __init__(self, target: Target, patience: Patience) -> None:
        super().__init__(target, patience.timeout)
        self._patience = patience
        self._open: http.client.HTTPConnection | None = None

    def send(self, request: Request) -> Response:
        """The answer. Raises Unreachable where none came whole and in time, Over where none is asked for."""
        if not request.url.startswith(f"{self._target.base}/"):
            raise Unreachable("a request to another host was held back")
        response = None
        try:
            response = self._sent(request, self._patience.seconds())
        finally:
            if response is None:
                self.close()
        return response

    def _sent(self, request: Request, seconds: float) -> Response:
        """Asked once more where a kept connection turns out to be closed: that request was never taken."""
        kept = self._open is not None and self._open.sock is not None
        try:
            try:
                response = self._timed(request, seconds)
            except STALE:
                if not kept:
                    raise
                self.close()
                response = self._timed(request, seconds)
        except TimeoutError:
            if seconds < self._patience.timeout:
                raise self._failed(f"was cut off: {self._patience.spent}") from None
            raise self._failed(f"gave no complete answer within {seconds:.3g} s") from None
        except (OSError, http.client.HTTPException, EOFError, zlib.error, ValueError) as error:
            raise self._failed(f"gave no answer that can be read ({type(error).__name__})") from None
        self._patience.note(response.status)
        return response

    def _failed(self, what: str) -> Unreachable:
        self._patience.note(0)
        return Unreachable(what)

    def _timed(self, request: Request, seconds: float) -> Response:
        connection = self._open = self._open or self._connection()
        if connection.sock is None:
            connection.connect()
        with _cut_off(connection.sock, seconds) as late:
            try:
                response = self._exchange(connection, request)
            except (OSError, http.client.HTTPException, ValueError):
                if late():
                    raise TimeoutError from None
                raise
        if late():
            raise TimeoutError
        return response

    def close(self) -> None:
        """Close the connection; the next request opens another."""
        if self._open is not None:
            self._open.close()
            self._open = None


@contextmanager
def _cut_off(sock: socket.socket, seconds: float) -> Iterator[Callable[[], bool]]:
    """Ends what is read from a socket after so many seconds, also where bytes keep dripping in; says whether it did."""
    fired = threading.Event()

    def cut() -> None:
        fired.set()
        with suppress(OSError):
            socket.socket.shutdown(sock, socket.SHUT_RDWR)  # the plain one: TLS would wait for the other side

    timer = threading.Timer(seconds, cut)
    timer.daemon = True
    timer.start()
    try:
        yield fired.is_set
    finally:
        timer.cancel()
