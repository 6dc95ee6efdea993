"""What is diagnosed at a visit: one to four codes: problem list, complaint, occasion."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from random import Random

from mockserver.world import codes, seeds
from mockserver.world.bodies import Body
from mockserver.world.conditions import OBESITY, Problem, catalogue
from mockserver.world.model import Visit

MOST = 4
WINTER = (11, 12, 1, 2, 3)
_CHILD, _SENIOR, _NEWBORN = 15, 65, 29
_COUNTS = {
    "chronic": (0.0, 0.3, 0.35, 0.23, 0.12),
    "wellness": (0.3, 0.4, 0.3),
    "acute": (0.65, 0.25, 0.1),
    "followup": (0.0, 0.7, 0.3),
}  # fmt: skip
_FIRST = (0.05, 0.25, 0.4, 0.3)
"""Chances of so many lasting problems among the diagnoses of a visit, by its kind and of the first."""


@dataclass(frozen=True, slots=True)
class Complaint:
    """A short-lived condition: ``acute.csv``. Weights go by age, ``winter`` is the factor of cold months.

    ``lasting`` are the conditions that explain it instead in those who have them.
    """

    key: str
    code: str
    lasting: frozenset[str]
    by_age: tuple[float, float, float]
    factor: Mapping[str, float]
    winter: float
    youngest: int
    oldest: int
    fever: float
    treated: float


@dataclass(frozen=True, slots=True)
class Finding:
    """A diagnosis at a visit. ``key`` is a condition, a complaint or empty for an occasion (Z code)."""

    code: str
    key: str = ""
    onset: date | None = None
    problem: Problem | None = None

    @property
    def text(self) -> str:
        return codes.texts("icd10cm")[self.code]


@cache
def complaints() -> tuple[Complaint, ...]:
    return tuple(_complaint(row) for row in codes.rows("acute"))


def _complaint(row: Mapping[str, str]) -> Complaint:
    lasting = frozenset(row["lasting"].split("|"))
    by_age = (float(row["child"]), float(row["adult"]), float(row["senior"]))
    factor = {"female": float(row["women"]), "male": float(row["men"])}
    years = int(row["youngest"]), int(row["oldest"])
    rest = float(row["fever"]), float(row["treated"])
    return Complaint(row["key"], row["code"], lasting, by_age, factor, float(row["winter"]), *years, *rest)


def complaint(seed: int, visit: Visit) -> Complaint:
    """What brings someone with something new, by age, sex and season; to other visits nothing febrile."""
    rng = seeds.draws(seed, "complaint", visit.person.index, visit.number)
    age, sex, month = visit.person.age_on(visit.day), visit.person.sex, visit.day.month
    band = 0 if age < _CHILD else 1 if age < _SENIOR else 2
    options = [each for each in complaints() if each.youngest <= age <= each.oldest and _around(each, visit.day)]
    options = [each for each in options if visit.kind == "acute" or not each.fever]
    cold = month in WINTER
    weights = [each.by_age[band] * each.factor[sex] * (each.winter if cold else 1.0) for each in options]
    return codes.chosen(rng, options, weights)


def explained(option: Complaint, problems: Iterable[Problem]) -> Problem | None:
    """The known problem that a complaint comes from, if there is one."""
    return next((problem for problem in problems if problem.key in option.lasting), None)


def _around(option: Complaint, day: date) -> bool:
    """What had no code was not diagnosed: COVID before April 2020. Influenza not in the summer."""
    if codes.on("icd10cm", option.code, day) is None:
        return False
    return option.key != "influenza" or day.month not in (5, 6, 7, 8, 9)


def known(problems: Sequence[Problem], day: date) -> list[Problem]:
    """The charted problems that are there on a day."""
    return [problem for problem in problems if problem.known(day)]


def assess(
    seed: int, visit: Visit, problems: Sequence[Problem], frame: Body, bmi: float | None, vaccinated: bool
) -> tuple[Finding, ...]:
    """The diagnoses of a visit, first the reason for it; ``problems`` are those known on the day."""
    rng = seeds.draws(seed, "assess", visit.person.index, visit.number)
    found = _occasion(visit, rng) if visit.kind == "wellness" else []
    lasting = _lasting(visit, problems, frame, rng)
    if visit.kind == "acute" or (visit.kind == "chronic" and not lasting):
        found.append(_new(seed, visit, problems, frame, rng))
    if visit.kind == "followup" and not lasting:
        found.append(Finding("Z09"))
    if vaccinated:
        found.append(Finding("Z23"))
    for finding in lasting:
        found.append(finding)
        if finding.key == OBESITY and bmi is not None:
            found.append(Finding(bmi_code(bmi)))
    first: dict[str, Finding] = {}
    for finding in found:
        code = codes.on("icd10cm", finding.code, visit.day) or finding.code
        first.setdefault(code, replace(finding, code=code))
    return tuple(first.values())[:MOST]


def _occasion(visit: Visit, rng: Random) -> list[Finding]:
    age, sex = visit.person.age_on(visit.day), visit.person.sex
    if (visit.day - visit.person.birth).days < _NEWBORN:
        return [Finding("Z00.110" if (visit.day - visit.person.birth).days < 8 else "Z00.111")]
    found = [Finding("Z00.129" if age < 18 else "Z00.00")]
    if sex == "female" and 40 <= age <= 74 and rng.random() < 0.6:
        found.append(Finding("Z12.31"))
    if 45 <= age <= 75 and rng.random() < 0.25:
        found.append(Finding("Z12.11"))
    return found


def _lasting(visit: Visit, problems: Sequence[Problem], frame: Body, rng: Random) -> list[Finding]:
    """Some of the problem list, those that need care first; a first visit takes the history."""
    weights = _FIRST if visit.number == 0 else _COUNTS[visit.kind]
    count = codes.chosen(rng, range(len(weights)), weights)
    care = [_care(problem) for problem in problems]
    picked = codes.sample(rng, problems, care, count)
    keys = {problem.key for problem in problems}
    return [_of(problem, keys, frame) for problem in picked]


def _of(problem: Problem, keys: set[str], frame: Body) -> Finding:
    return Finding(_code(problem, keys, frame), problem.key, problem.onset, problem)


def _care(problem: Problem) -> float:
    row = catalogue().get(problem.key)
    return row.weight if row else 12.0


def _code(problem: Problem, keys: set[str], frame: Body) -> str:
    """Diabetes is coded with its complication."""
    if problem.key != "diabetes":
        return problem.code
    return "E11.22" if "ckd" in keys else "E11.65" if frame.latent["control"] > 0.7 else problem.code


def _new(seed: int, visit: Visit, problems: Sequence[Problem], frame: Body, rng: Random) -> Finding:
    """The complaint, or the lasting problem behind it."""
    option = complaint(seed, visit)
    onset = date.fromordinal(max(visit.day.toordinal() - rng.randrange(6), visit.person.birth.toordinal()))
    problem = explained(option, problems)
    if problem is not None:
        return _of(problem, {each.key for each in problems}, frame)
    return Finding(option.code, option.key, onset)


def bmi_code(bmi: float) -> str:
    """The ICD-10-CM code of an adult's body mass index."""
    if bmi < 20:
        return "Z68.1"
    if bmi < 40:
        return f"Z68.{int(bmi)}"
    return f"Z68.{41 + sum(bmi >= edge for edge in (45, 50, 60, 70))}"
