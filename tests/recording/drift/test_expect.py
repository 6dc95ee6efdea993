"""What the contract expects of a request: by what it shows, and by what the plan knows of it."""

from __future__ import annotations

import pytest

from evaluation.recording.drift import View
from evaluation.recording.drift.calls import read
from evaluation.recording.drift.expect import expectation
from evaluation.recording.exchange import Headers
from mockserver import contract as contracts
from mockserver.contract.quirks import parse_selection

from .conftest import Captures, plan_of
from .pages import BASE, CONTRACT, SENT, answered, page

DATA = "/hjdw/SBOX02/"


def expected(
    target: str, method: str = "GET", quirks: str = "vendor", sent: Headers = SENT, **unusual: str
) -> tuple[str, int]:
    exchange = answered(BASE + target, {}, method=method, sent=sent)
    contract = contracts.load(parse_selection(quirks))
    view = View("recording", (exchange,), steps={"one": unusual} if unusual else None)
    found = expectation(read(view, contract)[0], contract, frozenset(["SBOX02"]))
    return found.id, found.status


@pytest.mark.parametrize(
    ("target", "id_", "status"),
    [
        ("/hjdw", "error.path", 404),
        ("/", "error.path", 404),
        (f"{DATA}appointment/7", "path.single-row", 404),
        (f"{DATA}payer", "path.payer", 404),
        (f"{DATA}nothing", "error.element.unknown", 404),
        (f"{DATA}appointment?page=0", "error.page", 422),
        (f"{DATA}appointment?page=1&page=2", "error.page", 422),
        (f"{DATA}appointment?nothing=eq~1", "error.filter.column", 422),
        (f"{DATA}appointment?date=no~1", "error.filter.operator", 422),
        (f"{DATA}appointment?date=eq~1&date=lt~1", "error.filter.repeated", 422),
        (f"{DATA}appointment?hj_modify_timestamp=lt~soon", "error.filter.value", 422),
        ("/hjdw/ZZZZ99/appointment", "error.practice.unknown", 404),
        ("/hjdw/ZZZZ99/client_ids", "path.client_ids", 200),
        (f"{DATA}appointment", "path.pattern", 200),
        (f"{DATA}appointment/", "path.pattern", 200),
        (f"{DATA}quality_data", "path.named-only", 200),
        (f"{DATA}payer_dim", "path.payer_dim", 200),
        (f"{DATA}appointment?page=1", "paging.page-parameter", 200),
        (f"{DATA}appointment?page=9", "paging.past-end", 200),
        (f"{DATA}appointment?date=eq~1", "filter.eq", 200),
        (f"{DATA}appointment?date=eq~1&type=eq~1", "filter.several", 200),
    ],
)
def test_by_what_the_request_shows(target: str, id_: str, status: int) -> None:
    assert expected(target) == (id_, status)


@pytest.mark.parametrize(
    ("unusual", "id_", "status"),
    [
        ({"token": "none"}, "error.token.missing", 400),
        ({"token": "query"}, "token.in-query", 400),
        ({"token": "garbled"}, "error.token.invalid", 400),
        ({"token": "expired"}, "error.token.expired", 401),
        ({"token": "no-space"}, "header.authorization.no-space", 200),
        ({"token": "lower-case"}, "header.authorization.case", 200),
        ({"token": "later"}, "token.several-live", 200),
        ({"key": "none"}, "error.secretkey.missing", 401),
        ({"key": "wrong"}, "error.secretkey.wrong", 401),
        ({"version": "3"}, "header.version.3", 200),
        ({"version": "none"}, "header.version.absent", 200),
        ({"version": "9.9"}, "header.version.other", 400),
    ],
)
def test_by_what_the_plan_knows(unusual: dict[str, str], id_: str, status: int) -> None:
    assert expected(f"{DATA}appointment", **unusual) == (id_, status)


def test_methods_and_logins() -> None:
    assert expected(f"{DATA}appointment", "POST") == ("error.method", 405)
    assert expected("/authenticate") == ("login.get-refused", 405)
    assert expected("/authenticate", "POST") == ("login.answer", 200)
    assert expected("/authenticate", "POST", login="wrong") == ("error.login.wrong", 401)


def test_headers_count_outside_a_plan() -> None:
    assert expected(f"{DATA}appointment", sent=()) == ("error.token.missing", 400)
    assert expected(f"{DATA}appointment", sent=SENT[:1]) == ("error.secretkey.missing", 401)
    assert expected(f"{DATA}appointment", sent=SENT[:2]) == ("header.version.absent", 200)
    assert expected(f"{DATA}appointment", sent=(("Authorization", "Bearerabc"), *SENT[1:]))[1] == 200


def test_the_clean_twin_expects_its_own_paths_and_version() -> None:
    assert expected(f"{DATA}payer", quirks="none") == ("path.payer_dim", 200)
    assert expected(f"{DATA}payer_dim", quirks="none") == ("error.element.unknown", 404)
    assert expected(f"{DATA}appointment", quirks="none", version="none") == ("header.version.absent", 400)


def test_a_refusal_outside_a_plan_tells_what_no_request_shows() -> None:
    refused = answered(f"{BASE}{DATA}appointment", {"error": "token_expired"}, 401)
    call = read(View("recording", (refused,)), CONTRACT)[0]
    assert expectation(call, CONTRACT).id == "error.token.expired"


def test_the_expectation_is_what_the_mock_does_at_every_step(capture: Captures) -> None:
    """The mock is the contract carried out: no step of the plan is answered otherwise."""
    view = capture().view
    calls = read(view, CONTRACT)
    practices = frozenset(["SBOX02", "CLNC04"])
    wrong = [c.key for c in calls if c.method != "OPTIONS" and expectation(c, CONTRACT, practices).status != c.status]
    assert wrong == []
    assert {c.exchange.step for c in calls} <= {s.id for s in plan_of().steps}


def test_a_page_behind_the_last_keeps_the_total() -> None:
    found = page("appointment", [], "page=9", current_page=9, last_page=1, total=5, to=None)
    call = read(View("recording", (found,)), CONTRACT)[0]
    assert expectation(call, CONTRACT).id == "paging.past-end"
