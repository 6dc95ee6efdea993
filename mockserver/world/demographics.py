"""What the front desk knows of a person and how it changes, and who is responsible for them (attribution)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from random import Random

from mockserver.world.model import Change, Person, Record, Values
from mockserver.world.people import Term, pcp_terms
from mockserver.world.practice import Practice, address, first_name, last_name, phone
from mockserver.world.profiles import Profile
from mockserver.world.seeds import draws

DOMAINS = ("mail.test", "post.test", "letters.invalid", "example.invalid")
HISPANIC, NOT_HISPANIC, UNKNOWN = "Hispanic or Latino", "Not Hispanic or Latino", "Unknown"
_ASIAN = ("zh", "vi", "ko")


def records(profile: Profile, practice: Practice, person: Person) -> Iterator[Record]:
    """The demographic row of a person and their attribution rows, one per primary care provider."""
    terms = pcp_terms(profile, practice, person)
    yield demographic(profile, practice, person, terms)
    yield from attributions(practice, person, terms)


def demographic(profile: Profile, practice: Practice, person: Person, terms: list[Term]) -> Record:
    """One row: as first written down, and every change after that."""
    rng = draws(practice.seed, "demographic", person.index)
    values = _names(profile, practice, person, rng)
    values |= _origin(profile, rng)
    values |= _contact(profile, practice, person, values, rng)
    values |= {"death_indication": "N", "death_date": None, "pcp_id": person.pcp.provider_id}
    changes = [Change(day, {"pcp_id": provider.provider_id}) for day, provider in terms[1:]]
    changes += _moves(profile, practice, person, values, rng)
    if person.death is not None:
        told = person.death + timedelta(days=rng.randrange(1, 15))
        changes.append(Change(told, {"death_indication": "Y", "death_date": person.death}))
    changes.sort(key=lambda change: change.day)
    return Record("demographic", person.index, 0, person.joined, values, changes)


def attributions(practice: Practice, person: Person, terms: list[Term]) -> Iterator[Record]:
    """Primary care attributions one after the other; the last ends with the person's death or leave."""
    ends = [since for since, _ in terms[1:]] + [person.left or person.death]
    for slot, ((since, provider), end) in enumerate(zip(terms, ends, strict=True)):
        values: Values = {
            "attribution_id": practice.number("attribution", person.index, slot),
            "patient_id": person.patient_id, "provider_id": provider.provider_id,
            "provider_name": provider.name, "location_id": practice.location_of(provider).location_id,
            "attribution_type": "PCP", "start_date": since, "end_date": None,
        }  # fmt: skip
        changes = [Change(end, {"end_date": end})] if end else []
        yield Record("attribution", person.index, slot, since, values, changes)


def _names(profile: Profile, practice: Practice, person: Person, rng: Random) -> Values:
    pools, rates = practice.pools, profile.demographics
    female = person.sex == "female"
    spare = rng.random()
    unissuable = rng.choice(("000", "666", f"9{rng.randrange(100):02d}"))
    return {
        "patient_id": person.patient_id,
        "first_name": first_name(rng, pools, person.sex),
        "middle_name": rng.choice("ABCDEFGHJKLMNPRSTW") if spare < 0.55 else None,
        "last_name": last_name(rng, pools),
        "prefix": ("Ms." if female else "Mr.") if spare > 0.88 else None,
        "suffix": rng.choice(("Jr", "Sr", "III")) if spare > 0.97 and not female else None,
        "ssn": f"{unissuable}{rng.randrange(10**6):06d}" if rng.random() < rates.ssn_share else None,
        "dob": person.birth,
        "other_id": None,
        "account_id": practice.numbering("account", 7).at(person.index),
        "gender": "unknown" if rng.random() < rates.unknown_gender_share else person.sex,
    }


def _origin(profile: Profile, rng: Random) -> Values:
    """Race, ethnicity and language in words; the language goes before, the others follow it."""
    rates = profile.demographics
    language = _weighted(rng, rates.language)
    race = "Asian" if language in _ASIAN else _weighted(rng, rates.race)
    hispanic = language == "es" or rng.random() < rates.hispanic_share.get(race, 0.03)
    silent = race == "Unknown" and rng.random() < 0.5
    ethnicity = HISPANIC if hispanic else UNKNOWN if silent else NOT_HISPANIC
    return {
        "race": None if race == "Unknown" else race,
        "ethnicity": ethnicity,
        "primary_language": None if silent and language == "en" else language,
    }


def _contact(profile: Profile, practice: Practice, person: Person, names: Values, rng: Random) -> Values:
    rates, codes = profile.demographics, practice.settings.area_codes
    second = rng.random() < rates.second_phone_share
    mail = _email(names, rng) if rng.random() < rates.email_share else None
    return {
        **_address(practice, rng),
        "phone_number": phone(rng, codes) if rng.random() < 0.97 else None,
        "phone_ext": None,
        "phone_type": rng.choice("HM"),
        "second_number": phone(rng, codes) if second else None,
        "second_ext": str(rng.randrange(10, 999)) if second and rng.random() < 0.1 else None,
        "second_type": "W" if second else None,
        "first_email": mail,
        "second_email": None,
    }


def _address(practice: Practice, rng: Random) -> Values:
    where = address(rng, practice.pools, practice.settings.state)
    flat = f"Apt {rng.randrange(1, 400)}" if rng.random() < 0.2 else None
    return {
        "address_type": "H", "address_line_1": where.line, "address_line_2": flat,
        "city": where.city, "state": where.state, "zip": where.zip,
    }  # fmt: skip


def _email(names: Values, rng: Random) -> str:
    return f"{names['first_name']}.{names['last_name']}@{rng.choice(DOMAINS)}".lower()


def _moves(profile: Profile, practice: Practice, person: Person, names: Values, rng: Random) -> list[Change]:
    """New addresses, phones and mail addresses, at their yearly rates, while the person is a patient."""
    rates, codes = profile.demographics, practice.settings.area_codes
    changes = []
    for day in _days(profile, person, rates.address_per_year, rng):
        changes.append(Change(day, _address(practice, rng)))
    for day in _days(profile, person, rates.phone_per_year, rng):
        changes.append(Change(day, {"phone_number": phone(rng, codes), "phone_type": "M"}))
    for day in _days(profile, person, rates.email_per_year, rng):
        changes.append(Change(day, {"first_email": _email(names, rng)}))
    return changes


def _days(profile: Profile, person: Person, rate: float, rng: Random) -> Iterator[date]:
    begin = max(person.joined, profile.history_start)
    last = min(filter(None, (profile.last_day, person.death, person.left)))
    passed = rng.expovariate(rate) * 365.25 if rate else float("inf")
    while passed < (last - begin).days:
        yield begin + timedelta(days=int(passed) + 1)
        passed += rng.expovariate(rate) * 365.25


def _weighted(rng: Random, weights: Mapping[str, float]) -> str:
    return rng.choices(list(weights), list(weights.values()))[0]
