"""Exact exchanges with our own mock: the very row, and no login or token anywhere."""

from __future__ import annotations

import json
import re
from urllib.request import ProxyHandler, Request, build_opener

import pytest

from evaluation.findings.adapters import contract, server
from evaluation.findings.adapters.evidence import row_exchange
from evaluation.findings.adapters.masking import Shapes, asked
from evaluation.findings.model import Api, Asked
from evaluation.findings.outcome import Place
from evaluation.recording import exchange
from mockserver.testing import Healthjump, Server
from mockserver.web.logins import DEFAULT
from tests.findings.adapters.servers import fronted

BASE = "http://127.0.0.1:8420"


@pytest.fixture(scope="module")
def api(sandbox_server: Server) -> Api:
    sandbox_server.state.reset()
    return server.read(sandbox_server.url, environ={})


def text(found: Asked | None) -> Asked:
    assert found is not None
    return found


def test_every_listing_and_every_question_has_its_exchange(api: Api) -> None:
    for resource in api.resources:
        assert (resource.name, "SBOX02") in api.asked
    for about in (*(r.cause for r in api.refusals), *(p.topic for p in api.probes)):
        assert (about, "") in api.asked


def test_no_exchange_holds_a_login_or_a_token(api: Api) -> None:
    shown = json.dumps([[one.request, one.body] for one in api.asked.values()])
    ours = (DEFAULT.email, DEFAULT.password, DEFAULT.secret_key)
    for secret in (*ours, "eyJ", "nobody@", "invented-and-wrong", "0" * 40):
        assert secret not in shown
    assert not re.search(r"[A-Za-z0-9_-]{20,}\.[A-Za-z0-9_-]{20,}", shown)
    assert "Authorization: Bearer ***" in shown and "Secretkey: ***" in shown and "password=***" in shown


@pytest.mark.parametrize(("row", "query"), [(0, ""), (19, ""), (20, "?page=2"), (234, "?page=12")])
def test_a_row_is_found_on_its_page(api: Api, sandbox: Server, row: int, query: str) -> None:
    """The request that is shown is sent again, with the login put back in."""
    found = text(row_exchange(api, Place("appointment", "date", "", "SBOX02", row)))
    line, *headers = found.request.split("\n")
    assert line == f"GET /hjdw/SBOX02/appointment{query} HTTP/1.1" and found.status == 200
    handle = Healthjump(sandbox)
    shown = dict(header.split(": ", 1) for header in headers)
    again = Request(sandbox.url + line.split(" ")[1], headers={**shown, **handle.headers()})
    with build_opener(ProxyHandler({})).open(again) as answer:
        assert json.load(answer)["data"][row % 20] == json.loads(found.body)
    handle.close()


def test_a_place_without_a_row_has_the_first_page(api: Api) -> None:
    found = text(row_exchange(api, Place("appointment", "date")))
    body = json.loads(found.body)
    assert len(body["data"]) == 2 and body["total"] == 235 and body["per_page"] == 20
    assert found == row_exchange(api, Place("appointment", "date", "", "SBOX02"))


def test_a_place_that_is_a_question_has_its_exchange(api: Api) -> None:
    found = text(row_exchange(api, Place("unknown filter column")))
    assert "?no_such_column=eq~1 HTTP/1.1" in found.request and found.status == 422
    assert json.loads(found.body)["error"] == "filter_column_unknown"


@pytest.mark.parametrize("place", [
    Place("appointment", "", "", "SBOX02", 235), Place("appointment", "", "", "NONE", 0), Place("nothing"),
    Place("appointment", "", "", "", 3), Place("nothing", "", "", "SBOX02", 0),
    Place("client_ids", "", "", "SBOX02", 1),
])  # fmt: skip
def test_a_place_that_is_not_there_has_none(api: Api, place: Place) -> None:
    assert row_exchange(api, place) is None


def test_nobody_else_shows_an_exchange(sandbox: Server) -> None:
    with fronted(sandbox) as (url, _):
        other = server.read(url, environ={})
    for found in (other, contract.read()):
        assert found.asked == {} and row_exchange(found, Place("appointment", "", "", "practice 1", 0)) is None


@pytest.mark.parametrize(("header", "value", "shown"), [
    ("Authorization", "Bearer canary", "Bearer ***"), ("authorization", "Bearercanary", "***"),
    ("AUTHORIZATION", "canary1 canary2", "***"), ("Secretkey", "canary", "***"), ("secretkey", "a b", "***"),
    ("Authorization", "Basic canary", "***"),
    ("Version", "3.0", "3.0"),
])  # fmt: skip
def test_headers_that_let_in_are_masked(header: str, value: str, shown: str) -> None:
    found = asked(exchange.Request("GET", f"{BASE}/a?b=c", ((header, value),)), 200, "")
    assert found.request == f"GET /a?b=c HTTP/1.1\n{header}: {shown}"


def test_the_body_of_a_login_is_masked_as_a_whole() -> None:
    found = asked(exchange.Request("POST", f"{BASE}/authenticate", (), b'{"canary": 1}'), 401, "{}")
    assert found.request == "POST /authenticate HTTP/1.1\n\nemail=***&password=***"


def response(body: object, kind: str = "application/json", status: int = 400) -> exchange.Response:
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    return exchange.Response(status, "", (("Content-Type", kind),), raw)


@pytest.mark.parametrize(("body", "code"), [
    ({"error": "token_expired", "message": "It is over."}, "token_expired"), ({"code": 17, "error": "x"}, "17"),
    ({"error": {"code": "E1", "message": "x"}}, "E1"), ({"error": {"message": "two words"}}, ""),
    ({"error": "two words"}, ""),
    ({"message": "expired"}, "expired"), (["error"], ""), (b"<html>", ""), (b"", ""),
    ({"error": True}, ""), ({"error": None}, ""),
])  # fmt: skip
def test_a_code_is_a_word_for_machines(body: object, code: str) -> None:
    assert Shapes(True).refusal("login wrong", response(body)).code == code
    assert Shapes(False).refusal("login wrong", response(body)).code == ("code 1" if code else "")


def test_keys_and_types_of_a_stranger_are_shown_only_if_they_tell_nothing() -> None:
    odd = response({"error": 1, "Doe, Jane": 2, "mrn123456": 3}, "application/canary; charset=canary")
    theirs, ours = Shapes(False).refusal("key wrong", odd), Shapes(True).refusal("key wrong", odd)
    assert theirs.keys == ("error", "key 2", "key 3") and ours.keys == ("error", "Doe, Jane", "mrn123456")
    assert theirs.media_type == "another media type"
    assert Shapes(False).refusal("key wrong", response(b"<p>", "text/html; charset=utf-8")).media_type == "text/html"
    assert Shapes(False).refusal("key wrong", response(b"", "")).media_type == ""
