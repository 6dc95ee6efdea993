"""Deliberate questions to a real mock, under settings that change what comes of them."""

from __future__ import annotations

from typing import Any

import pytest
from werkzeug.wrappers import Response as Given

from evaluation.findings.adapters import server
from evaluation.findings.adapters.probing import outcome
from evaluation.findings.adapters.walk import Page
from evaluation.findings.model import CAUSES, TOPICS, Api, Input
from mockserver.settings import Settings
from mockserver.testing import Healthjump, Server
from tests.findings.adapters.servers import Change, fronted, said

REFUSED_ONCE = {
    "login wrong": (401, "invalid_credentials"),
    "login incomplete": (401, "invalid_credentials"),
    "token missing": (400, "token_not_provided"),
    "token invalid": (400, "token_invalid"),
    "token expired": (401, "token_expired"),
    "key missing": (401, "secretkey_not_provided"),
    "key wrong": (401, "secretkey_invalid"),
    "resource unknown": (404, "resource_not_found"),
    "tenant unknown": (404, "client_not_found"),
    "path unknown": (404, "not_found"),
    "method wrong": (405, "method_not_allowed"),
    "filter column unknown": (422, "filter_column_unknown"),
    "filter operator unknown": (422, "filter_operator_unknown"),
    "filter value wrong": (422, "filter_value_invalid"),
    "page wrong": (422, "page_invalid"),
    "version unknown": (400, "version_not_supported"),
}


def asked(**settings: Any) -> Api:
    mock = Server(Settings(**{"world": "sandbox", **settings}))
    try:
        return server.read(mock.url, environ={})
    finally:
        mock.stop()


def outcomes(api: Api) -> dict[str, str]:
    return {probe.topic: probe.outcome for probe in api.probes}


def test_every_cause_that_can_be_asked_is_told_apart(sandbox: Server) -> None:
    api = server.read(sandbox.url, environ={})
    assert {r.cause: (r.status, r.code) for r in api.refusals} == REFUSED_ONCE
    assert set(REFUSED_ONCE) == set(CAUSES) - {"tenant forbidden", "too many requests"}
    assert all(r.media_type == "application/json" and r.keys and r.keys[0] == "error" for r in api.refusals)


def test_every_topic_that_changes_nothing_is_asked(sandbox: Server) -> None:
    api = server.read(sandbox.url, environ={})
    assert outcomes(api) == {
        "unknown filter column": "refused",
        "unknown filter operator": "refused",
        "wrong filter value": "refused",
        "page past the end": "empty",
        "page no number": "refused",
        "page size asked": "refused",
        "version absent": "ignored",
        "version short": "ignored",
        "version unknown": "refused",
    }
    assert set(outcomes(api)) == set(TOPICS) - {"changed while paging"}


@pytest.mark.parametrize(
    ("setting", "topic"),
    [
        ("unknown_column", "unknown filter column"),
        ("unknown_operator", "unknown filter operator"),
        ("malformed_value", "wrong filter value"),
    ],
)
@pytest.mark.parametrize(("handling", "expected"), [("ignore", "ignored"), ("empty", "empty"), ("error", "refused")])
def test_filters_that_are_ignored_or_give_nothing(setting: str, topic: str, handling: str, expected: str) -> None:
    api = asked(**{setting: handling})
    assert outcomes(api)[topic] == expected
    cause = {"unknown filter column": "filter column unknown", "unknown filter operator": "filter operator unknown"}
    refused = {refusal.cause for refusal in api.refusals}
    assert (cause.get(topic, "filter value wrong") in refused) == (expected == "refused")


def test_a_strict_version(both_worlds: Server) -> None:
    strict = outcomes(asked(quirks="vendor,-Q34"))
    assert {strict[f"version {how}"] for how in ("absent", "short", "unknown")} == {"refused"}
    assert outcomes(asked(unknown_version="ignore"))["version unknown"] == "ignored"


def test_a_server_that_reads_page_x_as_page_1_and_knows_sizes(sandbox: Server) -> None:
    rows = [{"id": n, "hj_modify_timestamp": "2022-01-01 00:00:00"} for n in range(5)]

    def answer(where: Any, given: Given) -> Given | None:
        if not where.path.endswith("/vitals") or given.status_code in (400, 401):
            return None
        size = int(where.args.get("per_page", 5))
        return said({"data": rows[:size], "total": 5, "per_page": size, "next_page_url": None})

    with fronted(sandbox, answer) as (url, _):
        found = outcomes(server.read(url, environ={}))
    assert found["page no number"] == "ignored" and found["page past the end"] == "ignored"
    assert found["page size asked"] == "applied" and found["unknown filter column"] == "ignored"


@pytest.mark.parametrize(("answer", "expected"), [
    (Page(200, {"total": 9}, [{}], count=5), "ignored"), (Page(200, {"total": 9}, [{}], count=4), "applied"),
    (Page(200, {"total": 5}, [{}], count=5), "applied"), (Page(200, {"total": 9}), "empty"),
    (Page(200, problem="x"), "refused"), (Page(422, problem="answered 422"), "refused"),
])  # fmt: skip
def test_what_a_question_did(answer: Page, expected: str) -> None:
    assert outcome(answer, Page(200, {"total": 9}, [{}], count=5)) == expected


def test_a_refusal_with_success_is_a_refusal(sandbox: Server) -> None:
    def polite(where: Any, given: Given) -> Given | None:
        return said({"status": "error", "code": 12}) if "no_such_element" in where.path else None

    with fronted(sandbox, polite) as (url, _):
        api = server.read(url, environ={})
    (found,) = [refusal for refusal in api.refusals if refusal.cause == "resource unknown"]
    assert (found.status, found.keys, found.code.startswith("code ")) == (200, ("status", "code"), True)


def test_a_wrong_key_that_is_let_in_is_no_refusal(sandbox: Server) -> None:
    def open_door(where: Any, given: Given) -> Given | None:
        return said({"data": [{"a": 1}]}) if where.headers.get("Secretkey", "").startswith("0000") else None

    with fronted(sandbox, open_door) as (url, _):
        api = server.read(url, environ={})
    assert "key wrong" not in {refusal.cause for refusal in api.refusals}


def test_questions_that_fail_are_one_sentence(sandbox: Server, steered: Healthjump) -> None:
    def broken(where: Any, given: Given) -> Given | None:
        return said({}, 503) if b"page" in where.query_string else None

    with fronted(sandbox, broken) as (url, _):
        api = server.read(url, environ={}, practices=("SBOX02",), limit=1)
    assert api.partial[-1] == "questions on page past the end, page no number, page size asked: answered 503"
    assert "page past the end" not in outcomes(api) and Input.probes in api.inputs


def test_without_rows_there_is_nothing_to_ask_about(sandbox: Server) -> None:
    def bare(where: Any, given: Given) -> Given | None:
        wanted = where.path.startswith("/hjdw/SBOX02/") and not where.path.endswith("client_ids")
        return said({"data": [], "total": 0}) if wanted else None

    with fronted(sandbox, bare) as (url, _):
        api = server.read(url, environ={})
    assert api.probes == () and Input.probes not in api.inputs
    assert "probes: no rows were read, so there was nothing to ask about" in api.partial


@pytest.mark.parametrize("columns", [{"id": 1}, {"ID": "a b&c~d"}])
def test_rows_without_a_timestamp_can_still_be_asked_about(sandbox: Server, columns: dict[str, Any]) -> None:
    def other(where: Any, given: Given) -> Given | None:
        wanted = where.path.startswith("/hjdw/SBOX02/") and not where.path.endswith("client_ids")
        return said({"data": [columns] * 4, "total": 4}) if wanted else None

    change: Change = other
    with fronted(sandbox, change) as (url, seen):
        api = server.read(url, environ={})
    assert "wrong filter value" not in outcomes(api) and outcomes(api)["unknown filter operator"] == "ignored"
    assert not any(b" b&c" in one.split(b"\n")[0] for one in seen)


def test_the_clock_of_the_mock_is_left_alone_by_an_expired_token(sandbox: Server, steered: Healthjump) -> None:
    api = server.read(sandbox.url, environ={})
    assert "token expired" in {refusal.cause for refusal in api.refusals}
    assert steered.clock.now == "2022-08-01 12:00:00"
