"""The numbers of a sandbox profile, typed: what the mapping ``sandbox:`` of a profile file holds."""

# ruff: noqa: RUF009 - the calls make dataclass fields that carry their rule

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from . import schema
from .schema import ProfileError

_MANY = 100_000


@dataclass(frozen=True, slots=True)
class BusyDay:
    """The counted day. ``rows`` are those delivered with every quirk in force, duplicates included."""

    day: date = schema.day()
    rows: int = schema.whole(8, 600)
    deleted: int = schema.whole(0, 600)
    duplicates: int = schema.whole(0, 1)
    providers: int = schema.whole(1, 100)
    unresolved_providers: int = schema.whole(1, 100)
    unresolved_rows: int = schema.whole(1, 600)
    rows_without_provider: int = schema.whole(0, 600)
    patients: int = schema.whole(1, 600)
    backward_neighbours: int = schema.whole(0, 600)
    largest_batch: int = schema.whole(4, 600)
    short_fraction_rows: int = schema.whole(0, 600)
    night_begin: str = schema.text("0[0-5][0-5][0-9]", "a time at night such as '0115'")
    listed_patients: int = schema.whole(0, 26)
    off_grid_rows: int = schema.whole(0, 600)
    first_load: date = schema.day()
    last_load: date = schema.day()

    @property
    def bookings(self) -> int:
        """Appointments of the source system: rows without their duplicates."""
        return self.rows - self.duplicates


@dataclass(frozen=True, slots=True)
class OtherDay:
    """A day with a few bookings of listed patients."""

    day: date = schema.day()
    rows: int = schema.whole(0, 1000)
    deleted: int = schema.whole(0, 1000)


@dataclass(frozen=True, slots=True)
class Kind:
    """A type of appointment: its code, its reason as it should be and as the practice spells it."""

    type: str = schema.text("[A-Z0-9]{2,4}", "2 to 4 capital letters or digits")
    reason: str = schema.text()
    messy: str = schema.text()
    minutes: int = schema.whole(5, 240)
    weight: int = schema.whole(0, _MANY)

    @property
    def telehealth(self) -> bool:
        return self.type.startswith("TV")


@dataclass(frozen=True, slots=True)
class Problem:
    """ICD-10-CM code, the RxNorm drug for it and the LOINC code of the test that follows it."""

    code: str = schema.text("[A-Z][0-9][0-9A-Z]([.][0-9A-Z]{1,4})?", "an ICD-10-CM code with its dot")
    name: str = schema.text()
    drug: str = schema.text()
    rxnorm: str = schema.text("[0-9]+", "digits, quoted")
    dose: str = schema.text()
    unit: str = schema.text()
    loinc: str = schema.text("[0-9]{1,6}-[0-9]", "a LOINC code")


@dataclass(frozen=True, slots=True)
class LabTest:
    """A lab test; ``low``, ``high``, ``mean`` and ``spread`` in ``unit``; ``low`` 0: no lower end."""

    loinc: str = schema.text("[0-9]{1,6}-[0-9]", "a LOINC code")
    name: str = schema.text()
    unit: str = schema.text()
    low: float = schema.number(0, _MANY)
    high: float = schema.number(0, _MANY)
    mean: float = schema.number(0, _MANY)
    spread: float = schema.number(0, _MANY)
    digits: int = schema.whole(0, 3)


@dataclass(frozen=True, slots=True)
class Service:
    """A HCPCS service with its fee in cents; ``when`` names types of appointment, or ``any``."""

    code: str = schema.text("[A-Z][0-9]{4}", "a HCPCS level II code")
    name: str = schema.text()
    fee: int = schema.whole(1, _MANY)
    when: tuple[str, ...] = schema.texts()


@dataclass(frozen=True, slots=True)
class Vaccine:
    """A vaccine by CVX code, given in these ``months``."""

    cvx: str = schema.text("[0-9]{2,3}", "a CVX code, quoted")
    name: str = schema.text()
    months: tuple[float, ...] = schema.numbers(1, 12)


@dataclass(frozen=True, slots=True)
class AllergyKind:
    """An allergy in words."""

    type: str = schema.text()
    name: str = schema.text()
    reaction: str = schema.text()
    severity: str = schema.text()


@dataclass(frozen=True, slots=True)
class Numbers:
    """Everything a sandbox is made from but its seed."""

    listed_patients: int = schema.whole(1, 26)
    busy_day: BusyDay = schema.section(BusyDay)
    other_days: tuple[OtherDay, ...] = schema.sections(OtherDay)
    details: tuple[str, ...] = schema.texts()
    places: tuple[str, ...] = schema.texts()
    kinds: tuple[Kind, ...] = schema.sections(Kind)
    given_names: tuple[str, ...] = schema.texts()
    races: Mapping[str, float] = schema.weights()
    ethnicities: Mapping[str, float] = schema.weights()
    problems: tuple[Problem, ...] = schema.sections(Problem)
    tests: tuple[LabTest, ...] = schema.sections(LabTest)
    services: tuple[Service, ...] = schema.sections(Service)
    vaccines: tuple[Vaccine, ...] = schema.sections(Vaccine)
    allergies: tuple[AllergyKind, ...] = schema.sections(AllergyKind)
    complaints: tuple[str, ...] = schema.texts()

    def test(self, loinc: str) -> LabTest:
        return next(t for t in self.tests if t.loinc == loinc)


def read(raw: Mapping[str, Any], where: str) -> Numbers:
    """The numbers of a mapping. Raises ProfileError for what does not fit, or numbers at odds."""
    numbers = schema.read(Numbers, raw, where)
    broken = [rule for rule, holds in _rules(numbers).items() if not holds]
    if broken:
        raise ProfileError("the numbers contradict each other", where, broken)
    return numbers


def _rules(n: Numbers) -> dict[str, bool]:
    """What must hold so that every count can be met, in words."""
    day = n.busy_day
    bookings, span = day.bookings, (day.last_load - day.first_load).days
    special = day.unresolved_rows + day.rows_without_provider
    second = bookings - day.patients
    return {
        "busy_day.listed_patients up to listed_patients": day.listed_patients <= n.listed_patients,
        "busy_day.listed_patients up to patients": day.listed_patients <= day.patients,
        "patients between (rows - duplicates) / 2 and rows - duplicates": 0 <= second <= day.patients,
        "deleted between rows - duplicates - patients and rows / 2": second <= day.deleted <= day.rows // 2,
        "unresolved_rows + rows_without_provider + providers up to half of rows": (
            special + day.providers <= day.rows // 2
        ),
        "unresolved_providers up to unresolved_rows": day.unresolved_providers <= day.unresolved_rows,
        "off_grid_rows up to rows / 4": day.off_grid_rows <= day.rows // 4,
        "backward_neighbours up to rows / 2": day.backward_neighbours <= day.rows // 2,
        "largest_batch + short_fraction_rows up to rows": day.largest_batch + day.short_fraction_rows <= day.rows,
        "as many rows as kinds, at least": len(n.kinds) < day.rows,
        "two details": len(set(n.details)) > 1,
        "first_load 60 days before day": (day.day - day.first_load).days >= 60,
        "last_load 60 days after day": (day.last_load - day.day).days >= 60,
        "rows up to the days between first_load and last_load less 45": day.rows <= span - 45,
        "deleted up to rows on other_days": all(d.deleted <= d.rows for d in n.other_days),
        "problems with a loinc of tests": {p.loinc for p in n.problems} <= {t.loinc for t in n.tests},
    }
