"""Quantities and units by the words of names."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.findings import quantities
from evaluation.findings.quantities import is_quantity, measure, twins


@pytest.mark.parametrize(
    "name",
    ["duration", "charge_amount", "units", "height_cm", "tempC", "bp_systolic", "systolic_bp", "refills", "bmi",
     "account_balance", "amount_usd", "unit_price", "oxygen_saturation", "copay_amount2", "totalPaid", "visitCount"],
)  # fmt: skip
def test_what_measures_or_counts_is_a_quantity(name: str) -> None:
    assert is_quantity(name)


@pytest.mark.parametrize(
    "name",
    ["dose_unit", "weight_comment", "amount_type", "zip", "phone", "tax_id", "cost_center", "age_group", "value", "id",
     "test_code", "room_number", "count_id", "score_range", "tooth_number", "first_in", "", "due", "2"],
)  # fmt: skip
def test_what_names_or_codes_is_none(name: str) -> None:
    assert not is_quantity(name)


@pytest.mark.parametrize(
    ("one", "other"),
    [("height_cm", "height_in"), ("weightKg", "weightLbs"), ("temperature_c", "temperature_f"),
     ("weight_kg", "weight_g"), ("glucoseMgDl", "glucoseMmolL")],
)  # fmt: skip
def test_one_measurement_in_two_units_is_a_twin(one: str, other: str) -> None:
    first, second = measure(one), measure(other)
    assert first and second and twins(first, second) and twins(second, first)


@pytest.mark.parametrize(
    ("one", "other"),
    [("height_ft", "height_in"), ("weight_lb", "weight_oz"), ("height_cm", "head_cm"), ("height_cm", "weight_kg"),
     ("height_in", "weight_lbs"), ("height_cm", "height_cm")],
)  # fmt: skip
def test_parts_of_one_and_different_ones_are_none(one: str, other: str) -> None:
    first, second = measure(one), measure(other)
    assert first and second and not twins(first, second)


@pytest.mark.parametrize("name", ["check_in", "phone_c", "vitamin_c", "cm", "height", "grade_f", "signed_in"])
def test_a_letter_is_a_unit_only_behind_what_can_be_measured(name: str) -> None:
    assert measure(name) is None


@given(st.sampled_from(sorted(quantities.load()["units"])))
def test_no_unit_is_in_both_systems(dimension: str) -> None:
    systems = quantities.load()["units"][dimension]
    assert not set(systems["metric"]) & set(systems["customary"])
