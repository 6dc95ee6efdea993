"""The body of a person: height, weight and the constant part of what is measured at visits.

Medians by age and sex are rounded from growth charts and NHANES 2017-2020 (adults 45-65); spread is
log-normal, narrower below the median.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from math import exp
from random import Random
from types import MappingProxyType

from mockserver.world import seeds
from mockserver.world.model import Person

YEAR = 365.2425
ADULT = 18
Curve = tuple[tuple[float, float], ...]

_HEIGHT: Mapping[str, Curve] = MappingProxyType(
    {
        "female": (
            (0, 50), (0.25, 59.5), (0.5, 65.5), (1, 74), (2, 86), (4, 101), (6, 115), (8, 128),
            (10, 138.5), (12, 151), (14, 158.5), (16, 160), (18, 160.5),
        ),
        "male": (
            (0, 51), (0.25, 61), (0.5, 67), (1, 76), (2, 88), (4, 102.5), (6, 116), (8, 128),
            (10, 138.5), (12, 149), (14, 162), (16, 171), (18, 174),
        ),
    }
)  # fmt: skip
_BMI: Curve = (
    (0, 13.3), (0.5, 17.2), (1, 16.8), (2, 16.4), (4, 15.6), (6, 15.4), (8, 16), (10, 16.9), (12, 18),
    (14, 19.6), (16, 21), (18, 23.2), (24, 26.3), (32, 28.2), (45, 29.1), (65, 29), (75, 27.6), (90, 25.5),
)  # fmt: skip
_SHOWS: Curve = ((0, 0.6), (18, 0.9), (24, 1))
"""Power of the build that shows at an age."""

LEAST_BMI = 16.8
"""Of an adult before the noise of a visit, which takes off 0.3 at most."""

_SPREAD = MappingProxyType({"female": 0.24, "male": 0.185})
_WALK_YEARS = 40
LATENT = (
    "systolic", "diastolic", "pulse", "glucose", "control", "ldl", "hdl", "triglycerides", "creatinine",
    "renal", "bun", "alt", "ast", "alp", "hemoglobin", "leukocytes", "platelets", "mcv", "tsh", "urate",
    "ferritin", "vitamin", "psa", "albuminuria", "statin",
)  # fmt: skip
"""Standard normals that stay with a person: the part of a measurement that visits do not change."""


def interpolate(curve: Curve, at: float) -> float:
    """Linear between the points of a curve, constant outside."""
    place = bisect_right(curve, (at, float("inf")))
    if place in (0, len(curve)):
        return curve[min(place, len(curve) - 1)][1]
    (left, low), (right, high) = curve[place - 1 : place + 1]
    return low + (high - low) * (at - left) / (right - left)


@dataclass(frozen=True, slots=True)
class Body:
    """``stature`` is the factor on the median height, ``build`` on the median BMI; ``walk`` is kg by year."""

    sex: str
    birth: int
    stature: float
    build: float
    walk: tuple[float, ...]
    latent: Mapping[str, float]

    def age(self, day: date) -> float:
        """Years with a fraction."""
        return (day.toordinal() - self.birth) / YEAR

    def height(self, age: float) -> float:
        """Centimetres to one decimal: a constant from 18 on."""
        return round(interpolate(_HEIGHT[self.sex], min(age, ADULT)) * self.stature, 1)

    def bmi(self, age: float) -> float:
        """kg/m2 without the walk and the noise of a visit; children vary less than adults."""
        index: float = interpolate(_BMI, age) * self.build ** interpolate(_SHOWS, age)
        return max(index, LEAST_BMI) if age >= ADULT else index

    def weight(self, age: float) -> float:
        """Kilograms: the curve of the build and, for adults, a walk of about one kg a year."""
        curve, square = self.bmi(age), (self.height(age) / 100) ** 2
        walked = max(curve * square + self._drift(age), 0.85 * curve * square)
        return max(walked, LEAST_BMI * square) if age >= ADULT else walked

    def _drift(self, age: float) -> float:
        years = max(age - ADULT, 0) % (_WALK_YEARS - 1)
        year = int(years)
        return self.walk[year] + (self.walk[year + 1] - self.walk[year]) * (years - year)


def body(seed: int, person: Person) -> Body:
    """The body for a seed and person."""
    rng = seeds.draws(seed, "body", person.index)
    normals = [rng.gauss(0, 1) for _ in range(3)]
    stature = 1 + 0.039 * max(-2.6, min(2.6, normals[0]))
    heavy = max(-2.2, min(2.8, 0.98 * normals[1] + 0.2 * person.frailty))
    build = exp(_SPREAD[person.sex] * (heavy if heavy > 0 else 0.75 * heavy))
    latent = MappingProxyType({name: max(-3.0, min(3.0, rng.gauss(0, 1))) for name in LATENT})
    return Body(person.sex, person.birth.toordinal(), stature, build, tuple(_walk(rng)), latent)


def _walk(rng: Random) -> list[float]:
    """Kilograms off the curve at each birthday since 18: a random walk that tends back to it."""
    path = [0.0]
    for _ in range(_WALK_YEARS):
        path.append(0.92 * path[-1] + rng.gauss(0, 1.0))
    return path
