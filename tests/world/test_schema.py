"""The reading of mappings into dataclasses: what each rule takes and refuses, and how places are named."""

# ruff: noqa: RUF009 - every call in a field is a dataclasses.field
from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mockserver.errors import InputError
from mockserver.world import schema
from mockserver.world.schema import ProfileError

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5) | st.dates() | st.datetimes(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)


@dataclass(frozen=True)
class Inner:
    word: str = schema.text("[a-z]+", "small letters")
    part: float = schema.number(0, 1)


@dataclass(frozen=True)
class Outer:
    count: int = schema.whole(1, 9)
    kind: str = schema.choice("round", "square")
    day: date = schema.day()
    moment: int = schema.instant()
    parts: tuple[float, ...] = schema.numbers(0, 1)
    words: tuple[str, ...] = schema.texts()
    mix: Mapping[str, float] = schema.weights("a", "b")
    rows: Mapping[str, tuple[float, ...]] = schema.rows_of_numbers(("x", "y"))
    inner: Inner = schema.section(Inner)
    several: tuple[Inner, ...] = schema.sections(Inner)
    maybe: str | None = schema.optional(schema.text())
    note: str = "not read"


GOOD: dict[str, Any] = {
    "count": 3, "kind": "round", "day": date(2020, 1, 2), "moment": datetime(1971, 1, 1), "parts": [0, 0.5],
    "words": ["one", "two"], "mix": {"a": 1}, "rows": {"x": [1, 2]}, "inner": {"word": "w", "part": 1},
    "several": [{"word": "w", "part": 0}], "maybe": None,
}  # fmt: skip


def test_a_mapping_that_fits_becomes_the_dataclass() -> None:
    made = schema.read(Outer, GOOD, "f.yaml:")
    assert made == Outer(
        count=3, kind="round", day=date(2020, 1, 2), moment=365 * 86_400 * 10**6, parts=(0.0, 0.5),
        words=("one", "two"), mix={"a": 1.0}, rows={"x": (1.0, 2.0)}, inner=Inner("w", 1.0),
        several=(Inner("w", 0.0),), maybe=None, note="not read",
    )  # fmt: skip
    assert isinstance(made.parts[0], float)


@pytest.mark.parametrize(
    ("key", "value", "where"),
    [
        ("count", 0, "count"),
        ("count", 3.0, "count"),
        ("count", False, "count"),
        ("kind", "rond", "kind"),
        ("kind", ["round"], "kind"),
        ("day", datetime(2020, 1, 1), "day"),
        ("day", "2020-01-01", "day"),
        ("moment", date(2020, 1, 1), "moment"),
        ("moment", datetime(1969, 1, 1), "moment"),
        ("parts", [], "parts"),
        ("parts", [0.5, True], "parts"),
        ("parts", [1.5], "parts"),
        ("words", [], "words"),
        ("words", ["a\nb"], "words"),
        ("words", [1], "words"),
        ("mix", {"c": 1}, "mix"),
        ("mix", {"a": "1"}, "mix"),
        ("mix", {}, "mix"),
        ("mix", {"a": 0}, "mix"),
        ("rows", {"x": 1}, "rows.x"),
        ("rows", {"z": [1]}, "rows"),
        ("rows", [], "rows"),
        ("inner", {"word": "W", "part": 1}, "inner.word"),
        ("inner", {"word": "w"}, "inner"),
        ("inner", [], "inner"),
        ("several", {}, "several"),
        ("several", [{"word": "w", "part": 0}, {"word": "w", "part": 2}], "several[1].part"),
        ("maybe", 3, "maybe"),
        ("note", "read", None),
        ("cuont", 3, None),
    ],
)
def test_what_does_not_fit_is_named(key: str, value: Any, where: str | None) -> None:
    with pytest.raises(ProfileError) as caught:
        schema.read(Outer, {**GOOD, key: value}, "f.yaml:")
    assert caught.value.where == (f"f.yaml: {where}" if where else "f.yaml")
    assert caught.value.valid


@pytest.mark.parametrize("key", GOOD)
def test_a_missing_key_is_named(key: str) -> None:
    mapping = {name: value for name, value in GOOD.items() if name != key}
    with pytest.raises(ProfileError, match=f"key '{key}' is missing"):
        schema.read(Outer, mapping, "f.yaml:")


def test_a_misspelt_word_or_key_gets_a_guess() -> None:
    for mapping, guess in ({**GOOD, "kind": "squar"}, "square"), ({**GOOD, "cuont": 1}, "count"):
        with pytest.raises(ProfileError) as caught:
            schema.read(Outer, mapping, "f.yaml:")
        assert caught.value.guess == guess


def test_one_value_can_be_checked_alone() -> None:
    assert schema.check(Outer, "count", 4, "here") == 4
    with pytest.raises(ProfileError, match="here: 10 does not fit; valid: a whole number from 1 to 9"):
        schema.check(Outer, "count", 10, "here")


def test_a_long_value_is_cut() -> None:
    with pytest.raises(ProfileError) as caught:
        schema.read(Outer, {**GOOD, "count": "x" * 5000}, "f.yaml:")
    assert len(str(caught.value)) < 200


@given(st.sampled_from(sorted(GOOD)), JSON)
def test_any_value_is_taken_or_refused_in_one_sentence(key: str, value: Any) -> None:
    """No other error escapes, whatever YAML holds."""
    try:
        schema.read(Outer, {**GOOD, key: value}, "f.yaml:")
    except InputError as error:
        assert error.where.startswith("f.yaml")
        assert error.valid


@given(JSON)
def test_any_mapping_is_taken_or_refused(value: Any) -> None:
    with pytest.raises(ProfileError):
        schema.read(Outer, value, "f.yaml:")
