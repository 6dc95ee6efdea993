"""Whom the admin API answers, and which bodies and methods it takes."""

from __future__ import annotations

import pytest

from ..clients import Server
from ..conftest import Start
from .admin_contract import START, fits


@pytest.mark.parametrize("host", ["localhost", "localhost:8420", "127.0.0.1", "127.0.0.1:1", "[::1]", "[::1]:8420"])
def test_loopback_names_are_answered(server: Server, host: str) -> None:
    assert server.admin("GET", "/health", Host=host).status == 200


@pytest.mark.parametrize(
    "host", ["evil.test", "evil.test:8420", "localhost.evil.test", "127.0.0.1.evil.test", "127.0.0.2", "[::2]", ""]
)
def test_other_names_are_not(server: Server, host: str) -> None:
    for method, path in (("GET", "/health"), ("POST", "/reset"), ("GET", "/nothing")):
        answer = server.admin(method, path, Host=host)
        assert answer.status in ((403, 400) if path != "/nothing" else (403, 400, 404))
        assert "practices" not in answer.json


def test_a_token_is_asked_for_when_there_is_one(start: Start) -> None:
    server = start(admin_token="fake-admin")
    for headers in ({}, {"X-Admin-Token": "wrong"}, {"X-Admin-Token": "fake-admi\xf6"}, {"X-Admin-Token": ""}):
        for method, path in (("GET", "/health"), ("POST", "/reset"), ("DELETE", "/journal")):
            answer = server.admin(method, path, **headers)
            assert answer.status == 401
            fits(answer.json, "/health", status="401")
    for host in ("127.0.0.1", "mock.example.test"):
        assert server.admin("GET", "/health", **{"X-Admin-Token": "fake-admin", "Host": host}).status == 200


@pytest.mark.parametrize(
    "kind",
    ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "application/jsonp", ""],
)
def test_only_json_is_taken(server: Server, kind: str) -> None:
    for method, path in (
        ("POST", "/clock"),
        ("POST", "/fail"),
        ("PUT", "/quirks"),
        ("PUT", "/rows/HAND01/demographic/100000001"),
        ("POST", "/reset"),
    ):
        answer = server.request(method, f"/__admin{path}", {"Content-Type": kind} if kind else {}, b'{"a":1}')
        assert answer.status == 415
    assert server.told("GET", "/clock") == START


@pytest.mark.parametrize("kind", ["application/json", "application/json; charset=utf-8", "Application/JSON"])
def test_json_is_taken_with_parameters(server: Server, kind: str) -> None:
    assert server.request("POST", "/__admin/clock", {"Content-Type": kind}, b'{"advance":"P1D"}').status == 200


@pytest.mark.parametrize(
    "body",
    [b"{", b"[]", b"null", b'"x"', b"\xff", b'{"advance":"\\ud800"}', b"[" * 50_000, b'{"a":NaN}', b'{"a":1e999}'],
)
def test_what_is_no_json_object_is_refused(server: Server, body: bytes) -> None:
    for method, path in (
        ("POST", "/clock"),
        ("POST", "/fail"),
        ("PUT", "/quirks"),
        ("PUT", "/rows/HAND01/demographic/100000001"),
    ):
        answer = server.request(method, f"/__admin{path}", {"Content-Type": "application/json"}, body)
        assert (answer.status, answer.json["where"]) == (422, "body")


@pytest.mark.parametrize(
    ("method", "path", "allow"),
    [("PATCH", "/clock", "GET, HEAD, POST"), ("POST", "/health", "GET, HEAD"), ("OPTIONS", "/fail", "")],
)
def test_other_methods_are_told_which(server: Server, method: str, path: str, allow: str) -> None:
    answer = server.admin(method, path)
    assert answer.status == 405
    assert answer.headers["Allow"] == allow or not allow
    assert answer.json["where"] == "request"
