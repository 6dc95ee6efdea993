"""The short way in gives what Flask gives: answers, headers and journal are the same, and odd requests go to Flask."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, cast

import pytest
from flask import Flask, Request
from werkzeug.test import Client, EnvironBuilder, TestResponse, run_wsgi_app

from mockserver import create_app
from mockserver.settings import Settings
from mockserver.web.app import shorten
from mockserver.web.exchange import Answer
from mockserver.web.front import Front
from mockserver.web.served import Served
from mockserver.web.state import State

from ..handmade import PRACTICE, HandmadeLibrary

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

PAGE = f"/hjdw/{PRACTICE}/demographic"


@pytest.fixture
def app(library: HandmadeLibrary) -> Flask:
    app = create_app(Settings(per_page=5), library)
    shorten(app)
    return app


def test_an_application_of_others_is_never_shortened(library: HandmadeLibrary) -> None:
    assert not isinstance(create_app(Settings(), library).wsgi_app, Front)


def state(app: Flask) -> State:
    found: State = app.extensions["healthjump"]
    return found


def access(app: Flask) -> dict[str, str]:
    login = next(iter(state(app).logins))
    answer = app.test_client().post("/authenticate", json={"email": login.email, "password": login.password})
    token = json.loads(answer.data)["token"]
    return {"Authorization": f"Bearer {token}", "Secretkey": login.secret_key, "Version": "3.0"}


def both_ways(app: Flask, path: str, headers: dict[str, str], **how: Any) -> list[TestResponse]:
    """The answers of the short way and of Flask."""
    front = cast(Front, app.wsgi_app)
    return [Client(way).get(path, headers=headers, **how) for way in (front, front.flask)]


def said(answer: TestResponse) -> tuple[int, list[tuple[str, str]], bytes]:
    return answer.status_code, sorted(answer.headers), answer.data


CASES: dict[str, tuple[str, dict[str, str], int]] = {
    "page": (PAGE, {}, 200),
    "later page": (f"{PAGE}?page=2", {}, 200),
    "filter": (f"{PAGE}?last_name=like~%25&first_name=ne~Nobody", {}, 200),
    "other host": (PAGE, {"Host": "mock.test:81"}, 200),
    "origin": (PAGE, {"Origin": "https://client.test"}, 200),
    "refused origin": (PAGE, {"Origin": "https://client.test", "Secretkey": "wrong"}, 401),
    "stray headers": (PAGE, {"Params": "a", "X-Other": "b", "Accept-Encoding": "gzip"}, 200),
    "no token": (PAGE, {"Authorization": ""}, 400),
    "wrong key": (PAGE, {"Secretkey": "wrong"}, 401),
    "other version": (PAGE, {"Version": "2"}, 400),
    "unknown practice": ("/hjdw/NONE00/demographic", {}, 404),
    "unknown element": (f"/hjdw/{PRACTICE}/nothing", {}, 404),
    "unknown column": (f"{PAGE}?nothing=eq~1", {}, 422),
    "bad page": (f"{PAGE}?page=0", {}, 422),
}


@pytest.mark.parametrize("case", CASES)
def test_both_ways_answer_alike(app: Flask, case: str) -> None:
    path, headers, status = CASES[case]
    short, long = both_ways(app, path, {**access(app), **headers})
    assert said(short) == said(long)
    assert short.status_code == status
    assert short.status == long.status


def test_both_ways_refuse_a_large_body(app: Flask) -> None:
    short, long = both_ways(app, PAGE, access(app), data=b"x" * 1_000_001)
    assert said(short) == said(long)
    assert short.status_code == 413


def test_both_ways_are_told_alike_in_the_journal(app: Flask) -> None:
    both_ways(app, f"{PAGE}?page=2", {**access(app), "Origin": "https://client.test"})
    long, short = state(app).journal.find(limit=2)
    for entry in (long, short):
        assert entry.pop("milliseconds") > 0
    assert (short.pop("number") + 1, short) == (long.pop("number"), long)


FAULTS: list[dict[str, Any]] = [
    {"status": 503, "retry_after": 7},
    {"status": 0, "cut": 12},
    {"status": 429, "body": "no"},
]


@pytest.mark.parametrize("how", FAULTS)
def test_both_ways_fail_on_demand(app: Flask, how: dict[str, Any]) -> None:
    headers = access(app)
    app.test_client().post("/__admin/fail", json={"times": 2, **how})
    short, long = both_ways(app, PAGE, headers)
    assert said(short) == said(long)
    assert [entry["fault"] for entry in state(app).journal.find(limit=2)] != ["", ""]


def test_both_ways_hide_a_defect(app: Flask, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    headers = access(app)
    monkeypatch.setattr(Served, "view", lambda *args: 1 / 0)
    short, long = both_ways(app, PAGE, headers)
    assert said(short) == said(long)
    assert short.status_code == 500 and b"ZeroDivision" not in short.data
    assert [record.name for record in caplog.records] == ["hjkit", "hjkit"]


def way_of(method: str, path: str) -> str:
    """Which way a request takes."""
    taken: list[str] = []

    def flask(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        taken.append("flask")
        start_response("200 OK", [])
        return []

    def answer(request: Request, practice: str, element: str) -> Answer:
        taken.append(f"{practice} {element}")
        return Answer(b"", 200, [])

    run_wsgi_app(Front(flask, answer), EnvironBuilder(path, method=method).get_environ())
    return " ".join(taken)


def test_plain_requests_for_pages_take_the_short_way() -> None:
    assert way_of("GET", "/hjdw/SBOX02/payer_dim?page=2") == "SBOX02 payer_dim"


@pytest.mark.parametrize("method", ["HEAD", "POST", "OPTIONS", "PUT", "DELETE", "TRACE"])
def test_other_methods_go_to_flask(method: str) -> None:
    assert way_of(method, "/hjdw/SBOX02/payer_dim") == "flask"


@pytest.mark.parametrize("path", ["/", "/__admin/health", "/hjdw/A", "/hjdw/A/b/", "/hjdw/A/b/c", "//hjdw/A/b"])
def test_other_paths_go_to_flask(path: str) -> None:
    assert way_of("GET", path) == "flask"


@pytest.mark.parametrize("element", ["%00", "a%20b", "a%2Fb", "..", "%C3%B6", "a;b", "a%0A", "a.json"])
def test_odd_names_go_to_flask(element: str) -> None:
    assert way_of("GET", f"/hjdw/SBOX02/{element}") == "flask"
