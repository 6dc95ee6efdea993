"""Rows are left out of a page, and nothing else of it changes."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.recording.cutting import cut
from tests.recording.captures import said

values = st.none() | st.booleans() | st.integers() | st.text() | st.sampled_from(['"data":[', "]}", "},{"])
row = st.dictionaries(st.text(max_size=5), values | st.lists(values, max_size=2), max_size=4)


@given(rows=st.lists(row, max_size=6), kept=st.integers(0, 7), spaced=st.booleans())
def test_what_is_left_are_the_first_rows(rows: list[dict[str, Any]], kept: int, spaced: bool) -> None:
    page = {"current_page": 1, "data": rows, "total": len(rows), "path": 'http://h/"data"'}
    body = json.dumps(page, separators=None if spaced else (",", ":")).encode()
    response, came = cut(said(body, headers={"Content-Length": str(len(body))}), kept)
    assert came == len(rows)
    assert json.loads(response.body) == {**page, "data": rows[: kept or None]}
    assert response.header("Content-Length") == str(len(response.body))
    if not kept or len(rows) <= kept:
        assert response.body == body


def test_the_spelling_of_everything_else_stays() -> None:
    body = rb'{ "data" : [ {"a":"\u00fc\/"} , {"a":2} ],"path":"http:\/\/h\/x", "n": 1.0 }'
    response, came = cut(said(body), 1)
    assert came == 2 and response.body == rb'{ "data" : [ {"a":"\u00fc\/"} ],"path":"http:\/\/h\/x", "n": 1.0 }'


ODD = [b"", b"<html>", b'{"data":[1,2,3]}', b'{"data":[{"a":1},2]}', b'{"data":[{"a"', b"\xff"]


@pytest.mark.parametrize("body", ODD)
def test_what_is_no_page_of_rows_stays(body: bytes) -> None:
    response, came = cut(said(body), 1)
    assert response.body == body and came == 0
