"""Past illness and surgery."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from random import Random

from mockserver.world import codes
from mockserver.world.conditions import PREGNANCY, Problem, catalogue
from mockserver.world.model import Values, Visit
from mockserver.world.sheet import Sheet, later

NEW_SURGERY, NEW_ILLNESS = 0.02, 0.6
MOST_SURGERIES = 6
CESAREAN = "CESAREAN DELIVERY"


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
        sex = "women" if visit.person.sex == "female" else "men"
        options = [r for r in _surgeries() if r["text"] not in self._operated and self._possible(visit, r)]
        weights = [float(row["weight"]) * float(row[sex]) for row in options]
        if sum(weights) <= 0 or len(self._operated) >= MOST_SURGERIES:
            return
        row = codes.chosen(rng, options, weights)
        self._operated.add(row["text"])
        sheet.add("medsurg_history", visit.day, _surgery(visit, row, self._when(visit, row, rng)))

    def _possible(self, visit: Visit, row: Mapping[str, str]) -> bool:
        """Whether the person has been of an age for it: at a first visit ever, later on at present."""
        low, high = _ages(visit, row)
        if not self._first and row["text"] == CESAREAN:
            return self._birth(visit) is not None
        return low <= high and (self._first or visit.person.age_on(visit.day) == high)

    def _birth(self, visit: Visit) -> date | None:
        """The end of a pregnancy of late."""
        ends = [problem.resolved for problem in self._problems if problem.key == PREGNANCY and problem.resolved]
        return next((day for day in ends if 10 <= (visit.day - day).days < 60), None)

    def _when(self, visit: Visit, row: Mapping[str, str], rng: Random) -> date | str:
        """An operation of long ago is remembered by its year."""
        if not self._first:
            recent = later(visit.day, -rng.randrange(10, 60))
            return (self._birth(visit) if row["text"] == CESAREAN else None) or recent
        low, high = _ages(visit, row)
        return str(visit.person.birth.year + low + int((high + 1 - low) * rng.random()))


def _ages(visit: Visit, row: Mapping[str, str]) -> tuple[int, int]:
    """The first and the last age at which the person can have had it by the visit; none if out of order."""
    born = visit.person.birth.year
    low = max(int(row["youngest"]), int(row["since"]) - born)
    return low, min(int(row["oldest"]), visit.person.age_on(visit.day))


def _illness(visit: Visit, problem: Problem) -> Values:
    code = codes.on("icd10cm", problem.code, visit.day) or problem.code
    return {
        "encounter_id": visit.encounter_id,
        "date": str(problem.onset.year),
        "type": "Medical",
        "code": code,
        "code_type": "ICD10",
        "description": codes.texts("icd10cm")[code],
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
