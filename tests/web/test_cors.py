"""What a page in a browser may do: everything on vendor paths, nothing on ours."""

from __future__ import annotations

import pytest

from ..clients import Server

ORIGIN = "https://viewer.example.test"
WANTED = "authorization,secretkey,version,x-custom"


def preflight(method: str, **headers: str) -> dict[str, str]:
    return {"Origin": ORIGIN, "Access-Control-Request-Method": method, **headers}


@pytest.mark.parametrize(("path", "method"), [("/authenticate", "POST"), ("/hjdw/HAND01/demographic", "GET")])
def test_a_preflight_needs_no_credentials(server: Server, path: str, method: str) -> None:
    answer = server.request("OPTIONS", path, preflight(method) | {"Access-Control-Request-Headers": WANTED})
    assert (answer.status, answer.body) == (204, b"")
    assert answer.headers["Access-Control-Allow-Origin"] == ORIGIN
    assert answer.headers["Access-Control-Allow-Credentials"] == "true"
    assert answer.headers["Access-Control-Allow-Methods"] == method
    assert answer.headers["Access-Control-Allow-Headers"] == WANTED
    assert "Origin" in answer.headers["Vary"]


def test_a_preflight_that_asks_for_no_header_is_told_the_known_ones(server: Server) -> None:
    allowed = server.request("OPTIONS", server.path("demographic"), preflight("GET")).headers[
        "Access-Control-Allow-Headers"
    ]
    assert {"Authorization", "Secretkey", "Version", "Content-Type"} <= set(allowed.split(", "))


def test_answers_may_be_read_with_credentials_and_evidence(server: Server) -> None:
    answer = server.data("demographic", Origin=ORIGIN)
    assert answer.status == 200
    assert answer.headers["Access-Control-Allow-Origin"] == ORIGIN
    assert answer.headers["Access-Control-Allow-Credentials"] == "true"
    assert "X-Mock-Evidence" in answer.headers["Access-Control-Expose-Headers"]


def test_refusals_may_be_read_too(server: Server) -> None:
    for answer in (
        server.get(server.path("demographic"), {"Origin": ORIGIN}),
        server.get("/nothing", {"Origin": ORIGIN}),
        server.post("/authenticate", {"Origin": ORIGIN}),
        server.request("OPTIONS", server.path("demographic"), {"Origin": ORIGIN}),
    ):
        assert 400 <= answer.status < 500
        assert answer.headers["Access-Control-Allow-Origin"] == ORIGIN


def test_failures_on_purpose_may_be_read_too(server: Server) -> None:
    server.token()
    server.told("POST", "/fail", {"status": 503})
    answer = server.data("demographic", Origin=ORIGIN)
    assert (answer.status, answer.headers["Access-Control-Allow-Origin"]) == (503, ORIGIN)


def test_without_an_origin_nothing_is_said(server: Server) -> None:
    answer = server.data("demographic")
    assert not [name for name in dict(answer.headers) if name.startswith("Access-Control")]
    assert server.request("OPTIONS", server.path("demographic")).status == 405


@pytest.mark.parametrize(
    "path", ["/health", "/journal", "/clock", "/rows/HAND01/demographic/100000001", "/nothing", "/openapi.json"]
)
def test_admin_paths_have_none(server: Server, path: str) -> None:
    asked = {"Origin": ORIGIN, "Access-Control-Request-Method": "GET", "Access-Control-Request-Headers": "content-type"}
    for method in ("OPTIONS", "GET"):
        answer = server.request(method, f"/__admin{path}", asked)
        assert not [name for name in dict(answer.headers) if name.startswith("Access-Control")]
        assert method == "GET" or answer.status in (404, 405)


def test_a_preflight_is_in_the_journal(server: Server) -> None:
    server.request("OPTIONS", server.path("demographic"), preflight("GET"))
    entry = server.told("GET", "/journal")["entries"][0]
    assert (entry["method"], entry["status"]) == ("OPTIONS", 204)
    assert {"cors.preflight", "cors.headers"} <= set(entry["behaviours"])
    server.data("payer_dim", Origin=ORIGIN)
    assert "cors.credentials" in server.told("GET", "/journal?limit=1")["entries"][0]["behaviours"]
