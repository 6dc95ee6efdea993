"""The vendor clock, the quirks in force and reset, over the wire."""

from __future__ import annotations

import pytest

from mockserver.contract import quirks

from ..clients import Server
from ..conftest import Start
from ..handmade import APPOINTMENTS, NOW
from .admin_contract import START, fits


def test_the_clock_is_moved_on_and_rows_follow(server: Server) -> None:
    assert server.told("GET", "/clock") == START
    assert server.told("POST", "/clock", {"advance": "P1D"}) == {**START, "now": "2022-08-02 12:00:00"}
    assert len(server.rows_now("appointment")) == APPOINTMENTS + 1
    assert server.told("POST", "/clock", {"set": "2022-08-11T12:00:00Z"})["now"] == "2022-08-11 12:00:00"
    assert len(server.rows_now("appointment")) == APPOINTMENTS + 3
    assert server.rows_now("demographic", "city=eq~Newtown")[0]["hj_modify_timestamp"] == "2022-08-11 12:00:00"
    assert server.rows_now("demographic")[0]["demographicid"] == 100_000_003


def test_a_sync_by_modify_gets_exactly_what_changed(server: Server) -> None:
    since = "hj_modify_timestamp=gt~2022-08-01%2012:00:00"
    assert server.rows_now("appointment", since) == server.rows_now("demographic", since) == []
    server.told("POST", "/clock", {"advance": "P30D"})
    assert len(server.rows_now("appointment", since)) == 3
    assert [row["demographicid"] for row in server.rows_now("demographic", since)] == [100_000_003]


def test_moving_it_back_resets_everything(server: Server) -> None:
    before = server.rows("demographic")
    server.told("PUT", "/rows/HAND01/demographic/100000001", {"city": "Elsewhere"})
    server.told("POST", "/fail", {"status": 500, "path": "nowhere"})
    server.told("POST", "/clock", {"advance": "P2D"})
    assert server.told("POST", "/clock", {"set": "2022-08-02 00:00:00"})["now"] == "2022-08-02 00:00:00"
    assert server.told("GET", "/fail") == {"armed": []}
    assert server.told("GET", "/journal")["total"] == 0
    assert server.rows_now("demographic") == before


def test_modes(server: Server) -> None:
    running = server.told("POST", "/clock", {"mode": "running"})
    assert running["mode"] == "running" and running["now"] >= START["now"]
    later = server.told("GET", "/clock")["now"]
    assert START["now"] < later < "2022-08-01 12:01:00"
    assert server.told("POST", "/clock", {"mode": "offset"})["mode"] == "offset"
    assert server.told("GET", "/clock")["now"] > "2026"
    assert server.told("POST", "/reset") == {"status": "reset", **START}


@pytest.mark.parametrize(
    "body",
    [
        {}, {"advance": "P1D", "set": "2022-09-01 00:00:00"}, {"advance": "1 day"}, {"advance": "P1M"},
        {"advance": "-P1D"}, {"advance": ""},
        {"advance": 30}, {"advance": None}, {"advance": "P99999999999999999999D"}, {"set": "tomorrow"},
        {"set": "2022-02-30 00:00:00"},
        {"set": "2022-08-01"}, {"set": "9999-01-01 00:00:00"}, {"mode": "fast"}, {"mode": ["running"]},
        {"to": "2022-08-01 12:00:00"},
    ],
)  # fmt: skip
def test_a_clock_that_cannot_be_moved_so(server: Server, body: object) -> None:
    answer = server.admin("POST", "/clock", body)
    assert answer.status == 422
    fits(answer.json, "/clock", "post", "422")
    assert answer.json["error"] and answer.json["where"]
    assert server.told("GET", "/clock") == START


def test_the_clock_starts_as_set(start: Start) -> None:
    assert start(clock="2022-08-03 00:00:00").told("GET", "/clock")["now"] == "2022-08-03 00:00:00"
    assert start(clock="running").told("GET", "/clock")["mode"] == "running"


def test_quirks_are_listed_with_their_switches(server: Server) -> None:
    told = server.told("GET", "/quirks")
    assert told["quirks"] == "vendor"
    assert [q["id"] for q in told["all"]] == list(quirks.catalogue())
    assert {q["id"] for q in told["all"] if q["in_force"]} == quirks.VENDOR
    assert all(q["no_switch"] for q in told["all"] if not q["switchable"])


def test_quirks_are_switched_while_running(server: Server) -> None:
    server.token()
    told = server.told("PUT", "/quirks", {"quirks": "none"})
    assert told == {"quirks": "none", "in_force": []}
    assert server.data("demographic").error == "resource_not_found"
    assert "hj_patient_id" in server.rows("patient")[0]
    told = server.told("PUT", "/quirks", {"quirks": "vendor,-Q14"})
    assert "Q14" not in told["in_force"] and "Q13" in told["in_force"]
    server.told("POST", "/reset")
    assert server.told("GET", "/health")["quirks"] == "vendor"
    assert "demographicid" in server.rows("demographic")[0]


@pytest.mark.parametrize("given", ["Q99", "", "vendors", "Q02", "-", "vendor,,Q0", "none,Q29,\0"])
def test_a_selection_that_cannot_be(server: Server, given: str) -> None:
    answer = server.admin("PUT", "/quirks", {"quirks": given})
    assert answer.status == 422
    fits(answer.json, "/quirks", "put", "422")
    assert server.told("GET", "/health")["quirks"] == "vendor"


def test_reset_returns_everything(server: Server) -> None:
    pages = {path: server.data(path).body for path in server.state.contract.paths}
    server.told("PUT", "/quirks", {"quirks": "vendor,-Q18"})
    server.told("POST", "/clock", {"advance": "P30D"})
    server.told("PUT", "/rows/HAND01/appointment/200000001", {"reason": "CHANGED"})
    server.told("DELETE", "/rows/HAND01/demographic/100000001")
    server.told("POST", "/fail", {"times": 5, "status": 503})
    assert server.data("demographic").status == 401
    assert server.told("POST", "/reset") == {"status": "reset", **START}
    assert {path: server.data(path).body for path in pages} == pages
    assert server.state.clock.now() == NOW
