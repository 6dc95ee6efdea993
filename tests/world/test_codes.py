"""Code tables: shape, licence, and that rates and rows refer to them."""

from __future__ import annotations

import re
from datetime import date, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mockserver.world import codes

SHAPES = {
    "icd10cm": r"[A-Z][0-9][0-9A-Z](\.[0-9A-Z]{1,4})?",
    "hcpcs": r"[AGJPQT][0-9]{4}",
    "rxnorm": r"[0-9]{6,7}",
    "loinc": r"[0-9]{3,5}-[0-9]",
    "cvx": r"[0-9]{2,3}",
    "pos": r"[0-9]{2}",
    "allergens": r"[0-9]{3,4}",
    "surgeries": r"G[0-9]{4}",
}
LISTED_HCPCS = {"G0402", "G0438", "G0439", "G0447", "G0463", "G2012"}


@pytest.mark.parametrize("name", codes.TABLES)
def test_every_row_has_code_text_weight_grade_and_source(name: str) -> None:
    for row in codes.rows(name):
        assert list(row)[:5] == ["code", "text", "weight", "grade", "source"]
        assert row["text"] and row["source"] and float(row["weight"]) >= 0
        assert row["grade"] in ("listed", "recalled", "own words")
        assert not row["code"] or re.fullmatch(SHAPES[name], row["code"])


@pytest.mark.parametrize("name", codes.TABLES)
def test_no_code_is_five_digits(name: str) -> None:
    assert not any(re.fullmatch(r"[0-9]{5}|[0-9]{4}[A-Z]", row["code"]) for row in codes.rows(name))


def test_hcpcs_codes_not_found_in_a_list_say_so() -> None:
    listed = {row["code"] for row in codes.rows("hcpcs") if row["grade"] == "listed"}
    assert listed == LISTED_HCPCS


def test_dental_codes_are_left_out() -> None:
    assert not any(row["code"].startswith("D") for row in codes.rows("hcpcs"))


@pytest.mark.parametrize("name", ["icd10cm", "hcpcs", "loinc", "cvx", "pos"])
def test_codes_are_unique_in_their_table(name: str) -> None:
    assert len(codes.texts(name)) == len(codes.rows(name))


def test_loinc_check_digits() -> None:
    for code in codes.texts("loinc"):
        number, _, check = code.partition("-")
        assert _mod10(number) == int(check), code


def _mod10(number: str) -> int:
    """The LOINC check digit: odd places from the right doubled as one number."""
    odd = str(2 * int(number[::-1][::2][::-1]))
    even = number[::-1][1::2][::-1]
    return -sum(int(digit) for digit in even + odd) % 10


def test_conditions_and_complaints_have_texts() -> None:
    texts = codes.texts("icd10cm")
    for row in codes.rows("conditions"):
        assert all(item.partition(":")[0] in texts for item in row["codes"].split("|"))
    assert all(row["code"] in texts for row in codes.rows("acute"))


def test_a_drug_is_for_a_condition_or_complaint() -> None:
    keys = {row["key"] for name in ("conditions", "acute") for row in codes.rows(name)} | {"pregnancy"}
    assert {row["problem"] for row in codes.rows("rxnorm")} <= keys


def test_one_product_one_code() -> None:
    assert len({(row["code"], row["text"]) for row in codes.rows("rxnorm") if row["code"]}) == len(
        codes.texts("rxnorm")
    )


DATED = ("icd10cm", "loinc")


@pytest.mark.parametrize("name", DATED)
def test_what_stood_for_a_code_before_is_in_the_table(name: str) -> None:
    dated = [row for row in codes.rows(name) if row["effective"]]
    assert dated
    for row in dated:
        assert not row["before"] or row["before"] in codes.texts(name)
    assert not any(row["before"] for row in codes.rows(name) if not row["effective"])


@pytest.mark.parametrize(
    ("name", "code", "before", "first"),
    [
        ("icd10cm", "M54.50", "M54.5", date(2021, 10, 1)),
        ("icd10cm", "F32.A", "F32.9", date(2021, 10, 1)),
        ("icd10cm", "N18.31", "N18.3", date(2020, 10, 1)),
        ("icd10cm", "R51.9", "R51", date(2020, 10, 1)),
        ("icd10cm", "U07.1", None, date(2020, 4, 1)),
        ("loinc", "98979-8", "69405-9", date(2021, 9, 23)),
    ],
)
def test_a_code_is_in_force_from_its_day(name: str, code: str, before: str | None, first: date) -> None:
    assert codes.on(name, code, first) == code
    assert codes.on(name, code, first - timedelta(days=1)) == before


@given(st.sampled_from(sorted(codes.texts("icd10cm"))), st.dates(date(2015, 10, 1), date(2024, 1, 1)))
def test_most_codes_are_always_in_force(code: str, day: date) -> None:
    found = codes.on("icd10cm", code, day)
    assert found == code or code in {row["code"] for row in codes.rows("icd10cm") if row["effective"]}


def test_drugs_have_a_range_of_ages_and_liquids_no_code() -> None:
    for row in codes.rows("rxnorm"):
        assert 0 <= int(row["youngest"]) <= int(row["oldest"])
        assert row["fetal_risk"] in ("0", "1")
        if row["form"] in ("SUSPENSION", "SOLUTION"):
            assert not row["code"] and int(row["oldest"]) < 13


def test_operations_have_a_range_of_ages() -> None:
    for row in codes.rows("surgeries"):
        assert int(row["youngest"]) < int(row["oldest"])


def test_number() -> None:
    assert codes.number("") is None
    assert codes.number("0.5") == 0.5


@given(st.integers(), st.lists(st.floats(0.1, 10), min_size=1, max_size=8))
def test_chosen_is_one_of_the_items(seed: int, weights: list[float]) -> None:
    assert codes.chosen(Random(seed), range(len(weights)), weights) in range(len(weights))


def test_chosen_goes_by_weight() -> None:
    rng = Random(1)
    drawn = [codes.chosen(rng, "ab", (1, 3)) for _ in range(2000)]
    assert 0.7 < drawn.count("b") / 2000 < 0.8
    assert codes.chosen(rng, "ab", (0, 1)) == "b"


@given(st.integers(), st.integers(0, 6), st.integers(0, 6))
def test_sample_has_no_repeats(seed: int, size: int, count: int) -> None:
    drawn = codes.sample(Random(seed), list(range(size)), [1.0] * size, count)
    assert len(drawn) == len(set(drawn)) == min(size, count)
