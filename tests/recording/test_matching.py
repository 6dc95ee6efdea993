"""A request finds its recording however it is spelled, and no other; a miss says what differed."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import quote, quote_plus

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.recording.cassette import Cassette
from evaluation.recording.exchange import Exchange, Request
from evaluation.recording.matching import Library, Miss
from tests.recording.captures import TOKEN, said

BASE = "http://127.0.0.1:8420"
GOOD = (("Authorization", "Bearer aaa.bbb.ccc"), ("Secretkey", "key"), ("Version", "3.0"))
ROWS = "/hjdw/SBOX02/appointment"
LOGIN = Exchange("login", Request("POST", f"{BASE}/authenticate", (("Content-Type", "a/form"),), b"x"), TOKEN)


def get(target: str = ROWS, headers: tuple[tuple[str, str], ...] = GOOD, method: str = "GET") -> Request:
    return Request(method, BASE + target, headers)


def library(*requests: Request) -> Library:
    exchanges = (Exchange(f"step.{i}", request, said()) for i, request in enumerate(requests))
    return Library((LOGIN, *exchanges))


def step(found: Exchange | Miss) -> str:
    assert isinstance(found, Exchange), found.differs
    return found.step


def differs(found: Exchange | Miss) -> tuple[str, ...]:
    assert isinstance(found, Miss)
    return found.differs


name = st.text("abcxyz_", min_size=1, max_size=5)
value = st.text("ab~ +%&=é:.", max_size=8)


@given(pairs=st.lists(st.tuples(name, value), min_size=1, max_size=4), data=st.data())
def test_the_spelling_and_order_of_a_query_do_not_count(pairs: list[tuple[str, str]], data: st.DataObject) -> None:
    recorded = "&".join(f"{n}={quote(v, safe='~')}" for n, v in pairs)
    other = data.draw(st.permutations(pairs))
    sent = "&".join(f"{n}={quote_plus(v).replace('~', '%7E')}" for n, v in other)
    assert step(library(get(f"{ROWS}?{recorded}")).find(get(f"{ROWS}?{sent}"))) == "step.0"


def test_how_often_a_column_is_named_counts() -> None:
    found = library(get(f"{ROWS}?a=1&a=1")).find(get(f"{ROWS}?a=1"))
    assert differs(found) == ("query: recorded a=1&a=1, sent a=1",)


HEADERS: list[tuple[tuple[tuple[str, str], ...], str]] = [
    (GOOD[1:], "Authorization: recorded the token of the login, sent none"),
    ((("Authorization", "Bearer other"), *GOOD[1:]), "recorded the token of the login, sent another token"),
    ((("Authorization", "Beareraaa.bbb.ccc"), *GOOD[1:]), "spelled Bearer without a blank"),
    ((("Authorization", "bearer aaa.bbb.ccc"), *GOOD[1:]), "spelled bearer"),
    ((("Authorization", "canary"), *GOOD[1:]), "sent another token spelled bare"),
    ((GOOD[0], GOOD[2]), "Secretkey: recorded a key, sent none"),
    (GOOD[:2], "Version: recorded 3.0, sent none"),
    ((*GOOD[:2], ("Version", "4")), "Version: recorded 3.0, sent 4"),
]


@pytest.mark.parametrize(("headers", "said_"), HEADERS)
def test_what_the_login_headers_carry_counts(headers: tuple[tuple[str, str], ...], said_: str) -> None:
    (difference,) = differs(library(get()).find(get(headers=headers)))
    assert said_ in difference and "canary" not in difference and "aaa.bbb.ccc" not in difference


@pytest.mark.parametrize(("headers", "_"), HEADERS)
def test_each_way_of_asking_finds_its_own_recording(headers: tuple[tuple[str, str], ...], _: str) -> None:
    both = library(get(), get(headers=headers))
    assert step(both.find(get())) == "step.0" and step(both.find(get(headers=headers))) == "step.1"


def test_any_key_will_do_but_the_one_that_was_refused() -> None:
    wrong = (GOOD[0], ("Secretkey", "wrong"), GOOD[2])
    three = library(get(), get(ROWS + "?a=1"), get(headers=wrong))
    assert step(three.find(get(headers=(GOOD[0], ("secretkey", "anything"), GOOD[2])))) == "step.0"
    assert step(three.find(get(headers=wrong))) == "step.2"


def test_other_headers_and_the_host_do_not_count() -> None:
    sent = Request("GET", f"https://api.example{ROWS}", (*GOOD, ("Accept", "x"), ("Cookie", "y")))
    assert step(library(get()).find(sent)) == "step.0"


@pytest.mark.parametrize(
    ("sent", "nearest", "part"),
    [
        (get("/hjdw/SBOX02/apointment"), "step.0", "path"),
        (get(f"{ROWS}?date=eq~1"), "step.1", "query"),
        (get("/hjdw/SBOX02/vitalz"), "step.2", "path"),
        (get(method="PUT"), "step.0", "method"),
    ],
)
def test_a_miss_names_the_nearest(sent: Request, nearest: str, part: str) -> None:
    three = library(get(), get(f"{ROWS}?date=eq~2"), get("/hjdw/SBOX02/vitals"))
    found = three.find(sent)
    assert isinstance(found, Miss) and found.nearest is not None
    assert found.nearest.step == nearest and found.differs[0].startswith(f"{part}: ")


def test_whoever_logs_in_gets_a_token() -> None:
    other = replace(LOGIN, step="json", request=replace(LOGIN.request, headers=(("Content-Type", "application/json"),)))
    refused = replace(LOGIN, step="wrong", response=said(status=401))
    three = Library((refused, LOGIN, other))
    sent = Request("POST", f"{BASE}/authenticate", (("content-type", "application/json; charset=x"),), b"{}")
    assert step(three.find(sent)) == "json"
    assert step(three.find(replace(sent, headers=()))) == "login"
    assert differs(three.find(replace(sent, body=b"")))[0].startswith("body: ")
    assert differs(Library((refused,)).find(sent)) == ("no login was recorded",)


def test_an_empty_cassette_has_nothing_near() -> None:
    found = Library(()).find(get())
    assert isinstance(found, Miss) and found.nearest is None and found.differs == ("the cassette is empty",)


def test_a_capture_answers_every_request_that_made_it(captured: Cassette) -> None:
    whole = Library(captured.exchanges)
    for exchange in captured.exchanges:
        if exchange.step != "refusals.login-wrong":
            found = whole.find(exchange.request)
            assert isinstance(found, Exchange), (exchange.step, found.differs)
            assert found.response.status == exchange.response.status, exchange.step
