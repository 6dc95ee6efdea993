"""The people and places of a sandbox: providers, patients and sites, visibly invented."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from string import ascii_uppercase

from .model import Provider, Values
from .sandbox_numbers import Numbers
from .seeds import draws, pick, source_number

_SPECIALTIES = (
    # NUCC Health Care Provider Taxonomy, www.nucc.org
    ("MD", "Family Medicine", "207Q00000X"),
    ("DO", "Internal Medicine", "207R00000X"),
    ("NP", "Nurse Practitioner", "363L00000X"),
)


@dataclass(frozen=True, slots=True)
class Patient:
    """``index`` counts from 0; the listed patients come first. ``first_name`` is ``Patient_A`` and so on."""

    index: int
    listed: bool
    patient_id: str
    first_name: str
    sex: str
    birth: date
    pcp: Provider


@dataclass(frozen=True, slots=True)
class Roster:
    """``providers`` are those with a name, ``unresolved`` those that rows name by id alone."""

    seed: int
    numbers: Numbers
    providers: tuple[Provider, ...]
    unresolved: tuple[Provider, ...]
    patients: tuple[Patient, ...]

    @property
    def listed(self) -> tuple[Patient, ...]:
        return tuple(p for p in self.patients if p.listed)


def roster(seed: int, numbers: Numbers) -> Roster:
    """Everybody: the listed patients, and as many more as the busy day has."""
    day = numbers.busy_day
    staff = [_provider(seed, numbers, n) for n in range(day.providers + day.unresolved_providers)]
    resolved = tuple(staff[: day.providers])
    total = numbers.listed_patients + day.patients - day.listed_patients
    patients = tuple(_patient(seed, index, index < numbers.listed_patients, resolved) for index in range(total))
    return Roster(seed, numbers, resolved, tuple(staff[day.providers :]), patients)


def _provider(seed: int, numbers: Numbers, n: int) -> Provider:
    given = numbers.given_names[n % len(numbers.given_names)]
    return Provider(provider_number(seed, n), given, f"Provider_{n + 1}", *pick(_SPECIALTIES, seed, "specialty", n))


def provider_number(seed: int, n: int) -> str:
    """Ten digits like an NPI whose check digit (Luhn with the prefix 80840) is wrong, one for each ``n``."""
    base = "1" + source_number(seed, "provider", n, 8)
    doubled = [int(c) * (1 + i % 2) for i, c in enumerate("80840" + base)]
    right = -sum(sum(divmod(d, 10)) for d in doubled) % 10
    return f"{base}{(right + 1 + n % 9) % 10}"


def _patient(seed: int, index: int, listed: bool, staff: tuple[Provider, ...]) -> Patient:
    rng = draws(seed, "sandbox", "patient", index)
    return Patient(
        index=index,
        listed=listed,
        patient_id=source_number(seed, "patient", index, 5),
        first_name=f"Patient_{_letters(index, listed)}",
        sex="female" if rng.random() < 0.58 else "male",
        birth=date(1938, 1, 1) + timedelta(days=rng.randrange(64 * 365)),
        pcp=rng.choice(staff),
    )


def _letters(index: int, listed: bool) -> str:
    """A letter for the listed; the others sort behind, so filters on names see the listed alike."""
    if listed:
        return ascii_uppercase[index]
    high, low = divmod(index, 26)
    return f"Z{ascii_uppercase[high % 26]}{ascii_uppercase[low]}"


def demographic(seed: int, patient: Patient, numbers: Numbers) -> Values:
    """The clean columns of a patient."""
    rng = draws(seed, "sandbox", "demographic", patient.index)
    race, ethnicity = _word(numbers.races, rng), _word(numbers.ethnicities, rng)
    spanish = ethnicity.startswith("Hispanic") and rng.random() < 0.5
    return {
        "patient_id": patient.patient_id,
        "first_name": patient.first_name,
        "last_name": "Sample",
        "ssn": f"666{rng.randrange(10**6):06d}" if rng.random() < 0.5 else None,
        "dob": patient.birth,
        "account_id": source_number(seed, "account", patient.index, 7),
        "gender": patient.sex,
        "race": race,
        "ethnicity": ethnicity,
        "primary_language": "es" if spanish else "en",
        "phone_number": _phone(rng.randrange(1000)),
        "phone_type": "H",
        "first_email": f"{patient.first_name.lower()}@mail.test" if rng.random() < 0.7 else None,
        "death_indication": "N",
        **_address(rng.randrange(1, 900), rng.randrange(400)),
        "pcp_id": patient.pcp.provider_id,
    }


def _word(weights: Mapping[str, float], rng: Random) -> str:
    return rng.choices(list(weights), list(weights.values()))[0]


def _phone(n: int) -> str:
    """A number of the 555-01xx range, which is kept free for fiction."""
    return f"{(201, 202, 203, 205, 206, 207, 208, 209, 210, 212)[n // 100]}55501{n % 100:02d}"


def _address(house: int, area: int) -> Values:
    # ZIP prefixes 001 to 004 are not assigned to any place.
    return {
        "address_type": "H",
        "address_line_1": f"{house} Sample Street",
        "city": "Sampleton",
        "state": "VA",
        "zip": f"{100 + area:05d}",
    }


def provider_row(provider: Provider) -> Values:
    """The clean columns of a provider."""
    return {
        "provider_id": provider.provider_id,
        "first_name": provider.first_name,
        "last_name": provider.last_name,
        "provider_name": provider.name,
        "npi": provider.provider_id,
        "credentials": provider.credentials,
        "specialty": provider.specialty,
        "taxonomy_code": provider.taxonomy_code,
        "active": "Y",
        "phone_number": _phone(int(provider.provider_id) % 1000),
    }


def location_id(seed: int, place: int) -> str:
    """The source id of a site, three digits."""
    return source_number(seed, "location", place, 3)


def location_row(seed: int, numbers: Numbers, place: int) -> Values:
    """The clean columns of a site."""
    return {
        "location_id": location_id(seed, place),
        "location_name": numbers.places[place],
        "address_line_1": f"{100 + place} Sample Avenue",
        "city": "Sampleton",
        "state": "VA",
        "zip": "00100",
        "phone_number": _phone(place),
    }
