"""Logging in over the wire: three encodings, what real clients do to them, and every refusal."""

from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import Any
from urllib.parse import quote_plus

import pytest

from mockserver.web.bodies import LIMIT as LARGEST_BODY
from mockserver.web.logins import DEFAULT

from ..clients import Answer, Server
from ..conftest import Start

FORM = "application/x-www-form-urlencoded"
GOOD = {"email": DEFAULT.email, "password": DEFAULT.password}


def log_in(server: Server, content_type: str | None, body: bytes) -> Answer:
    headers = {} if content_type is None else {"Content-Type": content_type}
    return server.post("/authenticate", headers, body)


def form(given: dict[str, str]) -> bytes:
    return "&".join(f"{name}={quote_plus(value)}" for name, value in given.items()).encode()


def multipart(given: dict[str, str], boundary: str = "cut") -> bytes:
    parts = (
        f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
        for name, value in given.items()
    )
    return ("".join(parts) + f"--{boundary}--\r\n").encode()


def claims_of(token: str) -> dict[str, Any]:
    payload = token.split(".")[1]
    said: dict[str, Any] = json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
    return said


ENCODINGS = [
    (FORM, form(GOOD)),
    (f"{FORM}; charset=UTF-8", form(GOOD)),
    (f"{FORM};charset=utf-8", form(GOOD)),
    ("application/json", json.dumps(GOOD).encode()),
    ("application/json; charset=utf-8", json.dumps(GOOD).encode()),
    ("application/json;charset=UTF-8", b"\n " + json.dumps(GOOD, indent=2).encode()),
    ("multipart/form-data; boundary=cut", multipart(GOOD)),
    ('multipart/form-data; boundary="cut"; charset=utf-8', multipart(GOOD)),
    ("multipart/form-data; boundary=wrong", multipart(GOOD)),
    (None, form(GOOD)),
    ("text/plain", json.dumps(GOOD).encode()),
]


@pytest.mark.parametrize(("content_type", "body"), ENCODINGS)
def test_every_encoding_gets_a_token(server: Server, content_type: str | None, body: bytes) -> None:
    answer = log_in(server, content_type, body)
    assert answer.status == 200
    assert list(answer.json) == ["token"]
    assert (
        server.get(
            server.path("payer_dim"), server.access() | {"Authorization": f"Bearer {answer.json['token']}"}
        ).status
        == 200
    )


def test_a_bare_percent_sign_in_a_form(start: Start) -> None:
    server = start(password="fake100% and %zz")
    raw = f"email={DEFAULT.email}&password=fake100% and %zz".encode()
    assert log_in(server, FORM, raw).status == 200
    assert log_in(server, FORM, raw.replace(b" ", b"+")).status == 200
    assert log_in(server, FORM, raw.replace(b"%zz", b"%41")).status == 401


REFUSED = [
    (FORM, form(GOOD | {"password": "wrong"})),
    (FORM, form(GOOD | {"email": "nobody@clinic.test"})),
    (FORM, b""),
    (FORM, form({"email": DEFAULT.email})),
    (FORM, form({"password": DEFAULT.password})),
    ("application/json", b"{"),
    ("application/json", b"[]"),
    ("application/json", b"null"),
    ("application/json", json.dumps({**GOOD, "password": None}).encode()),
    ("application/json", json.dumps({**GOOD, "password": ["fake"]}).encode()),
    ("application/json", b"[" * 100_000),
    ("multipart/form-data", b"--"),
    ("multipart/form-data; boundary=cut", multipart(GOOD)[:-80]),
    ("application/xml", b"<login/>"),
    (FORM, b"\xff\xfe\x00=%00&email=%ff"),
]


@pytest.mark.parametrize(("content_type", "body"), REFUSED)
def test_a_login_that_is_not_right_is_refused_alike(server: Server, content_type: str, body: bytes) -> None:
    answer = log_in(server, content_type, body)
    assert (answer.status, answer.error) == (401, "invalid_credentials")
    assert "token" not in answer.json


def test_a_body_above_the_limit_is_refused(server: Server) -> None:
    answer = log_in(server, FORM, form(GOOD) + b"&more=" + b"x" * LARGEST_BODY)
    assert (answer.status, answer.error) == (413, "payload_too_large")


@pytest.mark.parametrize("method", ["GET", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"])
def test_only_post_logs_in(server: Server, method: str) -> None:
    answer = server.request(method, "/authenticate")
    assert answer.status == 405
    assert answer.headers["Allow"] == "POST"
    assert method == "HEAD" or answer.error == "method_not_allowed"


def test_tokens_are_unique_and_all_stay_valid(server: Server) -> None:
    tokens = [log_in(server, FORM, form(GOOD)).json["token"] for _ in range(4)]
    assert len({claims_of(token)["jti"] for token in tokens}) == len(set(tokens)) == 4
    for token in tokens:
        assert server.data("payer_dim", Authorization=f"Bearer {token}").status == 200


def test_a_token_lives_one_hour_of_vendor_time(server: Server) -> None:
    said = claims_of(server.token())
    assert said["exp"] - said["iat"] == 3600
    server.told("POST", "/clock", {"advance": "PT59M59S"})
    assert server.data("payer_dim").status == 200
    server.told("POST", "/clock", {"advance": "PT1S"})
    answer = server.data("payer_dim")
    assert (answer.status, answer.error) == (401, "token_expired")


def test_the_issuer_is_where_the_client_logged_in(start: Start) -> None:
    server = start()
    assert claims_of(server.token())["iss"] == f"{server.base_url}/authenticate"
    public = start(public_url="https://api.healthjump.com/")
    assert claims_of(public.token())["iss"] == "http://api.healthjump.com/authenticate"


def test_each_login_sees_its_own_practices(start: Start, logins_file: Path) -> None:
    server = start(logins=str(logins_file))
    whole, one = tuple(server.state.logins)
    for login, seen in ((whole, ["HAND01", "HAND02"]), (one, ["HAND02"])):
        answer = server.get(server.path("client_ids", practice="HAND02"), server.access(login))
        assert [row["client_id"] for row in answer.json["data"]] == seen
    answer = server.get(server.path("demographic"), server.access(one))
    assert (answer.status, answer.error) == (403, "client_forbidden")
    assert server.get(server.path("demographic"), server.access(whole)).status == 200


def test_a_login_cannot_use_the_key_of_another(start: Start, logins_file: Path) -> None:
    server = start(logins=str(logins_file))
    whole, one = tuple(server.state.logins)
    mixed = server.access(whole) | {"Secretkey": one.secret_key}
    answer = server.get(server.path("demographic"), mixed)
    assert (answer.status, answer.error) == (401, "secretkey_invalid")


def test_settings_change_the_one_login(start: Start) -> None:
    server = start(email="me@clinic.test", password="fake-mine", secret_key="fakemine")
    assert server.data("payer_dim").status == 200
    assert log_in(server, FORM, form(GOOD)).status == 401
