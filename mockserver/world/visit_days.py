"""When and why people come: well visits by age, chronic care at its own pace, new problems, checks after.

Rates per age are those of the profile times an effect of frailty whose mean is 1: so the panel keeps them.
Days are ordinals.
"""

from __future__ import annotations

from datetime import date
from math import cos, pi
from random import Random

from mockserver.world.model import Person
from mockserver.world.people import band_of, effect
from mockserver.world.profiles import Profile

BOOKED_AHEAD = 60
"""Days behind the horizon for which visits are planned, so that its last days have bookings ahead."""

Plan = tuple[int, str]
_GROWN = 3
_HOLIDAYS = ((1, 1), (7, 4), (12, 25))


def plans(profile: Profile, person: Person, rng: Random) -> list[Plan]:
    """Day and kind of every visit of a person, in order, on days the practice is open."""
    return _open_days(profile, rng, sorted(_wishes(profile, person, rng)), _last(profile, person))


def _last(profile: Profile, person: Person) -> int:
    ends = [profile.last_day.toordinal() + BOOKED_AHEAD]
    ends += [day.toordinal() - 1 for day in (person.death, person.left) if day]
    return min(ends)


def _wishes(profile: Profile, person: Person, rng: Random) -> list[Plan]:
    """Days and kinds as wished for, before opening hours."""
    start = profile.history_start.toordinal()
    joined = person.joined.toordinal()
    first, last = max(start, joined), _last(profile, person)
    wishes: list[Plan] = []
    if joined >= start:
        kind = "wellness" if rng.random() < 0.4 else "acute"
        wishes.append((joined + rng.randrange(0, 15), kind))
    wishes += [(day, "wellness") for day in _well_child(profile, person, rng) if first < day <= last]
    wishes += [(day, "wellness") for day in _wellness(profile, person, rng, first, last)]
    for kind in ("chronic", "acute"):
        for day in _sick(profile, person, rng, kind, first, last):
            wishes.append((day, kind))
            if rng.random() < profile.visits.followup_share / (1 - profile.visits.followup_share):
                wishes.append((day + rng.randrange(6, 22), "followup"))
    return [plan for plan in wishes if first <= plan[0] <= last]


def _well_child(profile: Profile, person: Person, rng: Random) -> list[int]:
    born = person.birth.toordinal()
    kept = profile.visits.well_child_kept
    months = profile.visits.well_child_months
    return [born + int(month * 30.44) + rng.randrange(0, 9) for month in months if rng.random() < kept]


def _wellness(profile: Profile, person: Person, rng: Random, first: int, last: int) -> list[int]:
    """Once a year around a day of the person's own, from the third birthday on, if kept."""
    born = person.birth.toordinal()
    own = rng.randrange(-60, 120)
    found = []
    for year in range(max(_GROWN, (first - born) // 365 - 1), (last - born) // 365 + 2):
        chance = profile.visits.wellness_per_year[band_of(profile.panel.bands, year)]
        day = born + int(year * 365.25) + max(own, 5 if year == _GROWN else own) + int(rng.gauss(0, 20))
        if rng.random() < chance and first <= day <= last:
            found.append(day)
    return found


def _sick(profile: Profile, person: Person, rng: Random, kind: str, first: int, last: int) -> list[int]:
    """Chronic visits come at an even pace with some slack, acute ones by chance and more often in winter."""
    born = person.birth.toordinal()
    frail = effect(profile, person.frailty)
    swing = (profile.visits.winter_factor - 1) / (profile.visits.winter_factor + 1) if kind == "acute" else 0.0
    waiting = rng.random() if kind == "chronic" else rng.expovariate(1)
    found = []
    for begin in range(first, last + 1, 91):
        days = min(91, last + 1 - begin)
        daily = _rate(profile, kind, (begin + days / 2 - born) / 365.25) * frail * (1 + swing) / 365.25
        passed = 0.0
        while daily * (days - passed) >= waiting:
            passed += waiting / daily
            day = begin + int(passed)
            if kind == "chronic":
                waiting = rng.uniform(0.8, 1.2)
                found.append(day)
            else:
                waiting = rng.expovariate(1)
                if swing == 0 or rng.random() < _season(day, swing):
                    found.append(day)
        waiting -= daily * (days - passed)
    return found


def _rate(profile: Profile, kind: str, years: float) -> float:
    """Visits of a kind per year at an age, before frailty and without the checks that follow from them."""
    panel, rates = profile.panel, profile.visits
    band = band_of(panel.bands, max(years, 0))
    sick = max(0.2, panel.visits_per_year[band] - mean_wellness(profile, band)) * (1 - rates.followup_share)
    share = rates.chronic_share[band]
    return sick * (share if kind == "chronic" else 1 - share)


def mean_wellness(profile: Profile, band: int) -> float:
    """Wellness visits per year, averaged over an age band."""
    panel, rates = profile.panel, profile.visits
    low = panel.bands[band]
    high = panel.bands[band + 1] if band + 1 < len(panel.bands) else panel.oldest
    yearly = max(0.0, high - max(low, _GROWN)) * rates.wellness_per_year[band]
    early = sum(low <= month / 12 < high for month in rates.well_child_months) * rates.well_child_kept
    return (yearly + early) / (high - low)


def _season(day: int, swing: float) -> float:
    """The part of the winter's rate that holds on this day of the year: 1 in the middle of January."""
    return (1 + swing * cos(2 * pi * (day - 15) / 365.2425)) / (1 + swing)


def _open_days(profile: Profile, rng: Random, plans: list[Plan], last: int) -> list[Plan]:
    """The plans on open days, two days apart at least; those behind the last day fall away."""
    found: list[Plan] = []
    before = 0
    for wish, kind in plans:
        day = opened(profile, rng, max(wish, before + 2))
        if day > last:
            break
        found.append((day, kind))
        before = day
    return found


def opened(profile: Profile, rng: Random, day: int) -> int:
    """This day or one of the next that is open: no Sundays, no holidays, few Saturdays."""
    weekday = day % 7  # ordinal 1 was a Monday
    if weekday == 0:
        day += rng.randrange(1, 6)
    elif weekday == 6 and rng.random() >= profile.visits.saturday_share:
        day += rng.randrange(2, 7)
    while day % 7 == 0 or _is_holiday(day):
        day += 1
    return day


def _is_holiday(day: int) -> bool:
    as_date = date.fromordinal(day)
    return (as_date.month, as_date.day) in _HOLIDAYS
