"""Status, headers, login and refusals: what can be said of one answer before its rows are read."""

from __future__ import annotations

from collections.abc import Iterator

from mockserver.contract import Contract

from . import words
from .calls import Call
from .expect import Expectation
from .facts import Verdict

JSON = "application/json"
NO_CACHE = "no-cache, private"
COUNTED = ("x-ratelimit-limit", "x-ratelimit-remaining", "x-ratelimit-reset", "ratelimit-limit", "retry-after")


def status(call: Call, expected: Expectation) -> Verdict:
    """The status of the answer; any success will do for a preflight."""
    same = call.status == expected.status or (expected.kind == "preflight" and 200 <= call.status < 300)
    said = "" if same else f"status {call.status}"
    return Verdict(expected.id, "status", call.place(), said, f"status {expected.status}")


def headers(call: Call, expected: Expectation) -> Iterator[Verdict]:
    """The headers the contract has: content type, caching, counting of requests, and those for browsers."""
    place, header = call.place(), call.exchange.response.header
    if expected.kind != "preflight":
        kind = header("Content-Type")
        said = "" if kind == JSON else words.media(kind)
        yield Verdict("transport.content-type", "headers", place, said, JSON)
        cached = header("Cache-Control")
        told = "absent" if cached is None else "other directives"
        said = "" if _directives(cached) == _directives(NO_CACHE) else told
        yield Verdict("transport.cache-control", "headers", place, said, NO_CACHE)
    counted = [name for name, _ in call.exchange.response.headers if name.lower() in COUNTED]
    said = f"headers that count requests: {words.listed(counted)}" if counted else ""
    yield Verdict("transport.rate-limit", "headers", place, said, "no such headers")
    if call.exchange.request.header("Origin") is not None:
        yield from _browser(call, expected)


def _directives(text: str | None) -> set[str]:
    return {part.strip().lower() for part in (text or "").split(",")}


def _browser(call: Call, expected: Expectation) -> Iterator[Verdict]:
    place, header = call.place(), call.exchange.response.header
    allowed = header("Access-Control-Allow-Origin") and header("Access-Control-Allow-Credentials") == "true"
    said = "" if allowed else "not allowed"
    yield Verdict("cors.credentials", "headers", place, said, "the Origin is allowed, with credentials")
    if expected.kind == "preflight":
        asked = _names(call.exchange.request.header("Access-Control-Request-Headers"))
        given = _names(header("Access-Control-Allow-Headers"))
        said = "" if asked <= given or "*" in given else f"{len(asked - given)} of {len(asked)} are not allowed"
        yield Verdict("cors.headers", "headers", place, said, "the headers asked about are allowed")


def _names(text: str | None) -> set[str]:
    return {part.strip().lower() for part in (text or "").split(",") if part.strip()}


def login(call: Call) -> Iterator[Verdict]:
    """The members of a login answer. The token itself is never looked into: its claims are about people."""
    document = call.document
    alone = isinstance(document, dict) and list(document) == ["token"] and isinstance(document["token"], str)
    yield Verdict("login.answer", "login", call.place(), "" if alone else words.keys(document), "token: string")


def refusal(call: Call, expected: Expectation, contract: Contract) -> Verdict:
    """The body of a refusal: the slug of the behaviour, and a message that may be left out."""
    known = contract.behaviours[expected.body].body
    document = call.document
    shaped = isinstance(document, dict) and set(document) - {"message"} == set(known)
    shaped = shaped and isinstance(document.get("message", ""), str)
    said = words.keys(document)
    if shaped:
        said = "" if all(document[key] == value for key, value in known.items()) else "the same keys, another text"
    wanted = f"an object with {', '.join(f'{key}: {value}' for key, value in known.items())} and a message"
    # A refusal that a path or header asks for is about the refusal's own body, not about the path.
    return Verdict(expected.body, "error body", call.place(), said, wanted)
