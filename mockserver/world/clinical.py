"""The clinical rows of a person: everything but charges and transactions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from random import Random

from mockserver.world import allergies, labs, medications, prevention, procedures, quality, seeds, vitals
from mockserver.world.conditions import Problem
from mockserver.world.diagnoses import Finding
from mockserver.world.encounters import Chart, chart
from mockserver.world.facts import Facts
from mockserver.world.habits import Habits
from mockserver.world.histories import Past
from mockserver.world.model import Change, Person, Record, Values, Visit
from mockserver.world.sheet import Sheet, amend, later

RESOLVES = 0.85
"""Share of complaints whose end the practice hears of, 5 to 21 days later."""


def records(
    seed: int, practice_code: str, person: Person, visits: Sequence[Visit], known: Chart | None = None
) -> Iterator[Record]:
    """The rows of a person for these visits, which are in order; ``known`` saves making the chart again."""
    found = known or chart(seed, person, visits)
    sheet = Sheet(seed, person)
    _by_visit(sheet, seed, found)
    for allergy in found.allergies:
        allergies.write(sheet, allergy)
    refills = seeds.draws(seed, "refills", person.index)
    for course in found.courses:
        medications.write(sheet, course, refills)
    yield from sheet


def _by_visit(sheet: Sheet, seed: int, found: Chart) -> None:
    person = found.person
    habits, past = Habits(seed, person, found.problems), Past(found.problems)
    first = found.facts[0].visit.day if found.facts else person.joined
    orders = labs.Orders(seed, person.index, first)
    latest: dict[Problem, Record] = {}
    for place, facts in enumerate(found.facts):
        visit = facts.visit
        rng = seeds.draws(seed, "notes", person.index, visit.number)
        latest.update(_diagnoses(sheet, facts, rng))
        if facts.signs is not None:
            vitals.write(sheet, seed, visit, facts.signs, rng)
        doses = facts.doses if place else (*found.reported, *facts.doses)
        prevention.write(sheet, visit, doses, rng)
        labs.write(sheet, seed, visit, orders, facts.state)
        procedures.write(sheet, facts, rng)
        quality.write(sheet, facts, rng)
        habits.write(sheet, visit, rng)
        past.write(sheet, visit, rng)
    _resolve(latest)


def _diagnoses(sheet: Sheet, facts: Facts, rng: Random) -> dict[Problem, Record]:
    """The rows of a visit, and which of them tell of which lasting problem."""
    told: dict[Problem, Record] = {}
    for finding in facts.findings:
        changes = []
        if finding.key and finding.problem is None and rng.random() < RESOLVES:
            changes.append(_resolution(facts.visit, rng.randrange(5, 22)))
        record = sheet.add("diagnosis", facts.visit.day, _diagnosis(facts.visit, finding), changes)
        if record is not None and finding.problem is not None:
            told[finding.problem] = record
    return told


def _resolution(visit: Visit, days: int) -> Change:
    day = later(visit.day, days)
    return Change(day, {"status": "Resolved", "resolved_date": day})


def _resolve(latest: dict[Problem, Record]) -> None:
    """A lasting problem that ends is resolved in the last row that told of it."""
    for problem, record in latest.items():
        if problem.resolved is not None and problem.resolved > record.day:
            amend(record, problem.resolved, {"status": "Resolved", "resolved_date": problem.resolved})


def _diagnosis(visit: Visit, finding: Finding) -> Values:
    """Occasions (Z codes) have neither onset nor status."""
    return {
        "encounter_id": visit.encounter_id,
        "date": visit.day,
        "diagnosis_code": finding.code,
        "diagnosis_code_type": "ICD10",
        "description": finding.text,
        "onset_date": finding.onset,
        "resolved_date": None,
        "status": "Active" if finding.key else None,
        "snomed_code": None,
        "provider_name": visit.provider.name,
        "comment": None,
    }
