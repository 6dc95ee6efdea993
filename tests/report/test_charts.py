"""Bars say what the numbers beside them say, and are told apart by pattern."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evaluation.report.charts import LOOKS, Bar, amount, bars

names = st.text(st.characters(whitelist_categories=("L", "P", "S")), min_size=1, max_size=12)
amounts = st.floats(0, 1e6, allow_nan=False).map(lambda value: round(value, 2))
rows = st.lists(st.builds(Bar, names, st.dictionaries(st.sampled_from(["a", "b", "unknown"]), amounts)), max_size=6)


def drawn(text: str) -> ElementTree.Element:
    return ElementTree.fromstring(text)


@given(rows)
@settings(deadline=None)
def test_no_bar_leaves_its_row_and_every_number_is_written(made: list[Bar]) -> None:
    table = drawn(bars("Caption <b>", made))
    found = table.findall("tbody/tr")
    assert len(found) == len(made) and table.findtext("caption") == "Caption <b>"
    for row, bar in zip(found, made, strict=True):
        ends = [_share(rect.get("x")) + _share(rect.get("width")) for rect in row.iter("rect")]
        assert all(0 <= end <= 100.05 for end in ends)
        cells = [cell.text for cell in row.findall("td")]
        assert {str(amount(value)) for value in bar.parts.values()} <= {*cells, "0"}
        assert row.find("th/svg[@aria-hidden='true']") is not None


def _share(text: str | None) -> float:
    return float((text or "").removesuffix("%"))


@given(rows)
@settings(deadline=None)
def test_widths_follow_amounts(made: list[Bar]) -> None:
    full = max((sum(bar.parts.values()) for bar in made), default=0)
    for row, bar in zip(drawn(bars("x", made)).findall("tbody/tr"), made, strict=True):
        widths = [_share(rect.get("width")) for rect in row.iter("rect")]
        assert not full or sum(widths) == pytest.approx(100 * sum(bar.parts.values()) / full, abs=0.05)


def test_unknown_is_an_outline_and_others_have_patterns() -> None:
    text = bars("x", [Bar("one", {"well": 1, "unknown": 2, "badly": 3, "half": 4})])
    shown = re.findall(r'class="part (\w+)"', text)
    assert shown[:4] == ["solid", "empty", "hatch", "dots"], "the swatches, in the order of the columns"
    assert shown[4:] == shown[:4], "the parts of the bar look like their swatches"


def test_looks_can_be_given() -> None:
    text = bars("x", [Bar("one", {"a": 1, "b": 1})], looks={"b": "dots", "a": "empty"}, most=4, head="thing")
    assert re.findall(r'class="part (\w+)"', text) == ["dots", "empty"] * 2
    assert 'x="25.00%"' in text and ">thing</th>" in text
    assert set(LOOKS) == {"solid", "hatch", "dots", "empty"}


def test_a_part_of_nothing_is_not_drawn() -> None:
    (row,) = drawn(bars("x", [Bar("one", {"a": 0, "b": 0}, "a note")])).findall("tbody/tr")
    assert list(row.iter("rect")) == [] and "a note" in "".join(row.itertext())
    assert [cell.text for cell in row.findall("td")] == ["0", "0"]


@pytest.mark.parametrize(("value", "told"), [(0, "0"), (1.0, "1"), (1.25, "1.2"), (1.06, "1.1"), (100, "100")])
def test_numbers_have_no_digits_that_say_nothing(value: float, told: str) -> None:
    assert amount(value) == told


def test_without_rows_there_is_still_a_table() -> None:
    assert drawn(bars("x", [])).findall("tbody/tr") == []
