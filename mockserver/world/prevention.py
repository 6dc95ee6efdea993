"""Vaccines: which doses are due by age and season, what was given before the practice knew the person."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from random import Random

from mockserver.world import codes, seeds
from mockserver.world.model import Person, Values, Visit
from mockserver.world.sheet import Sheet, later

SERIES: Mapping[str, tuple[str, tuple[int, ...], int]] = {
    "hepatitis_b": ("08", (0, 1, 6), 216),
    "rotavirus": ("119", (2, 4), 8),
    "dtap": ("20", (2, 4, 6, 15, 48), 84),
    "hib": ("49", (2, 4, 12), 60),
    "pneumococcal_child": ("133", (2, 4, 6, 12), 60),
    "polio": ("10", (2, 4, 6, 48), 216),
    "mmr": ("03", (12, 48), 216),
    "varicella": ("21", (12, 48), 216),
    "hepatitis_a": ("83", (12, 18), 216),
    "tdap": ("115", (132,), 216),
    "hpv": ("165", (132, 138), 312),
    "meningococcal": ("114", (132, 192), 264),
    "tetanus": ("113", (252, 372, 492, 612, 732, 852), 1400),
    "zoster": ("187", (600, 602), 1400),
    "pneumococcal": ("33", (780,), 1400),
}
"""Series -> CVX, months of age at which each dose falls due, months of age at which the series is closed."""

ADULT_MONTHS, MONTH = 216, 30.44
MIN_GAP_DAYS = 28
UPTAKE_CHILD, UPTAKE_ADULT, UPTAKE_FLU, UPTAKE_COVID = 0.92, 0.6, 0.5, 0.7
MOST_AT_ONCE = 6
_FLU_MONTHS = (9, 10, 11, 12)
_NEW_PNEUMOCOCCAL = date(2022, 2, 1)
_BIVALENT, _ADULT_COVID, _TEEN_COVID, _BOOSTER = (
    date(2022, 9, 6), date(2021, 3, 15), date(2021, 5, 14), date(2021, 11, 1),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Dose:
    """A vaccine given on a day; ``historical`` when it was given elsewhere and only reported."""

    code: str
    day: date
    historical: bool = False


@cache
def licensed() -> Mapping[str, date]:
    """The day from which each vaccine code may appear."""
    return {row["code"]: date.fromisoformat(row["licensed"]) for row in codes.rows("cvx")}


class Vaccines:
    """The vaccines one person has had, by series, while going through the visits in order."""

    def __init__(self, seed: int, person: Person) -> None:
        self._seed, self._person = seed, person
        self._had: dict[str, list[date]] = {}

    def earlier(self, first: date) -> list[Dose]:
        """What was given before the first visit and is reported at it."""
        rng = seeds.draws(self._seed, "vaccine record", self._person.index)
        found = [dose for name in SERIES for dose in self._reported(name, first, rng)]
        return sorted(found, key=lambda dose: dose.day)

    def _reported(self, name: str, first: date, rng: Random) -> list[Dose]:
        code, months, _ = SERIES[name]
        found = []
        for month in months:
            day = later(self._person.birth, int((month + 1.5 * rng.random()) * MONTH))
            had, told = (
                rng.random() < self._uptake(name),
                rng.random() < (0.9 if month < ADULT_MONTHS else 0.3),
            )
            young, before = self._person.age_on(first) < 22, self._had.get(name)
            day = max(day, later(before[-1], MIN_GAP_DAYS)) if before else day
            if day < first and had and day >= licensed()[code]:
                self._had.setdefault(name, []).append(day)
                if told and (young or month >= ADULT_MONTHS):
                    found.append(Dose(code, day, historical=True))
        return found

    def _uptake(self, name: str) -> float:
        return UPTAKE_CHILD if SERIES[name][1][0] < ADULT_MONTHS else UPTAKE_ADULT

    def given(self, visit: Visit) -> list[Dose]:
        """The doses given at a visit; none by telehealth, few with an acute illness."""
        rng = seeds.draws(self._seed, "vaccines", self._person.index, visit.number)
        if visit.telehealth:
            return []
        found = self._seasonal(visit.day, rng)
        if visit.kind == "wellness" or rng.random() < 0.15:
            found += [dose for name in SERIES if (dose := self._next(name, visit.day, rng))]
        return found[:MOST_AT_ONCE]

    def _months(self, day: date) -> float:
        return (day.toordinal() - self._person.birth.toordinal()) / MONTH

    def _next(self, name: str, day: date, rng: Random) -> Dose | None:
        code, months, closed = SERIES[name]
        had, age, chance = self._had.get(name, []), self._months(day), rng.random()
        missed = sum(month <= age for month in months) - len(had)
        late = had and (day - had[-1]).days < MIN_GAP_DAYS
        if missed <= 0 or late or age >= closed or chance > self._uptake(name):
            return None
        if name == "tetanus" and had and (day - had[-1]).days < 3600:
            return None
        code = "216" if name == "pneumococcal" and day >= _NEW_PNEUMOCOCCAL else code
        if day < licensed()[code]:
            return None
        self._had.setdefault(name, []).append(day)
        return Dose(code, day)

    def _seasonal(self, day: date, rng: Random) -> list[Dose]:
        chances = rng.random(), rng.random()
        return [dose for dose in (self._flu(day, chances[0]), self._covid(day, chances[1])) if dose]

    def _flu(self, day: date, chance: float) -> Dose | None:
        """Once each autumn from six months of age; the high dose from 65 on since 2020."""
        age, had = self._months(day), self._had.get("flu", [])
        keen = seeds.share(self._seed, "flu", self._person.index) < UPTAKE_FLU + 0.15 * (age > 780)
        if day.month not in _FLU_MONTHS or age < 6 or not keen or chance > 0.75:
            return None
        if had and had[-1].year == day.year:
            return None
        self._had.setdefault("flu", []).append(day)
        high = age >= 780 and day >= date(2020, 8, 1)
        return Dose("197" if high else "158" if chance < 0.2 else "150", day)

    def _covid(self, day: date, chance: float) -> Dose | None:
        """Two doses once open to the age, a booster later, the bivalent one from September 2022."""
        had, age = self._had.get("covid", []), self._months(day) / 12
        opened = licensed()["208"] if age >= 65 else _ADULT_COVID if age >= 18 else _TEEN_COVID
        wants = seeds.share(self._seed, "covid", self._person.index) < UPTAKE_COVID
        gap = (MIN_GAP_DAYS, 150, 180, 100_000)[min(len(had), 4) - 1] if had else 0
        if age < 12 or day < opened or not wants or chance > 0.35 or (had and (day - had[-1]).days < gap):
            return None
        if (len(had) == 2 and day < _BOOSTER) or (len(had) == 3 and day < _BIVALENT):
            return None
        self._had.setdefault("covid", []).append(day)
        other = age >= 18 and day >= licensed()["207"]
        other = other and seeds.share(self._seed, "covid brand", self._person.index) < 0.35
        return Dose("300" if day >= _BIVALENT and len(had) > 1 else "207" if other else "208", day)


@cache
def _products() -> Mapping[str, Mapping[str, str]]:
    return {row["code"]: row for row in codes.rows("cvx")}


def write(sheet: Sheet, visit: Visit, doses: Sequence[Dose], rng: Random) -> None:
    """The rows of a visit: doses given, and at a first visit those reported."""
    for dose in doses:
        sheet.add("immunization", visit.day, _values(visit, dose, rng))


def _values(visit: Visit, dose: Dose, rng: Random) -> Values:
    """Lot numbers are invented; a reported dose has neither lot nor route. No CPT or NDC is given."""
    product, lot = _products()[dose.code], f"LOT{rng.randrange(1000, 9999)}"
    expires, old = later(dose.day, rng.randrange(60, 500)), dose.historical
    by_mouth = product["route"] == "PO"
    return {
        "encounter_id": None if old else visit.encounter_id,
        "date": dose.day,
        "description": product["text"],
        "cvx_code": dose.code,
        "cpt4_hcpcs_code": None,
        "ndc": None,
        "manufacturer": None if old else product["manufacturer"],
        "lot_number": None if old else lot,
        "expiration_date": None if old else expires,
        "dose": None if old else Decimal(product["volume"]),
        "dose_unit": None if old else "mL",
        "route": None if old else product["route"],
        "site": None if old or by_mouth else rng.choice(("LD", "RD", "LT", "RT")),
        "status": "Historical" if old else "Given",
        "refusal_reason": None,
        "provider_name": None if old else visit.provider.name,
        "comment": "Reported by patient record" if old else None,
    }
