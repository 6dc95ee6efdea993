"""What a mutation is: one fact of the contract turned into a lie, and the pieces of an answer it can touch."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote_plus

Environ = dict[str, Any]
Row = dict[str, Any]
StartResponse = Callable[..., Any]
WSGIApp = Callable[[Environ, StartResponse], Iterable[bytes]]


@dataclass(frozen=True, slots=True)
class Asked:
    """A request on a vendor path. ``pairs`` are the parts of the query, unescaped, in their order."""

    method: str
    path: str
    pairs: tuple[tuple[str, str], ...]
    headers: Mapping[str, str]

    @classmethod
    def of(cls, environ: Environ) -> Asked:
        """Read from a WSGI environment."""
        headers = {k[5:].replace("_", "-").lower(): str(v) for k, v in environ.items() if k.startswith("HTTP_")}
        return cls(environ["REQUEST_METHOD"], environ["PATH_INFO"], pairs(environ.get("QUERY_STRING", "")), headers)

    @property
    def element(self) -> str:
        """The path segment that names an element; empty on other paths."""
        parts = self.path.strip("/").split("/")
        return parts[2] if len(parts) == 3 and parts[0] == "hjdw" else ""

    @property
    def filters(self) -> tuple[tuple[str, str, tuple[str, ...]], ...]:
        """Column, operator and values of each filter."""
        parts = [(name, text.split("~")) for name, text in self.pairs if name != "page"]
        return tuple((name, op, tuple(values)) for name, (op, *values) in parts)

    @property
    def page(self) -> int:
        """The page asked for; 1 where none, or none that could be, is named."""
        given = dict(self.pairs).get("page", "1")
        return int(given) if given.isascii() and given.isdigit() else 1


def pairs(query: str) -> tuple[tuple[str, str], ...]:
    """Name and value of each part of a query string."""
    parts = (part.partition("=") for part in query.split("&") if part)
    return tuple((unquote_plus(name), unquote_plus(value)) for name, _, value in parts)


@dataclass(slots=True)
class Answer:
    """What goes back. ``document`` is the body read as JSON, None where it is none; mutations change it in place."""

    status: int
    reason: str
    headers: dict[str, str]
    body: bytes = b""
    document: Any = None

    @property
    def paged(self) -> bool:
        """Whether this is a page of rows."""
        return self.status == 200 and isinstance(self.document, dict) and isinstance(self.document.get("data"), list)

    @property
    def refusal(self) -> str:
        """The slug of a refusal; empty for anything else."""
        found = self.document.get("error", "") if self.status >= 400 and isinstance(self.document, dict) else ""
        return str(found)


@dataclass(frozen=True, slots=True)
class Mutation:
    """One lie. ``breaks`` is the behaviour, or the ``element.property``, of the contract that stops being true.

    ``element`` restricts it to one path segment. ``request`` changes the environment before the mock sees it,
    ``select`` the whole selection of rows before it is cut into pages, ``per_page`` the size of these,
    ``row`` each row, ``answer`` the rest.
    """

    name: str
    breaks: str
    title: str
    element: str = ""
    request: Callable[[Environ], None] | None = None
    select: Callable[[Asked, list[Row]], list[Row]] | None = None
    per_page: Callable[[int], int] | None = None
    row: Callable[[Row], Row] | None = None
    answer: Callable[[Asked, Answer], None] | None = None

    def concerns(self, asked: Asked) -> bool:
        """Whether it has a say in this request."""
        return self.element in ("", asked.element)

    @property
    def reselects(self) -> bool:
        """Whether pages have to be cut anew."""
        return self.select is not None or self.per_page is not None
