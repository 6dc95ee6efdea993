"""Refusals of recorded or exemplified answers: causes by code, by words, by status; codes masked."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.findings.adapters.refused import Answered, refusals
from evaluation.findings.model import CAUSES
from tests.findings.adapters.test_har import ANY


def causes(*answers: tuple[int, Any]) -> list[str]:
    made = [Answered(status, "application/json", json.dumps(body)) for status, body in answers]
    return [refusal.cause for refusal in refusals(made)]


@pytest.mark.parametrize(
    ("status", "body", "cause"),
    [
        (401, {"code": "TokenExpired"}, "token expired"), (401, {"error": {"code": "invalid_token"}}, "token invalid"),
        (401, {"message": "The token has expired, sorry"}, "token expired"), (429, {}, "too many requests"),
        (405, None, "method wrong"), (401, {"error": {"message": "No token given"}}, "token missing"),
        (401, {"detail": "Wrong password"}, "login wrong"),
        (400, {"error": "unknown_parameter"}, "filter column unknown"),
    ],
)  # fmt: skip
def test_causes(status: int, body: Any, cause: str) -> None:
    assert causes((status, body)) == [cause]


@pytest.mark.parametrize(("status", "body"), [(401, {}), (404, []), (418, {"code": "token_expired"}), (500, None)])
def test_a_cause_that_nothing_names_is_left_out(status: int, body: Any) -> None:
    assert causes((status, body)) == []


def test_codes_are_alike_where_they_are_and_one_refusal_counts_once() -> None:
    said = [
        Answered(401, "text/QX", json.dumps({"code": code})) for code in ("token_expired", "bad_token", "token_expired")
    ]
    found = refusals(said)
    assert [(r.code, r.media_type, r.keys) for r in found] == [
        ("code 1", "another media type", ("code",)), ("code 2", "another media type", ("code",)),
    ]  # fmt: skip


def test_a_body_that_is_no_json_has_no_keys() -> None:
    (found,) = refusals([Answered(429, "text/html; charset=utf-8", "<html>QX</html>")])
    assert found.keys is None and found.media_type == "text/html" and "QX" not in repr(found)


@given(st.integers(400, 599), st.text(max_size=10), ANY)
def test_any_body_gives_known_causes(status: int, media: str, body: Any) -> None:
    for refusal in refusals([Answered(status, media, json.dumps(body)), Answered(status, media, media)]):
        assert refusal.cause in CAUSES
