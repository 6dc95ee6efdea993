"""A practice as it stands: providers, sites and payers, drawn from the seed, and their rows.

Invented on sight: provider ids have ten digits and fail the NPI check digit, phones end in 555-01xx, postal
codes have prefixes 001 to 004, which no place has, and names carry digits.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from mockserver.world.model import SLOTS, Provider, Record
from mockserver.world.pools import Pools
from mockserver.world.pools import load as load_pools
from mockserver.world.profiles import PracticeProfile, Profile
from mockserver.world.seeds import Numbering, draws, numbering, seed_of, share

DIGITS = 9
"""Source ids of rows have nine digits: so every slot of every patient has one."""


@dataclass(frozen=True, slots=True)
class Address:
    """A postal address without the second line."""

    line: str
    city: str
    state: str
    zip: str


@dataclass(frozen=True, slots=True)
class Location:
    """A site of the practice."""

    location_id: str
    name: str
    address: Address
    phone: str


@dataclass(frozen=True, slots=True)
class Payer:
    """A payer and plan. ``type`` is one of ``profiles.PAYER_TYPES``, ``share`` its weight within the type."""

    payer_id: str
    name: str
    type: str
    plan: str | None
    share: float
    address: Address
    phone: str


@dataclass(frozen=True, slots=True)
class Practice:
    """What all makers need to know of a practice, made once. ``seed`` is the root of its keyed draws."""

    code: str
    seed: int
    settings: PracticeProfile
    pools: Pools
    providers: tuple[Provider, ...]
    locations: tuple[Location, ...]
    payers: tuple[Payer, ...]
    shifts: tuple[float, ...]
    numberings: dict[tuple[str, int], Numbering]

    @classmethod
    def of(cls, profile: Profile, settings: PracticeProfile) -> Practice:
        """The practice of a profile."""
        seed = seed_of(profile.seed, settings.code)
        pools = load_pools()
        return cls(
            settings.code, seed, settings, pools,
            _providers(seed, settings, pools),
            _locations(seed, settings, pools),
            _payers(seed, settings, pools),
            tuple(share(seed, "shift", place) for place in range(5)), {},
        )  # fmt: skip

    def number(self, element: str, index: int, slot: int, digits: int = DIGITS) -> str:
        """The source id of a patient's row, different for all rows of the element."""
        return self.numbering(element, digits).at(index * SLOTS + slot)

    def patient_id(self, index: int) -> str:
        """The source id of a patient, six digits."""
        return self.numbering("demographic", 6).at(index)

    def location_of(self, provider: Provider) -> Location:
        """The site at which a provider usually works."""
        return self.locations[self.settings.providers[self.providers.index(provider)].site]

    def of_specialty(self, specialty: str) -> tuple[Provider, ...]:
        """The providers of a specialty."""
        return tuple(each for each in self.providers if each.specialty == specialty)

    def location(self, location_id: str) -> Location:
        """The site with this id. Raises StopIteration if there is none."""
        return next(each for each in self.locations if each.location_id == location_id)

    def payer(self, payer_id: str) -> Payer:
        """The payer with this id. Raises StopIteration if there is none."""
        return next(each for each in self.payers if each.payer_id == payer_id)

    def numbering(self, element: str, digits: int) -> Numbering:
        """How the source ids of an element are given out."""
        known = self.numberings.get((element, digits))
        if known is None:
            known = self.numberings[element, digits] = numbering(self.seed, element, digits)
        return known


def records(profile: Profile, practice: Practice) -> Iterator[Record]:
    """The rows of the practice itself (index -1): sites, payers, providers."""
    day = profile.history_start
    for slot, site in enumerate(practice.locations):
        yield Record("location", -1, slot, day, _location_row(site))
    for slot, payer in enumerate(practice.payers):
        yield Record("payer", -1, slot, day, _payer_row(payer))
    for slot, provider in enumerate(practice.providers):
        yield Record("provider", -1, slot, day, _provider_row(practice, provider))


def failing_npi(nine: str, wrong: int) -> str:
    """Ten digits that fail the NPI check digit (Luhn over 80840 and the number) by ``wrong`` of 1 to 9."""
    total = sum(_luhn(int(digit), place) for place, digit in enumerate(reversed("80840" + nine)))
    return f"{nine}{(-total + wrong) % 10}"


def phone(rng: Random, area_codes: tuple[str, ...]) -> str:
    """A number of the range kept for fiction: area code, 555, 01xx."""
    return f"{rng.choice(area_codes)}55501{rng.randrange(100):02d}"


def address(rng: Random, pools: Pools, state: str) -> Address:
    """A street and town with a postal code that belongs to the town."""
    town = rng.randrange(len(pools.city))
    line = f"{rng.randrange(1, 9900)} {rng.choice(pools.street)}"
    return Address(line, pools.city[town], state, f"00{1 + town % 4}{town:02d}")


def first_name(rng: Random, pools: Pools, sex: str) -> str:
    """A first name with three digits, so that nobody takes it for a person's."""
    names = pools.first_female if sex == "female" else pools.first_male
    return f"{rng.choice(names)}{rng.randrange(100, 1000)}"


def last_name(rng: Random, pools: Pools) -> str:
    """A last name with two digits."""
    return f"{rng.choice(pools.last)}{rng.randrange(10, 100)}"


def _luhn(digit: int, place: int) -> int:
    doubled = digit * 2 if place % 2 == 0 else digit
    return doubled - 9 if doubled > 9 else doubled


def _providers(seed: int, settings: PracticeProfile, pools: Pools) -> tuple[Provider, ...]:
    ids = numbering(seed, "provider", 8)
    result = []
    for place, spec in enumerate(settings.providers):
        rng = draws(seed, "provider", place)
        number = failing_npi(f"1{ids.at(place)}", rng.randrange(1, 10))
        first = first_name(rng, pools, rng.choice(("female", "male")))
        name = last_name(rng, pools)
        result.append(Provider(number, first, name, spec.credentials, spec.specialty, spec.taxonomy_code))
    return tuple(result)


def _locations(seed: int, settings: PracticeProfile, pools: Pools) -> tuple[Location, ...]:
    ids = numbering(seed, "location", 3)
    result = []
    for place, name in enumerate(settings.sites):
        rng = draws(seed, "location", place)
        where = address(rng, pools, settings.state)
        result.append(Location(ids.at(place), name, where, phone(rng, settings.area_codes)))
    return tuple(result)


def _payers(seed: int, settings: PracticeProfile, pools: Pools) -> tuple[Payer, ...]:
    ids = numbering(seed, "payer", 3)
    result = []
    for place, spec in enumerate(settings.payers):
        rng = draws(seed, "payer", place)
        where = address(rng, pools, settings.state)
        box = Address(f"PO Box {rng.randrange(100, 9999)}", where.city, where.state, where.zip)
        number = phone(rng, settings.area_codes)
        result.append(Payer(ids.at(place), spec.name, spec.type, spec.plan, spec.share, box, number))
    return tuple(result)


def _location_row(site: Location) -> dict[str, object]:
    return {
        "location_id": site.location_id, "location_name": site.name,
        "address_line_1": site.address.line, "city": site.address.city,
        "state": site.address.state, "zip": site.address.zip, "phone_number": site.phone,
    }  # fmt: skip


def _payer_row(payer: Payer) -> dict[str, object]:
    return {
        "payer_id": payer.payer_id, "payer_name": payer.name,
        "payer_type": payer.type, "plan_name": payer.plan,
        "address_line_1": payer.address.line, "address_line_2": None, "city": payer.address.city,
        "state": payer.address.state, "zip": payer.address.zip, "phone_number": payer.phone,
    }  # fmt: skip


def _provider_row(practice: Practice, provider: Provider) -> dict[str, object]:
    return {
        "provider_id": provider.provider_id, "first_name": provider.first_name, "middle_name": None,
        "last_name": provider.last_name, "provider_name": provider.name, "npi": provider.provider_id,
        "credentials": provider.credentials, "specialty": provider.specialty,
        "taxonomy_code": provider.taxonomy_code, "active": "Y",
        "phone_number": practice.location_of(provider).phone,
    }  # fmt: skip
