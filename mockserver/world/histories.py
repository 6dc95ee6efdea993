"""Past illness and surgery."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from random import Random

from mockserver.world import codes
from mockserver.world.conditions import Problem, catalogue
from mockserver.world.model import Values, Visit
from mockserver.world.sheet import Sheet, later

NEW_SURGERY, NEW_ILLNESS = 0.02, 0.6
MOST_SURGERIES = 6


@cache
def _surgeries() -> tuple[Mapping[str, str], ...]:
    return codes.rows("surgeries")


class Past:
    """Past illness and surgery of one person, going through the visits in order."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self._problems = problems
        self._listed: set[str] = set()
        self._operated: set[str] = set()
        self._first = True

    def write(self, sheet: Sheet, visit: Visit, rng: Random) -> None:
        """At the first visit what there is; later new chronic problems and, rarely, an operation."""
        for problem in self._problems:
            if problem.key in catalogue() and problem.known(visit.day) and problem.key not in self._listed:
                self._listed.add(problem.key)
                if rng.random() < NEW_ILLNESS:
                    sheet.add("medsurg_history", visit.day, _illness(visit, problem))
        count = self._operations(visit, rng)
        for _ in range(count):
            self._operation(sheet, visit, rng)
        self._first = False

    def _operations(self, visit: Visit, rng: Random) -> int:
        if not self._first:
            return int(rng.random() < NEW_SURGERY)
        lived = min(visit.person.age_on(visit.day), 80) / 80
        return sum(rng.random() < 0.55 * lived for _ in range(3))

    def _operation(self, sheet: Sheet, visit: Visit, rng: Random) -> None:
        age, sex = visit.person.age_on(visit.day), "women" if visit.person.sex == "female" else "men"
        options = [r for r in _surgeries() if r["text"] not in self._operated and int(r["youngest"]) <= age]
        weights = [float(row["weight"]) * float(row[sex]) for row in options]
        if sum(weights) <= 0 or len(self._operated) >= MOST_SURGERIES:
            return
        row = codes.chosen(rng, options, weights)
        self._operated.add(row["text"])
        sheet.add("medsurg_history", visit.day, _surgery(visit, row, self._when(visit, row, rng)))

    def _when(self, visit: Visit, row: Mapping[str, str], rng: Random) -> date | str:
        """An operation of long ago is remembered by its year."""
        if not self._first:
            return later(visit.day, -rng.randrange(10, 60))
        years = visit.person.age_on(visit.day) - int(row["youngest"])
        return str(visit.day.year - int(years * rng.random()))


def _illness(visit: Visit, problem: Problem) -> Values:
    return {
        "encounter_id": visit.encounter_id,
        "date": str(problem.onset.year),
        "type": "Medical",
        "code": problem.code,
        "code_type": "ICD10",
        "description": codes.texts("icd10cm")[problem.code],
        "comment": None,
    }


def _surgery(visit: Visit, row: Mapping[str, str], when: date | str) -> Values:
    return {
        "encounter_id": visit.encounter_id,
        "date": when,
        "type": "Surgical",
        "code": row["code"] or None,
        "code_type": "HCPCS" if row["code"] else None,
        "description": row["text"],
        "comment": None,
    }
