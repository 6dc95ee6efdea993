"""Allergies: what is known at the first visit and what is found out later."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from random import Random

from mockserver.world import codes, seeds
from mockserver.world.model import Values, Visit
from mockserver.world.sheet import Sheet, later

FIRST = (0.62, 0.22, 0.11, 0.05)
"""Shares of people with none, one, two and three allergies at the first visit."""

NEW, MOST = 0.03, 6

_REACTIONS: Mapping[str, tuple[str, ...]] = {
    "Drug": ("Hives", "Rash", "Nausea", "Itching", "Facial swelling", "Anaphylaxis"),
    "Food": ("Hives", "Facial swelling", "Vomiting", "Anaphylaxis"),
    "Environmental": ("Sneezing", "Itching", "Watery eyes", "Rash"),
}
_SEVERE = frozenset({"Anaphylaxis", "Facial swelling"})


@dataclass(frozen=True, slots=True)
class Allergy:
    """An allergy found out at a visit; ``kind`` is the kind of drug it bars, empty for others."""

    visit: Visit
    code: str | None
    text: str
    type: str
    kind: str
    onset: date | None
    reaction: str
    severity: str


def found_at(seed: int, visits: Sequence[Visit]) -> list[Allergy]:
    """At the first visit what is known, at later ones rarely something new; never the same twice."""
    found: list[Allergy] = []
    for place, visit in enumerate(visits):
        rng = seeds.draws(seed, "allergy", visit.person.index, visit.number)
        fresh = codes.chosen(rng, range(4), FIRST) if place == 0 else int(rng.random() < NEW)
        for _ in range(min(fresh, MOST - len(found))):
            found.append(_allergy(visit, rng, {allergy.text for allergy in found}, place == 0))
    return found


def _allergy(visit: Visit, rng: Random, had: set[str], first: bool) -> Allergy:
    options = [row for row in codes.rows("allergens") if row["text"] not in had]
    row = codes.chosen(rng, options, [float(option["weight"]) for option in options])
    reaction = rng.choice(_REACTIONS[row["type"]])
    severity = "Severe" if reaction in _SEVERE else rng.choice(("Mild", "Mild", "Moderate"))
    onset = _past(visit, rng) if first else later(visit.day, -rng.randrange(30))
    known = max(onset, visit.person.birth) if rng.random() < 0.7 else None
    return Allergy(visit, row["code"] or None, row["text"], row["type"], row["kind"], known, reaction, severity)


def _past(visit: Visit, rng: Random) -> date:
    """Some day of the person's life before the visit."""
    lived = (visit.day - visit.person.birth).days
    return later(visit.day, -int(lived * 0.9 * rng.random()))


def write(sheet: Sheet, allergy: Allergy) -> None:
    """Reactions are text only: their codes would be SNOMED."""
    values: Values = {
        "encounter_id": allergy.visit.encounter_id,
        "type": allergy.type,
        "description": allergy.text,
        "onset_date": allergy.onset,
        "resolved_date": None,
        "severity": allergy.severity,
        "reaction_code": None,
        "reaction": allergy.reaction,
        "product_code": allergy.code,
        "comment": None,
    }
    sheet.add("allergy", allergy.visit.day, values)
