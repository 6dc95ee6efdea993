"""Quality measures: scores (LOINC) and whether a goal is met (HCPCS G codes, from general knowledge)."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from mockserver.world import codes
from mockserver.world.facts import Facts
from mockserver.world.model import Values, Visit
from mockserver.world.sheet import Sheet

PHQ9, GAD7 = "44261-6", "70274-6"
PHQ9_MAXIMUM, GAD7_MAXIMUM = 27, 21
_SCORES = {PHQ9: "PHQ-9 total score", GAD7: "GAD-7 total score"}
_REPORTED = 0.6


def write(sheet: Sheet, facts: Facts, rng: Random) -> None:
    """The measures of a visit of an adult or an adolescent."""
    if facts.state.years < 12:
        return
    for values in (*_scores(facts, rng), *_goals(facts, rng)):
        sheet.add("quality_data", facts.visit.day, values)


def _scores(facts: Facts, rng: Random) -> Iterator[Values]:
    """Both fall by a third with treatment."""
    has, eased = facts.state.has, 0.66 if "ssri" in facts.state.taken else 1.0
    coded = {finding.key for finding in facts.findings}
    if "depression" in coded or (facts.visit.kind == "wellness" and rng.random() < 0.5):
        middle = 12 * eased if "depression" in has else 2
        yield _score(facts.visit, PHQ9, min(PHQ9_MAXIMUM, max(0, round(rng.gauss(middle, 3)))))
    if "anxiety" in coded:
        yield _score(facts.visit, GAD7, min(GAD7_MAXIMUM, max(0, round(rng.gauss(11 * eased, 3)))))


def _goals(facts: Facts, rng: Random) -> Iterator[Values]:
    """From the signs of the same visit."""
    signs, pressure = facts.signs, "hypertension" in {finding.key for finding in facts.findings}
    if signs is None or facts.state.years < 18:
        return
    if pressure and signs.systolic is not None and rng.random() < _REPORTED:
        yield _goal(facts.visit, "G8752" if signs.systolic < 140 else "G8753")
    if facts.visit.kind == "wellness" and signs.bmi is not None and rng.random() < _REPORTED:
        if signs.bmi >= 25:
            yield _goal(facts.visit, "G8417")
        elif signs.bmi >= 18.5:
            yield _goal(facts.visit, "G8420")


def _score(visit: Visit, code: str, value: int) -> Values:
    return _row(visit, code, "LOINC", _SCORES[code], str(value))


def _goal(visit: Visit, code: str) -> Values:
    return _row(visit, code, "HCPCS", codes.texts("hcpcs")[code], None)


def _row(visit: Visit, code: str, system: str, text: str, value: str | None) -> Values:
    return {
        "encounter_id": visit.encounter_id,
        "date": visit.day,
        "code": code,
        "code_type": system,
        "description": text,
        "value": value,
        "provider_name": visit.provider.name,
        "comment": None,
    }
