"""Instants: widths of fractions and zones, told from values and from declared patterns."""

from __future__ import annotations

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.findings import instants
from evaluation.findings.instants import Writing
from evaluation.findings.model import Field
from mockserver.contract.source import document

STAMP = "2023-03-15 09:30:12"


def pattern(format_: str) -> str:
    return str(document("formats.yaml")[format_]["schema"]["pattern"])


@given(st.lists(st.integers(0, 9), min_size=1), st.sampled_from(["", "Z", "+02:00", "-0500"]))
def test_widths_are_counted(widths: list[int], zone: str) -> None:
    texts = [f"{STAMP}{'.' + '4' * width if width else ''}{zone}" for width in widths]
    assert instants.written(texts) == Writing(frozenset(widths), bool(zone), not zone)


@given(st.lists(st.datetimes(min_value=datetime(1000, 1, 1)), min_size=1))
def test_what_python_writes_is_read(stamps: list[datetime]) -> None:
    found = instants.written([stamp.isoformat(" ") for stamp in stamps])
    assert found is not None and found.widths <= {0, 6} and found.bare


@pytest.mark.parametrize("values", [[], [None], ["seen", "done"], [20230315, 4], ["2023-03-15"], [STAMP, "a", "b"]])
def test_what_is_no_column_of_instants_has_no_writing(values: list[object]) -> None:
    assert instants.written(values) is None


def test_mixed_zones_are_both_told() -> None:
    assert instants.written([STAMP, f"{STAMP}Z"]) == Writing(frozenset({0}), True, True)


def test_a_declared_pattern_is_tried_with_fractions_of_every_width() -> None:
    varying = instants.declared(Field("at", pattern=pattern("hj-timestamp")))
    assert varying == Writing(frozenset(range(7)), False, True)
    assert instants.declared(Field("at", pattern=pattern("hj-timestamp-fixed"))) == Writing(frozenset({6}), False, True)


def test_date_time_has_a_zone_and_says_nothing_of_fractions() -> None:
    assert instants.declared(Field("at", format="date-time")) == Writing(frozenset(), True, False)


@pytest.mark.parametrize(
    "field", [Field("at"), Field("at", pattern=".*"), Field("at", pattern="^x$"), Field("at", format="date")]
)
def test_what_declares_nothing_is_none(field: Field) -> None:
    assert instants.declared(field) is None
