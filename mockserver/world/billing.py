"""Charges and what comes in for them. Amounts are dollars; transactions are negative and reduce the balance.

charge_amount + sum(amounts) is the open balance: never negative, and nothing for about nine in ten charges
that are half a year old.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import cache
from random import Random

from mockserver.world import codes, seeds
from mockserver.world.encounters import chart
from mockserver.world.facts import Facts, Service
from mockserver.world.model import Change, Person, Record, Values, Visit
from mockserver.world.procedures import coded, place
from mockserver.world.sheet import Sheet, office_day

POSTING_DAYS = (14, 45)
ALLOWED = (0.4, 0.6)
"""Share of the charge a payer allows (general knowledge)."""

UNPAID_PATIENT, DENIED, UNPAID_SELF, REFILED = 0.14, 0.03, 0.2, 0.05
PATIENT_SHARES, PATIENT_WEIGHTS = (0.0, 0.1, 0.2, 0.3), (0.55, 0.15, 0.2, 0.1)
SELF_PAY_DISCOUNT = 0.25

Payment = tuple[str, str, int, str | None, date]
"""Type, description, cents (negative), payer and day."""


@cache
def _base() -> Mapping[str, int]:
    return {row["code"]: round(float(row["fee"]) * 100) for row in codes.rows("hcpcs")}


def fee(seed: int, practice_code: str, code: str) -> int:
    """Cents per unit: fixed per code and practice, within a fifth of the base amount."""
    level = 0.9 + 0.2 * seeds.share(seed, "fee level", practice_code)
    own = 0.95 + 0.1 * seeds.share(seed, "fee", practice_code, code)
    return max(25, 25 * round(_base()[code] * level * own / 25))


def records(
    seed: int,
    practice_code: str,
    person: Person,
    visits: Sequence[Visit],
    facts: Sequence[Facts] | None = None,
) -> Iterator[Record]:
    """The charges of these visits and their transactions; ``facts`` saves working the chart out again."""
    known = chart(seed, person, visits).facts if facts is None else facts
    sheet = Sheet(seed, person)
    for fact in known:
        rng = seeds.draws(seed, "billing", person.index, fact.visit.number)
        for service in fact.services:
            cents = service.units * fee(seed, practice_code, service.code)
            charge = _charge(sheet, fact, service, cents, rng)
            if charge is not None:
                _settle(sheet, charge, cents, person, rng)
    yield from sheet


def _charge(sheet: Sheet, facts: Facts, service: Service, cents: int, rng: Random) -> Record | None:
    """Entered on the day of the visit, posted up to a week later, now and then filed again."""
    visit, days, refiled = facts.visit, rng.randrange(6), rng.random() < REFILED
    posted = office_day(visit.day, days) if days else None
    changes = [Change(posted, {"post_date": posted})] if posted else []
    if refiled and (again := _other_pointers(facts, service)):
        changes.append(Change(office_day(posted or visit.day, rng.randrange(7, 13)), again))
    values: Values = {
        "encounter_id": visit.encounter_id,
        "date": visit.day,
        "post_date": None if posted else visit.day,
        **coded(service),
        "place_of_service": place(visit),
        "units": service.units,
        "charge_amount": dollars(cents),
        "provider_id": visit.provider.provider_id,
        "payer_id": visit.person.coverages[0].payer_id if visit.person.coverages else None,
        "location_id": visit.location_id,
    }
    return sheet.add("charge", visit.day, values, changes)


def _other_pointers(facts: Facts, service: Service) -> Values:
    """The encounter's diagnoses that the charge did not point to come behind those it did."""
    rest = [code for code in facts.dx if code not in service.dx]
    pointers = [*service.dx, *rest] if rest else [*service.dx[1:], service.dx[0]]
    if tuple(pointers) == service.dx:
        return {}
    return {f"dx{n}_code": code for n, code in enumerate([*pointers, None, None, None][:4], 1)}


def _settle(sheet: Sheet, charge: Record, cents: int, person: Person, rng: Random) -> None:
    """The transactions of a charge, by day."""
    payer = person.coverages[0].payer_id if person.coverages else None
    paid = _insured(cents, payer, charge.day, rng) if payer else _alone(cents, charge.day, rng)
    for kind, text, amount, source, day in paid:
        values: Values = {
            "charge_id": charge.values["charge_id"],
            "encounter_id": charge.values["encounter_id"],
            "date": day,
            "post_date": day,
            "type": kind,
            "code": None,
            "description": text,
            "amount": dollars(amount),
            "payer_id": source,
        }
        sheet.add("transaction", day, values)


def _insured(cents: int, payer: str, day: date, rng: Random) -> Iterator[Payment]:
    """Payer's payment and the contract's adjustment together, the patient's part 14 to 45 days after it."""
    allowed = round(cents * rng.uniform(*ALLOWED))
    part = round(allowed * codes.chosen(rng, PATIENT_SHARES, PATIENT_WEIGHTS))
    decided = office_day(day, rng.randint(*_POSTING))
    paid = office_day(decided, rng.randint(*_POSTING))
    denied, unpaid = rng.random() < DENIED, rng.random() < UNPAID_PATIENT
    if denied:
        return
    yield "PAYMENT", "INSURANCE PAYMENT", part - allowed, payer, decided
    yield "ADJUSTMENT", "CONTRACTUAL ADJUSTMENT", allowed - cents, payer, decided
    if part and not unpaid:
        yield "PAYMENT", "PATIENT PAYMENT", -part, None, paid


def _alone(cents: int, day: date, rng: Random) -> Iterator[Payment]:
    """Self-pay: a discount for some, then one payment or none."""
    paid, unpaid = office_day(day, rng.randint(*_POSTING)), rng.random() < UNPAID_SELF
    discount = round(cents * SELF_PAY_DISCOUNT) if rng.random() < 0.5 else 0
    if discount:
        yield "ADJUSTMENT", "SELF-PAY DISCOUNT", -discount, None, paid
    if not unpaid:
        yield "PAYMENT", "PATIENT PAYMENT", discount - cents, None, paid


_POSTING = (POSTING_DAYS[0], POSTING_DAYS[1] - 2)
"""Days drawn, two short of the limit for a move from Saturday to Monday."""


def dollars(cents: int) -> Decimal:
    """Cents as an amount with two decimals."""
    return Decimal(cents).scaleb(-2)
