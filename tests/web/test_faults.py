"""Failures on purpose over the wire: what strikes, how it looks, and that nothing of it stays."""

from __future__ import annotations

import time

import pytest

from mockserver.faults import STATUSES

from ..clients import Server
from ..handmade import PATIENTS


def arm(server: Server, **fault: object) -> list[dict[str, object]]:
    """Arm after a token is there, for a fault without path strikes logins too."""
    server.token()
    armed: list[dict[str, object]] = server.told("POST", "/fail", fault)["armed"]
    return armed


def statuses(server: Server, *elements: str) -> list[int]:
    return [server.data(element).status for element in elements]


def test_the_next_request_fails_and_no_other(server: Server) -> None:
    assert arm(server) == [
        {
            "times": 1,
            "status": 500,
            "delay_ms": 0,
            "cut": None,
            "path": "",
            "practice": "",
            "body": None,
            "retry_after": None,
        }
    ]
    answer = server.data("demographic")
    assert (answer.status, answer.error) == (500, "fault_500")
    assert "X-Mock-Evidence" not in answer.headers
    assert server.data("demographic").status == 200
    assert server.told("GET", "/fail") == {"armed": []}


@pytest.mark.parametrize("status", STATUSES)
def test_every_status_can_be_asked_for(server: Server, status: int) -> None:
    arm(server, status=status, times=2)
    assert statuses(server, "demographic", "vitals", "vitals") == [status, status, 200]


def test_path_and_practice_choose_the_request(server: Server) -> None:
    arm(server, status=503, path="/vitals")
    arm(server, status=502, practice="HAND02")
    assert statuses(server, "demographic", "vitals", "vitals") == [200, 503, 200]
    assert server.data("demographic", practice="HAND02").status == 502
    assert server.data("demographic", practice="HAND02").status == 200


def test_a_login_can_fail_too(server: Server) -> None:
    arm(server, status=503, path="/authenticate")
    server._tokens.clear()
    given = {"email": server.login.email, "password": server.login.password}
    assert server.post("/authenticate", json=given).status == 503
    assert server.post("/authenticate", json=given).status == 200


def test_only_those_who_may_ask_meet_it(server: Server) -> None:
    arm(server, status=503)
    assert server.get(server.path("demographic")).status == 400
    assert server.data("demographic").status == 503


def test_a_delay_waits_and_then_answers(server: Server) -> None:
    armed = arm(server, delay_ms=150)
    assert armed[0]["status"] == 0
    started = time.perf_counter()
    answer = server.data("demographic")
    assert time.perf_counter() - started >= 0.15
    assert (answer.status, len(answer.json["data"])) == (200, PATIENTS)
    assert server.told("GET", "/journal?limit=1")["entries"][0]["milliseconds"] >= 150


@pytest.mark.parametrize("cut", [0, 1, 100, 10_000_000])
def test_a_body_is_cut(server: Server, cut: int) -> None:
    whole = server.data("demographic").body
    arm(server, cut=cut)
    answer = server.data("demographic")
    assert answer.status == 200
    assert answer.body == whole[:cut]
    assert server.data("demographic").body == whole


def test_a_cut_login_is_no_json(server: Server) -> None:
    arm(server, cut=20, path="/authenticate")
    answer = server.post("/authenticate", json={"email": server.login.email, "password": server.login.password})
    assert answer.status == 200 and len(answer.body) == 20
    with pytest.raises(ValueError, match="Unterminated"):
        assert answer.json


def test_body_and_retry_after_are_as_given(server: Server) -> None:
    arm(server, status=429, retry_after=30, body='{"message":"slow down, ö"}')
    answer = server.data("demographic")
    assert (answer.status, answer.headers["Retry-After"]) == (429, "30")
    assert answer.body == '{"message":"slow down, ö"}'.encode()
    arm(server, status=502, body="<html>", cut=3)
    assert server.data("demographic").body == b"<ht"


def test_the_journal_says_that_it_was_on_purpose(server: Server) -> None:
    arm(server, status=503, delay_ms=1)
    server.data("demographic")
    got = server.told("GET", "/journal?limit=1")["entries"][0]
    assert (got["status"], got["fault"], got["error"]) == (503, "503 delay 1", "")


def test_disarm_and_reset_leave_nothing(server: Server) -> None:
    for undo in (("DELETE", "/fail"), ("POST", "/reset")):
        arm(server, times=1000, status=503)
        server.told(*undo)
        assert server.data("demographic").status == 200
        assert server.told("GET", "/fail") == {"armed": []}


def test_the_admin_api_never_fails_on_purpose(server: Server) -> None:
    arm(server, times=100, status=503)
    assert server.told("GET", "/health")["status"] == "ready"


BAD = [
    ({"times": 0}, "times"), ({"times": "2"}, "times"), ({"times": True}, "times"), ({"times": 1.5}, "times"),
    ({"status": 200}, "status"),
    ({"status": 418}, "status"), ({"status": "503"}, "status"), ({"delay_ms": -1}, "delay_ms"),
    ({"delay_ms": 60_001}, "delay_ms"),
    ({"cut": -1}, "cut"), ({"path": 1}, "path"), ({"practice": None}, "practice"), ({"body": {}}, "body"),
    ({"retry_after": -1}, "retry_after"),
    ({"time": 1}, "time"), ({"cut": 10**40}, "cut"),
]  # fmt: skip


@pytest.mark.parametrize(("fault", "where"), BAD)
def test_a_fault_that_cannot_be_is_refused(server: Server, fault: object, where: str) -> None:
    answer = server.admin("POST", "/fail", fault)
    assert (answer.status, answer.json["where"]) == (422, f"body.{where}")
    assert server.told("GET", "/fail") == {"armed": []}
