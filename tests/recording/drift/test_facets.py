"""Each facet by itself, over answers made by hand."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.recording.exchange import Request

from .pages import BASE, CAME, CONTRACT, SENT, answered, broken, facets, judged, page, row

URL = f"{BASE}/hjdw/SBOX02/appointment"


@pytest.mark.parametrize("path", CONTRACT.paths)
def test_an_example_of_each_element_keeps_the_contract(path: str) -> None:
    assert broken(page(path, [row(path, 3), row(path, 2)])) == {}


def test_an_empty_page_keeps_the_contract() -> None:
    assert broken(page("payer_dim", [])) == {}
    held = {v.id for v in judged(page("payer_dim", [])) if v.held}
    assert {"envelope.empty", "envelope.last-page-zero", "path.payer_dim"} <= held


@pytest.mark.parametrize(
    ("changed", "id_"),
    [
        ({"total": "1"}, "envelope.types"),
        ({"extra": 1}, "envelope.keys"),
        ({"per_page": 500}, "paging.per-page"),
        ({"path": f"{BASE}/hjdw/SBOX02/vitals"}, "envelope.path"),
        ({"from": 2, "to": 2}, "envelope.types"),
        ({"last_page": 2, "total": 1001}, "envelope.urls"),
        ({"last_page": 2, "total": 1001, "next_page_url": "/hjdw/SBOX02/appointment?page=2"}, "envelope.urls"),
        ({"last_page": 2, "total": 1001, "next_page_url": f"{URL}?offset=2"}, "paging.page-parameter"),
    ],
)
def test_the_envelope(changed: dict[str, Any], id_: str) -> None:
    assert set(broken(page("appointment", [row("appointment")], **changed))) == {id_}


def test_an_answer_without_envelope() -> None:
    assert broken(answered(URL, [row("appointment")])) == {"envelope.keys": "an array"}
    listed = answered(f"{BASE}/hjdw/SBOX02/client_ids", [])
    assert broken(listed) == {"path.client_ids.shape": "an array"}


@pytest.mark.parametrize(
    ("element", "changed", "id_"),
    [
        ("appointment", {"duration": 15}, "appointment.duration"),
        ("appointment", {"date": None}, "appointment.date"),
        ("appointment", {"date": "2021-11-15"}, "format.date"),
        ("appointment", {"begin_time": "09:30"}, "format.time"),
        ("appointment", {"hj_modify_timestamp": "2022-07-01T10:00:00"}, "format.timestamp"),
        ("appointment", {"reason": ""}, "row.null-habit"),
        ("appointment", {"provider_clinician_name": ""}, "row.null-habit"),
        ("vitals", {"service_time": "0930"}, "format.time.colons"),
        ("demographic", {"zip": "1"}, "demographic.zip"),
        ("demographic", {"city": ""}, "row.null-habit.other"),
        ("demographic", {"zip": ""}, "row.null-habit.other"),
        ("demographic", {"delete_ind": "N"}, "row.delete-ind.other"),
        ("demographic", {"nickname": "x"}, "demographic.nickname"),
        ("lab_result", {"nickname": "x"}, "row.columns.inferred"),
    ],
)
def test_a_column(element: str, changed: dict[str, Any], id_: str) -> None:
    assert set(broken(page(element, [row(element, **changed)]))) == {id_}


def test_an_appointment_without_provider_has_empty_text_twice() -> None:
    assert broken(page("appointment", [row("appointment", provider_id="", provider_clinician_name="")])) == {}


def test_nulls_that_the_contract_allows_are_none_of_its_business() -> None:
    nullable = {p.wire: None for p in CONTRACT.paths["vitals"].properties if p.nullable}
    assert broken(page("vitals", [row("vitals", **nullable)])) == {}
    assert "vitals.bmi" not in {v.id for v in judged(page("vitals", [row("vitals", **nullable)])) if v.facet == "types"}


def test_a_column_in_the_place_of_another_is_that_one_renamed() -> None:
    renamed = {("town" if key == "city" else key): value for key, value in row("demographic").items()}
    assert broken(page("demographic", [renamed])) == {"demographic.city": "called town"}
    elsewhere = {k: v for k, v in row("demographic").items() if k != "city"} | {"town": "x"}
    assert set(broken(page("demographic", [elsewhere]))) == {"demographic.city", "demographic.town"}


@given(st.permutations(range(4)))
def test_only_newest_first_is_the_order(numbers: list[int]) -> None:
    rows = [row("appointment", number) for number in numbers]
    sorted_ = numbers == sorted(numbers, reverse=True)
    assert broken(page("appointment", rows)) == ({} if sorted_ else {"order.newest-first": "another order"})


def test_order_is_not_judged_where_it_cannot_be_seen() -> None:
    for rows in ([row("appointment")], [row("appointment", hj_modify_timestamp="?"), row("appointment", 2)]):
        assert "sort order" not in {v.facet for v in judged(page("appointment", rows))}


def test_pages_that_share_a_row() -> None:
    whole = {"last_page": 2, "total": 1001}
    first = page("appointment", [row("appointment", 2)], next_page_url=f"{URL}?page=2", to=1000, **whole)
    rest = {"from": 1001, "to": 1001, "current_page": 2, "prev_page_url": f"{URL}?page=1", **whole}
    right, wrong = (page("appointment", [row("appointment", n)], "page=2", **rest) for n in (1, 2))
    cut = {"cut": frozenset(["one"])}
    assert broken(first, right, **cut) == {}
    assert broken(first, wrong, **cut) == {"paging.stable": "rows of the page before"}


@pytest.mark.parametrize(
    ("name", "value", "id_"),
    [
        ("Content-Type", "application/secret", "transport.content-type"),
        ("Cache-Control", "max-age=60", "transport.cache-control"),
        ("X-RateLimit-Limit", "60", "transport.rate-limit"),
    ],
)
def test_headers(name: str, value: str, id_: str) -> None:
    came = (*((n, v) for n, v in CAME if n != name), (name, value))
    found = broken(answered(f"{URL}/1", {"error": "not_found"}, 404, came=came))
    assert set(found) == {id_}
    assert value not in found[id_]


def test_the_order_of_directives_is_no_difference() -> None:
    came = (("Content-Type", "application/json"), ("cache-control", "Private, no-cache"))
    assert broken(answered(f"{URL}/1", {"error": "not_found"}, 404, came=came)) == {}


def test_preflight() -> None:
    asked = (("Origin", "https://a.example"), ("Access-Control-Request-Method", "GET"),
             ("Access-Control-Request-Headers", "authorization, version"))  # fmt: skip
    allowed = (("Access-Control-Allow-Origin", "https://a.example"), ("Access-Control-Allow-Credentials", "true"),
               ("Access-Control-Allow-Headers", "Authorization, Version, Secretkey"))  # fmt: skip
    good = answered(URL, None, 200, method="OPTIONS", sent=asked, came=allowed)
    assert broken(good) == {}
    silent = broken(answered(URL, None, 204, method="OPTIONS", sent=asked, came=()))
    assert set(silent) == {"cors.credentials", "cors.headers"}
    assert set(broken(answered(URL, None, 405, method="OPTIONS", sent=asked, came=allowed))) == {"cors.preflight"}


def test_a_login_says_nothing_but_its_token() -> None:
    good, more = ({"token": "a.b.c"}, {"token": "a.b.c", "user": {"name": "Someone"}})
    for document, expected in ((good, {}), (more, {"login.answer": "an object with token: string, user: object"})):
        assert broken(answered(f"{BASE}/authenticate", document, method="POST")) == expected


@pytest.mark.parametrize(
    ("document", "said"),
    [
        ({"error": "not_found", "message": "any"}, ""),
        ({"error": "nope"}, "the same keys, another text"),
        ({"error": {"code": 1}}, "the same keys, another text"),
        ({"message": "No query results"}, "an object with message: string"),
        ({"error": "not_found", "message": 1}, "an object with error: string, message: integer"),
        (["not_found"], "an array"),
    ],
)
def test_the_body_of_a_refusal(document: object, said: str) -> None:
    found = {v.id: v.said for v in judged(answered(f"{URL}/1", document, 404)) if v.facet == "error body"}
    assert found == {"error.path": said}


def test_of_an_unexpected_status_nothing_more_is_said() -> None:
    assert facets(answered(URL, {"whatever": 1}, 500)) == {("status", "path.pattern")}
    assert facets(answered(f"{URL}?nope=eq~1", [], 200)) == {("status", "error.filter.column")}


def test_a_request_is_printed_without_its_secrets() -> None:
    call = answered(URL, {"error": "x"}, 404)
    assert "a.b.c" not in repr(call) + repr(judged(call)) + repr(Request("GET", URL, SENT))
