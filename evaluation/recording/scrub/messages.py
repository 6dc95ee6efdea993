"""A whole exchange, part by part, in the hands of a walker."""

from __future__ import annotations

from dataclasses import replace

from ..exchange import Exchange, Headers, Request, Response, first
from . import bodies, letters
from .rules import UNKNOWN, Rule
from .urls import element_of
from .walker import Walker

_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"})
_PROSE = Rule("keep", "prose")
_URL = Rule("pseudonym", "url")
_LENGTH = "content-length"


def exchange(walker: Walker, given: Exchange) -> Exchange:
    """The exchange as the walker leaves it; lengths in headers are those of the new bodies."""
    element = element_of(walker.context, given.request.path)
    for _, value in given.response.headers:
        walker.context.shift.saw(value)
    return replace(
        given,
        request=request(walker, given.request),
        response=response(walker, given.response, element),
    )


def request(walker: Walker, given: Request) -> Request:
    """A request by itself."""
    kind = first(given.headers, "content-type") or ""
    body = bodies.body(walker, given.body, kind, None, True, "request.body")
    return Request(
        given.method if given.method in _METHODS else letters.masked(given.method),
        walker.value(_URL, given.url, "request.url"),
        _headers(walker, given.headers, "request.headers", given.body, body),
        body,
    )


def response(walker: Walker, given: Response, element: str | None) -> Response:
    """An answer by itself; ``element`` is the one its rows belong to."""
    kind = first(given.headers, "content-type") or ""
    body = bodies.body(walker, given.body, kind, element, False, "response.body")
    headers = _headers(walker, given.headers, "response.headers", given.body, body)
    return Response(given.status, walker.value(_PROSE, given.reason, "response.reason"), headers, body)


def _headers(walker: Walker, given: Headers, place: str, old: bytes, new: bytes) -> Headers:
    """Names stay, values follow their rules; a header with the rule drop goes. The order stays."""
    kept = []
    for name, value in given:
        rule = walker.context.rules.of("headers", name.lower())
        if rule is not None and rule.action == "drop":
            walker.dropped(f"{place}.{name.lower()}")
            continue
        if rule is None:
            walker.unknown(f"header.{name.lower()}", "text", value)
        if name.lower() == _LENGTH and old and value == str(len(old)):
            value = str(len(new))
        shown = name if rule else walker.key(name, place)
        kept.append((shown, walker.value(rule or UNKNOWN, value, f"{place}.{shown}")))
    return tuple(kept)
