"""Documents of any shape: what is not as expected counts as empty."""

from __future__ import annotations

from typing import Any

from hypothesis import given

from evaluation.findings.adapters.shape import counted, listed, mapping, members, text
from tests.findings.adapters.test_har import ANY


@given(ANY)
def test_whatever_is_given_the_shape_is_right(value: Any) -> None:
    assert mapping(value) == (value if isinstance(value, dict) else {})
    assert list(listed(value)) == (value if isinstance(value, list) else [])
    assert members(value) == [one for one in listed(value) if isinstance(one, dict)]
    assert text(value) == (value if isinstance(value, str) else "")


def test_numbers_of_things() -> None:
    assert [counted(n, "row") for n in (0, 1, 2)] == ["0 rows", "1 row", "2 rows"]
    assert counted(2, "entry", "entries") == "2 entries"
