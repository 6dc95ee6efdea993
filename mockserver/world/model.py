"""The types a world is made of: what makers hand over, and what the timeline makes of it.

Values are keyed by the clean names of the contract (the names in force when no quirk is), and typed:
``str``, ``int``, ``Decimal``, ``date``, ``time`` or ``None``. Instants are microseconds since 1970 of
vendor time, which has no zone. The notation on the wire is the contract's business (contract/wire.py).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time

Value = object
Values = dict[str, Value]

SLOTS = 2000
"""Rows one patient may have in one element. Makers use slots below ``SLOTS // 2``, duplicates the rest."""

FOREVER = 2**63 - 1
"""The end of a version that nothing has replaced yet, in microseconds."""


@dataclass(slots=True)
class Change:
    """New values of some columns from one day on (the day it happened in the practice)."""

    day: date
    values: Values


@dataclass(slots=True)
class Record:
    """One row of one element as the practice knows it, before Healthjump has read it.

    ``index`` is the patient index (or -1 for rows of the practice itself: provider, payer, location)
    and ``slot`` counts the rows of that patient in that element; together they identify the row.
    ``values`` holds every clean column but the Healthjump id, the two timestamps and the practice.
    """

    element: str
    index: int
    slot: int
    day: date
    values: Values
    changes: list[Change] = field(default_factory=list)
    deleted: date | None = None


@dataclass(slots=True)
class Version:
    """The row from ``at`` until the next version; ``jitter`` parts it from the rest of its batch.

    ``batch`` is the instant of the load that stored it; ``at`` is ``batch + jitter``, unique in its
    element. Quirk Q17 sets the jitter to 0, which is how batches come to share one timestamp.
    """

    batch: int
    jitter: int
    values: Values

    @property
    def at(self) -> int:
        return self.batch + self.jitter


@dataclass(slots=True)
class History:
    """One row through time: ascending versions, and the instant at which it was deleted, if ever.

    ``created`` is the clean create instant and ``created_batch`` the load it belongs to.
    """

    element: str
    index: int
    slot: int
    surrogate: int
    created_batch: int
    created_jitter: int
    versions: list[Version]
    deleted: Version | None = None
    marks: Mapping[str, object] = field(default_factory=dict)

    @property
    def created(self) -> int:
        return self.created_batch + self.created_jitter


@dataclass(frozen=True, slots=True)
class Provider:
    """A clinician of the practice. ``provider_id`` has ten digits and fails the NPI check digit."""

    provider_id: str
    first_name: str
    last_name: str
    credentials: str
    specialty: str
    taxonomy_code: str

    @property
    def name(self) -> str:
        return f"{self.first_name} {self.last_name}"


@dataclass(frozen=True, slots=True)
class Coverage:
    """A payer a person has: primary first. Self-pay is an empty tuple of these."""

    payer_id: str
    payer_type: str


@dataclass(frozen=True, slots=True)
class Person:
    """An invented patient. ``frailty`` is a latent standard normal: the frail have more problems and visits.

    ``joined`` is the first day the practice knew the person, ``left`` the last if they moved away.
    ``sex`` is ``female`` or ``male``.
    """

    index: int
    patient_id: str
    sex: str
    birth: date
    death: date | None
    joined: date
    frailty: float
    pcp: Provider
    coverages: tuple[Coverage, ...]
    left: date | None = None

    def age_on(self, day: date) -> int:
        """Whole years."""
        return day.year - self.birth.year - ((day.month, day.day) < (self.birth.month, self.birth.day))


@dataclass(frozen=True, slots=True)
class Visit:
    """A visit that took place (or will). ``number`` counts the person's visits from 0: the encounter's slot.

    ``kind`` is one of ``wellness``, ``chronic``, ``acute``, ``followup``. ``telehealth`` visits have place of
    service 02. ``type`` and ``reason`` are the pair the practice books it under.
    """

    number: int
    person: Person
    day: date
    begin: time
    minutes: int
    kind: str
    provider: Provider
    location_id: str
    telehealth: bool
    encounter_id: str
    appointment_id: str | None
    type: str = ""
    reason: str = ""
