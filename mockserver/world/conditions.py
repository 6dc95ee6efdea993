"""The problem list of a person, once for life: which conditions, from when until when, and what is charted.

A condition has a curve of prevalence by age (``codes/conditions.csv``, percent;
from national surveys where there are any, else general knowledge within a factor of 1.3). Each person has
a level between 0 and 1 per condition, which tends to be low for the frail; the condition is there while the
curve lies above the level. So the prevalence is right at every age and onset follows from the same numbers.
"""

from __future__ import annotations

from bisect import bisect
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from itertools import accumulate, pairwise
from math import erfc, sqrt
from statistics import NormalDist
from types import MappingProxyType

from mockserver.world import codes, seeds
from mockserver.world.bodies import YEAR, Body, Curve, body, interpolate
from mockserver.world.model import Person

FRAILTY = 0.35
"""Correlation of a person's frailty with each condition: it makes conditions cluster in some people."""

SMOKER, FORMER, OBESITY, PREGNANCY = "smoker", "former_smoker", "obesity", "pregnancy"
QUIT_YEARS = 45.0
CHARTED_OBESITY = 0.5
_NORMAL = NormalDist()
_LAST_AGE = 105.0


@dataclass(frozen=True, slots=True)
class Condition:
    """A row of ``conditions.csv``; rates are shares, not percent.

    ``hidden`` is how many have it per one who knows (for smoking: who ever did per one who does).
    """

    key: str
    codes: tuple[tuple[str, float], ...]
    curve: Curve
    factor: Mapping[str, float]
    hidden: float
    treated: tuple[float, float]
    weight: float
    parents: tuple[tuple[str, float], ...]
    requires: str

    def rate(self, age: float, sex: str) -> float:
        """Share of people of this age and sex in whom it is diagnosed."""
        return interpolate(self.curve, age) * self.factor[sex]


@dataclass(frozen=True, slots=True)
class Problem:
    """A condition of a person. ``charted`` is the day from which the practice can know it, None for never."""

    key: str
    code: str
    onset: date
    charted: date | None
    resolved: date | None

    def present(self, day: date) -> bool:
        return self.onset <= day and (self.resolved is None or day < self.resolved)

    def known(self, day: date) -> bool:
        return self.charted is not None and self.charted <= day and self.present(day)


@cache
def catalogue() -> Mapping[str, Condition]:
    """The conditions by key; parents stand before those they make more likely."""
    return MappingProxyType({row["key"]: _condition(row) for row in codes.rows("conditions")})


def _condition(row: Mapping[str, str]) -> Condition:
    curve = tuple((float(age), float(rate) / 100) for age, _, rate in _pairs(row["curve"], ":"))
    parents = tuple((key, float(factor)) for key, _, factor in _pairs(row["parents"], "*"))
    options = tuple((code, float(share or 1)) for code, _, share in _pairs(row["codes"].replace("|", " "), ":"))
    factor = MappingProxyType({"female": float(row["women"]), "male": float(row["men"])})
    treated = (float(row["treated"]), float(row["second"]))
    hidden, weight = float(row["hidden"]), float(row["weight"])
    return Condition(row["key"], options, curve, factor, hidden, treated, weight, parents, row["requires"])


def _pairs(text: str, mark: str) -> list[tuple[str, str, str]]:
    return [item.partition(mark) for item in text.split()]


def problems(seed: int, person: Person, frame: Body | None = None) -> list[Problem]:
    """Everything the person has, had or will have in life, charted or not, in the order of the catalogue."""
    frame = frame or body(seed, person)
    found: dict[str, Problem] = {}
    for key, condition in catalogue().items():
        span = _special(seed, person, frame, key) or _span(seed, person, condition, found)
        if span and (problem := _problem(seed, person, condition, span)):
            found[key] = problem
    _end_by(found, "prediabetes", "diabetes")
    return [*found.values(), *_pregnancies(seed, person)]


Span = tuple[float, float | None, float | None]
"""Ages: onset, charted (None for never), resolved (None for never)."""


def _special(seed: int, person: Person, frame: Body, key: str) -> Span | None:
    if key == OBESITY:
        return _obesity(seed, person, frame)
    return _smoking(seed, person).get(key) if key in (SMOKER, FORMER) else None


def _span(seed: int, person: Person, condition: Condition, found: Mapping[str, Problem]) -> Span | None:
    needed = condition.requires
    if condition.key in (SMOKER, FORMER, OBESITY) or (needed and needed not in found):
        return None
    level = _level(seed, person, condition.key)
    curve = _curve(condition, person.sex, found)
    true = tuple((age, rate * condition.hidden) for age, rate in curve)
    span = crossing(true, level)
    if span is None:
        return None
    charted = crossing(curve, level)
    return span[0], charted[0] if charted else None, span[1]


def _level(seed: int, person: Person, key: str) -> float:
    """Uniform over people, lower for the frail."""
    own = _NORMAL.inv_cdf(min(max(seeds.share(seed, "condition", person.index, key), 1e-9), 1 - 1e-9))
    mixed = FRAILTY * person.frailty + sqrt(1 - FRAILTY**2) * own
    return 0.5 * erfc(mixed / sqrt(2))


def _curve(condition: Condition, sex: str, found: Mapping[str, Problem]) -> Curve:
    """The curve for this person: raised by parents there are, lowered by those there are not, mean kept."""
    knots = []
    for age, rate in condition.curve:
        raised = rate * condition.factor[sex]
        for key, factor in condition.parents:
            share = min(0.6, catalogue()[key].rate(age, sex) * catalogue()[key].hidden)
            raised *= (factor if key in found else 1.0) / (1 + share * (factor - 1))
        knots.append((age, min(raised, 0.95)))
    return tuple(knots)


def crossing(curve: Curve, level: float) -> tuple[float, float | None] | None:
    """The ages at which a curve first reaches a level and then falls below it; None if it never does."""
    onset: float | None = curve[0][0] if curve[0][1] >= level else None
    for (left, low), (right, high) in pairwise(curve):
        if onset is None and high >= level > low:
            onset = left + (right - left) * (level - low) / (high - low)
        elif onset is not None and high < level <= low:
            return onset, left + (right - left) * (low - level) / (low - high)
    return None if onset is None else (onset, None)


def _obesity(seed: int, person: Person, frame: Body) -> Span | None:
    """From the first birthday with a BMI of 30, charted in half of the people."""
    ages = [age for age in range(18, int(_LAST_AGE)) if frame.bmi(age) >= 30]
    if not ages:
        return None
    known = seeds.share(seed, "charted", person.index, OBESITY) < CHARTED_OBESITY
    end = float(ages[-1] + 1)
    return float(ages[0]), float(ages[0]) if known else None, end if end < _LAST_AGE else None


def _smoking(seed: int, person: Person) -> dict[str, Span]:
    """Ever or never is settled at the age at which the person joined; then smokers quit at a steady rate."""
    table, age = catalogue(), max(18.0, (person.joined.toordinal() - person.birth.toordinal()) / YEAR)
    level, current = _level(seed, person, "tobacco"), table[SMOKER].rate(age, person.sex)
    ever = current + table[FORMER].rate(age, person.sex)
    if level >= ever:
        return {}
    rng = seeds.draws(seed, "tobacco", person.index)
    start, span = 15 + 6 * rng.random(), rng.random()
    if level < current:
        quit_age = max(age, start) + rng.expovariate(1 / QUIT_YEARS)
    else:
        quit_age = start + 1 + max(age - start - 1, 0) * span
    return {SMOKER: (start, start, quit_age), FORMER: (quit_age, quit_age, None)}


def _problem(seed: int, person: Person, condition: Condition, span: Span) -> Problem | None:
    onset, charted, resolved = (None if age is None else _day(person, age) for age in span)
    assert onset is not None
    if person.death is not None and onset >= person.death:
        return None
    return Problem(condition.key, _code(seed, person, condition), onset, charted, resolved)


def _code(seed: int, person: Person, condition: Condition) -> str:
    """One of the condition's codes by weight, the same for life."""
    names, weights = zip(*condition.codes, strict=True)
    at = seeds.share(seed, "code", person.index, condition.key) * sum(weights) if len(names) > 1 else 0.0
    return str(names[bisect(list(accumulate(weights))[:-1], at)])


def _day(person: Person, age: float) -> date:
    return date.fromordinal(person.birth.toordinal() + int(age * YEAR))


def _end_by(found: dict[str, Problem], key: str, by: str) -> None:
    """A stage ends when the next one is diagnosed, or was never charted."""
    earlier, end = found.get(key), found[by].charted if by in found else None
    if earlier is None or end is None:
        return
    del found[key]
    if earlier.onset < end:
        found[key] = replace(earlier, resolved=min(end, earlier.resolved or end))


def _pregnancies(seed: int, person: Person) -> list[Problem]:
    """About 6 % of women of 18 to 39 at any time: a year in twelve brings 280 days."""
    if person.sex != "female":
        return []
    rng = seeds.draws(seed, "pregnancy", person.index)
    drawn = [(age + rng.random(), rng.random() < 0.085) for age in range(18, 42)]
    starts: list[float] = []
    for age, hit in drawn:
        if hit and (not starts or age - starts[-1] > 1.4):
            starts.append(age)
    days = [_day(person, age) for age in starts]
    lasting = [day for day in days if person.death is None or day < person.death]
    return [Problem(PREGNANCY, "Z34.90", day, day, date.fromordinal(day.toordinal() + 280)) for day in lasting]
