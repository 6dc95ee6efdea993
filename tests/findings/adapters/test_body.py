"""Bodies as data: nothing a server sends breaks the reading of it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.findings.adapters import body


@given(st.binary(max_size=40))
def test_any_bytes_are_read(raw: bytes) -> None:
    body.parsed(raw)
    assert isinstance(body.members(raw), dict)
    assert body.token(raw)[0] == ""


def test_numbers_keep_their_digits() -> None:
    assert body.parsed(b'[12345678901234567890, "a"]') == [12345678901234567890, "a"]


@pytest.mark.parametrize("raw", [b"", b"<html>", b"null", b"[" * 100_000, b"\xff", b"NaN"])
def test_what_is_no_json_is_nothing(raw: bytes) -> None:
    assert body.parsed(raw) is None and body.members(raw) == {}


@pytest.mark.parametrize("raw", [b"[]", b'"text"', b"7", b"true"])
def test_only_an_object_has_members(raw: bytes) -> None:
    assert body.members(raw) == {}


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (b'{"token": "a.b.c"}', ("a.b.c", False)),
        (b'{"token": "a.b.c", "refresh_token": "x"}', ("a.b.c", True)),
        (b'{"token": 7}', ("", False)),
        (b'{"token": null, "refresh": 1}', ("", True)),
        (b'["token"]', ("", False)),
    ],
)
def test_the_token_of_a_login(raw: bytes, expected: tuple[str, bool]) -> None:
    assert body.token(raw) == expected
