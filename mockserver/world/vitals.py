"""Vital signs at a visit, in both systems of units; the identities hold on the values as they are served."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import time
from decimal import Decimal
from hashlib import blake2b
from random import Random

from mockserver.world import seeds
from mockserver.world.bodies import ADULT, Body
from mockserver.world.model import Values, Visit
from mockserver.world.sheet import Sheet
from mockserver.world.units import HUNDREDTH, TENTH, bmi, fahrenheit, inches, pounds, tie

DRUG_MMHG, UNTREATED_MMHG = 9.0, 15.0
"""Fall of the systolic pressure per drug and its rise in hypertension (general knowledge)."""

_PRESSURE_AGE = 3
INFANT = 2
_COMMENTS = ("Patient reports feeling well", "Repeated after rest", "Scale at home differs")


@dataclass(frozen=True, slots=True)
class Measured:
    """Served values. Children under three have no pressure; height or temperature may be missing.

    An infant, below the age of two, has no body mass index.
    """

    height: Decimal | None
    weight: Decimal
    temperature: Decimal | None
    pulse: int
    respiration: int
    systolic: int | None
    diastolic: int | None
    oxygen: int
    infant: bool = False

    @property
    def bmi(self) -> Decimal | None:
        return None if self.height is None or self.infant else bmi(self.weight, self.height)


def measure(
    seed: int, visit: Visit, frame: Body, has: Collection[str], taken: Collection[str], fever: float
) -> Measured:
    """The signs of a visit; ``has`` is conditions, charted or not; ``taken`` kinds of drugs in use."""
    rng = seeds.draws(seed, "vitals", visit.person.index, visit.number)
    age, infant = frame.age(visit.day), visit.person.age_on(visit.day) < INFANT
    adult = age >= ADULT
    height = Decimal(str(frame.height(age))) if not adult or rng.random() < 0.85 else None
    noise = max(-0.6, min(0.6, rng.gauss(0, 0.3))) if adult else rng.gauss(0, 0.01 * frame.weight(age))
    weight = _weight(frame.weight(age) + noise, age, height)
    warm = 36.7 + rng.gauss(0, 0.25) + (max(0.0, rng.gauss(fever, 0.4)) if fever else 0.0)
    temperature = Decimal(str(round(warm, 1))) if rng.random() < 0.9 else None
    systolic, diastolic = _pressure(rng, frame, age, has, taken) if age >= _PRESSURE_AGE else (None, None)
    pulse, breaths = _rates(rng, frame, age, taken, warm)
    return Measured(height, weight, temperature, pulse, breaths, systolic, diastolic, _oxygen(rng, has), infant)


def _weight(kilograms: float, age: float, height: Decimal | None) -> Decimal:
    """Tenths of a kilogram, hundredths for infants. Never where rounding would be a tie."""
    step = HUNDREDTH if age < 2 else TENTH
    weight = Decimal(max(kilograms, 2.0)).quantize(step)
    while tie(weight, height):
        weight += step
    return weight


def _pressure(rng: Random, frame: Body, age: float, has: Collection[str], taken: Collection[str]) -> tuple[int, int]:
    """mmHg; diastolic follows systolic (correlation about 0.7) and stays at least 20 below."""
    heavy = (frame.bmi(age) - 27.5) / 6 if age >= ADULT else 0.0
    base = 97 + 1.1 * age if age < ADULT else 112 + 0.22 * (age - ADULT)
    raised = UNTREATED_MMHG if "hypertension" in has else 0.0
    lowered = DRUG_MMHG * sum(kind == "pressure" for kind in taken) + 3 * sum(k in ("beta", "diuretic") for k in taken)
    systolic = base + 3.2 * heavy + 9 * frame.latent["systolic"] + raised - lowered + rng.gauss(0, 5.5)
    floor = 66 if age < ADULT else 74
    late = 0.25 * max(age - 60, 0)
    diastolic = floor + 0.42 * (systolic - base) + 4.5 * frame.latent["diastolic"] + rng.gauss(0, 3.5) - late
    upper = max(78, min(round(systolic), 215))
    return upper, max(40, min(round(diastolic), upper - 20, 125))


def _rates(rng: Random, frame: Body, age: float, taken: Collection[str], warm: float) -> tuple[int, int]:
    """Beats and breaths a minute: fast in infants, faster with fever, slower on a beta blocker."""
    young = max(0.0, 12 - age)
    slow = 6 if "beta" in taken else 0
    pulse = 72 + 4.2 * young + 8 * frame.latent["pulse"] + rng.gauss(0, 7) + 8 * max(0.0, warm - 37.3) - slow
    breaths = 16 + 1.3 * young + rng.gauss(0, 1.8)
    return max(44, min(round(pulse), 190)), max(10, min(round(breaths), 50))


def _oxygen(rng: Random, has: Collection[str]) -> int:
    centre, spread = (93.5, 1.0) if "copd" in has else (96.8, 1.2) if "asthma" in has else (97.6, 1.2)
    return max(86, min(round(rng.gauss(centre, spread)), 100))


def write(sheet: Sheet, seed: int, visit: Visit, signs: Measured, rng: Random) -> None:
    """The row of a visit. The contract drops the customary columns when Q24 is off."""
    values = _values(visit, signs)
    if rng.random() < 0.03:
        values["comment"] = rng.choice(_COMMENTS)
    if signs.height is None:
        values["height_comment"] = "Not measured"
    values["row_hash"] = _hash(seed, visit, values)
    sheet.add("vitals", visit.day, values)


def _values(visit: Visit, signs: Measured) -> Values:
    return {
        "service_date": visit.day,
        "service_time": _after(visit.begin, 5),
        "height_cm": signs.height,
        "height_in": None if signs.height is None else inches(signs.height),
        "height_comment": None,
        "weight_kg": signs.weight,
        "weight_lbs": pounds(signs.weight),
        "weight_comment": None,
        "temperature_c": signs.temperature,
        "temperature_f": None if signs.temperature is None else fahrenheit(signs.temperature),
        "temperature_comment": None,
        "pulse": signs.pulse,
        "pulse_comment": None,
        "respiration": signs.respiration,
        "respiration_comment": None,
        "bp_systolic": signs.systolic,
        "bp_diastolic": signs.diastolic,
        "bp_comment": None,
        "oxygen_saturation": signs.oxygen,
        "oxygen_comment": None,
        "bmi": signs.bmi,
        "bmi_comment": None,
        "provider_name": visit.provider.name,
        "encounter_id": visit.encounter_id,
        "comment": None,
    }


def _after(begin: time, minutes: int) -> time:
    total = begin.hour * 60 + begin.minute + minutes
    return time(total // 60 % 24, total % 60)


def _hash(seed: int, visit: Visit, values: Values) -> str:
    """32 hex digits over the key of the row and its content."""
    text = "\x1f".join(str(part) for part in (seed, visit.person.index, visit.number, *values.values()))
    return blake2b(text.encode(), digest_size=16).hexdigest()
