"""Who the patients are: age, sex, frailty, payers, doctor, when they came and when they went.

Ages, sexes, payers and frailty are drawn along a low-discrepancy sequence, one point per index: so shares
hold for a hundred patients nearly as well as for a million, and patient 731 is the same in both. How many
patients an age band has follows from its share of visits and its visits per person.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from datetime import date, timedelta
from math import exp
from random import Random
from statistics import NormalDist

from mockserver.world.model import Coverage, Person, Provider
from mockserver.world.practice import Practice
from mockserver.world.profiles import Profile
from mockserver.world.seeds import draws

_ROOT = 1.1347241384015194
"""The real root of x**6 = x + 1; its negative powers give an even sequence in five dimensions (R5)."""
_STEPS = tuple(float(1 / _ROOT**place) for place in range(1, 6))
_AGE, _SEX, _FRAILTY, _JOINED, _COVERAGE = range(5)
_NORMAL = NormalDist()


def person(profile: Profile, practice: Practice, index: int) -> Person:
    """Patient ``index`` of a practice."""
    even = [(shift + (index + 1) * step) % 1.0 for shift, step in zip(practice.shifts, _STEPS, strict=True)]
    rng = draws(practice.seed, "person", index)
    joined = _joined(profile, even[_JOINED], rng)
    years = _age(profile, even[_AGE])
    middle = _middle(profile, joined)
    birth = middle - timedelta(days=int(years * 365.25))
    joined = max(joined, birth + timedelta(days=2))
    band = band_of(profile.panel.bands, years)
    frailty = _NORMAL.inv_cdf(min(max(even[_FRAILTY], 1e-9), 1 - 1e-9))
    left, death = _end(profile, rng, joined, birth, frailty)
    begin = max(joined, profile.history_start)
    return Person(
        index=index,
        patient_id=practice.patient_id(index),
        sex="female" if even[_SEX] < profile.panel.female_share[band] else "male",
        birth=birth,
        death=death,
        joined=joined,
        frailty=frailty,
        pcp=choose_pcp(practice, rng, (begin - birth).days // 365),
        coverages=_coverages(profile, practice, rng, even[_COVERAGE], years),
        left=left,
    )


def band_of(bands: Sequence[float], years: float) -> int:
    """The band an age falls into."""
    return bisect_right(bands, years) - 1


def choose_pcp(practice: Practice, rng: Random, years: int) -> Provider:
    """A primary care provider who sees people of this age; anyone with a panel if nobody does."""
    specs = practice.settings.providers
    weights = [spec.panel if spec.from_age <= years <= spec.to_age else 0.0 for spec in specs]
    if not any(weights):
        weights = [spec.panel for spec in specs]
    return rng.choices(practice.providers, weights)[0]


Term = tuple[date, Provider]
"""A provider, and the day from which on they are the person's primary care."""


def pcp_terms(profile: Profile, practice: Practice, person: Person) -> list[Term]:
    """Who looked after the person from when on. Some change their doctor, children leave the pediatrician."""
    rng = draws(practice.seed, "pcp", person.index)
    begin = max(person.joined, profile.history_start)
    rate = profile.demographics.pcp_per_year
    days = []
    passed = rng.expovariate(rate) * 365.25 if rate else 1e9
    while passed < (profile.last_day - begin).days:
        days.append(begin + timedelta(days=int(passed) + 1))
        passed += rng.expovariate(rate) * 365.25 + 30
    grown = _too_old(practice, person.pcp, person.birth) + timedelta(days=rng.randrange(0, 200))
    days += [grown] if begin < grown <= profile.last_day else []
    end = min(filter(None, (person.left, person.death, profile.last_day)))
    terms: list[Term] = [(person.joined, person.pcp)]
    for day in sorted(days):
        new = choose_pcp(practice, rng, person.age_on(day))
        if new != terms[-1][1] and day <= end:
            terms.append((day, new))
    return terms


def pcp_on(terms: Sequence[Term], day: date) -> Provider:
    """The primary care provider on a day."""
    return next((provider for since, provider in reversed(terms) if since <= day), terms[0][1])


def _too_old(practice: Practice, provider: Provider, birth: date) -> date:
    """The day from which on the provider no longer sees the person."""
    spec = practice.settings.providers[practice.providers.index(provider)]
    return birth + timedelta(days=int(spec.to_age * 365.25))


def effect(profile: Profile, frailty: float) -> float:
    """By how much the frail have more visits; its mean over the panel is 1."""
    strength = profile.panel.frailty_effect
    return exp(strength * frailty - strength * strength / 2)


def _joined(profile: Profile, even: float, rng: Random) -> date:
    """The day of the first contact: before the history for those known at its start, else evenly after."""
    known = profile.panel.known_at_start
    if even < known:
        return profile.history_start - timedelta(days=1 + int(rng.random() * 2900))
    span = (profile.last_day - profile.history_start).days
    return profile.history_start + timedelta(days=int((even - known) / (1 - known) * span))


def _middle(profile: Profile, joined: date) -> date:
    """The middle of the time in which the person is a patient: there the age is the drawn one."""
    begin = max(joined, profile.history_start)
    return begin + (profile.last_day - begin) / 2


def _age(profile: Profile, even: float) -> float:
    """Years; within a band evenly, in the last one falling towards the oldest."""
    panel = profile.panel
    sizes = [part / rate for part, rate in zip(panel.visit_share, panel.visits_per_year, strict=True)]
    left = even * sum(sizes)
    band = 0
    while band < len(sizes) - 1 and left >= sizes[band]:
        left -= sizes[band]
        band += 1
    part = min(left / sizes[band], 1.0)
    if band == len(sizes) - 1:
        return panel.bands[band] + float(part**1.6) * (panel.oldest - panel.bands[band])
    return panel.bands[band] + part * (panel.bands[band + 1] - panel.bands[band])


def _end(profile: Profile, rng: Random, joined: date, birth: date, frailty: float) -> tuple[date | None, date | None]:
    """The day the person moved away and the day of death, whichever comes first and if it comes at all."""
    panel = profile.panel
    begin = max(joined, profile.history_start)
    span = (profile.last_day - begin).days
    strength = panel.frailty_mortality
    scale = exp(strength * frailty - strength**2 / 2)
    luck, stays = rng.expovariate(1), rng.expovariate(1)
    moved = int(stays / panel.moved_away_per_year * 365.25) if panel.moved_away_per_year else span + 1
    for past in range(0, min(span, moved), 30):
        years = ((begin - birth).days + past) / 365.25
        risk = panel.deaths_per_year[band_of(panel.bands, years)] * scale * 30 / 365.25
        if luck < risk:
            return None, begin + timedelta(days=past + 1 + int(luck / risk * 29))
        luck -= risk
    return (begin + timedelta(days=moved + 1) if moved < span else None), None


def _coverages(profile: Profile, practice: Practice, rng: Random, even: float, years: float) -> tuple[Coverage, ...]:
    mix = profile.coverage
    band = band_of(mix.bands, years)
    left = even * sum(row[band] for row in mix.weights.values())
    word = ""
    for word, row in mix.weights.items():  # noqa: B007 - the last word stands if rounding leaves a rest
        left -= row[band]
        if left < 0:
            break
    kinds = [] if word == "Self-pay" else word.split("+")
    return tuple(filter(None, (_payer(practice, rng, kind) for kind in kinds)))


def _payer(practice: Practice, rng: Random, kind: str) -> Coverage | None:
    payers = [each for each in practice.payers if each.type == kind and each.share]
    if not payers:
        return None
    return Coverage(rng.choices(payers, [each.share for each in payers])[0].payer_id, kind)
