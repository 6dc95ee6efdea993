"""What was asked: kept without secrets, bounded, found again, and summed up as what a client relied on."""

from __future__ import annotations

import json
import logging
from base64 import urlsafe_b64encode
from urllib.parse import quote_plus

import pytest

from mockserver.web.journal import CLIENTS, LONGEST, MASK, Entry, Journal, Mask

from ..clients import Server
from ..conftest import Start

CANARY = "canary+pass word/7f3a&%"
KEY = "canarykey9b1c"
ADMIN = "canary-admin-51d0"


def entry(path: str = "/hjdw/A/b", status: int = 200, client: str = "me", **facts: object) -> Entry:
    made = Entry(0, 0, client, "", "GET", path, "", status)
    for name, value in facts.items():
        setattr(made, name, value)
    return made


# --- the journal itself ----------------------------------------------------------------------------------------------


def test_it_keeps_the_newest_and_counts_all() -> None:
    journal = Journal(3)
    for number in range(5):
        journal.add(entry(f"/{number}"))
    assert [e["path"] for e in journal.find()] == ["/4", "/3", "/2"]
    assert [e["number"] for e in journal.find()] == [5, 4, 3]
    assert journal.total == 5
    journal.clear()
    assert (journal.total, journal.find(), journal.leaned()) == (0, [], {})


def test_it_finds_by_part_of_path_status_and_client() -> None:
    journal = Journal(10)
    journal.add(entry("/authenticate", 401, "curl/8"))
    journal.add(entry("/hjdw/A/appointment", 200, "python-requests/2"))
    journal.add(entry("/hjdw/A/vitals", 401, "python-requests/2"))
    paths = [
        [e["path"] for e in journal.find(**asked)]
        for asked in ({"path": "appoint"}, {"status": 401}, {"client": "curl"})
    ]
    assert paths == [["/hjdw/A/appointment"], ["/hjdw/A/vitals", "/authenticate"], ["/authenticate"]]
    assert journal.find(path="vitals", status=200) == []
    assert len(journal.find(limit=2)) == 2


def test_sums_are_bounded_too() -> None:
    journal = Journal(2)
    for number in range(CLIENTS + 50):
        journal.add(entry(client=f"client {number}", behaviours=("filter.eq",), element="vitals"))
    leaned = journal.leaned()
    assert len(leaned) == CLIENTS + 1
    assert leaned["(others)"]["behaviours"] == {"filter.eq": 50}
    assert leaned["(others)"]["elements"] == {"vitals": 50}


def test_what_was_sent_is_kept_in_part() -> None:
    journal = Journal(2)
    journal.add(entry("/" + "p" * 10**5, client="c" * 10**5))
    (kept,) = journal.find()
    assert (len(kept["path"]), len(kept["client"])) == (LONGEST, LONGEST)
    assert list(journal.leaned()) == ["c" * LONGEST]


TOKEN = "eyJ0eXAiOiJKV1QifQ.eyJlbWFpbCI6ImEifQ.c2lnbmF0dXJl-_"


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        (f"token={TOKEN}&a=1", f"token={MASK}&a=1"),
        (f"a={TOKEN}", f"a={MASK}"),
        (f"Bearer {TOKEN[:-12]}", f"Bearer {MASK}"),
        ("PassWord=x%20y&city=eq~A", f"PassWord={MASK}&city=eq~A"),
        ("secretkey=abc", f"secretkey={MASK}"),
        (quote_plus(CANARY), MASK),
        (f"x{CANARY}y", f"x{MASK}y"),
        ("city=eq~A&page=2", "city=eq~A&page=2"),
    ],
)
def test_the_mask(text: str, masked: str) -> None:
    assert Mask([CANARY, KEY, ""])(text) == masked


# --- over the wire ---------------------------------------------------------------------------------------------------


def test_an_entry_says_what_happened(server: Server) -> None:
    server.get(
        server.path("demographic", "first_name=lt~Patient_D&page=1"), {**server.access(), "User-Agent": "tester/1"}
    )
    told = server.told("GET", "/journal")
    assert told["total"] == 2
    got, login = told["entries"]
    expected = {
        "number": 2, "at": "2022-08-01 12:00:00", "client": "tester/1", "login": server.login.email, "method": "GET",
        "path": "/hjdw/HAND01/demographic", "query": "first_name=lt~Patient_D&page=1", "status": 200,
        "practice": "HAND01",
        "element": "demographic", "rows": 3, "page": 1, "error": "", "fault": "",
    }  # fmt: skip
    assert {name: got[name] for name in expected} == expected
    assert got["milliseconds"] > 0
    assert {"filter.lt", "paging.page-parameter", "header.authorization", "envelope.keys"} <= set(got["behaviours"])
    assert (login["path"], login["method"], login["status"]) == ("/authenticate", "POST", 200)
    assert {"login.json", "login.answer"} <= set(login["behaviours"])


def test_a_refusal_is_kept_with_its_reason(server: Server) -> None:
    server.data("demographic", "nothing=eq~1")
    got = server.told("GET", "/journal")["entries"][0]
    assert (got["status"], got["error"], got["rows"]) == (422, "error.filter.column", 0)
    assert got["behaviours"].count("error.filter.column") == 1


def test_admin_requests_are_not_kept(server: Server) -> None:
    server.told("GET", "/health")
    server.admin("GET", "/nothing")
    assert server.told("GET", "/journal")["total"] == 0


def test_the_journal_is_asked_by_query(server: Server) -> None:
    server.data("demographic")
    server.data("nothing")
    found = {
        query: [e["path"] for e in server.told("GET", f"/journal?{query}")["entries"]]
        for query in ("status=404", "path=demo", "limit=1", "client=nobody", "path=auth&status=200")
    }
    assert found == {
        "status=404": ["/hjdw/HAND01/nothing"], "path=demo": ["/hjdw/HAND01/demographic"],
        "limit=1": ["/hjdw/HAND01/nothing"],
        "client=nobody": [], "path=auth&status=200": ["/authenticate"],
    }  # fmt: skip


@pytest.mark.parametrize(
    "query", ["status=abc", "status=99", "limit=0", "limit=-1", "limit=9999999999", "stat=200", "status="]
)
def test_a_bad_question_is_told_what_is_valid(server: Server, query: str) -> None:
    answer = server.admin("GET", f"/journal?{query}")
    assert answer.status == 422
    assert answer.json["where"].startswith("query.") and answer.json["valid"]


def test_it_is_as_long_as_the_setting_says(start: Start) -> None:
    server = start(journal_size=2)
    for _ in range(4):
        server.get("/nothing")
    told = server.told("GET", "/journal?limit=100")
    assert (told["total"], len(told["entries"])) == (4, 2)


def test_it_can_be_cleared(server: Server) -> None:
    server.data("demographic")
    assert server.told("DELETE", "/journal") == {"total": 0, "entries": []}
    assert server.told("GET", "/journal")["total"] == 0
    assert server.told("GET", "/assumptions")["clients"] == []


def test_no_secret_is_ever_written_down(
    start: Start, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    """Secrets planted wherever a client may put them by mistake."""
    server = start(password=CANARY, secret_key=KEY, admin_token=ADMIN)
    own = {"X-Admin-Token": ADMIN}
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    with caplog.at_level(logging.DEBUG):
        token = server.token()
        for secret in (token, CANARY, KEY, ADMIN):
            escaped = quote_plus(secret)
            server.post("/authenticate", form, f"email={server.login.email}&password={escaped}x".encode())
            server.post(f"/authenticate?password={escaped}", form, f"email={escaped}&password={escaped}".encode())
            for target in (f"/hjdw/HAND01/demographic?token={escaped}", f"/hjdw/HAND01/demographic?city=eq~{escaped}",
                           f"/hjdw/{escaped}/demographic", f"/hjdw/HAND01/{escaped}", f"/{escaped}"):  # fmt: skip
                server.get(target, {**server.access(), "User-Agent": f"agent {escaped}"})
                server.get(target, {"Authorization": f"Basic {escaped}", "Secretkey": escaped})
            server.get(f"/__admin/journal?client={escaped}")
        read = [
            server.get(f"/__admin/{page}", own)
            for page in ("journal?limit=1000", "assumptions", "health", "worlds", "fail")
        ]
    assert [answer.status for answer in read] == [200] * 5 and read[0].json["total"] > 40
    seen = caplog.text + "".join(capfd.readouterr()) + "".join(json.dumps(answer.json) for answer in read)
    payload, signature = token.split(".")[1:]
    for canary in (CANARY, quote_plus(CANARY), KEY, ADMIN, token, payload, signature):
        assert canary not in seen
    assert urlsafe_b64encode(CANARY.encode()).decode() not in seen


# --- what a run relied on --------------------------------------------------------------------------------------------


def test_a_run_is_told_how_much_it_assumed(server: Server) -> None:
    access = server.access()
    for agent, query in (
        ("mine/1", "first_name=gt~Patient_B"),
        ("mine/1", "first_name=eq~Patient_B&page=1"),
        ("other/1", ""),
    ):
        server.get(server.path("appointment" if not query else "demographic", query), {**access, "User-Agent": agent})
    clients = {c["client"]: c for c in server.told("GET", "/assumptions")["clients"]}
    mine, other = clients["mine/1"], clients["other/1"]
    inferred = {b["id"] for b in mine["behaviours"] if b["grade"] == "inferred"}
    assert mine["summary"] == f"this run relied on {len(inferred)} inferred behaviours"
    assert {"filter.gt", "paging.page-parameter"} <= inferred and "filter.eq" not in inferred
    counts = {b["id"]: b["requests"] for b in mine["behaviours"]}
    assert (counts["filter.gt"], counts["envelope.keys"]) == (1, 2)
    assert [e["element"] for e in mine["elements"]] == ["demographic"] and mine["elements"][0]["requests"] == 2
    columns = server.state.contract.elements["demographic"].properties
    assert sum(mine["elements"][0]["columns"].values()) == len(columns)
    assert other["summary"] == "this run relied on 0 inferred behaviours"


def test_the_sentence_has_one_form_so_that_scripts_can_read_it(server: Server) -> None:
    server.get(server.path("appointment", "page=1"), {**server.access(), "User-Agent": "one"})
    assert (
        server.told("GET", "/assumptions?client=one")["clients"][0]["summary"]
        == "this run relied on 1 inferred behaviours"
    )


def test_the_weakest_come_first_with_what_can_be_switched(server: Server) -> None:
    server.get(server.path("demographic", "city=eq~x&zip=eq~1&page=1"), {**server.access(), "User-Agent": "me"})
    behaviours = server.told("GET", "/assumptions?client=me")["clients"][0]["behaviours"]
    order = ["inferred", "adjacent", "seed", "consumed", "observed"]
    assert [order.index(b["grade"]) for b in behaviours] == sorted(order.index(b["grade"]) for b in behaviours)
    settings = {b["id"]: b["setting"] for b in behaviours}
    assert settings["paging.per-page"] == "per-page"
    assert server.told("GET", "/assumptions?client=nobody")["clients"] == []
