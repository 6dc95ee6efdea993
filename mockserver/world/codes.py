"""Code samples: the CSV files beside this module, each row with code, text, weight, grade and source.

``grade`` is ``listed`` when the code was found in a list that may be used, ``recalled`` when it was written
from general knowledge and wants a check before anyone leans on it, ``own words`` when there is no code.
No file holds a CPT number or a SNOMED concept. Diagnosis codes are leaves of the present ICD-10-CM release or
of an earlier one: ``effective`` is the day from which a code may appear, ``before`` the code that stood for
it until then, if any did. Vaccines carry the day of their licence.
"""

from __future__ import annotations

import csv
from bisect import bisect
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cache
from itertools import accumulate
from pathlib import Path
from random import Random
from types import MappingProxyType
from typing import TypeVar

T = TypeVar("T")

FOLDER = Path(__file__).parent / "codes"
TABLES = ("icd10cm", "hcpcs", "rxnorm", "loinc", "cvx", "pos", "allergens", "surgeries")
"""The files that hold codes; ``conditions.csv`` and ``acute.csv`` are rates and refer to ``icd10cm.csv``."""


@cache
def rows(name: str) -> tuple[Mapping[str, str], ...]:
    """The rows of ``codes/<name>.csv`` by column."""
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
        return tuple(MappingProxyType(row) for row in csv.DictReader(lines))


@cache
def texts(name: str) -> Mapping[str, str]:
    """Code -> text of one table."""
    return MappingProxyType({row["code"]: row["text"] for row in rows(name) if row["code"]})


@cache
def _effective(name: str) -> Mapping[str, tuple[date, str]]:
    """Code -> the day from which it may appear, and the code before it or nothing."""
    dated = [row for row in rows(name) if row["effective"]]
    return MappingProxyType({row["code"]: (date.fromisoformat(row["effective"]), row["before"]) for row in dated})


def on(name: str, code: str, day: date) -> str | None:
    """The code in force on a day for what is coded so at present; None when there was none."""
    effective, before = _effective(name).get(code, (day, ""))
    return code if day >= effective else before or None


def number(text: str) -> float | None:
    """A cell as a number, None when it is empty."""
    return float(text) if text else None


def chosen(rng: Random, items: Sequence[T], weights: Iterable[float]) -> T:
    """One item by weight. Raises IndexError when there are none."""
    sums = list(accumulate(weights))
    return items[min(bisect(sums, rng.random() * sums[-1]), len(items) - 1)]


def sample(rng: Random, items: Sequence[T], weights: Sequence[float], count: int) -> list[T]:
    """Up to ``count`` different items by weight, heavy ones tending to come first."""
    if not items:
        return []
    order = sorted(range(len(items)), key=lambda n: -(rng.random() ** (1 / weights[n])))
    return [items[n] for n in order[:count]]
