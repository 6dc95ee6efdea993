"""One place turns errors into answers; both voices, and nothing that gives the inside away."""

from __future__ import annotations

import json
import logging

import pytest
from werkzeug import exceptions as http

from mockserver import contract
from mockserver.errors import AuthError, InputError, QueryError
from mockserver.web import errors
from mockserver.web.journal import Journal

from ..clients import Server

BEHAVIOURS = contract.load().behaviours
REFUSALS = sorted(id_ for id_, b in BEHAVIOURS.items() if b.kind == "error")


@pytest.mark.parametrize("id_", REFUSALS)
def test_every_refusal_of_the_contract_has_status_and_body(id_: str) -> None:
    body, status = errors.vendor_body(BEHAVIOURS[id_], "why")
    assert 400 <= status < 600
    told = json.loads(body)
    assert set(told) == {"error", "message"} and told["message"] == "why"
    assert set(json.loads(errors.vendor_body(BEHAVIOURS[id_], "")[0])) == {"error"}


@pytest.mark.parametrize(
    ("error", "id_"),
    [
        (AuthError("error.token.expired", "x"), "error.token.expired"),
        (QueryError("error.page", "x"), "error.page"),
        (http.NotFound(), "error.path"),
        (http.MethodNotAllowed(), "error.method"),
        (http.RequestEntityTooLarge(), "error.too-large"),
        (http.BadRequest(), "error.bad-request"),
        (http.ImATeapot(), "error.bad-request"),
        (http.TooManyRequests(), "error.rate-limit"),
        (http.ServiceUnavailable(), "error.internal"),
        (ZeroDivisionError("secret text"), "error.internal"),
    ],
)  # fmt: skip
def test_which_behaviour_an_error_is(error: Exception, id_: str) -> None:
    found, detail = errors.behaviour_of(error)
    assert found == id_ and found in BEHAVIOURS
    assert detail in ("x", "")


def test_admin_errors_say_what_where_what_is_valid_and_a_guess() -> None:
    body, status = errors.admin_body(
        InputError("no such member", "body.advanced", ["advance", "set"], given="advanced")
    )
    assert status == 422
    assert json.loads(body) == {
        "error": "no such member", "where": "body.advanced", "valid": ["advance", "set"], "guess": "advance",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("error", "status"),
    [(QueryError("error.path", "gone"), 404), (http.Unauthorized("no"), 401), (ValueError("secret text"), 500)],
)
def test_other_admin_errors(error: Exception, status: int) -> None:
    body, found = errors.admin_body(error)
    assert found == status
    assert set(json.loads(body)) == {"error", "where"}
    assert b"secret text" not in body


def test_any_text_becomes_json() -> None:
    assert errors.encode({"b": "ö\ud800", "a": None}) == b'{"b":"\xc3\xb6\\ud800","a":null}'


@pytest.mark.parametrize(("path", "log_calls"), [("/hjdw/HAND01/demographic", "vendor"), ("/__admin/journal", "admin")])
def test_a_defect_is_logged_and_told_without_detail(
    server: Server, path: str, log_calls: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*args: object, **named: object) -> None:
        raise ZeroDivisionError("inside")

    access = server.access()
    monkeypatch.setattr(server.state.served, "view", broken)
    monkeypatch.setattr(Journal, "find", broken)
    with caplog.at_level(logging.DEBUG):
        answer = server.get(path, access)
    assert answer.status == 500
    assert b"inside" not in answer.body and b"Traceback" not in answer.body and b".py" not in answer.body
    assert answer.json["error"] == (
        "internal_error" if log_calls == "vendor" else "the mock failed; its log has the traceback"
    )
    assert [record.name for record in caplog.records] == ["hjkit"]
    assert "ZeroDivisionError: inside" in caplog.text


def test_refusals_are_not_logged_as_defects(server: Server, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        for answer in (
            server.get("/nothing"),
            server.data("nothing"),
            server.post("/authenticate"),
            server.admin("GET", "/nothing"),
        ):
            assert 400 <= answer.status < 500
    assert caplog.records == []
