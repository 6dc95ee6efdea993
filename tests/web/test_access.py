"""The headers of a data request: every spelling that passes, and that nothing else does."""

from __future__ import annotations

import itertools
from base64 import urlsafe_b64encode
from pathlib import Path

import pytest

from mockserver.web.keys import FAKE_TEST_KEY
from mockserver.web.logins import Login
from mockserver.web.token import Tokens

from ..clients import Answer, Server
from ..conftest import Start
from ..handmade import OTHER, PRACTICE


def test_header_names_count_in_any_case(server: Server) -> None:
    access = server.access()
    for spelled in (str.upper, str.lower, str.title, str.swapcase):
        headers = {spelled(name): value for name, value in access.items()}
        assert server.get(server.path("payer_dim"), headers).status == 200


@pytest.mark.parametrize("version", [None, "3.0", "3", " 3.0 "])
def test_versions_that_are_answered(server: Server, version: str | None) -> None:
    headers = server.access()
    del headers["Version"]
    answer = server.get(server.path("payer_dim"), headers if version is None else {**headers, "Version": version})
    assert answer.status == 200


def test_without_its_quirk_only_one_version_is_answered(start: Start) -> None:
    server = start(quirks="vendor,-Q34")
    assert server.data("payer_dim").status == 200
    headers = server.access()
    del headers["Version"]
    for extra in ({}, {"Version": "3"}, {"Version": "4.0"}):
        answer = server.get(server.path("payer_dim"), headers | extra)
        assert (answer.status, answer.error) == (400, "version_not_supported")


@pytest.mark.parametrize("scheme", ["Bearer ", "bearer ", "BEARER ", "Bearer  "])
def test_spellings_of_bearer(server: Server, scheme: str) -> None:
    assert server.data("payer_dim", Authorization=scheme + server.token()).status == 200


def test_bearer_without_blank_is_a_setting(start: Start) -> None:
    strict, lenient = start(bearer_space="required"), start(bearer_space="optional")
    assert strict.data("payer_dim", Authorization=f"Bearer{strict.token()}").error == "token_not_provided"
    answer = lenient.data("payer_dim", Authorization=f"Bearer{lenient.token()}")
    assert answer.status == 200
    assert "header.authorization.no-space" in answer.headers["X-Mock-Evidence"]


def test_stray_headers_change_nothing(server: Server) -> None:
    stray = {
        "params": "get me all",
        "X-Requested-With": "x",
        "Accept": "text/html",
        "If-None-Match": "*",
        "Cookie": "a=b",
    }
    plain = server.data("demographic")
    answer = server.data("demographic", **stray)
    assert answer.status == 200 and answer.body == plain.body


def test_a_body_on_get_changes_nothing(server: Server) -> None:
    plain = server.data("demographic")
    for body in (b'{"email":"a"}', b"\xff\x00", b"page=7"):
        answer = server.request("GET", server.path("demographic"), server.access(), body)
        assert answer.status == 200 and answer.body == plain.body
        assert "tolerance.get-body" in server.told("GET", "/journal?limit=1")["entries"][0]["behaviours"]


def test_head_answers_without_a_body(server: Server) -> None:
    plain = server.data("demographic")
    answer = server.request("HEAD", server.path("demographic"), server.access())
    assert (answer.status, answer.body) == (200, b"")
    assert answer.headers["Content-Length"] == str(len(plain.body))


def bad_tokens(server: Server) -> dict[str, str | None]:
    """Authorization headers that must not pass, by what is wrong with them."""
    good = server.token()
    head, payload, signature = good.split(".")
    none = urlsafe_b64encode(b'{"typ":"JWT","alg":"none"}').rstrip(b"=").decode()
    hmac = urlsafe_b64encode(b'{"typ":"JWT","alg":"HS256"}').rstrip(b"=").decode()
    swapped = payload[:40] + ("A" if payload[40] != "A" else "B") + payload[41:]
    unknown = Tokens(FAKE_TEST_KEY).issue({"email": "gone@clinic.test", "exp": 4_000_000_000})
    return {
        "missing": None,
        "empty": "",
        "another scheme": f"Basic {good}",
        "no scheme": good,
        "no token": "Bearer ",
        "alg none": f"Bearer {none}.{payload}.",
        "alg none, signed": f"Bearer {none}.{payload}.{signature}",
        "alg hmac": f"Bearer {hmac}.{payload}.{signature}",
        "changed": f"Bearer {head}.{swapped}.{signature}",
        "cut": f"Bearer {good[:-3]}",
        "two parts": f"Bearer {head}.{payload}",
        "text": "Bearer hello",
        "of nobody": f"Bearer {unknown}",
    }


def test_no_bad_token_passes(server: Server) -> None:
    for what, header in bad_tokens(server).items():
        headers = server.access() | ({} if header is None else {"Authorization": header})
        if header is None:
            del headers["Authorization"]
        answer = server.get(server.path("demographic"), headers)
        assert answer.status in (400, 401), what
        assert answer.error in ("token_not_provided", "token_invalid"), what


def test_a_token_in_the_query_does_not_count(server: Server) -> None:
    headers = server.access()
    token = headers.pop("Authorization").removeprefix("Bearer ")
    assert server.get(server.path("payer_dim", f"token={token}"), headers).error == "token_not_provided"


def one_login(start: Start, logins_file: Path) -> tuple[Server, Login]:
    server = start(logins=str(logins_file))
    return server, tuple(server.state.logins)[1]


def refused(answer: Answer) -> bool:
    return 400 <= answer.status < 500 and isinstance(answer.error, str) and "data" not in answer.json


def test_no_protected_path_answers_without_token_key_and_right_practice(start: Start, logins_file: Path) -> None:
    """All element paths, all subsets of what may be missing or wrong; only the whole set opens."""
    server, login = one_login(start, logins_file)
    good = server.access(login)
    foreign = server.access(next(iter(server.state.logins)))
    tokens = {
        "right": good["Authorization"],
        "missing": None,
        "wrong": "Bearer a.b.c",
        "other": foreign["Authorization"],
    }
    keys = {"right": good["Secretkey"], "missing": None, "wrong": "fakewrongkey", "other": foreign["Secretkey"]}
    practices = {"right": OTHER, "missing": "", "wrong": "NONE00", "other": PRACTICE}
    opened = set()
    for path in server.state.contract.paths:
        for token, key, practice in itertools.product(tokens, keys, practices):
            headers = {"Authorization": tokens[token], "Secretkey": keys[key]}
            answer = server.get(
                f"/hjdw/{practices[practice]}/{path}", {k: v for k, v in headers.items() if v is not None}
            )
            if answer.status == 200:
                opened.add((path, token, key, practice))
            else:
                assert refused(answer), (path, token, key, practice)
    own = {(path, "right", "right", "right") for path in server.state.contract.paths}
    theirs = {(path, "other", "other", p) for path in server.state.contract.paths for p in ("right", "other")}
    assert opened == own | theirs


def test_practices_and_elements_are_told_only_to_those_who_may_know(start: Start, logins_file: Path) -> None:
    server, login = one_login(start, logins_file)
    access = server.access(login)
    for path in ("/hjdw/NONE00/demographic", "/hjdw/HAND02/nothing", "/hjdw/HAND01/nothing"):
        assert server.get(path).error == "token_not_provided"
    assert server.get("/hjdw/NONE00/demographic", access).error == "client_not_found"
    assert server.get("/hjdw/HAND01/nothing", access).error == "client_forbidden"
    answer = server.get("/hjdw/HAND02/nothing", access)
    assert (answer.status, answer.error) == (404, "resource_not_found")
    assert "demographic" in answer.json["message"]
