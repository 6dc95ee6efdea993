"""Procedures of a visit, a charge for each, and what was paid. There are no payers, so patients pay."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

from .model import History, Values
from .sandbox_book import Book
from .sandbox_numbers import Service
from .sandbox_people import Roster
from .sandbox_visits import Visit

DISCOUNT = Decimal("0.2")


def billing(people: Roster, visit: Visit, today: date, book: Book) -> Iterator[History]:
    """Rows of procedure, charge and transaction; nothing is posted on ``today`` or later."""
    index = visit.patient.index
    for service in services(people, visit):
        done = _service(visit, service)
        named = {"provider_name": visit.provider.name, "description": service.name}
        yield book.numbered("procedure", index, visit.day, {**done, **named})
        posted, fee = visit.day + timedelta(days=1), Decimal(service.fee) / 100
        money = {"charge_amount": fee, "post_date": posted, "location_id": visit.location_id}
        charge = book.numbered("charge", index, posted, {**done, **money})
        yield charge
        yield from _transactions(people, visit, charge.versions[0].values, today, book)


def services(people: Roster, visit: Visit) -> list[Service]:
    """What fits the type of appointment; the visit itself is charged unless it took place by video."""
    everywhere = () if visit.booking.kind.telehealth else ("any",)
    fitting = {visit.booking.kind.type, *everywhere}
    return [s for s in people.numbers.services if fitting & set(s.when)]


def _service(visit: Visit, service: Service) -> Values:
    codes = [p.code for p in visit.problems]
    return {
        "patient_id": visit.patient.patient_id,
        "encounter_id": visit.encounter_id,
        "date": visit.day,
        "cpt4_hcpcs_code": service.code,
        **{f"dx{n}_code": code for n, code in enumerate(codes[:4], 1)},
        "place_of_service": visit.place_of_service,
        "units": 1,
        "provider_id": visit.provider.provider_id,
    }


def _transactions(people: Roster, visit: Visit, charge: Values, today: date, book: Book) -> Iterator[History]:
    """A discount, then the rest or a part of it; the sum never exceeds the charge."""
    rng = visit.rng(people.seed, "transactions", str(charge["charge_id"]))
    fee = charge["charge_amount"]
    assert isinstance(fee, Decimal)
    discount = round(fee * DISCOUNT, 2)
    share = Decimal(1) if rng.random() < 0.9 else Decimal("0.5")
    steps = (
        (rng.randint(14, 25), "Adjustment", "Self-pay discount", discount),
        (rng.randint(26, 45), "Payment", "Patient payment", round((fee - discount) * share, 2)),
    )
    ids = {key: charge[key] for key in ("charge_id", "patient_id", "encounter_id")}
    for days, kind, words, amount in steps:
        on = visit.day + timedelta(days=days)
        if on + timedelta(days=1) < today:
            what = {"date": on, "post_date": on, "type": kind, "description": words, "amount": -amount}
            yield book.numbered("transaction", visit.patient.index, on, {**ids, **what})
