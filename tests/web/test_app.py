"""The data call over the wire: envelope, pages, tolerances, and the header that says what an answer leaned on."""

from __future__ import annotations

import json
import re

import pytest

from mockserver.contract import check
from mockserver.web.app import create_app, default_library
from mockserver.web.render import MOST_IDS

from ..clients import Server
from ..conftest import Start
from ..handmade import APPOINTMENTS, PATIENTS

KEYS = [
    "current_page",
    "data",
    "from",
    "last_page",
    "next_page_url",
    "path",
    "per_page",
    "prev_page_url",
    "to",
    "total",
]
EVIDENCE = re.compile(r"row=(\w+); envelope=(\w+); request=(\w+); ids=([a-z0-9.,_-]+)")


def keys_in_order(body: bytes) -> list[str]:
    """The keys of the envelope as they stand in the bytes, whatever a parser would make of them."""
    outside = re.sub(rb'"data":\[.*\],"from"', b'"data":[],"from"', body, flags=re.DOTALL)
    return [key.decode() for key in re.findall(rb'"([a-z_]+)":', outside)]


@pytest.mark.parametrize("element", ["demographic", "appointment", "payer_dim", "client_ids"])
def test_the_ten_keys_stand_in_the_observed_order(server: Server, element: str) -> None:
    answer = server.data(element)
    assert answer.status == 200
    assert keys_in_order(answer.body) == KEYS
    assert answer.body.startswith(b'{"current_page":1,"data":[')


def test_an_answer_without_rows_byte_for_byte(server: Server) -> None:
    path = json.dumps(server.base_url + "/hjdw/HAND01/payer_dim")
    expected = (
        f'{{"current_page":1,"data":[],"from":null,"last_page":0,"next_page_url":null,"path":{path},'
        f'"per_page":1000,"prev_page_url":null,"to":null,"total":0}}'
    )
    assert server.data("payer_dim").body == expected.encode()


def test_the_envelope_around_one_page_of_rows(server: Server) -> None:
    told = server.data("demographic").json
    rows = told.pop("data")
    assert len(rows) == PATIENTS
    assert told == {
        "current_page": 1, "from": 1, "last_page": 1, "next_page_url": None,
        "path": f"{server.base_url}/hjdw/HAND01/demographic",
        "per_page": 1000, "prev_page_url": None, "to": PATIENTS, "total": PATIENTS,
    }  # fmt: skip


def test_rows_keep_the_order_and_the_columns_of_the_contract(server: Server) -> None:
    for name in ("demographic", "appointment"):
        element = server.state.contract.elements[name]
        for row in server.rows(name):
            assert list(row) == [p.wire for p in element.properties]
            assert check.problems(element, row) == []


def test_newest_change_comes_first(server: Server) -> None:
    numbers = [row["demographicid"] for row in server.rows("demographic")]
    assert numbers == sorted(numbers, reverse=True)


def test_without_its_quirk_rows_come_by_number(start: Start) -> None:
    server = start(quirks="none")
    numbers = [row["hj_patient_id"] for row in server.rows("patient")]
    assert numbers == sorted(numbers) and len(numbers) == PATIENTS


def test_text_beyond_ascii_is_sent_as_it_is(server: Server) -> None:
    server.told("PUT", "/rows/HAND01/demographic/100000001", {"city": "Höhe/Ω 😀"})
    body = server.data("demographic").body
    assert "Höhe/Ω 😀".encode() in body


# --- tolerances ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("tail", ["?", "?&", "?&&", "/", "/?"])
def test_empty_queries_and_a_slash_change_nothing(server: Server, tail: str) -> None:
    answer = server.get(server.path("demographic") + tail, server.access())
    assert answer.status == 200
    assert answer.body == server.data("demographic").body


def test_the_path_of_one_element_follows_its_quirk(start: Start) -> None:
    vendor, clean = start(), start(quirks="vendor,-Q10")
    assert vendor.data("payer_dim").status == clean.data("payer").status == 200
    for answer in (
        vendor.data("payer"),
        clean.data("payer_dim"),
        vendor.data("Demographic"),
        vendor.data("demographic.json"),
    ):
        assert (answer.status, answer.error) == (404, "resource_not_found")


@pytest.mark.parametrize(
    "path", ["/", "/hjdw", "/hjdw/", "/hjdw/HAND01", "/hjdw/HAND01/", "/hjdw/HAND01/demographic/1",
             "/hjdw//demographic", "/static/x", "/HJDW/HAND01/demographic", "/favicon.ico"],
)  # fmt: skip
def test_other_paths_are_not_found(server: Server, path: str) -> None:
    answer = server.get(path, server.access())
    assert (answer.status, answer.error) == (404, "not_found")


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND"])
def test_data_is_read_by_get_only(server: Server, method: str) -> None:
    answer = server.request(method, server.path("demographic"), server.access())
    assert (answer.status, answer.error) == (405, "method_not_allowed")
    assert answer.headers["Allow"] == "GET, HEAD"


def test_transport_headers(server: Server) -> None:
    for answer in (server.data("demographic"), server.get("/nothing"), server.post("/authenticate")):
        assert answer.headers["Content-Type"] == "application/json"
        assert answer.headers["Cache-Control"] == "no-cache, private"
        assert "Set-Cookie" not in answer.headers and "X-RateLimit-Limit" not in answer.headers


# --- evidence --------------------------------------------------------------------------------------------------------


def evidence(server: Server, element: str, query: str = "", **headers: str) -> tuple[str, str, str, list[str]]:
    match = EVIDENCE.fullmatch(server.data(element, query, **headers).headers["X-Mock-Evidence"])
    assert match is not None
    return match[1], match[2], match[3], match[4].split(",")


def test_the_header_names_the_weakest_grades(server: Server) -> None:
    for name, element in server.state.contract.elements.items():
        row, envelope, _, ids = evidence(server, element.path)
        assert row == str(element.weakest), name
        assert envelope == "observed"
        assert 1 <= len(ids) <= MOST_IDS
        assert set(ids) <= set(server.state.contract.behaviours)


def test_the_header_grades_what_was_asked(server: Server) -> None:
    assert evidence(server, "demographic")[2] == "observed"
    assert evidence(server, "demographic", "first_name=eq~Patient_A")[2] == "observed"
    assert evidence(server, "demographic", "page=1")[2] == "inferred"
    assert evidence(server, "demographic", "first_name=gt~Patient_A")[2] == "inferred"
    assert evidence(server, "medsurg_history")[2] == "inferred"


def test_the_weakest_ids_come_first(server: Server) -> None:
    behaviours = server.state.contract.behaviours
    ids = evidence(server, "demographic", "first_name=like~P%25&city=ne~x&page=1", Version="3")[3]
    assert len(ids) == MOST_IDS
    assert {"filter.like", "filter.ne", "filter.several", "paging.page-parameter"} <= set(ids)
    grades = [behaviours[id_].evidence.grade for id_ in ids]
    assert grades == sorted(grades)


@pytest.mark.parametrize(
    ("query", "id_"),
    [("first_name=eq%7Ea", "tolerance.tilde-encoded"), ("city=eq~a+b", "tolerance.blank-plus"), ("city=eq~a%20b",
    "tolerance.blank-percent-20")],
)  # fmt: skip
def test_tolerances_are_noted(server: Server, query: str, id_: str) -> None:
    assert server.data("demographic", query).status == 200
    assert id_ in server.told("GET", "/journal?limit=1")["entries"][0]["behaviours"]


def test_the_header_can_be_switched_off(start: Start) -> None:
    server = start(evidence_header=False)
    answer = server.data("appointment")
    assert answer.status == 200 and "X-Mock-Evidence" not in answer.headers
    assert len(answer.json["data"]) == APPOINTMENTS


def test_refusals_and_tokens_carry_no_evidence(server: Server) -> None:
    assert "X-Mock-Evidence" not in server.data("nothing").headers
    assert "X-Mock-Evidence" not in server.post("/authenticate").headers


# --- the factory -----------------------------------------------------------------------------------------------------


def test_two_apps_share_nothing_that_changes(start: Start) -> None:
    one, two = start(), start()
    one.told("PUT", "/rows/HAND01/demographic/100000001", {"city": "Elsewhere"})
    one.told("POST", "/clock", {"advance": "P1D"})
    assert two.told("GET", "/clock")["now"] == "2022-08-01 12:00:00"
    assert "Elsewhere" not in str(two.rows("demographic"))


def test_the_factory_reads_the_worlds_from_the_settings() -> None:
    from mockserver.settings import Settings

    library = default_library(Settings(world="sandbox, clinic", practice="SBOX02,"))
    assert (library.sources, library.practices) == (("sandbox", "clinic"), ("SBOX02",))
    assert create_app(Settings(world="sandbox")).extensions["healthjump"].worlds.practices.keys() == {"SBOX02"}
