"""Walks, filters, refusals, tokens and versions; where the mock can show the fault, on the mock."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.request import ProxyHandler, Request, build_opener

import pytest

from evaluation.findings.workarounds.filters import obeyed
from evaluation.findings.workarounds.paging import pages, settled
from evaluation.findings.workarounds.retries import Next, after
from evaluation.findings.workarounds.tokens import as_list, issued_by
from evaluation.findings.workarounds.versions import strange
from mockserver.settings import Settings
from mockserver.testing import Server


@pytest.fixture(scope="module")
def lenient() -> Iterator[Server]:
    """The sandbox, 20 rows a page, with filters on unknown columns ignored."""
    server = Server(Settings(world="sandbox", per_page=20, unknown_column="ignore"))
    yield server
    server.stop()


def answer(server: Server, query: str) -> dict[str, Any]:
    headers = {"Authorization": f"Bearer {server.token()}", "Secretkey": server.login.secret_key, "Version": "3.0"}
    request = Request(f"{server.url}/hjdw/SBOX02/appointment?{query}", headers=headers)
    with build_opener(ProxyHandler({})).open(request, timeout=10) as response:
        found: dict[str, Any] = json.load(response)
    return found


# --- walks ---


def test_all_pages_of_a_listing_come_once(lenient: Server) -> None:
    found = [row["appointmentid"] for page in pages(lambda n: answer(lenient, f"page={n}")) for row in page]
    assert len(found) == len(set(found)) == answer(lenient, "")["total"] > 20


def envelope(number: int, last: int, rows: list[Any]) -> Mapping[str, Any]:
    return {"current_page": number, "last_page": last, "data": rows}


def test_a_walk_ends_at_a_page_without_rows_and_at_an_empty_listing() -> None:
    assert list(pages(lambda n: envelope(n, 9, [{"k": n}] if n < 3 else []))) == [[{"k": 1}], [{"k": 2}]]
    assert list(pages(lambda n: envelope(n, 0, []))) == []


def test_an_answer_of_another_page_is_refused() -> None:
    walk = pages(lambda n: envelope(1, 3, [{"k": 1}]))
    assert next(walk) == [{"k": 1}]
    with pytest.raises(RuntimeError, match="another page"):
        next(walk)


def test_a_listing_is_read_until_it_stands_still() -> None:
    a, b = {"k": 1, "at": "01"}, {"k": 2, "at": "02"}
    walks = iter([[a], [a, b, a], [b, a]])
    assert settled(lambda: next(walks), "k", "at") == [b, a]


def test_a_changed_row_is_movement_too() -> None:
    walks = iter([[{"k": 1, "at": "01"}], [{"k": 1, "at": "02"}], [{"k": 1, "at": "02"}]])
    assert settled(lambda: next(walks), "k", "at") == [{"k": 1, "at": "02"}]


def test_a_listing_that_never_stands_still_is_told() -> None:
    walks = iter(range(9))
    with pytest.raises(RuntimeError, match="in each of 3 walks"):
        settled(lambda: [{"k": next(walks), "at": "01"}], "k", "at", most=3)


# --- filters ---


def test_a_filter_the_server_ignored_is_noticed_without_telling_a_value(lenient: Server) -> None:
    rows = answer(lenient, "dat=eq~20220816")["data"]
    with pytest.raises(ValueError, match=r"^the filter on date was not applied$"):
        list(obeyed(rows, "date", lambda value: value == "20220816"))


def test_rows_that_pass_come_through(lenient: Server) -> None:
    rows = answer(lenient, "date=eq~20220816")["data"]
    assert rows and list(obeyed(rows, "date", lambda value: value == "20220816")) == rows
    with pytest.raises(ValueError, match="dat "):
        list(obeyed(rows, "dat", bool))


# --- refusals ---


@pytest.mark.parametrize(
    ("status", "kind", "code", "fresh", "what"),
    [
        (200, "application/json", "", True, Next.use),
        (200, "text/html", "", True, Next.wait),
        (401, "application/json", "token_expired", False, Next.login),
        (401, "application/json", "token_expired", True, Next.stop),
        (401, "text/plain", "", False, Next.login),
        (401, "application/json", "secretkey_invalid", False, Next.stop),
        (400, "application/json", "token_invalid", False, Next.stop),
        (422, "application/json", "filter_value_invalid", False, Next.stop),
        (429, "application/json", "too_many_requests", False, Next.wait),
        (503, "text/html", "", False, Next.wait),
        (302, "text/html", "", False, Next.stop),
    ],
)
def test_every_answer_has_one_next_step(status: int, kind: str, code: str, fresh: bool, what: Next) -> None:
    assert after(status, kind, code, fresh=fresh) is what


def test_no_refusal_is_answered_with_another_login_for_ever() -> None:
    assert all(
        after(status, "application/json", "token_expired", fresh=True) is not Next.login for status in range(200, 600)
    )


# --- tokens ---


@pytest.mark.parametrize(
    ("claim", "members"),
    [
        ("jumpConnect,S3, Unloads", ["jumpConnect", "S3", "Unloads"]),
        (["a", "b"], ["a", "b"]),
        ('[{"role": "technical"}]', [{"role": "technical"}]),
        ("", []),
        (None, []),
        (7, [7]),
    ],
)
def test_a_list_is_read_in_any_of_its_forms(claim: Any, members: list[Any]) -> None:
    assert as_list(claim) == members


@pytest.mark.parametrize(
    ("issuer", "service", "same"),
    [
        ("http://api.example.test/authenticate", "https://api.example.test", True),
        ("https://api.example.test:443/x", "https://api.example.test", True),
        ("https://api.example.test", "http://api.example.test", False),
        ("http://other.example.test/authenticate", "https://api.example.test", False),
        ("https://api.example.test:8443", "https://api.example.test", False),
    ],
)
def test_an_issuer_is_known_by_host_and_only_behind_tls(issuer: str, service: str, same: bool) -> None:
    assert issued_by(issuer, service) is same


# --- versions ---


def test_columns_that_came_or_went_are_named() -> None:
    assert strange([{"a": 1, "b": 2}, {"a": 1, "c": 3}], ["a", "b"]) == (["c"], ["b"])
    assert strange([{"a": 1}], ["a"]) == ([], [])
    assert strange([], ["a"]) == ([], [])
