"""Attacks that once worked, each over both transports."""

from __future__ import annotations

import threading
from urllib.parse import quote

import pytest

from mockserver.errors import InputError
from mockserver.settings import Settings
from mockserver.web.journal import Mask
from mockserver.web.logins import DEFAULT
from mockserver.web.state import start_logins

from ..clients import Server
from ..conftest import Start

ROW = "/rows/HAND01/demographic/100000001"
CREATED = "hj_create_timestamp"


@pytest.mark.parametrize("text", ["2022-02-30 00:00:00", "2022-13-45 00:00:00", "2022-02-01 25:00:00"])
def test_an_instant_that_does_not_exist_is_refused(server: Server, text: str) -> None:
    answer = server.admin("PUT", ROW, {CREATED: text})
    assert (answer.status, answer.json["where"]) == (422, "body")
    assert "no such instant" in answer.json["error"]


def test_a_row_cannot_be_created_after_its_change(server: Server) -> None:
    answer = server.admin("PUT", ROW, {CREATED: "2099-01-01 00:00:00"})
    assert answer.status == 422
    assert "lies after the change" in answer.json["error"]


def test_two_changes_at_a_frozen_instant_are_two_instants(server: Server) -> None:
    first = server.told("PUT", ROW, {"city": "One"})["row"]["hj_modify_timestamp"]
    second = server.told("PUT", ROW, {"city": "Two"})["row"]["hj_modify_timestamp"]
    assert second > first
    after = server.rows("demographic", f"hj_modify_timestamp=gt~{quote(first)}")
    assert [row["city"] for row in after] == ["Two"]


@pytest.mark.parametrize("method", ["reset", "fail"])
@pytest.mark.parametrize(
    "said", [{"Origin": "http://evil.test"}, {"Sec-Fetch-Site": "cross-site"}, {"Origin": "null"}]
)
def test_pages_of_other_sites_cannot_steer_the_mock(server: Server, method: str, said: dict[str, str]) -> None:
    assert server.request("POST", f"/__admin/{method}", said).status == 403


@pytest.mark.parametrize(
    ("given", "key"),
    [({"secret_key": " "}, "secret_key"), ({"secret_key": "a b"}, "secret_key"), ({"secret_key": "é"}, "secret_key"),
     ({"email": " "}, "email"), ({"secret_key": "a\r\nb"}, "secret_key")],
)  # fmt: skip
def test_a_login_that_cannot_work_stops_the_start(start: Start, given: dict[str, str], key: str) -> None:
    with pytest.raises(InputError, match=key):
        start_logins(Settings(**given), start().state.worlds)


@pytest.mark.parametrize(
    "shown",
    [
        "".join(f"%{byte:02x}" for byte in DEFAULT.secret_key.encode()),
        DEFAULT.secret_key.upper(),
        "eyJ0eXAiOiJKV1Qi%2EeyJpc3MiOi",
    ],
)
def test_no_spelling_of_a_secret_stays_in_the_journal(shown: str) -> None:
    masked = Mask([DEFAULT.secret_key])(f"first_name=eq~{shown}&page=2")
    assert masked == "first_name=eq~***&page=2"


def test_filtered_page_addresses_are_counted_as_a_guess(start: Start) -> None:
    server = start(per_page=5)
    server.walk("demographic", "state=eq~VA")
    used = {b["id"] for client in server.told("GET", "/assumptions")["clients"] for b in client["behaviours"]}
    assert {"paging.next-keeps-filters", "paging.stable"} <= used


def test_a_reset_frees_those_who_wait(server: Server) -> None:
    server.admin("POST", "/fail", {"delay_ms": 20_000, "path": "demographic"})
    waiting = threading.Thread(target=server.data, args=("demographic",))
    waiting.start()
    while server.state.faults.list():
        pass
    server.told("POST", "/reset")
    waiting.join(timeout=5)
    assert not waiting.is_alive()


def test_a_path_that_only_begins_like_ours_is_the_vendors(server: Server) -> None:
    assert server.get("/__adminfoo").json["error"] == "not_found"
