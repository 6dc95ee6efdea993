"""The sections of a profile. ``profiles/clinic.yaml`` says what every number means and whence it is."""

# ruff: noqa: RUF009 - every call in a field is a dataclasses.field
from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from mockserver.world import schema

PAYER_TYPES = ("Commercial", "Medicare", "Medicaid", "Workers Compensation")
COVERAGES = (
    *PAYER_TYPES, "Medicare+Commercial", "Medicare+Medicaid", "Commercial+Medicaid",
    "Workers Compensation+Commercial", "Self-pay",
)  # fmt: skip


@dataclass(frozen=True)
class ProviderSpec:
    """A post: who fills it is drawn. ``panel`` is its weight when patients choose their primary care."""

    specialty: str = schema.text()
    credentials: str = schema.text()
    taxonomy_code: str = schema.text("[0-9A-Z]{10}", "a NUCC taxonomy code of ten characters")
    site: int = schema.whole(0, 99)
    from_age: int = schema.whole(0, 130)
    to_age: int = schema.whole(1, 130)
    panel: float = schema.number(0, 1000)


@dataclass(frozen=True)
class PayerSpec:
    """A payer and plan; ``share`` is its weight among the payers of its type."""

    name: str = schema.text()
    type: str = schema.choice(*PAYER_TYPES)
    plan: str | None = schema.optional(schema.text())
    share: float = schema.number(0, 1e6)


@dataclass(frozen=True)
class Panel:
    """Who the patients are, by age band."""

    bands: tuple[float, ...] = schema.numbers(0, 120)
    oldest: int = schema.whole(1, 115)
    visit_share: tuple[float, ...] = schema.numbers(0, 100)
    visits_per_year: tuple[float, ...] = schema.numbers(0.1, 50)
    female_share: tuple[float, ...] = schema.numbers(0, 1)
    deaths_per_year: tuple[float, ...] = schema.numbers(0, 0.9)
    frailty_effect: float = schema.number(0, 1)
    frailty_mortality: float = schema.number(0, 2)
    known_at_start: float = schema.number(0, 1)
    moved_away_per_year: float = schema.number(0, 0.9)


@dataclass(frozen=True)
class CoverageMix:
    """Payers by age band; a combination names the primary first."""

    bands: tuple[float, ...] = schema.numbers(0, 120)
    weights: Mapping[str, tuple[float, ...]] = schema.rows_of_numbers(COVERAGES)


@dataclass(frozen=True)
class VisitRates:
    """How often and why people come, where they go."""

    well_child_months: tuple[float, ...] = schema.numbers(0, 36)
    well_child_kept: float = schema.number(0, 1)
    wellness_per_year: tuple[float, ...] = schema.numbers(0, 1)
    chronic_share: tuple[float, ...] = schema.numbers(0, 1)
    followup_share: float = schema.number(0, 0.5)
    winter_factor: float = schema.number(1, 10)
    saturday_share: float = schema.number(0, 1)
    own_provider_share: float = schema.number(0, 1)
    cardiology_share: float = schema.number(0, 1)
    cardiology_from_age: int = schema.whole(0, 120)
    telehealth: tuple[float, ...] = schema.numbers(0, 1)
    telehealth_from: date = schema.day()
    telehealth_until: date = schema.day()


@dataclass(frozen=True)
class Booking:
    """What happens to appointments."""

    walk_in_share: float = schema.number(0, 1)
    cancelled_share: float = schema.number(0, 1)
    no_show_share: float = schema.number(0, 1)
    moved_share: float = schema.number(0, 1)
    no_provider_share: float = schema.number(0, 1)
    lead_days: tuple[float, ...] = schema.numbers(0, 365)
    noted_share: float = schema.number(0, 1)


@dataclass(frozen=True)
class Charting:
    """When encounters are closed, and how many are amended within two months."""

    completed_days: tuple[float, ...] = schema.numbers(0, 1)
    amended_share: float = schema.number(0, 1)


@dataclass(frozen=True)
class DemographicRates:
    """What the front desk knows of people and how often it changes."""

    address_per_year: float = schema.number(0, 10)
    phone_per_year: float = schema.number(0, 10)
    email_per_year: float = schema.number(0, 10)
    pcp_per_year: float = schema.number(0, 10)
    ssn_share: float = schema.number(0, 1)
    email_share: float = schema.number(0, 1)
    second_phone_share: float = schema.number(0, 1)
    race: Mapping[str, float] = schema.weights()
    hispanic_share: Mapping[str, float] = schema.weights()
    language: Mapping[str, float] = schema.weights()
    unknown_gender_share: float = schema.number(0, 1)


@dataclass(frozen=True)
class Loading:
    """Into how many instants the rows of one element fall: on an ordinary night, and in the first load."""

    batches_per_night: int = schema.whole(1, 300)
    initial_batches: Mapping[str, float] = schema.weights()
