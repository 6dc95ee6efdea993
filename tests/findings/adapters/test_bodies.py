"""Rows of real answers: lists, envelopes, records, Bundles, and how many there are of them."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.findings.adapters import bodies
from evaluation.findings.adapters.bodies import Rows
from tests.findings.adapters.test_har import ANY

ROW = {"id": 1, "name": "invented"}


def found(body: Any) -> list[Rows]:
    return list(bodies.found(json.dumps(body)))


@pytest.mark.parametrize(
    ("body", "rows", "total"),
    [
        ([ROW, ROW], 2, 2), ([], 0, 0), ([ROW, "odd", 7], 1, 3),
        ({"data": [ROW]}, 1, None), ({"patients": [ROW], "total_count": 9, "has_more": True}, 1, 9),
        ({"data": [], "total": 0}, 0, 0), ({"items": [ROW], "meta": {"total": 4}}, 1, 4),
        ({"data": {"patients": [ROW], "totalItems": 3}}, 1, 3),
        ({"_embedded": {"patients": [ROW]}, "_links": {}}, 1, None),
        ({"status": "ok", "data": [ROW], "errors": []}, 1, None),
        ({"results": [ROW], "count": 1, "next": None}, 1, None),
        ({"current_page": 2, "data": [], "from": None, "to": None, "next_page_url": None, "total": 11}, 0, 11),
        ({"data": [ROW], "total": True}, 1, None), ({"data": [ROW], "total": "1"}, 1, None),
    ],
)  # fmt: skip
def test_lists_and_envelopes(body: Any, rows: int, total: int | None) -> None:
    (one,) = found(body)
    assert one.listed and len(one.rows) == rows and one.total == total and one.record is None


@pytest.mark.parametrize(
    "body",
    [
        ROW,
        {"id": 1, "events": [ROW]},
        {"data": ROW},
        {"name": "x", "parts": [ROW]},
        {"parts": [ROW], "events": [ROW]},
        {"name": None, "parts": [ROW]},
    ],
)
def test_records(body: Any) -> None:
    (one,) = found(body)
    assert not one.listed and one.record == one.rows[0] and one.total is None


@pytest.mark.parametrize("text", ["", "null", "7", '"text"', "{", "<html>", "[1", "\ud800"])
def test_what_holds_no_rows(text: str) -> None:
    assert list(bodies.found(text)) == []


@pytest.mark.parametrize("depth", [190, 250, 900, 100_000])
def test_what_is_nested_too_deep_is_not_read(depth: int) -> None:
    text = f'[{{"id": 1, "deep": {"[" * depth}{"]" * depth}}}]'
    assert len(list(bodies.found(text))) == (depth < 200) == (bodies.parsed(text) is not None)


def test_an_object_of_many_alike_objects_is_a_list_under_keys_that_are_not_shown() -> None:
    people = {name: {"last_name": name, "born": 1} for name in ("anna", "berta", "clara")}
    for body in (people, {"data": people}):
        (one,) = found(body)
        assert one.listed and one.rows == list(people.values()) and one.total is None
    assert not found({"home": {"city": 1}, "work": {"city": 2}})[0].listed
    assert not found({**people, "dora": {"city": 1}})[0].listed


def test_a_bundle_counts_matches_only() -> None:
    entry = {"resource": {"resourceType": "Patient"}, "search": {"mode": "match"}}
    other = {"resource": {"resourceType": "Device"}, "search": {"mode": "include"}}
    bundle = {"resourceType": "Bundle", "total": 1, "entry": [entry, other, {"resource": 5}, None]}
    assert [(one.type, one.total, one.listed) for one in found(bundle)] == [
        ("Patient", 1, True),
        ("Device", None, True),
    ]
    both = {**bundle, "entry": [entry, {"resource": {"resourceType": "Device"}}]}
    assert [one.total for one in found(both)] == [None, None]
    assert found({"resourceType": "Bundle", "entry": 7}) == []


def test_what_it_holds_is_not_in_its_repr() -> None:
    assert "invented" not in repr(found([ROW]))


@given(ANY)
def test_any_json_gives_rows_that_are_objects(body: Any) -> None:
    for one in found(body):
        assert all(isinstance(row, dict) for row in one.rows)
        assert one.listed or len(one.rows) == 1


@given(st.lists(st.dictionaries(st.text(max_size=5), st.integers(), max_size=3), max_size=5))
def test_an_envelope_has_the_rows_of_the_list_in_it(rows: list[dict[str, int]]) -> None:
    (bare,), (wrapped,) = found(rows), found({"data": rows, "total": len(rows)})
    assert bare.rows == wrapped.rows == rows and bare.total == wrapped.total
