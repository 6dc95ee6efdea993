"""What a capture says to the 16 questions follows the server that was asked, and never shows a value."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from evaluation.recording import questions
from evaluation.recording.asked import Answer
from evaluation.recording.cassette import Cassette
from evaluation.recording.exchange import Exchange
from evaluation.recording.questions import TITLES, Verdict
from mockserver import contract
from mockserver.settings import Settings
from mockserver.testing import Server
from tests.recording.captures import capture, default_plan

CONTRACT = contract.load()
SAME = "key order of the contract"


def answered(exchanges: Sequence[Exchange]) -> dict[int, Verdict]:
    return {verdict.number: verdict for verdict in questions.answered(exchanges, CONTRACT)}


def changed(captured: Cassette, step: str, page: dict[str, Any] | None = None, **response: Any) -> list[Exchange]:
    """The capture with another answer to one step; ``page`` replaces keys of its JSON."""
    made = []
    for exchange in captured.exchanges:
        if exchange.step == step:
            was = exchange.response.body
            body = json.dumps({**json.loads(was), **page}).encode() if page else was
            exchange = replace(exchange, response=replace(exchange.response, **{"body": body, **response}))
        made.append(exchange)
    return made


def with_rows(captured: Cassette, element: str, change: dict[str, Any]) -> list[Exchange]:
    """The capture with something put into every row of an element."""
    (found, *_) = [e for e in captured.exchanges if e.step == f"elements.{element}"]
    rows = [{**row, **change} for row in json.loads(found.response.body)["data"]]
    return changed(captured, f"elements.{element}", {"data": rows})


@pytest.mark.parametrize(
    ("number", "status"), [(1, "settled in part"), (2, "settled"), (10, "settled"), (14, "needs time")]
)
def test_every_question_has_a_status(captured: Cassette, number: int, status: str) -> None:
    found = answered(captured.exchanges)
    assert list(found) == list(TITLES) == list(range(1, 17))
    assert found[number].status == status and found[number].lines


def test_nothing_asked_is_nothing_settled() -> None:
    found = answered([])
    assert {verdict.status for verdict in found.values()} <= {"not asked", "needs time"}


@pytest.mark.parametrize(
    ("settings", "number", "line"),
    [
        ({}, 2, "next_page_url repeats the filters"),
        ({"next_page_filters": "drop"}, 2, "next_page_url does not repeat the filters"),
        ({"per_page": 1000}, 2, "not asked: page URLs of a selection (it has one page)"),
        ({}, 1, "unknown column: 422 application/json {error, message}"),
        ({"unknown_column": "ignore"}, 1, "unknown column: 200 with rows"),
        ({"unknown_operator": "empty"}, 1, "unknown operator: 200 with an empty page"),
        ({"unknown_version": "ignore"}, 1, "another Version: 200 with rows"),
        ({"repeated_column": "and"}, 3, "one column twice: both count"),
        ({"repeated_column": "last"}, 3, "one column twice: the last counts"),
        ({}, 3, "eqf on type, date, appointmentid: the rows of eq"),
        ({}, 3, "btwn on type, date, appointmentid: both ends included"),
        ({"bearer_space": "required"}, 16, "Bearer without a blank: 400 application/json {error, message}"),
        ({"quirks": "vendor,-Q34"}, 1, "no Version: 400 application/json {error, message}"),
        ({"quirks": "vendor,-Q10"}, 9, "payer: 200 with an empty page"),
    ],
)
def test_the_answer_is_that_of_the_server(settings: dict[str, Any], number: int, line: str) -> None:
    server = Server(Settings(**{"world": "sandbox", "per_page": 5, **settings}))
    try:
        found = answered(capture(server.url).exchanges)
    finally:
        server.stop()
    assert line in found[number].lines


def test_an_expired_token_settles_what_needed_time(mock: Server) -> None:
    def an_hour_later(token: str) -> None:
        mock.state.clock.advance(3_600_000_000)

    made = capture(mock.url, wait=an_hour_later)
    found = answered(made.exchanges)
    assert "expired token: 401 application/json {error, message}" in found[1].lines
    assert found[11].lines[-1] == "no leeway when the token had just run out" and found[11].status == "settled"


@pytest.mark.parametrize(
    ("element", "change", "number", "line"),
    [
        ("vitals", {"delete_ind": "N"}, 8, "delete_ind is in: appointment, vitals"),
        ("charge", {"canary": 1}, 5, "charge: 25 columns; not in the contract: canary; not sent: none"),
        ("allergy", {"location_id": 7}, 7, "allergy.location_id: integer"),
        ("diagnosis", {"diagnosis_id": 5}, 4, "diagnosis_id: integer"),
        ("diagnosis", {"diagnosis_id": 1, "diagnosisid": 1}, 4, "the two ids are sometimes the same"),
        ("attribution", {"end_date": ""}, 12, f"attribution: {SAME}; null in none; empty text in end_date"),
        ("allergy", {"source_allergy_id": "1"}, 7, "allergy.source_allergy_id"),
    ],
)
def test_rows_answer_by_their_keys(
    captured: Cassette, element: str, change: dict[str, Any], number: int, line: str
) -> None:
    assert line in answered(with_rows(captured, element, change))[number].lines


def test_the_order_of_rows_and_keys_is_seen(captured: Cassette) -> None:
    (found, *_) = [e for e in captured.exchanges if e.step == "elements.vitals"]
    rows = [dict(reversed(row.items())) for row in json.loads(found.response.body)["data"][::-1]]
    turned = answered(changed(captured, "elements.vitals", {"data": rows}))
    assert any(line.startswith("vitals: another key order") for line in turned[12].lines)
    assert "oldest change first: vitals" in turned[13].lines


def test_a_zone_settles_the_question_of_the_zone(captured: Cassette) -> None:
    found = answered(with_rows(captured, "vitals", {"hj_modify_timestamp": "2022-01-01T00:00:00Z"}))
    assert found[14].status == "settled"


def test_a_bare_list_of_practices_is_one(captured: Cassette) -> None:
    body = b'[{"client_id": "AAAA01", "client": "AAAA01"}]'
    found = answered(changed(captured, "elements.client_ids", body=body))[10]
    assert found.lines[:3] == ("a bare list", "keys of a practice: client_id, client", "client has the form of a code")


def test_an_operator_that_does_something_else_is_called_so(captured: Cassette) -> None:
    whole = json.loads(next(e for e in captured.exchanges if e.step == "elements.appointment").response.body)["total"]
    ignored = answered(changed(captured, "filters.date.ne", {"total": whole}))[3]
    assert "ne on date: ignored" in ignored.lines
    other = answered(changed(captured, "filters.date.ne", {"total": 1}))[3]
    assert "ne on date: answered, meaning something else" in other.lines


def test_no_value_is_shown(captured: Cassette) -> None:
    """Values of every row, token and page: none is in the report unless it is a name the API or the plan uses."""
    words: set[str] = set()
    for exchange in captured.exchanges:
        document = json.loads(exchange.response.body or b"{}")
        for row in document.get("data", []):
            words |= {str(value) for value in row.values() if len(str(value)) > 3}
        words |= {str(document[key]) for key in ("token", "message") if key in document}
    names = {prop for element in CONTRACT.elements.values() for prop in element.by_wire} | {"code"}
    report = questions.report(answered(captured.exchanges).values())
    assert sorted(word for word in words - names if word in report) == []


@pytest.mark.parametrize(
    ("answer", "status"),
    [
        (Answer(["a"]), "settled"),
        (Answer(["a"], time=["b"]), "settled in part"),
        (Answer(time=["b"], practice=["c"]), "needs time"),
        (Answer(practice=["c"]), "needs a second practice"),
        (Answer(missing=["d"]), "not asked"),
        (Answer(), "not asked"),
    ],
)
def test_the_status_sums_up_the_parts(answer: Answer, status: str) -> None:
    assert answer.status == status


def test_the_table_names_every_question() -> None:
    report = questions.report(answered([]).values(), details=False)
    assert [int(line.split()[0]) for line in report.splitlines()] == list(TITLES)
    assert len(default_plan().steps) > 100
