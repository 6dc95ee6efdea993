"""What is measured and given at a visit: vitals, lab orders and results, immunizations."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from hashlib import blake2b

from .model import History, Values
from .sandbox_book import Book
from .sandbox_days import later
from .sandbox_numbers import LabTest, Vaccine
from .sandbox_people import Roster
from .sandbox_visits import Visit
from .seeds import draws

LAB = "Sample Laboratory"


def measures(people: Roster, visit: Visit, book: Book) -> Iterator[History]:
    """All measured rows of a visit; a visit by video has no vitals and no shot."""
    if not visit.booking.kind.telehealth:
        yield book.numbered("vitals", visit.patient.index, visit.day, vitals(people.seed, visit))
        yield from _immunization(people, visit, book)
    for loinc in sorted({p.loinc for p in visit.problems}):
        yield from _lab(people, visit, people.numbers.test(loinc), book)


def vitals(seed: int, visit: Visit) -> Values:
    """Metric values, their customary twins, and a BMI computed from the served height and weight."""
    body, rng = draws(seed, "sandbox", "body", visit.patient.index), visit.rng(seed, "vitals")
    middle = 162 if visit.patient.sex == "female" else 175
    height = Decimal(round(body.gauss(middle, 6) * 10)) / 10
    weight = Decimal(round((body.gauss(27, 4) * float(height) ** 2 / 10_000 + rng.gauss(0, 0.8)) * 10)) / 10
    warmth = Decimal(round(rng.gauss(36.7, 0.3) * 10)) / 10
    systolic = round(rng.gauss(126, 12))
    values: Values = {
        **visit.ids,
        "service_date": visit.day,
        "service_time": later(visit.booking.begin, 5),
        **units(height, weight, warmth),
        "pulse": round(rng.gauss(72, 9)),
        "respiration": round(rng.gauss(16, 1.5)),
        "bp_systolic": systolic,
        "bp_diastolic": round(systolic * 0.62 + rng.gauss(0, 4)),
        "oxygen_saturation": min(100, round(rng.gauss(97.5, 1.2))),
    }
    return {**values, "row_hash": _row_hash(values)}


def units(height: Decimal, weight: Decimal, warmth: Decimal) -> Values:
    """Each measurement in cm, kg or Celsius and in inches, pounds or Fahrenheit, and the body mass index."""
    return {
        "height_cm": height,
        "height_in": round(height / Decimal("2.54"), 2),
        "weight_kg": weight,
        "weight_lbs": round(weight * Decimal("2.20462"), 2),
        "temperature_c": warmth,
        "temperature_f": round(warmth * Decimal("1.8") + 32, 1),
        "bmi": round(weight / (height / 100) ** 2, 1),
    }


def _row_hash(values: Values) -> str:
    text = "|".join(f"{key}={value}" for key, value in sorted(values.items()))
    return blake2b(text.encode(), digest_size=16).hexdigest()


def _lab(people: Roster, visit: Visit, test: LabTest, book: Book) -> Iterator[History]:
    """An order, and its result one or two days later."""
    rng, index = visit.rng(people.seed, "lab", test.loinc), visit.patient.index
    done = visit.day + timedelta(days=rng.randint(1, 2))
    about: Values = {**visit.ids, "loinc_code": test.loinc, "test_name": test.name, "lab_name": LAB}
    own = book.next_id("lab_order", index)
    ids = {"source_lab_order_id": own, "provider_id": visit.provider.provider_id}
    ordered = {**about, **ids, "date": visit.day, "status": "Ordered"}
    yield book.numbered("lab_order", index, visit.day, ordered, (done, {"status": "Completed"}))
    measured = max(0.1, rng.gauss(test.mean, test.spread))
    result = {
        "lab_order_id": own,
        "collection_date": visit.day,
        "date": done,
        "time": later(visit.booking.begin, 30),
        "status": "Final",
        **result_of(test, measured),
    }
    yield book.numbered("lab_result", index, done, {**about, **result})


def result_of(test: LabTest, measured: float) -> Values:
    """The value as text, its unit and range, and the flag that follows from them."""
    text = f"{measured:.{test.digits}f}"
    high, low = float(text) > test.high, float(text) < test.low
    span = f"{test.low:g}-{test.high:g}" if test.low else f"0-{test.high:g}"
    return {
        "result_value": text,
        "units": test.unit,
        "reference_range": span,
        "abnormal_flag": "H" if high else "L" if low else None,
    }


def _immunization(people: Roster, visit: Visit, book: Book) -> Iterator[History]:
    """A shot at first visits that fall into its months, and at every visit booked for one."""
    vaccines, booked = people.numbers.vaccines, visit.booking.kind.type == "FLU"
    in_season = [v for v in vaccines if visit.day.month in v.months]
    due = vaccines[:1] if booked else in_season[: visit.first]
    for vaccine in due:
        yield book.numbered("immunization", visit.patient.index, visit.day, _shot(people.seed, visit, vaccine))


def _shot(seed: int, visit: Visit, vaccine: Vaccine) -> Values:
    rng = visit.rng(seed, "shot")
    return {
        **visit.ids,
        "date": visit.day,
        "description": vaccine.name,
        "cvx_code": vaccine.cvx,
        "manufacturer": "Sample Biologics",
        "lot_number": f"LOT{rng.randrange(10**4):04d}",
        "expiration_date": visit.day + timedelta(days=365),
        "dose": Decimal("0.5"),
        "dose_unit": "mL",
        "route": "Intramuscular",
        "site": rng.choice(("Left deltoid", "Right deltoid")),
        "status": "Completed",
    }
