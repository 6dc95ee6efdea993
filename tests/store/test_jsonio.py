"""JSON with orjson and without."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mockserver.store import jsonio

scalars = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(2**53), 2**53),
    st.decimals(-1_000_000, 1_000_000, places=3).map(float),
    st.text(st.characters(exclude_categories=["Cs"])),
)
rows = st.dictionaries(st.text(st.characters(exclude_categories=["Cs"]), max_size=5), scalars, max_size=6)


@given(row=rows)
def test_both_ways_write_and_read_a_row_alike(row: dict[str, object]) -> None:
    fast = jsonio.dumps(row)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(jsonio, "orjson", None)
        assert jsonio.dumps(row) == fast
        assert jsonio.loads(fast) == row
    assert jsonio.loads(fast) == row


@pytest.mark.parametrize("text", [b"", b"{", b"[NaN]", b"[Infinity]", b"{'a':1}", b'["\xff"]', b"[1,]"])
@pytest.mark.parametrize("without", [True, False])
def test_what_is_not_json_is_a_value_error(text: bytes, without: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    if without:
        monkeypatch.setattr(jsonio, "orjson", None)
    with pytest.raises(ValueError):
        jsonio.loads(text)


def test_rows_are_compact_in_the_order_given() -> None:
    assert jsonio.dumps({"b": "é", "a": None}) == '{"b":"é","a":null}'.encode()


@given(st.integers(min_value=-(10**30), max_value=10**30))
def test_what_others_wrote_keeps_all_digits(number: int) -> None:
    text = jsonio.dumps({"id": number})
    assert jsonio.exact(text) == {"id": number} == json.loads(text)


def test_a_fast_reader_alone_would_lose_digits() -> None:
    """Why ``exact`` exists; when this fails, orjson has learned it and ``exact`` can go."""
    assert jsonio.loads(b"12345678901234567890123") != 12345678901234567890123 or jsonio.orjson is None
