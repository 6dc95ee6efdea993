"""Vaccines: age, season, licence year, gaps."""

from __future__ import annotations

import itertools
from collections import Counter, defaultdict
from datetime import date, timedelta
from decimal import Decimal

import pytest

from mockserver.world.model import Person, Record
from mockserver.world.prevention import MIN_GAP_DAYS, MONTH, MOST_AT_ONCE, SERIES, licensed
from tests.world.invented import of, person, rows

FLU, COVID = {"150", "158", "197"}, {"207", "208", "300"}


@pytest.fixture(scope="module")
def given() -> list[tuple[Person, list[Record]]]:
    people = [person(index, 1 + index % 20 if index % 2 else None) for index in range(240)]
    return [(who, of(rows(who), "immunization")) for who in people]


def _day(record: Record) -> date:
    day = record.values["date"]
    assert isinstance(day, date)
    return day


def test_no_dose_before_its_licence_or_birth(given: list[tuple[Person, list[Record]]]) -> None:
    for who, records in given:
        for record in records:
            assert _day(record) >= max(licensed()[str(record.values["cvx_code"])], who.birth)


def test_doses_come_at_their_age(given: list[tuple[Person, list[Record]]]) -> None:
    first = {code: months[0] for code, months, _ in SERIES.values()} | {"216": 780}
    for who, records in given:
        for record in records:
            code = str(record.values["cvx_code"])
            if code in first:
                assert (_day(record) - who.birth).days >= int(first[code] * MONTH) - 1


def test_doses_of_a_series_keep_their_gap_and_number(given: list[tuple[Person, list[Record]]]) -> None:
    most = {code: len(months) for code, months, _ in SERIES.values()}
    for _, records in given:
        days = defaultdict(list)
        for record in sorted(records, key=_day):
            days[str(record.values["cvx_code"])].append(_day(record))
        for code in most:
            assert len(days[code]) <= most[code]
            assert all((b - a).days >= MIN_GAP_DAYS for a, b in itertools.pairwise(days[code]))


def test_influenza_once_each_autumn(given: list[tuple[Person, list[Record]]]) -> None:
    for who, records in given:
        flu = [r for r in records if r.values["cvx_code"] in FLU]
        assert all(_day(r).month in (9, 10, 11, 12) for r in flu)
        assert max(Counter(_day(r).year for r in flu).values(), default=1) == 1
        assert all(who.age_on(_day(r)) >= 65 for r in flu if r.values["cvx_code"] == "197")


def test_covid_from_december_2020(given: list[tuple[Person, list[Record]]]) -> None:
    seen = 0
    for _, records in given:
        covid = sorted(_day(r) for r in records if r.values["cvx_code"] in COVID)
        assert all(day >= date(2020, 12, 11) for day in covid)
        assert all(b - a >= timedelta(days=MIN_GAP_DAYS) for a, b in itertools.pairwise(covid))
        seen += len(covid)
    assert seen > 50


def test_historical_doses_lie_before_the_first_visit(given: list[tuple[Person, list[Record]]]) -> None:
    told = 0
    for _, records in given:
        for record in records:
            if record.values["status"] == "Historical":
                told += 1
                assert _day(record) < record.day
                assert record.values["encounter_id"] is None and record.values["lot_number"] is None
            else:
                assert _day(record) == record.day and record.values["encounter_id"]
                assert isinstance(record.values["dose"], Decimal)
    assert told > 50


def test_children_are_vaccinated(given: list[tuple[Person, list[Record]]]) -> None:
    children = [records for who, records in given if 4 <= who.age_on(date(2022, 8, 1)) < 15]
    measles = sum(any(r.values["cvx_code"] == "03" for r in records) for records in children)
    assert measles > 0.7 * len(children)


def test_few_doses_at_once(given: list[tuple[Person, list[Record]]]) -> None:
    for _, records in given:
        at_once = Counter(r.values["encounter_id"] for r in records if r.values["encounter_id"])
        assert max(at_once.values(), default=0) <= MOST_AT_ONCE


def test_no_product_codes_that_are_not_free(given: list[tuple[Person, list[Record]]]) -> None:
    for _, records in given:
        assert all(r.values["ndc"] is None and r.values["cpt4_hcpcs_code"] is None for r in records)
