"""Requests that are refused, each for one cause: the wrong way to ask for what was just read rightly."""

from __future__ import annotations

from base64 import urlsafe_b64decode
from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import urlencode

from evaluation.recording.exchange import Request
from evaluation.recording.plan import Step
from evaluation.recording.steps import WRONG, Access, request
from mockserver.store import jsonio
from mockserver.web.token import Tokens

from ..model import Origin
from .visit import Visit

NOBODY = "ZZZZ99"  # a practice that does not exist, as `hjkit record` asks for


def requests(visit: Visit, path: str) -> Iterator[tuple[str, Request]]:
    """Cause and request, those that may cost a login last. ``path`` is a resource that exists."""
    practice = visit.practices[0]
    yield "token missing", visit.rows_of(path, practice, token="none")
    yield "token invalid", _with_token(visit, path, _unsigned(visit.access.values["token"]))
    yield "key missing", visit.rows_of(path, practice, key="none")
    yield "resource unknown", visit.rows_of("no_such_element", practice)
    yield "tenant unknown", visit.rows_of(path, NOBODY)
    yield "path unknown", visit.get("/hjdw")
    yield "method wrong", visit.get("/authenticate", token="none", key="none", version="none")
    if visit.target.loopback:
        yield from _here(visit, path)


def _here(visit: Visit, path: str) -> Iterator[tuple[str, Request]]:
    """What is not asked of a host elsewhere, because it looks like somebody trying keys and logins."""
    yield "key wrong", visit.rows_of(path, visit.practices[0], key="wrong")
    if visit.origin is Origin.mock:
        yield "token expired", _expired(visit, path)
        yield from (("tenant forbidden", visit.rows_of(path, code)) for code in visit.others[:1])
    step = Step("", "", login="wrong")
    yield "login wrong", request(step, visit.access)
    yield "login incomplete", replace(request(step, visit.access), body=urlencode({"email": WRONG.email}).encode())


def _unsigned(token: str) -> str:
    """The token with a signature of zeros, spelled as base64url spells them."""
    head, dot, signature = token.rpartition(".")
    return head + dot + "A" * (len(signature) or 4)


def _expired(visit: Visit, path: str) -> Request:
    """A token of our mock that ended when it was issued, signed with its published test key; its clock stays."""
    payload = visit.access.values["token"].split(".")[1]
    claims = jsonio.loads(urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
    return _with_token(visit, path, Tokens().issue({**claims, "exp": claims["iat"]}))


def _with_token(visit: Visit, path: str, token: str) -> Request:
    values = {"practice": visit.practices[0], "token": token}
    step = Step("", "", path=f"/hjdw/{{practice}}/{path}")
    return request(step, Access(visit.access.base, visit.access.credentials, values))
