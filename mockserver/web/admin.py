"""The admin API: what tests and people need to steer and question the mock. Contract: contract/admin.yaml.

It sends no CORS headers, answers only to its own Host names, takes JSON only, and asks for the admin token when
there is one. Everything it changes, ``reset`` puts back.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from hmac import compare_digest
from typing import Any

from flask import Blueprint, Response, request
from werkzeug.exceptions import Forbidden, Unauthorized, UnsupportedMediaType

from .. import __version__, contract
from ..contract.quirks import describe, parse_selection, switchable
from ..errors import InputError
from ..world.clock import MODES, format_instant, parse_duration, parse_instant
from . import admin_facts, admin_rows, errors, fields
from .address import LOOPBACK, base_url, host_name
from .state import State


def blueprint(state: State) -> Blueprint:
    """The admin routes over one state."""
    admin = Blueprint("admin", __name__)
    admin.before_request(lambda: _guard(state))
    for method, path, view in _routes():
        admin.add_url_rule(
            path,
            f"{method} {path}".replace(".", "-"),
            _bound(state, view),
            methods=[method],
            provide_automatic_options=False,
        )
    return admin


View = Callable[..., object]


def _routes() -> list[tuple[str, str, View]]:
    """Method, path and function of every admin call."""
    return [
        ("GET", "/health", health),
        ("POST", "/reset", reset),
        ("GET", "/clock", clock),
        ("POST", "/clock", move_clock),
        ("GET", "/quirks", quirks),
        ("PUT", "/quirks", switch_quirks),
        ("GET", "/fail", admin_facts.faults),
        ("POST", "/fail", admin_facts.arm),
        ("DELETE", "/fail", admin_facts.disarm),
        ("GET", "/worlds", admin_facts.worlds),
        ("GET", "/journal", admin_facts.journal),
        ("DELETE", "/journal", admin_facts.clear_journal),
        ("GET", "/assumptions", admin_facts.assumptions),
        ("GET", "/truth", admin_facts.truth),
        ("GET", "/rows/<practice>/<element>/<int:number>", admin_rows.read),
        ("PUT", "/rows/<practice>/<element>/<int:number>", admin_rows.put),
        ("DELETE", "/rows/<practice>/<element>/<int:number>", admin_rows.remove),
        ("GET", "/openapi.json", vendor_contract),
        ("GET", "/admin.json", admin_contract),
    ]


def _bound(state: State, view: View) -> Callable[..., Response]:
    def call(**parts: object) -> Response:
        response = Response(errors.encode(view(state, **parts)))
        response.headers["Content-Type"] = "application/json"
        response.headers["Cache-Control"] = "no-store"
        return response

    return call


def _guard(state: State) -> None:
    """Keep out pages of other sites (Host, Origin, Content-Type) and, on a wider bind, those without the token."""
    token = state.settings.admin_token
    if token and not compare_digest(request.headers.get("X-Admin-Token", "").encode(), token.encode()):
        raise Unauthorized("give the admin token in the header X-Admin-Token")
    if not token and host_name(request) not in LOOPBACK:
        raise Forbidden(f"the admin API answers at {', '.join(LOOPBACK)} only, unless an admin token is set")
    if request.headers.get("Sec-Fetch-Site") in ("cross-site", "same-site") or _foreign(request.headers.get("Origin")):
        raise Forbidden("the admin API does not answer pages of other sites")
    if request.method in ("POST", "PUT") and request.get_data() and request.mimetype != "application/json":
        raise UnsupportedMediaType("send application/json")


def _foreign(origin: str | None) -> bool:
    """Whether a browser says that a page of another site asks; other programs send no Origin."""
    return origin is not None and origin != f"{request.scheme}://{request.host}"


def body_of(allowed: Mapping[str, fields.Field]) -> dict[str, Any]:
    """The JSON object of this request, checked. Raises InputError."""
    return fields.read(request.get_data(), allowed)


def health(state: State) -> object:
    """Ready when it answers at all: worlds are opened before the server listens."""
    return {
        "status": "ready",
        "version": __version__,
        "practices": sorted(state.worlds.practices),
        "quirks": describe(state.worlds.quirks),
        "per_page": state.settings.per_page,
        "now": format_instant(state.clock.now()),
    }


def reset(state: State) -> object:
    """Everything back to how the mock started."""
    state.reset()
    return {"status": "reset", **_clock(state)}


def clock(state: State) -> object:
    return _clock(state)


def _clock(state: State) -> dict[str, str]:
    ends = {"end": format_instant(state.worlds.end)}
    return {"now": format_instant(state.clock.now()), "mode": state.clock.mode, **ends}


def move_clock(state: State) -> object:
    """Advance it, set it, or change its mode; a move backwards resets the state first."""
    given = body_of({"advance": fields.text(), "set": fields.text(), "mode": fields.one_of(MODES)})
    if len(given) != 1:
        raise InputError("give exactly one", "clock", ["advance", "set", "mode"])
    if "advance" in given:
        state.clock.advance(parse_duration(given["advance"]))
    elif "mode" in given:
        state.clock.switch(given["mode"])
    else:
        _set_clock(state, parse_instant(given["set"]))
    return _clock(state)


def _set_clock(state: State, instant: int) -> None:
    if instant < state.clock.now():
        state.reset()
    state.clock.set(instant)


def quirks(state: State) -> object:
    """Every quirk with its switch, and the selection in force."""
    in_force = state.worlds.quirks
    known = contract.quirks.catalogue().values()
    return {"quirks": describe(in_force), "all": [admin_facts.quirk(q, q.id in in_force) for q in known]}


def switch_quirks(state: State) -> object:
    """Serve the worlds under other quirks, building them if nobody has yet."""
    given = body_of({"quirks": fields.text(required=True)})
    state.switch_quirks(parse_selection(given["quirks"], "quirks"))
    return {"quirks": describe(state.worlds.quirks), "in_force": [q for q in switchable() if q in state.worlds.quirks]}


def vendor_contract(state: State) -> object:
    """The vendor contract under the quirks in force, naming this mock as its server."""
    document = state.contract.openapi()
    document["servers"] = [{"url": base_url(request, state.settings), "description": "This mock."}]
    return document


def admin_contract(state: State) -> object:
    return contract.admin_document()


