"""Words a clinic is furnished with: names and addresses drawn once by Faker, the rest by hand."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class AppointmentType:
    """What a practice books: type code and reason belong together.

    ``use`` is a visit kind, ``new``, ``cardiology``, ``telehealth`` or ``room``.
    """

    type: str
    reason: str
    minutes: int
    use: str
    from_age: int
    to_age: int
    sex: str
    weight: float


@dataclass(frozen=True, slots=True)
class Complaint:
    """Why people come, in their own words. ``use`` is a visit kind, ``key`` one of ``acute.csv`` or none."""

    complaint: str
    use: str
    key: str
    from_age: int
    to_age: int
    weight: float


@dataclass(frozen=True, slots=True)
class Pools:
    """All of them, read once."""

    first_female: tuple[str, ...]
    first_male: tuple[str, ...]
    last: tuple[str, ...]
    street: tuple[str, ...]
    city: tuple[str, ...]
    detail: tuple[str, ...]
    arrival: tuple[str, ...]
    amendment: tuple[str, ...]
    types: tuple[AppointmentType, ...]
    complaints: tuple[Complaint, ...]


def rows(name: str) -> Iterator[dict[str, str]]:
    """The lines of a pool as mappings."""
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def column(name: str) -> tuple[str, ...]:
    """A pool of one column."""
    return tuple(row[name] for row in rows(name))


def load() -> Pools:
    """Reads every pool a maker draws from."""
    single = ("first_female", "first_male", "last", "street", "city", "detail", "arrival", "amendment")
    return Pools(**{name: column(name) for name in single}, types=_types(), complaints=_complaints())


def _types() -> tuple[AppointmentType, ...]:
    return tuple(
        AppointmentType(
            row["type"], row["reason"], int(row["minutes"]), row["use"],
            int(row["from_age"]), int(row["to_age"]), row["sex"], float(row["weight"]),
        )
        for row in rows("appointment_type")
    )  # fmt: skip


def _complaints() -> tuple[Complaint, ...]:
    return tuple(
        Complaint(
            row["complaint"], row["use"], row["key"],
            int(row["from_age"]), int(row["to_age"]), float(row["weight"]),
        )
        for row in rows("complaint")
    )  # fmt: skip
