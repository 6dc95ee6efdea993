"""What the contract says a request is answered with: a behaviour, and a status."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from mockserver.contract import Contract

from .calls import Call

Refusal = tuple[str, str]
"""What a difference is about, and the behaviour whose body and status are expected."""

TOKENS = {
    "none": "error.token.missing",
    "query": "error.token.missing",
    "garbled": "error.token.invalid",
    "expired": "error.token.expired",
}
KEYS = {"none": "error.secretkey.missing", "wrong": "error.secretkey.wrong"}
SPELLED = {
    "no-space": "header.authorization.no-space",
    "lower-case": "header.authorization.case",
    "later": "token.several-live",
}
UNSHOWN = ("error.token.invalid", "error.token.expired", "error.secretkey.wrong", "error.practice.unknown")

Kind = Literal["page", "login", "preflight", "refusal"]
LEADING = {
    "client_ids": "path.client_ids",
    "medsurg_history": "path.named-only",
    "payer": "path.payer_dim",
    "quality_data": "path.named-only",
}
"""The behaviour that decides whether an element answers at all, where it is not path.pattern."""


@dataclass(frozen=True, slots=True)
class Expectation:
    """``id`` is what a difference in status is about, ``body`` the refusal that is expected, if one is."""

    id: str
    status: int
    kind: Kind
    body: str = ""


def expectation(call: Call, contract: Contract, practices: frozenset[str] = frozenset()) -> Expectation:
    """The contract's answer to a request. ``practices`` are those of the account, empty where they are not known."""
    if call.method == "OPTIONS" and call.exchange.request.header("Access-Control-Request-Method"):
        return Expectation("cors.preflight", 204, "preflight")
    refusal = _refusal(call, contract, practices)
    if refusal:
        id_, body = refusal
        return Expectation(id_, contract.behaviours[body].status or 500, "refusal", body)
    if call.parts == ("authenticate",):
        return Expectation("login.answer", 200, "login")
    return Expectation(_leading(call), 200, "page")


def _refusal(call: Call, contract: Contract, practices: frozenset[str]) -> Refusal | None:
    """Reasons to refuse, in the order in which the contract looks for them."""
    if call.parts == ("authenticate",):
        return _login(call)
    if not (len(call.parts) == 3 and call.parts[0] == "hjdw"):
        row = call.parts[:1] == ("hjdw",) and len(call.parts) == 4
        return ("path.single-row" if row else "error.path"), "error.path"
    if call.method not in ("GET", "HEAD"):
        return _same("error.method")
    shown = _unauthorised(call, contract, practices) or _unserved(call, contract)
    return shown or _told(call, contract, bool(practices))


def _same(id_: str) -> Refusal:
    return id_, id_


def _login(call: Call) -> Refusal | None:
    if call.method != "POST":
        return "login.get-refused", "error.method"
    return _same("error.login.wrong") if call.sent["login"] == "wrong" else None


def _unauthorised(call: Call, contract: Contract, practices: frozenset[str]) -> Refusal | None:
    sent, lenient = call.sent, "Q34" in contract.quirks
    token, key, version = TOKENS.get(sent["token"]), KEYS.get(sent["key"]), sent["version"]
    if token or key:
        return ("token.in-query" if sent["token"] == "query" else token or key or ""), token or key or ""
    if version != "3.0" and not (lenient and version in ("none", "3")):
        return ("header.version.absent" if version == "none" else "header.version.other"), "error.version"
    strange = practices and call.practice not in practices and call.segment != "client_ids"
    return _same("error.practice.unknown") if strange else None


def _unserved(call: Call, contract: Contract) -> Refusal | None:
    if call.element is None:
        payer = call.segment == "payer" and "Q10" in contract.quirks
        return ("path.payer" if payer else "error.element.unknown"), "error.element.unknown"
    pages = [value for name, value in call.pairs if name == "page"]
    bad = [p for p in pages if not (p.isascii() and p.isdigit() and 1 <= int(p) <= 10**9)]
    if bad or len(pages) > 1:
        return _same("error.page")
    return _same(call.refused) if call.refused else None


def _told(call: Call, contract: Contract, listed: bool) -> Refusal | None:
    """What no request shows is taken from the refusal: outside a plan whether token and key are good ones, without
    the list of practices whether there is such a practice.
    """
    slug = call.document.get("error") if isinstance(call.document, dict) else None
    open_ids = UNSHOWN if call.unusual is None else () if listed else UNSHOWN[-1:]
    found = [id_ for id_ in open_ids if contract.behaviours[id_].body["error"] == slug]
    return _same(found[0]) if found else None


def _leading(call: Call) -> str:
    """The feature of a good request that the rest does without."""
    token, version = call.sent["token"], call.sent["version"]
    if token in SPELLED:
        return SPELLED[token]
    if version != "3.0":
        return "header.version.absent" if version == "none" else "header.version.3"
    if call.page > 1 and not call.rows:
        return "paging.past-end"
    if len(call.filters) == 1:
        return call.filters[0].behaviour
    if call.filters:
        return "filter.several"
    if any(name == "page" for name, _ in call.pairs):
        return "paging.page-parameter"
    assert call.element is not None
    return LEADING.get(call.element.name, "path.pattern")
