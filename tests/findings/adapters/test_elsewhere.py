"""A host elsewhere: harmless questions only, one after another, politely, and no practice by name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from evaluation.findings.adapters import line, server
from evaluation.findings.model import Api, Input, Origin
from evaluation.recording.exchange import Response
from mockserver.testing import Server
from mockserver.web.logins import DEFAULT
from tests.findings.adapters.servers import Elsewhere

HOST = "api.example"
ENVIRON = {
    "HJKIT_LIVE_HOST": HOST,
    "HJKIT_LIVE_EMAIL": DEFAULT.email,
    "HJKIT_LIVE_PASSWORD": DEFAULT.password,
    "HJKIT_LIVE_SECRET_KEY": DEFAULT.secret_key,
}
FAILED = Response(500, "", (("Content-Type", "text/canary"),), b'{"canary": 1}')


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[float]]:
    """Nobody sleeps; how long they would have is kept."""
    slept: list[float] = []
    monkeypatch.setattr(line.time, "sleep", slept.append)
    yield slept


def visit(mock: Server, **answers: Response) -> tuple[Api, Elsewhere]:
    elsewhere = Elsewhere(mock, answers={f"/{end}": answer for end, answer in answers.items()})
    return read(elsewhere), elsewhere


def read(elsewhere: Elsewhere, **how: Any) -> Api:
    how = {"environ": ENVIRON, "permission": True, "budget": 600.0, "connect": elsewhere, **how}
    return server.read(f"https://{HOST}", **how)


def test_only_reading_and_one_login(sandbox: Server) -> None:
    api, elsewhere = visit(sandbox)
    assert api.origin is Origin.live and api.title == f"live API at https://{HOST}"
    assert [r.path for r in elsewhere.asked if r.method != "GET"] == ["/authenticate"]
    assert not any("__admin" in request.url for request in elsewhere.asked)
    logins = [request for request in elsewhere.asked if request.path == "/authenticate"]
    assert [(r.method, r.header("Authorization"), r.header("Secretkey")) for r in logins] == [
        ("POST", None, None), ("GET", None, None),
    ]  # fmt: skip


def test_no_key_but_the_right_one_is_ever_sent(sandbox: Server) -> None:
    _, elsewhere = visit(sandbox)
    assert {request.header("Secretkey") for request in elsewhere.asked} == {None, DEFAULT.secret_key}


def test_what_may_be_asked_is_asked(sandbox: Server) -> None:
    api, _ = visit(sandbox)
    causes = {refusal.cause for refusal in api.refusals}
    assert {"token missing", "token invalid", "key missing", "tenant unknown", "version unknown"} <= causes
    assert not causes & {"login wrong", "login incomplete", "key wrong", "token expired", "tenant forbidden"}
    assert len(api.probes) == 9 and Input.token in api.inputs


def test_half_a_second_lies_before_every_request(sandbox: Server, quick: list[float]) -> None:
    _, elsewhere = visit(sandbox)
    assert quick.count(line.POLITE) == len(elsewhere.asked) and elsewhere.patience is not None
    assert elsewhere.patience.gentle


def test_three_pages_of_a_listing_unless_more_are_wanted(sandbox: Server) -> None:
    elsewhere = Elsewhere(sandbox)
    few, all_ = read(elsewhere), read(elsewhere, limit=1000)
    assert few.by_name["appointment"].tables[0].size == 60 and Input.all_rows not in few.inputs
    assert any(said.endswith("more pages than the 3 that were read") for said in few.partial)
    assert all_.by_name["appointment"].complete and Input.all_rows in all_.inputs and all_.partial == ()


def test_practices_have_numbers_and_exchanges_are_not_kept(sandbox: Server) -> None:
    api, _ = visit(sandbox)
    assert {t.practice for r in api.resources for t in r.tables} == {"practice 1"} and api.asked == {}
    assert "SBOX02" not in "".join(api.partial)


def test_a_plea_for_fewer_requests_ends_the_run(sandbox: Server) -> None:
    api, elsewhere = visit(sandbox, appointment=replace(FAILED, status=429))
    assert elsewhere.asked[-1].path.endswith("/appointment")
    assert any("the server wanted fewer requests (429)" in said for said in api.partial)
    assert Input.probes not in api.inputs and Input.rows in api.inputs


def test_three_failures_in_a_row_end_it_too(sandbox: Server) -> None:
    api, elsewhere = visit(sandbox, appointment=FAILED, attribution=FAILED, allergy=FAILED)
    assert [r.path.rpartition("/")[2] for r in elsewhere.asked[-3:]] == ["allergy", "appointment", "attribution"]
    assert any("3 requests in a row had failed" in said for said in api.partial)
    assert "canary" not in "".join(api.partial)


def test_headers_of_a_stranger_are_not_repeated(sandbox: Server) -> None:
    api, _ = visit(sandbox, no_such_element=replace(FAILED, status=418))
    (odd,) = [refusal for refusal in api.refusals if refusal.cause == "resource unknown"]
    assert (odd.status, odd.media_type, odd.keys) == (418, "another media type", ("canary",))
