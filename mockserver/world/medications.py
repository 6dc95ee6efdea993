"""Prescriptions of a person: what is taken for which problem, from when until when, and the rows of it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from random import Random

from mockserver.world import codes, seeds
from mockserver.world.conditions import PREGNANCY, Problem, catalogue
from mockserver.world.diagnoses import complaint, explained, known
from mockserver.world.model import Change, Values, Visit
from mockserver.world.sheet import Sheet, later

RENEWAL_DAYS = 330
START, RENEW, SWITCH, STOP = 0.75, 0.55, 0.02, 0.01
"""Chance per visit that a treatment begins, is renewed when due, is changed for another, or is given up."""

Line = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Drug:
    """A product for a problem; ``line`` 2 is added to line 1. ``days`` is 0 for lasting treatment."""

    code: str | None
    text: str
    weight: float
    problem: str
    line: str
    kind: str
    days: int
    columns: Mapping[str, str]
    youngest: int
    oldest: int
    fetal_risk: bool

    def suits(self, visit: Visit) -> bool:
        """Whether strength and form are for someone of this age."""
        return self.youngest <= visit.person.age_on(visit.day) <= self.oldest


@dataclass(slots=True)
class Course:
    """A prescription. ``stop`` and ``ending`` are set when it ends: a day and the status from then on."""

    drug: Drug
    visit: Visit
    start: date
    stop: date | None = None
    ending: str = ""
    remark: str | None = None

    def taken(self, day: date) -> bool:
        """Whether it acts on what is measured on a day: not yet on the day it is prescribed."""
        return self.start < day and (self.stop is None or day <= self.stop)


@cache
def formulary() -> Mapping[Line, tuple[Drug, ...]]:
    """The choices by problem and line."""
    found: dict[Line, tuple[Drug, ...]] = {}
    for row in codes.rows("rxnorm"):
        line = row["problem"], row["line"]
        name, weight, days = row["code"] or None, float(row["weight"]), int(row["days"])
        ages, risk = (int(row["youngest"]), int(row["oldest"])), row["fetal_risk"] == "1"
        drug = Drug(name, row["text"], weight, *line, row["kind"], days, row, *ages, risk)
        found[line] = (*found.get(line, ()), drug)
    return found


def courses(
    seed: int, visits: Sequence[Visit], problems: Sequence[Problem], barred: Mapping[str, date]
) -> list[Course]:
    """Every prescription in order; ``barred`` is kinds of drug the person is allergic to, from when."""
    made: list[Course] = []
    lasting: dict[Line, Course] = {}
    for visit in visits:
        rng = seeds.draws(seed, "medication", visit.person.index, visit.number)
        banned = {kind for kind, day in barred.items() if day <= visit.day} | _harmful(visit, problems)
        made += _lasting(seed, visit, problems, lasting, banned, rng)
        if visit.kind == "acute":
            made += _short(seed, visit, problems, banned, rng)
    return made


@cache
def _risky() -> frozenset[str]:
    return frozenset(drug.text for line in formulary().values() for drug in line if drug.fetal_risk)


def _harmful(visit: Visit, problems: Sequence[Problem]) -> frozenset[str]:
    """The products that must not be taken at the time: those that harm the unborn, in pregnancy."""
    pregnant = any(problem.key == PREGNANCY and problem.known(visit.day) for problem in problems)
    return _risky() if pregnant else frozenset()


def _lasting(
    seed: int,
    visit: Visit,
    problems: Sequence[Problem],
    lasting: dict[Line, Course],
    banned: set[str],
    rng: Random,
) -> Iterator[Course]:
    listed = {problem.key: problem for problem in known(problems, visit.day)}
    for line in [line for line in lasting if line[0] not in listed]:
        end(lasting.pop(line), visit.day, "Discontinued", "Problem resolved")
    for line in [line for line, course in lasting.items() if course.drug.text in banned]:
        end(lasting.pop(line), visit.day, "Discontinued", "Stopped for pregnancy")
    for key, problem in listed.items():
        for number in ("1", "2"):
            line = key, number
            if line in formulary() and (number == "1" or (key, "1") in lasting) and _treated(seed, visit, line):
                yield from _line(visit, problem, line, lasting, banned, rng)


def _treated(seed: int, visit: Visit, line: Line) -> bool:
    row = catalogue().get(line[0])
    share = row.treated[int(line[1]) - 1] if row else 0.8 if line[0] == PREGNANCY else 0.0
    return seeds.share(seed, "treated", visit.person.index, *line) < share


def _line(
    visit: Visit, problem: Problem, line: Line, lasting: dict[Line, Course], banned: set[str], rng: Random
) -> Iterator[Course]:
    """Begin, renew, change or stop one treatment, or let it run on."""
    course, chance = lasting.get(line), rng.random()
    if course is None:
        if chance < START and (drug := _choice(_for(visit, line), banned, lasting, rng)):
            lasting[line] = Course(drug, visit, _since(visit, problem))
            yield lasting[line]
        return
    due = (visit.day - course.visit.day).days
    if due <= 0:
        return
    if chance < STOP or course.drug.kind in banned:
        end(lasting.pop(line), visit.day, "Discontinued", "Stopped at visit")
    elif (chance < STOP + SWITCH or not course.drug.suits(visit)) and (
        drug := _choice(_for(visit, line), {*banned, course.drug.text}, lasting, rng)
    ):
        end(course, visit.day, "Discontinued", "Changed to another drug")
        lasting[line] = Course(drug, visit, visit.day)
        yield lasting[line]
    elif due > RENEWAL_DAYS and chance > 1 - RENEW:
        end(course, visit.day, "Completed", "Renewed")
        lasting[line] = Course(course.drug, visit, visit.day)
        yield lasting[line]


def _for(visit: Visit, line: Line) -> list[Drug]:
    """The choices at the age of the visit."""
    return [drug for drug in formulary().get(line, ()) if drug.suits(visit)]


def _since(visit: Visit, problem: Problem) -> date:
    """At a first visit a treatment may be old already; otherwise it begins today."""
    charted = problem.charted
    if visit.number or charted is None or charted >= later(visit.day, -60):
        return visit.day
    return max(later(charted, 30), later(visit.day, -1500))


def _choice(
    options: Sequence[Drug], banned: Collection[str], lasting: Mapping[Line, Course], rng: Random
) -> Drug | None:
    """One not barred and not taken already for something else."""
    taken = {course.drug.text for course in lasting.values()}
    free = [drug for drug in options if drug.kind not in banned and drug.text not in banned and drug.text not in taken]
    return codes.chosen(rng, free, [drug.weight for drug in free]) if free else None


def _short(seed: int, visit: Visit, problems: Sequence[Problem], banned: set[str], rng: Random) -> Iterator[Course]:
    """Some days of treatment for the complaint of an acute visit, unless a lasting problem explains it."""
    option, chance = complaint(seed, visit), rng.random()
    options = _for(visit, (option.key, "1"))
    if chance >= option.treated or explained(option, known(problems, visit.day)):
        return
    if drug := _choice(options, banned, {}, rng):
        course = Course(drug, visit, visit.day)
        end(course, later(visit.day, drug.days), "Completed", None)
        yield course


def end(course: Course, day: date, status: str, remark: str | None) -> None:
    """Close a prescription from a day on."""
    course.stop, course.ending, course.remark = day, status, remark


def write(sheet: Sheet, course: Course, rng: Random) -> None:
    """The row of a prescription, changed on the day it ends."""
    visit, changes = course.visit, []
    if course.stop is not None and course.stop > visit.day:
        ended: Values = {"status": course.ending, "stop_date": course.stop, "comment": course.remark}
        changes.append(Change(course.stop, ended))
    sheet.add("medication", visit.day, _values(course, rng), changes)


def _values(course: Course, rng: Random) -> Values:
    """An ended short course is Active until its last day; NDC stays null because none could be checked."""
    drug, visit, cells = course.drug, course.visit, course.drug.columns
    return {
        "encounter_id": visit.encounter_id,
        "date": visit.day,
        "ndc": None,
        "medication_name": drug.text,
        "rxnorm_code": drug.code,
        "dose": cells["dose"],
        "dose_unit": cells["dose_unit"],
        "form": cells["form"],
        "route": cells["route"],
        "frequency": cells["frequency"],
        "sig": cells["sig"],
        "quantity": int(cells["quantity"]),
        "refills": 0 if drug.days else rng.choice((1, 3, 3, 3)),
        "start_date": course.start,
        "stop_date": None,
        "status": "Active",
        "provider_id": visit.provider.provider_id,
        "provider_name": visit.provider.name,
        "comment": None,
    }
