"""Numbers, flags and measurements out of text."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.findings.workarounds.numbers import as_flag, as_number
from evaluation.findings.workarounds.units import celsius, centimetres, kilograms, measured

HEIGHTS = st.decimals(50, 250, places=1)


@given(st.decimals(-100000, 100000, places=2))
def test_text_and_number_are_one(value: Decimal) -> None:
    assert as_number(str(value)) == as_number(value) == value


def test_ones_behind_the_point_stay_exact() -> None:
    assert as_number(0.1) == Decimal("0.1") and as_number("1,250.00") == Decimal("1250.00")


@pytest.mark.parametrize("value", [None, "", "  "])
def test_a_missing_number_is_none(value: str | None) -> None:
    assert as_number(value) is None


@pytest.mark.parametrize("text", ["10 mg", "x", "1,2", "NaN", "1.", "-", "1e5"])
def test_text_that_is_no_number_is_refused_without_showing_it(text: str) -> None:
    with pytest.raises(ValueError, match="no number, of"):
        as_number(text)


def test_true_is_no_number() -> None:
    with pytest.raises(TypeError):
        as_number(True)


@pytest.mark.parametrize("value", ["Y", "yes", "T", "1", True, 1, " y "])
def test_yes(value: str | bool | int) -> None:
    assert as_flag(value) is True


@pytest.mark.parametrize("value", ["N", "no", "F", "0", False, 0])
def test_no(value: str | bool | int) -> None:
    assert as_flag(value) is False


def test_a_third_letter_is_refused_and_nothing_is_none() -> None:
    assert as_flag(None) is None and as_flag("") is None
    with pytest.raises(ValueError, match="neither"):
        as_flag("U")


@given(HEIGHTS)
def test_either_column_gives_the_measurement(cm: Decimal) -> None:
    inches = f"{cm / centimetres(Decimal(1)):f}"
    rows = [{"cm": f"{cm:f}", "in": inches}, {"cm": f"{cm:f}", "in": None}, {"cm": "", "in": inches}]
    for row in rows:
        found = measured(row, "cm", "in", centimetres, Decimal("0.1"))
        assert found is not None and abs(found - cm) < Decimal("0.01")


def test_columns_that_do_not_agree_are_named_and_their_values_are_not() -> None:
    with pytest.raises(ValueError, match="kg and lb do not agree") as caught:
        measured({"kg": "70", "lb": "170"}, "kg", "lb", kilograms, Decimal(1))
    assert "70" not in str(caught.value)


def test_nothing_measured_is_none() -> None:
    assert measured({"kg": None}, "kg", "lb", kilograms, Decimal(1)) is None


def test_degrees() -> None:
    assert celsius(Decimal(212)) == 100 and celsius(Decimal(32)) == 0
