"""One request and its answer as plain data: what is recorded, scrubbed, written, replayed and compared.

Their ``repr`` shows no value, so that a traceback or a log line gives nothing away before scrubbing.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from urllib.parse import urlsplit

Headers = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Request:
    """What was sent. ``url`` is absolute, spelled as on the wire; ``headers`` in the order they were sent."""

    method: str
    url: str = field(repr=False)
    headers: Headers = field(default=(), repr=False)
    body: bytes = field(default=b"", repr=False)

    @property
    def path(self) -> str:
        """The path, escapes kept."""
        return urlsplit(self.url).path

    @property
    def query(self) -> str:
        """The query, escapes kept, without the question mark."""
        return urlsplit(self.url).query

    def header(self, name: str) -> str | None:
        """The first header of this name, in any case; None where it was not sent."""
        return first(self.headers, name)


@dataclass(frozen=True, slots=True)
class Response:
    """What came back.

    ``body`` is decoded, never compressed or chunked, and no Content-Encoding is among ``headers``.
    """

    status: int
    reason: str = field(default="", repr=False)
    headers: Headers = field(default=(), repr=False)
    body: bytes = field(default=b"", repr=False)

    def header(self, name: str) -> str | None:
        """The first header of this name, in any case; None where it did not come."""
        return first(self.headers, name)


@dataclass(frozen=True, slots=True)
class Exchange:
    """A request, its answer and the step of the capture plan that made it (empty outside a plan)."""

    step: str
    request: Request
    response: Response


def first(headers: Iterable[tuple[str, str]], name: str) -> str | None:
    """The value of the first header of this name, in any case."""
    return next((value for key, value in headers if key.lower() == name.lower()), None)
