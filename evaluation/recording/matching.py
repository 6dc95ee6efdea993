"""Which recording answers a request: method, path, query and what the login headers carry.

The order of query parts does not count, nor whether ``~`` is ``%7E`` or a blank ``+`` or ``%20``. Of the login headers
it counts whether there is a token, how it is written and whether a recorded login issued it; whether there is a key;
the Version.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property
from urllib.parse import parse_qsl, unquote

from .asked import document
from .exchange import Exchange, Request

LOGIN = "/authenticate"
Parts = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Miss:
    """No recording fits; ``nearest`` is the one that comes closest (None in an empty cassette)."""

    nearest: Exchange | None
    differs: tuple[str, ...]


class Library:
    """The recordings of a cassette, asked by request."""

    def __init__(self, exchanges: Sequence[Exchange]) -> None:
        self._exchanges = tuple(exchanges)

    def find(self, request: Request) -> Exchange | Miss:
        """The first recording that fits, or the nearest one with what is different about the request."""
        if request.method == "POST" and unquote(request.path) == LOGIN:
            return self._login(request)
        found = next((e for e in self._exchanges if not self._differs(e.request, request)), None)
        return found or self._miss(request)

    def _login(self, request: Request) -> Exchange | Miss:
        """Whoever logs in is given a recorded token: the same encoding first, any that succeeded otherwise."""
        kind = (request.header("Content-Type") or "").partition(";")[0].strip().lower()
        good = [e for e in self._exchanges if _is_login(e) and e.response.status == 200]
        same = [e for e in good if (e.request.header("Content-Type") or "").lower().startswith(kind or "-")]
        if request.body and good:
            return (same or good)[0]
        missing = ("body: recorded with email and password, sent without",) if good else ("no login was recorded",)
        return Miss(good[0] if good else None, missing)

    @cached_property
    def _tokens(self) -> frozenset[str]:
        """The tokens that the recorded logins issued."""
        answers = (document(e.response) for e in self._exchanges if _is_login(e))
        return frozenset(str(found["token"]) for found in answers if isinstance(found, dict) and "token" in found)

    @cached_property
    def _key(self) -> str:
        """The key most requests carry: the account's."""
        keys = Counter(key for e in self._exchanges if (key := e.request.header("Secretkey")))
        return keys.most_common(1)[0][0] if keys else ""

    @cached_property
    def _wrong_keys(self) -> frozenset[str]:
        keys = {e.request.header("Secretkey") for e in self._exchanges}
        return frozenset(key for key in keys if key and key != self._key)

    def _differs(self, recorded: Request, sent: Request) -> tuple[str, ...]:
        return tuple(f"{part}: recorded {a}, sent {b}" for part, a, b in self._compared(recorded, sent) if a != b)

    def _compared(self, recorded: Request, sent: Request) -> Iterator[tuple[str, str, str]]:
        yield "method", recorded.method, sent.method
        yield "path", unquote(recorded.path), unquote(sent.path)
        yield "query", _shown(recorded), _shown(sent)
        yield "Authorization", self._token(recorded), self._token(sent)
        yield "Secretkey", self._secret(recorded), self._secret(sent)
        yield "Version", recorded.header("Version") or "none", sent.header("Version") or "none"

    def _token(self, request: Request) -> str:
        """How the token is sent, without showing it."""
        value = request.header("Authorization")
        if value is None:
            return "none"
        token = value[6:].strip() if value[:6].lower() == "bearer" else value
        known = "the token of the login" if token in self._tokens else "another token"
        spelling = value[: len(value) - len(token)]
        return known if spelling == "Bearer " else f"{known} spelled {spelling.strip() or 'bare'}" + (
            "" if spelling.endswith(" ") else " without a blank"
        )

    def _secret(self, request: Request) -> str:
        value = request.header("Secretkey")
        return "none" if value is None else "a wrong key" if value in self._wrong_keys else "a key"

    def _miss(self, request: Request) -> Miss:
        if not self._exchanges:
            return Miss(None, ("the cassette is empty",))
        nearest = min(self._exchanges, key=lambda e: self._distance(e.request, request))
        return Miss(nearest, self._differs(nearest.request, request))

    def _distance(self, recorded: Request, sent: Request) -> tuple[float, ...]:
        """Method before path before query before headers."""
        alike = SequenceMatcher(None, unquote(recorded.path), unquote(sent.path), autojunk=False).ratio()
        queries = SequenceMatcher(None, _shown(recorded), _shown(sent), autojunk=False).ratio()
        others = sum(a != b for _, a, b in list(self._compared(recorded, sent))[3:])
        return (recorded.method != sent.method, -alike, -queries, others)


def _is_login(exchange: Exchange) -> bool:
    return exchange.request.method == "POST" and unquote(exchange.request.path) == LOGIN


def parts(query: str) -> Parts:
    """The parts of a query without its spelling, sorted."""
    return tuple(sorted(parse_qsl(query, keep_blank_values=True)))


def _shown(request: Request) -> str:
    return "&".join(f"{name}={value}" for name, value in parts(request.query)) or "none"
