"""The practice: drawn from seed and code, its numbers, and the invented parts everything else is furnished with."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mockserver.world import pools, profiles, seeds
from mockserver.world import practice as rooms
from mockserver.world.model import SLOTS
from mockserver.world.practice import Practice
from mockserver.world.profiles import MOST_PATIENTS, Profile

CLINIC = profiles.load("clinic")
PRACTICE = Practice.of(CLINIC, CLINIC.practices[0])
POOLS = pools.load()


def test_a_practice_is_the_same_each_time_it_is_made(clinic: Profile, practice: Practice) -> None:
    again = Practice.of(clinic, clinic.practices[0])
    assert (again.seed, again.providers, again.locations, again.payers) == (
        practice.seed,
        practice.providers,
        practice.locations,
        practice.payers,
    )


def test_the_seed_furnishes_another_practice(clinic: Profile, practice: Practice) -> None:
    other = Practice.of(clinic.with_(seed=12345), clinic.practices[0])
    assert other.seed != practice.seed
    assert {each.provider_id for each in other.providers}.isdisjoint(each.provider_id for each in practice.providers)


def test_ids_differ_within_an_element(practice: Practice) -> None:
    for ids in (
        [each.provider_id for each in practice.providers],
        [each.location_id for each in practice.locations],
        [each.payer_id for each in practice.payers],
    ):
        assert len(set(ids)) == len(ids)
        assert all(each.isdecimal() for each in ids)


@given(st.integers(0, MOST_PATIENTS - 1), st.integers(0, SLOTS - 1))
def test_source_ids_are_those_of_the_seeds(index: int, slot: int) -> None:
    position = index * SLOTS + slot
    assert PRACTICE.number("encounter", index, slot) == seeds.source_number(
        PRACTICE.seed, "encounter", position, rooms.DIGITS
    )


@given(st.tuples(st.integers(0, MOST_PATIENTS - 1), st.integers(0, SLOTS - 1)), st.data())
def test_source_ids_of_different_rows_differ(one: tuple[int, int], data: st.DataObject) -> None:
    other = data.draw(st.tuples(st.integers(0, MOST_PATIENTS - 1), st.integers(0, SLOTS - 1)))
    same = PRACTICE.number("appointment", *one) == PRACTICE.number("appointment", *other)
    assert same == (one == other)


@given(st.integers())
def test_addresses_and_phones_lead_nowhere(seed: int) -> None:
    rng = seeds.draws(seed)
    where = rooms.address(rng, POOLS, "VA")
    assert re.fullmatch(r"[1-9][0-9]* .+", where.line)
    assert re.fullmatch("00[1-4][0-9]{2}", where.zip)
    assert POOLS.city[int(where.zip[3:])] == where.city
    assert re.fullmatch("20255501[0-9]{2}", rooms.phone(rng, ("202",)))


@given(st.integers(), st.sampled_from(["female", "male"]))
def test_names_carry_digits(seed: int, sex: str) -> None:
    rng = seeds.draws(seed)
    first, last = rooms.first_name(rng, POOLS, sex), rooms.last_name(rng, POOLS)
    assert first[:-3] in (POOLS.first_female if sex == "female" else POOLS.first_male)
    assert last[:-2] in POOLS.last
    assert (first[-3:] + last[-2:]).isdecimal()


def test_what_is_not_there_is_not_found(practice: Practice) -> None:
    with pytest.raises(StopIteration):
        practice.location("0")
    with pytest.raises(StopIteration):
        practice.payer("0")
    assert practice.of_specialty("Alchemy") == ()


def test_payers_have_the_shares_and_types_of_the_profile(clinic: Profile, practice: Practice) -> None:
    for payer, spec in zip(practice.payers, clinic.practices[0].payers, strict=True):
        assert (payer.name, payer.type, payer.plan, payer.share) == (spec.name, spec.type, spec.plan, spec.share)
        assert payer.address.line.startswith("PO Box ")
