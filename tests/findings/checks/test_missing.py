"""Padded texts and fillers, and what only looks like them (HJ-018, 019)."""

from __future__ import annotations

from typing import Any

import pytest

from evaluation.findings.checks.missing import fillers, padded
from evaluation.findings.model import Resource
from evaluation.findings.outcome import Verdict

from ..made import api, resource
from .flips import places


def column(name: str, *values: Any, **how: Any) -> Resource:
    return resource("patient", [{name: value} for value in values], **how)


def keyed(name: str, *pairs: tuple[Any, Any]) -> Resource:
    rows = [{"patient_id": key, name: value, "last_name": f"Sample{n}"} for n, (key, value) in enumerate(pairs)]
    return resource("patient", rows)


@pytest.mark.parametrize("odd", ["VA ", " VA", "VA\t", "\u00a0VA"])
def test_blanks_at_an_end_of_some_values_are_found(odd: str) -> None:
    outcome = padded(api(column("state", "VA", "MD", odd)))
    assert outcome.verdict is Verdict.fail and places(outcome) == ["patient.state"]
    assert outcome.places[0].detail == "blanks at an end in 1 of 3 rows"


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("state", ["VA", "MD"]),
        ("state", ["VA  ", "MD  "]),  # a fixed width in every row
        ("state", ["VA", "", "  ", None]),  # nothing but blanks is a gap
        ("city", ["New York", "Los Angeles"]),
        ("comment", ["seen ", "again"]),  # free text
        ("dx1_code", ["E11.9 ", "I10"]),  # HJ-032 tells of codes
    ],
)
def test_other_blanks_are_none(name: str, values: list[Any]) -> None:
    other = resource("visit", [{"kind": "a"}])
    assert padded(api(column(name, *values), other)).verdict is Verdict.passed


def test_clean_rows_of_a_cut_prove_nothing() -> None:
    assert padded(api(column("state", "VA", "MD", complete=False))).verdict is Verdict.unknown


@pytest.mark.parametrize(
    ("name", "filler", "what"),
    [
        ("ssn", "000000000", "only zeros"),
        ("ssn", "999-99-9999", "only nines"),
        ("phone", "0000000000", "only zeros"),
        ("end_date", "9999-12-31", "a day that means none"),
        ("visit_id", "0", "zero"),
        ("visit_id", -1, "minus one"),
        ("visit_id", 0, "zero"),
        ("visit_id", 999999, "only nines"),
    ],
)
def test_a_filler_among_real_values_is_found(name: str, filler: Any, what: str) -> None:
    others = [12345, 67890, 13579] if isinstance(filler, int) else ["12345", "67890", "13579"]
    outcome = fillers(api(column(name, *others, filler, filler)))
    assert outcome.verdict is Verdict.fail
    assert outcome.places[0].detail == f"{what} in 2 of 5 rows"


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("ssn", ["000000000", "123456789", "234567891"]),  # once
        ("amount", ["00000", "00000", "12345", "67890"]),  # a quantity
        ("begin_time", ["000000", "000000", "093000", "101500"]),  # midnight
        ("code", ["000", "000", "123", "456"]),  # short
        ("race", ["Unknown", "Unknown", "White", "Asian"]),  # an answer of a short list
        ("test_code", ["NA", "NA", "NA", "K", "CL", *(f"T{n}" for n in range(40))]),  # sodium
        ("zip", ["00000", "00000", "00000"]),  # nothing else: the column is not filled
        ("quantity", [0, 0, 1, 2]),
        ("position", [0, 0, 1, 2]),
        ("flags", [0.0, False, 0.5, 2]),
        ("salary", [99999, 99999, 50000, 60000]),
    ],
)
def test_values_that_can_be_meant_are_none(name: str, values: list[Any]) -> None:
    assert fillers(api(column(name, *values))).verdict is Verdict.passed


def test_a_word_for_nothing_counts_among_many_values() -> None:
    names = [f"Sample{number}" for number in range(40)]
    assert fillers(api(column("last_name", *names, "UNKNOWN", "UNKNOWN"))).verdict is Verdict.fail


def test_the_own_key_in_another_id_column_is_a_filler() -> None:
    pairs = [(f"48{n:03}", f"48{n:03}" if n < 4 else f"99{n:03}") for n in range(10)]
    outcome = fillers(api(keyed("other_id", *pairs)))
    assert outcome.verdict is Verdict.fail and places(outcome) == ["patient.other_id"]
    assert outcome.places[0].detail == "repeats patient_id in 4 of 10 rows"


@pytest.mark.parametrize(
    ("name", "pairs"),
    [
        ("other_id", [(f"48{n:03}", f"48{n:03}") for n in range(10)]),  # the same in every row: another name
        ("source_patient_id", [(f"48{n:03}", f"48{n:03}" if n < 4 else None) for n in range(10)]),  # HJ-002
        ("other_id", [(str(n), str(n) if n < 4 else str(n + 1)) for n in range(10)]),  # small numbers meet
        ("parent_id", [(f"48{n:03}", f"48{n:03}" if n < 4 else "48000") for n in range(10)]),  # a root
        ("other_id", [(f"48{n:03}", None) for n in range(10)]),
    ],
)
def test_other_equal_ids_are_none(name: str, pairs: list[tuple[Any, Any]]) -> None:
    assert fillers(api(keyed(name, *pairs))).verdict is Verdict.passed


def test_lists_and_objects_do_not_disturb() -> None:
    assert fillers(api(column("tags", ["a"], {"b": 1}, "00000"))).verdict is Verdict.passed
