"""The problem list of a person, once for life: which conditions, from when until when, and what is charted.

A condition has a curve of prevalence by age (``codes/conditions.csv``, percent;
from national surveys where there are any, else general knowledge within a factor of 1.3). From it and from
draws of the person, which the frail have less luck with, come the ages at which it begins and ends
(``incidence``); so the prevalence is right at every age and onset follows from the same numbers.
"""

from __future__ import annotations

from bisect import bisect
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from itertools import accumulate, chain
from types import MappingProxyType

from mockserver.world import codes, incidence, seeds
from mockserver.world.bodies import YEAR, Body, Curve, body, interpolate
from mockserver.world.incidence import LAST_AGE, Span
from mockserver.world.model import Person

SMOKER, FORMER, OBESITY, PREGNANCY = "smoker", "former_smoker", "obesity", "pregnancy"
QUIT_YEARS = 45.0
CHARTED_OBESITY = 0.55
_TREND: Curve = ((1970, 0.3), (2010, 1))
"""Share of the present rates that was diagnosed in a year (general knowledge)."""

_OWN_WAY = frozenset({SMOKER, FORMER, OBESITY})


@dataclass(frozen=True, slots=True)
class Condition:
    """A row of ``conditions.csv``; rates are shares, not percent.

    ``hidden`` is how many have it per one who knows (for smoking: who ever did per one who does).
    ``lasts`` is the length of a spell in years, None for a condition that stays.
    """

    key: str
    codes: tuple[tuple[str, float], ...]
    curve: Curve
    lasts: float | None
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
    """A condition of a person; one that comes and goes has a problem for each spell.

    It acts on the body from ``began``, which nobody may notice; the chart tells of ``onset``.
    ``charted`` is the day from which the practice can know it, None for never. ``code`` is the present one.
    """

    key: str
    code: str
    began: date
    onset: date
    charted: date | None
    resolved: date | None

    def present(self, day: date) -> bool:
        return self.began <= day and (self.resolved is None or day < self.resolved)

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
    lasts = codes.number(row["lasts"])
    rest = (hidden, treated, weight, parents, row["requires"])
    return Condition(row["key"], options, curve, lasts, factor, *rest)


def _pairs(text: str, mark: str) -> list[tuple[str, str, str]]:
    return [item.partition(mark) for item in text.split()]


def problems(seed: int, person: Person, frame: Body | None = None) -> list[Problem]:
    """Everything the person has, had or will have in life, charted or not, in the order of the catalogue."""
    frame = frame or body(seed, person)
    found: dict[str, list[Problem]] = {}
    for key, condition in catalogue().items():
        own_way = key in _OWN_WAY
        spans = _special(seed, person, frame, key) if own_way else _spans(seed, person, condition, found)
        made = [each for span in spans if (each := _problem(seed, person, condition, span))]
        if made:
            found[key] = made
    _end_by(found, "prediabetes", "diabetes")
    return [*chain.from_iterable(found.values()), *_pregnancies(seed, person)]


Found = Mapping[str, list[Problem]]


def _special(seed: int, person: Person, frame: Body, key: str) -> list[Span]:
    """Of body mass and tobacco, which have no curve of their own."""
    span = _obesity(seed, person, frame) if key == OBESITY else _smoking(seed, person).get(key)
    return [span] if span else []


def _spans(seed: int, person: Person, condition: Condition, found: Found) -> list[Span]:
    """A complication does not come before what it is one of."""
    key, needed = condition.key, condition.requires
    if needed and needed not in found:
        return []
    curve = _curve(condition, person, found)
    if condition.lasts is not None:
        return incidence.spells(seed, person, key, curve, condition.lasts)
    spans = incidence.lifelong(seed, person, key, curve, condition.hidden)
    return [_behind(span, person, found[needed][0].charted) for span in spans] if needed else spans


def _behind(span: Span, person: Person, day: date | None) -> Span:
    """The span moved to begin on a day at the earliest, never charted when there is no such day."""
    if day is None or span.charted is None:
        return span._replace(onset=span.began, charted=None)
    age = _age(person, day)
    return span._replace(began=max(span.began, age), onset=max(span.onset, age), charted=max(span.charted, age))


def _curve(condition: Condition, person: Person, found: Found) -> Curve:
    """The curve for this person: raised by parents there are by an age, lowered by those there are not.

    The rates are of late; in earlier years less was diagnosed at the same age.
    """
    knots = []
    for age, rate in condition.curve:
        raised = rate * condition.factor[person.sex] * interpolate(_TREND, person.birth.year + age)
        for key, factor in condition.parents:
            share = min(0.6, catalogue()[key].rate(age, person.sex) * catalogue()[key].hidden)
            had = key in found and _age(person, found[key][0].began) <= age
            raised *= (factor if had else 1.0) / (1 + share * (factor - 1))
        knots.append((age, min(raised, 0.95)))
    return tuple(knots)


def _obesity(seed: int, person: Person, frame: Body) -> Span | None:
    """From the first birthday with a BMI of 30, charted in about half of the people."""
    ages = [age for age in range(18, int(LAST_AGE)) if frame.bmi(age) >= 30]
    if not ages:
        return None
    known = seeds.share(seed, "charted", person.index, OBESITY) < CHARTED_OBESITY
    end = float(ages[-1] + 1)
    start = float(ages[0])
    return Span(start, start, start if known else None, end if end < LAST_AGE else None)


def _smoking(seed: int, person: Person) -> dict[str, Span]:
    """Ever or never is settled at the age at which the person joined; then smokers quit at a steady rate."""
    table, age = catalogue(), max(18.0, (person.joined.toordinal() - person.birth.toordinal()) / YEAR)
    level, current = incidence.level(seed, person, "tobacco"), table[SMOKER].rate(age, person.sex)
    ever = current + table[FORMER].rate(age, person.sex)
    if level >= ever:
        return {}
    rng = seeds.draws(seed, "tobacco", person.index)
    start, span = 15 + 6 * rng.random(), rng.random()
    if level < current:
        quit_age = max(age, start) + rng.expovariate(1 / QUIT_YEARS)
    else:
        quit_age = start + 1 + max(age - start - 1, 0) * span
    return {
        SMOKER: Span(start, start, start, quit_age),
        FORMER: Span(quit_age, quit_age, quit_age, None),
    }


def _problem(seed: int, person: Person, condition: Condition, span: Span) -> Problem | None:
    """None when it begins after death; not charted when nobody noticed it in life."""
    began, onset = _day(person, span.began), _day(person, span.onset)
    charted, resolved = (None if age is None else _day(person, age) for age in span[2:])
    if person.death is not None and began >= person.death:
        return None
    if person.death is not None and onset >= person.death:
        onset, charted = began, None
    return Problem(condition.key, _code(seed, person, condition), began, onset, charted, resolved)


def _code(seed: int, person: Person, condition: Condition) -> str:
    """One of the condition's codes by weight, the same for life."""
    names, weights = zip(*condition.codes, strict=True)
    at = seeds.share(seed, "code", person.index, condition.key) * sum(weights) if len(names) > 1 else 0.0
    return str(names[bisect(list(accumulate(weights))[:-1], at)])


def _day(person: Person, age: float) -> date:
    return date.fromordinal(person.birth.toordinal() + int(age * YEAR))


def _age(person: Person, day: date) -> float:
    return (day.toordinal() - person.birth.toordinal()) / YEAR


def _end_by(found: dict[str, list[Problem]], key: str, by: str) -> None:
    """A stage ends when the next one is diagnosed, or was never charted."""
    end = found[by][0].charted if by in found else None
    if key not in found or end is None:
        return
    earlier = found.pop(key)[0]
    if earlier.began < end:
        until = min(end, earlier.resolved or end)
        found[key] = [replace(earlier, onset=min(earlier.onset, until), resolved=until)]


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
    return [Problem(PREGNANCY, "Z34.90", day, day, day, date.fromordinal(day.toordinal() + 280)) for day in lasting]
