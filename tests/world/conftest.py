"""Fixtures of the world room: the shipped clinic, its practice, and what a panel of it does."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from mockserver.world import people, profiles, scheduling, timeline, visits
from mockserver.world.demographics import records as demographic_records
from mockserver.world.model import History, Person, Record, Visit
from mockserver.world.practice import Practice
from mockserver.world.practice import records as practice_records
from mockserver.world.profiles import Profile


@dataclass(frozen=True)
class Panel:
    """The clinic's patients with all that the front desk knows of them."""

    people: list[Person]
    visits: list[Visit]
    records: list[Record]
    histories: list[History]

    def of(self, element: str) -> list[Record]:
        return [record for record in self.records if record.element == element]

    def stored(self, element: str) -> list[History]:
        return [history for history in self.histories if history.element == element]


@pytest.fixture(scope="session")
def clinic() -> Profile:
    return profiles.load("clinic")


@pytest.fixture(scope="session")
def practice(clinic: Profile) -> Practice:
    return Practice.of(clinic, clinic.practices[0])


@pytest.fixture(scope="session")
def schedule(clinic: Profile) -> timeline.Schedule:
    return timeline.Schedule.of(clinic, clinic.practices[0])


@pytest.fixture(scope="session")
def panel(clinic: Profile, practice: Practice, schedule: timeline.Schedule) -> Panel:
    everyone = [people.person(clinic, practice, index) for index in range(clinic.patients)]
    found: list[Visit] = []
    records = list(practice_records(clinic, practice))
    for person in everyone:
        planned = visits.planned(clinic, practice, person)
        found += planned
        records += demographic_records(clinic, practice, person)
        records += scheduling.records(clinic, practice, person, planned)
    made = [timeline.history(schedule, record) for record in records]
    return Panel(everyone, found, records, [each for each in made if each is not None])
