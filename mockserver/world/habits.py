"""Social history: tobacco in agreement with the problem list, alcohol, exercise."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from random import Random

from mockserver.world import seeds
from mockserver.world.conditions import FORMER, SMOKER, Problem
from mockserver.world.model import Person, Values, Visit
from mockserver.world.sheet import Sheet

REVIEWED = 0.5
"""Chance that habits are asked again at a wellness visit; they are asked at once when smoking has changed."""

TOBACCO_LOINC, ALCOHOL_LOINC = "72166-2", "11331-6"
_EXERCISE = ("None", "1 to 2 days a week", "3 to 4 days a week", "5 or more days a week")


def smoking(problems: Sequence[Problem], day: date) -> Problem | None:
    """The tobacco problem of a day: current use, former use, or None."""
    present = {problem.key: problem for problem in problems if problem.known(day)}
    return present.get(SMOKER) or present.get(FORMER)


class Habits:
    """Social history of one person, going through the visits in order."""

    def __init__(self, seed: int, person: Person, problems: Sequence[Problem]) -> None:
        self._seed, self._person, self._problems = seed, person, problems
        self._told: str | None = None

    def write(self, sheet: Sheet, visit: Visit, rng: Random) -> None:
        """Rows at the first visit from 13 on, at some wellness visits, and whenever smoking has changed."""
        if visit.person.age_on(visit.day) < 13:
            return
        tobacco, reviewed = self._tobacco(visit), visit.kind == "wellness" and rng.random() < REVIEWED
        if self._told is None or reviewed or self._told != tobacco["description"]:
            sheet.add("social_history", visit.day, tobacco)
        if self._told is None or reviewed:
            sheet.add("social_history", visit.day, self._alcohol(visit))
            if rng.random() < 0.4:
                answer = rng.choice(_EXERCISE)
                sheet.add("social_history", visit.day, _habit(visit, "Exercise", None, "Exercise", answer))
        self._told = str(tobacco["description"])

    def _tobacco(self, visit: Visit) -> Values:
        problem = smoking(self._problems, visit.day)
        if problem is None:
            return _habit(visit, "Tobacco", TOBACCO_LOINC, "Never smoker", None)
        started = next((p.onset for p in self._problems if p.key == SMOKER), None)
        if problem.key == SMOKER:
            packs = str(1 + seeds.seed_of(self._seed, "packs", self._person.index) % 2)
            return _habit(visit, "Tobacco", TOBACCO_LOINC, "Current every day smoker", f"{packs} ppd", started)
        return _habit(visit, "Tobacco", TOBACCO_LOINC, "Former smoker", None, started, problem.onset)

    def _alcohol(self, visit: Visit) -> Values:
        if any(problem.key == "alcohol" and problem.known(visit.day) for problem in self._problems):
            return _habit(visit, "Alcohol", ALCOHOL_LOINC, "Heavy alcohol use", "15+ drinks a week")
        share = seeds.share(self._seed, "alcohol use", self._person.index)
        if visit.person.age_on(visit.day) < 18 or share < 0.4:
            return _habit(visit, "Alcohol", ALCOHOL_LOINC, "No alcohol use", "0 drinks a week")
        light = share < 0.85
        text, value = ("Occasional alcohol use", "1-2") if light else ("Moderate alcohol use", "3-7")
        return _habit(visit, "Alcohol", ALCOHOL_LOINC, text, f"{value} drinks a week")


def _habit(
    visit: Visit, kind: str, code: str | None, text: str, value: str | None,
    start: date | None = None, end: date | None = None,
) -> Values:  # fmt: skip
    """Answers are text: their codes would be SNOMED. The code is the question's LOINC."""
    return {
        "encounter_id": visit.encounter_id,
        "date": visit.day,
        "type": kind,
        "code": code,
        "description": text,
        "value": value,
        "start_date": start,
        "end_date": end,
        "comment": None,
    }
