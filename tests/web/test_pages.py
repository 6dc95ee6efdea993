"""Walking through pages over the wire: sizes, ends, bad numbers, and the addresses of the neighbours."""

from __future__ import annotations

from urllib.parse import quote

import pytest

from ..clients import Server
from ..conftest import Start
from ..handmade import PATIENTS


@pytest.mark.parametrize("per_page", [1, 7, PATIENTS - 1, PATIENTS, PATIENTS + 1, 1000])
def test_page_size_never_changes_the_rows(start: Start, per_page: int) -> None:
    server = start(per_page=per_page)
    assert server.walk("demographic") == start().rows("demographic")


def test_every_page_says_where_it_stands(start: Start) -> None:
    server = start(per_page=7)
    path = f"{server.base_url}/hjdw/HAND01/demographic"
    for number, (first, last) in enumerate([(1, 7), (8, 14), (15, 21), (22, 23)], 1):
        told = server.data("demographic", f"page={number}").json
        assert len(told["data"]) == last - first + 1
        assert (told["current_page"], told["from"], told["to"]) == (number, first, last)
        assert (told["last_page"], told["per_page"], told["total"]) == (4, 7, PATIENTS)
        assert told["path"] == path
        assert told["next_page_url"] == (f"{path}?page={number + 1}" if number < 4 else None)
        assert told["prev_page_url"] == (f"{path}?page={number - 1}" if number > 1 else None)


@pytest.mark.parametrize("page", [2, 5, 1_000_000_000])
def test_a_page_past_the_end_is_empty(server: Server, page: int) -> None:
    told = server.data("demographic", f"page={page}").json
    assert (told["data"], told["from"], told["to"], told["next_page_url"]) == ([], None, None, None)
    assert (told["total"], told["last_page"], told["current_page"]) == (PATIENTS, 1, page)


@pytest.mark.parametrize(
    "page", ["0", "-1", "", "x", "1.5", "1e3", "%201", "0x1", "٣", "10000000000", "9" * 5000, "1;2"]
)
def test_a_page_that_cannot_be_is_refused(server: Server, page: str) -> None:
    answer = server.data("demographic", "page=" + quote(page, safe="%"))
    assert (answer.status, answer.error) == (422, "page_invalid")


def test_a_page_given_twice_is_refused(server: Server) -> None:
    answer = server.data("demographic", "page=1&page=1")
    assert (answer.status, answer.error) == (422, "page_invalid")


def test_no_parameter_chooses_the_page_size(server: Server) -> None:
    for name in ("per_page", "limit", "PAGE"):
        assert server.data("demographic", f"{name}=5").error == "filter_column_unknown"


def test_addresses_repeat_the_host_of_the_request(start: Start) -> None:
    server = start(per_page=7)
    for host in ("api.healthjump.com", "mock.test:8443", "localhost"):
        told = server.data("demographic", Host=host).json
        assert told["path"] == f"http://{host}/hjdw/HAND01/demographic"
        assert told["next_page_url"] == f"http://{host}/hjdw/HAND01/demographic?page=2"


def test_a_public_address_replaces_the_host(start: Start) -> None:
    for public in ("https://api.healthjump.com", "https://api.healthjump.com/"):
        told = start(per_page=7, public_url=public).data("demographic").json
        assert told["path"] == "https://api.healthjump.com/hjdw/HAND01/demographic"
        assert told["next_page_url"].startswith("https://api.healthjump.com/hjdw/HAND01/demographic?")
