"""A step becomes the request it describes; an answer yields the values it is asked for."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qs

import pytest

from evaluation.recording.credentials import Credentials
from evaluation.recording.exchange import Request
from evaluation.recording.plan import Step
from evaluation.recording.steps import Access, NotAsked, following, request, rows, taken
from tests.recording.captures import said

LOGIN = Credentials("me@mock.test", "pass word&", "key")
BASE = "http://127.0.0.1:8420"
VALUES = {"practice": "SBOX02", "token": "aaa.bbb.xyz", "later": "aaa.bbb.later", "when": "2022-01-01 10:00:00.5"}
ACCESS = Access(BASE, LOGIN, VALUES)
STEP = Step("a.one", "why", path="/hjdw/{practice}/appointment")


@pytest.mark.parametrize(
    ("token", "sent"),
    [
        ("good", "Bearer aaa.bbb.xyz"),
        ("none", None),
        ("garbled", "Bearer aaa.bbb.zyx"),
        ("no-space", "Beareraaa.bbb.xyz"),
        ("lower-case", "bearer aaa.bbb.xyz"),
        ("later", "Bearer aaa.bbb.later"),
        ("expired", "Bearer aaa.bbb.xyz"),
        ("query", None),
    ],
)
def test_the_token_is_sent_as_the_step_says(token: str, sent: str | None) -> None:
    made = request(replace(STEP, token=token), ACCESS)
    assert made.header("Authorization") == sent
    assert ("token=aaa.bbb.xyz" in made.query) is (token == "query")


def test_key_and_version_are_sent_as_the_step_says() -> None:
    usual = request(STEP, ACCESS)
    assert (usual.header("Secretkey"), usual.header("Version")) == ("key", "3.0")
    bare = request(replace(STEP, key="none", version="none"), ACCESS)
    assert (bare.header("Secretkey"), bare.header("Version")) == (None, None)
    wrong = request(replace(STEP, key="wrong"), ACCESS).header("Secretkey")
    assert wrong is not None and len(wrong) == 40 and wrong != LOGIN.secret_key


@pytest.mark.parametrize(
    ("part", "query"),
    [
        ("d=eq~{when}", "d=eq~2022-01-01%2010%3A00%3A00.5"),
        ("d=eq~{when+}", "d=eq~2022-01-01+10%3A00%3A00.5"),
        ("d=eq%7E1", "d=eq%7E1"),
    ],
)
def test_the_query_is_spelled_as_the_plan_spells_it(part: str, query: str) -> None:
    assert request(replace(STEP, query=(part,)), ACCESS).query == query


def test_a_step_without_its_values_is_not_asked() -> None:
    with pytest.raises(NotAsked, match="no value for second"):
        request(replace(STEP, path="/hjdw/{second}/x"), ACCESS)
    with pytest.raises(NotAsked, match="no token"):
        request(STEP, Access(BASE, LOGIN, {"practice": "SBOX02"}))


@pytest.mark.parametrize("login", ["form", "json", "multipart"])
def test_a_login_carries_both_fields_in_each_encoding(login: str) -> None:
    made = request(Step("a.l", "why", login=login, method="POST"), ACCESS)
    assert made.method == "POST" and made.url == f"{BASE}/authenticate" and made.header("Secretkey") is None
    if login == "form":
        assert parse_qs(made.body.decode()) == {"email": [LOGIN.email], "password": [LOGIN.password]}
    elif login == "json":
        assert json.loads(made.body) == {"email": LOGIN.email, "password": LOGIN.password}
    else:
        assert made.body.count(b"--7d1b2f60") == 3 and LOGIN.password.encode() in made.body


def test_the_wrong_login_has_nothing_of_the_right_one() -> None:
    made = request(Step("a.w", "why", login="wrong", method="POST"), ACCESS)
    sent = parse_qs(made.body.decode())
    assert sent["email"] != [LOGIN.email] and sent["password"] != [LOGIN.password]
    assert not any(part.encode() in made.body for part in (LOGIN.email, LOGIN.password, "pass+word", LOGIN.secret_key))


PAGE = {"data": [{"d": None}, {"d": ""}, {"d": "a~b"}, {"d": True}, {"d": "x", "n": 7}, {"d": "x"}, {"d": "y"}]}


@pytest.mark.parametrize(
    ("places", "kept", "found"),
    [
        (("data.*.d",), 0, "x"),
        (("data.*.d#2",), 0, "y"),
        (("data.*.d#3",), 0, None),
        (("data.*.n",), 0, "7"),
        (("data.4.d",), 0, "x"),
        (("data.9.d",), 0, None),
        (("data.kept.d",), 0, "y"),
        (("data.kept.d",), 5, "x"),
        (("nothing", "data.6.d"), 0, "y"),
        (("data.x.d",), 0, None),
    ],
)
def test_the_first_usable_value_is_taken(places: tuple[str, ...], kept: int, found: str | None) -> None:
    assert taken(places, said(json.dumps(PAGE).encode()), kept) == found


@pytest.mark.parametrize("body", [b"", b"<html>", b"[1]", b'{"data": 3}', b"\xff", b"[" * 100_000])
def test_an_answer_of_another_kind_gives_nothing(body: bytes) -> None:
    assert taken(("data.*.d",), said(body), 5) is None and rows(said(body)) == []


FIRST = Request("GET", f"{BASE}/hjdw/SBOX02/appointment")


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        (f"{BASE}/hjdw/SBOX02/appointment?page=2", f"{BASE}/hjdw/SBOX02/appointment?page=2"),
        ("https://127.0.0.1:8420/a?page=2", f"{BASE}/a?page=2"),
        ("http://elsewhere.example/hjdw?page=2", None),
        ("http://127.0.0.1:8420@elsewhere.example/", None),
        ("//elsewhere.example/", None),
        (None, None),
        (7, None),
    ],
)
def test_a_walk_stays_on_the_host(url: Any, expected: str | None) -> None:
    found = following(FIRST, said(json.dumps({"next_page_url": url}).encode()), BASE)
    assert (found.url if found else None) == expected
