"""Visits: whom people see, where, at what time, under which words, on the days ``visit_days`` gives them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time
from random import Random

from mockserver.world import visit_days
from mockserver.world.model import Person, Provider, Visit
from mockserver.world.people import Term, choose_pcp, pcp_on, pcp_terms
from mockserver.world.pools import AppointmentType
from mockserver.world.practice import Practice
from mockserver.world.profiles import Profile
from mockserver.world.seeds import draws

MOST_VISITS = 450
"""No patient has more; ``scheduling`` needs the slots above for bookings that came to nothing."""


def _starts(minutes: int) -> tuple[time, ...]:
    every = range(8 * 60, 17 * 60 - minutes + 1, minutes)
    return tuple(time(at // 60, at % 60) for at in every if at + minutes <= 720 or at >= 780)


STARTS = {minutes: _starts(minutes) for minutes in (15, 20, 30)}
"""When visits of 15, 20 and 30 minutes may begin: from 8 to 17, not between 12 and 13."""


def visits(profile: Profile, practice: Practice, person: Person) -> list[Visit]:
    """The visits of a person over history and horizon in order; ``number`` is the place in the list."""
    last = profile.last_day
    return [visit for visit in planned(profile, practice, person) if visit.day <= last]


def planned(profile: Profile, practice: Practice, person: Person) -> list[Visit]:
    """``visits``, and behind them those of which only the booking can lie within the horizon."""
    rng = draws(practice.seed, "visits", person.index)
    days = visit_days.plans(profile, person, rng)[:MOST_VISITS]
    desk = _Desk(profile, practice, person, pcp_terms(profile, practice, person), rng)
    return [desk.visit(number, date.fromordinal(day), kind) for number, (day, kind) in enumerate(days)]


def start_time(rng: Random, day: date, minutes: int) -> time:
    """A time on the grid within the hours; Saturdays end at noon."""
    starts = STARTS[minutes]
    return rng.choice(starts[: 240 // minutes] if day.weekday() == 5 else starts)


@dataclass(frozen=True, slots=True)
class _Desk:
    """The front desk, which finds a provider, a site and a time for one person's visits."""

    profile: Profile
    practice: Practice
    person: Person
    terms: Sequence[Term]
    rng: Random

    def visit(self, number: int, day: date, kind: str) -> Visit:
        practice, rng, index = self.practice, self.rng, self.person.index
        years = self.person.age_on(day)
        telehealth = kind != "wellness" and years > 1 and rng.random() < self.telehealth_share(day)
        provider = self.provider(kind, day, years)
        booked = self.type(self.use(number, kind, telehealth, provider), kind, years)
        site = practice.location_of(provider) if rng.random() < 0.92 else rng.choice(practice.locations)
        walks_in = kind == "acute" and not telehealth and self.walks_in()
        return Visit(
            number=number,
            person=self.person,
            day=day,
            begin=start_time(rng, day, booked.minutes),
            minutes=booked.minutes,
            kind=kind,
            provider=provider,
            location_id=site.location_id,
            telehealth=telehealth,
            encounter_id=practice.number("encounter", index, number),
            appointment_id=None if walks_in else practice.number("appointment", index, number),
            type=booked.type,
            reason=booked.reason,
        )

    def walks_in(self) -> bool:
        return self.rng.random() < self.profile.appointments.walk_in_share

    def telehealth_share(self, day: date) -> float:
        rates = self.profile.visits
        return rates.telehealth[(day >= rates.telehealth_from) + (day > rates.telehealth_until)]

    def provider(self, kind: str, day: date, years: int) -> Provider:
        """A cardiologist for some chronic care, else mostly the person's own doctor of that day."""
        rates = self.profile.visits
        hearts = self.practice.of_specialty("Cardiology")
        grey = kind == "chronic" and years >= rates.cardiology_from_age and bool(hearts)
        if grey and self.rng.random() < rates.cardiology_share:
            return hearts[self.person.index % len(hearts)]
        if self.rng.random() < rates.own_provider_share:
            return pcp_on(self.terms, day)
        return choose_pcp(self.practice, self.rng, years)

    def use(self, number: int, kind: str, telehealth: bool, provider: Provider) -> str:
        """Which appointment types fit."""
        if telehealth:
            return "telehealth"
        if kind == "chronic" and provider.specialty == "Cardiology":
            return "cardiology"
        new = number == 0 and self.person.joined >= self.profile.history_start and kind != "wellness"
        return "new" if new else kind

    def type(self, use: str, kind: str, years: int) -> AppointmentType:
        """The pair of type and reason; that of the kind if nothing fits the use."""
        every = self.practice.pools.types
        for wanted in (use, kind, "acute"):
            fitting = [each for each in every if each.use == wanted and _fits(each, years, self.person.sex)]
            if fitting:
                break
        return self.rng.choices(fitting, [each.weight for each in fitting])[0]


def _fits(each: AppointmentType, years: int, sex: str) -> bool:
    return each.from_age <= years <= each.to_age and each.sex in ("", sex)
