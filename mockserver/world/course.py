"""Everything a person's visits leave in the practice's system but the visits themselves."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Protocol

from mockserver.world import billing, clinical
from mockserver.world.encounters import chart
from mockserver.world.model import Person, Record, Visit

ELEMENTS = (
    "allergy", "charge", "diagnosis", "immunization", "lab_order", "lab_result", "medication",
    "medsurg_history", "procedure", "quality_data", "social_history", "transaction", "vitals",
)  # fmt: skip


class Practice(Protocol):
    """What is needed of a practice: the root of its keyed draws, and the code its fees go by."""

    @property
    def seed(self) -> int: ...

    @property
    def code(self) -> str: ...


def records(profile: object, practice: Practice, person: Person, visits: Sequence[Visit]) -> Iterator[Record]:
    """The rows of ``ELEMENTS`` for a person. ``visits`` are all of the person's, ascending by day and number.

    Pure: the rows depend on the practice's seed and code, the person and the visits. What a visit
    leaves never depends on a later visit, other than by changes dated then. The profile has no say yet.
    """
    known = chart(practice.seed, person, visits)
    yield from clinical.records(practice.seed, practice.code, person, visits, known)
    yield from billing.records(practice.seed, practice.code, person, visits, known.facts)
