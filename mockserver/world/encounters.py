"""What happened at each visit of a person, worked out once and shared by every element."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from mockserver.world import allergies, bodies, conditions, diagnoses, medications, procedures, vitals
from mockserver.world.allergies import Allergy
from mockserver.world.analytes import State
from mockserver.world.bodies import Body
from mockserver.world.conditions import Problem
from mockserver.world.facts import Facts
from mockserver.world.medications import Course
from mockserver.world.model import Person, Visit
from mockserver.world.prevention import Dose, Vaccines


@dataclass(frozen=True, slots=True)
class Chart:
    """A person and all that is known: ``visits`` in order of number and day, ``facts`` one per visit."""

    person: Person
    problems: tuple[Problem, ...]
    allergies: tuple[Allergy, ...]
    courses: tuple[Course, ...]
    reported: tuple[Dose, ...]
    facts: tuple[Facts, ...]


def chart(seed: int, person: Person, visits: Sequence[Visit]) -> Chart:
    """Everything that several elements tell of. What a visit tells never depends on a later one."""
    frame = bodies.body(seed, person)
    problems = conditions.problems(seed, person, frame)
    allergic = allergies.found_at(seed, visits)
    barred = {allergy.kind: allergy.visit.day for allergy in reversed(allergic) if allergy.kind}
    courses = medications.courses(seed, visits, problems, barred)
    vaccines = Vaccines(seed, person)
    reported = vaccines.earlier(visits[0].day) if visits else []
    facts = [_facts(seed, visit, frame, problems, courses, vaccines.given(visit)) for visit in visits]
    return Chart(person, tuple(problems), tuple(allergic), tuple(courses), tuple(reported), tuple(facts))


def _facts(
    seed: int,
    visit: Visit,
    frame: Body,
    problems: Sequence[Problem],
    courses: Sequence[Course],
    doses: Sequence[Dose],
) -> Facts:
    state = _state(seed, visit, frame, problems, courses)
    signs = None if visit.telehealth else vitals.measure(seed, visit, frame, state.has, state.taken, state.fever)
    bmi = float(signs.bmi) if signs is not None and signs.bmi is not None else None
    known = diagnoses.known(problems, visit.day)
    found = diagnoses.assess(seed, visit, known, frame, bmi, bool(doses))
    facts = Facts(visit, found, state, signs, tuple(doses))
    return replace(facts, services=procedures.services(seed, facts))


def _state(seed: int, visit: Visit, frame: Body, problems: Sequence[Problem], courses: Sequence[Course]) -> State:
    has = frozenset(problem.key for problem in problems if problem.present(visit.day))
    taken = tuple(course.drug.kind for course in courses if course.taken(visit.day))
    fever = diagnoses.complaint(seed, visit).fever if visit.kind == "acute" else 0.0
    age, years = frame.age(visit.day), visit.person.age_on(visit.day)
    return State(frame, age, years, visit.person.sex, has, taken, fever)
