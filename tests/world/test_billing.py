"""Charges and transactions: what is charged, by whom it is paid, and that the balance holds."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mockserver.world import billing, codes, encounters
from mockserver.world.model import Person, Record, Visit
from tests.world.invented import NOW, SEED, of, person, rows, visits

Books = list[tuple[Person, list[Visit], list[Record]]]


@pytest.fixture(scope="module")
def books() -> Books:
    return [(who, visits(who), rows(who)) for who in map(person, range(220))]


def _money(record: Record, column: str) -> Decimal:
    value = record.values[column]
    assert isinstance(value, Decimal) and value.as_tuple().exponent == -2
    return value


def _paid(records: list[Record]) -> dict[object, list[Record]]:
    found: dict[object, list[Record]] = defaultdict(list)
    for record in of(records, "transaction"):
        found[record.values["charge_id"]].append(record)
    return found


def test_one_to_four_charges_a_visit(books: Books) -> None:
    for _, made, records in books:
        counts = Counter(record.values["encounter_id"] for record in of(records, "charge"))
        assert set(counts) == {visit.encounter_id for visit in made}
        assert all(1 <= count <= 4 for count in counts.values())


def test_an_amount_is_units_times_the_fee(books: Books) -> None:
    for _, _, records in books:
        for record in of(records, "charge"):
            units, code = record.values["units"], str(record.values["cpt4_hcpcs_code"])
            assert isinstance(units, int) and units > 0
            fee = billing.fee(SEED, "ABCD01", code)
            assert _money(record, "charge_amount") == Decimal(units * fee) / 100


def test_fees_differ_by_practice_and_are_positive() -> None:
    every = [row["code"] for row in codes.rows("hcpcs")]
    assert all(billing.fee(SEED, "ABCD01", code) > 0 for code in every)
    assert [billing.fee(SEED, "ABCD01", c) for c in every] != [billing.fee(SEED, "WXYZ02", c) for c in every]


def test_the_balance_is_never_negative_at_any_time(books: Books) -> None:
    for _, _, records in books:
        paid = _paid(records)
        for charge in of(records, "charge"):
            balance = _money(charge, "charge_amount")
            for record in sorted(paid[charge.values["charge_id"]], key=lambda r: r.day):
                assert _money(record, "amount") < 0
                balance += _money(record, "amount")
                assert balance >= 0


def test_old_charges_are_mostly_settled(books: Books) -> None:
    settled = []
    for _, _, records in books:
        paid = _paid(records)
        for charge in of(records, "charge"):
            if charge.day < NOW - timedelta(days=180):
                came = [r for r in paid[charge.values["charge_id"]] if r.day <= NOW]
                amounts = sum((_money(r, "amount") for r in came), _money(charge, "charge_amount"))
                settled.append(amounts == 0)
    assert 0.86 <= sum(settled) / len(settled) <= 0.95


def test_diagnoses_and_provider_are_the_encounters_before_and_after_refiling(books: Books) -> None:
    refiled = 0
    for _, made, records in books:
        found = defaultdict(set)
        for record in of(records, "diagnosis"):
            found[record.values["encounter_id"]].add(record.values["diagnosis_code"])
        providers = {visit.encounter_id: visit.provider.provider_id for visit in made}
        for charge in of(records, "charge"):
            assert charge.values["provider_id"] == providers[str(charge.values["encounter_id"])]
            for values in (charge.values, *({**charge.values, **c.values} for c in charge.changes)):
                pointers = {values[f"dx{n}_code"] for n in (1, 2, 3, 4)} - {None}
                assert pointers and pointers <= found[charge.values["encounter_id"]]
            refiled += any("dx1_code" in change.values for change in charge.changes)
    assert refiled > 20


def test_charges_match_procedures(books: Books) -> None:
    for _, _, records in books:
        charged = {(r.values["encounter_id"], r.values["cpt4_hcpcs_code"]) for r in of(records, "charge")}
        done = {(r.values["encounter_id"], r.values["cpt4_hcpcs_code"]) for r in of(records, "procedure")}
        assert done <= charged


def test_charges_are_posted_within_the_week(books: Books) -> None:
    for _, _, records in books:
        for charge in of(records, "charge"):
            posted = [c.day for c in charge.changes if "post_date" in c.values] or [charge.values["post_date"]]
            assert isinstance(posted[0], date)
            assert 0 <= (posted[0] - charge.day).days <= 7


def test_self_pay_has_no_payer(books: Books) -> None:
    for who, _, records in books:
        first = who.coverages[0].payer_id if who.coverages else None
        assert {record.values["payer_id"] for record in of(records, "charge")} <= {first}
        payers = {record.values["payer_id"] for record in of(records, "transaction")}
        assert payers <= {None, first}
        if first is None:
            texts = {record.values["description"] for record in of(records, "transaction")}
            assert texts <= {"PATIENT PAYMENT", "SELF-PAY DISCOUNT"}


def test_payers_allow_about_half(books: Books) -> None:
    shares = []
    for who, _, records in books:
        paid = _paid(records)
        for charge in of(records, "charge"):
            cut = [r for r in paid[charge.values["charge_id"]] if r.values["type"] == "ADJUSTMENT"]
            if who.coverages and cut:
                shares.append(float(-_money(cut[0], "amount") / _money(charge, "charge_amount")))
    assert all(0.39 <= share <= 0.61 for share in shares)


def test_transactions_post_two_to_seven_weeks_after_what_they_answer(books: Books) -> None:
    for who, _, records in books:
        days = {charge.values["charge_id"]: charge.day for charge in of(records, "charge")}
        for record in of(records, "transaction"):
            late = (record.day - days[record.values["charge_id"]]).days
            second = who.coverages and record.values["payer_id"] is None
            assert 14 <= late <= (90 if second else 45)
            assert record.values["date"] == record.values["post_date"] == record.day
            assert record.values["type"] in ("PAYMENT", "ADJUSTMENT") and record.values["code"] is None


def test_payer_and_adjustment_come_together(books: Books) -> None:
    for who, _, records in books:
        for paid in _paid(records).values():
            if who.coverages:
                decided = {record.day for record in paid if record.values["payer_id"]}
                assert len(decided) <= 1


@given(st.integers(0, 10_000_000))
def test_dollars_have_two_decimals(cents: int) -> None:
    assert billing.dollars(cents).as_tuple().exponent == -2
    assert billing.dollars(cents) * 100 == cents


def test_rows_are_the_same_with_or_without_facts() -> None:
    who = person(7, 70)
    facts = encounters.chart(SEED, who, visits(who)).facts
    own = list(billing.records(SEED, "ABCD01", who, visits(who)))
    assert own == list(billing.records(SEED, "ABCD01", who, visits(who), facts))
