"""Persons and visits built by hand for tests of the clinical and billing makers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, time, timedelta
from random import Random
from types import SimpleNamespace

from mockserver.world import course
from mockserver.world.model import Coverage, Person, Provider, Record, Visit

NOW = date(2022, 8, 1)
START = date(2017, 8, 1)
END = NOW + timedelta(days=120)
SEED = 11
PRACTICE = SimpleNamespace(seed=SEED, code="ABCD01")
PROVIDERS = (
    Provider("1000000001", "Ann1", "Lee2", "MD", "Family Medicine", "207Q00000X"),
    Provider("1000000002", "Bob3", "Ray4", "NP", "Family Nurse Practitioner", "363LF0000X"),
)
COVERAGES = (
    (),
    (Coverage("101", "Commercial"),),
    (Coverage("102", "Medicaid"),),
    (Coverage("103", "Medicare"), Coverage("101", "Commercial")),
)


def person(index: int, age: float | None = None, sex: str | None = None) -> Person:
    """A person of any age up to 95 at ``NOW``, or of the one given."""
    rng = Random(index)
    years = 95 * rng.random() if age is None else age
    birth = NOW - timedelta(days=int(years * 365.2425))
    joined = max(birth + timedelta(days=3), START - timedelta(days=rng.randrange(1500)))
    coverages = COVERAGES[3] if years > 66 else COVERAGES[rng.randrange(3)]
    kind = sex or rng.choice(("female", "male"))
    return Person(index, str(700000 + index), kind, birth, None, joined, rng.gauss(0, 1), PROVIDERS[0], coverages)


def visits(who: Person, a_year: float = 4.0) -> list[Visit]:
    """Visits of all kinds from the start of the history to the horizon."""
    rng, made = Random(who.index + 1), []
    day = max(START, who.joined) + timedelta(days=rng.randrange(40))
    while day <= END:
        made.append(_visit(who, len(made), day, rng))
        day += timedelta(days=1 + int(rng.expovariate(a_year / 365)))
    return made


def _visit(who: Person, number: int, day: date, rng: Random) -> Visit:
    kind = rng.choice(("wellness", "chronic", "chronic", "acute", "followup"))
    begin = time(rng.randrange(8, 17), rng.choice((0, 15, 30, 45)))
    remote = kind != "wellness" and rng.random() < 0.1
    encounter = f"{who.index + 1:05d}{number:04d}"
    provider = rng.choice(PROVIDERS)
    return Visit(number, who, day, begin, 15, kind, provider, "301", remote, encounter, None)


def rows(who: Person, made: Sequence[Visit] | None = None) -> list[Record]:
    """Everything the course of a person leaves."""
    return list(course.records(None, PRACTICE, who, visits(who) if made is None else made))


def of(records: Sequence[Record], element: str) -> list[Record]:
    return [record for record in records if record.element == element]
