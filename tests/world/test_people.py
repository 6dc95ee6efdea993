"""Patients and practice: shares as in the profile, everybody a pure function of the index, identities invented."""

from __future__ import annotations

import re
from collections import Counter
from datetime import timedelta
from itertools import pairwise
from statistics import fmean, pstdev

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mockserver.world import people, profiles
from mockserver.world.model import Person
from mockserver.world.practice import Practice, failing_npi
from mockserver.world.practice import records as practice_records
from mockserver.world.profiles import MOST_PATIENTS, Profile

CLINIC = profiles.load("clinic")
PRACTICE = Practice.of(CLINIC, CLINIC.practices[0])
INDICES = st.integers(0, MOST_PATIENTS - 1)


def _middle_age(profile: Profile, person: Person) -> float:
    begin = max(person.joined, profile.history_start)
    return ((begin + (profile.last_day - begin) / 2) - person.birth).days / 365.25


def _luhn(number: str) -> bool:
    digits = [int(digit) for digit in reversed("80840" + number)]
    return (sum(digits[::2]) + sum(sum(divmod(2 * digit, 10)) for digit in digits[1::2])) % 10 == 0


@given(INDICES)
def test_a_person_is_the_same_in_any_company(index: int) -> None:
    larger = CLINIC.with_(patients=MOST_PATIENTS)
    again = Practice.of(larger, larger.practices[0])
    assert people.person(CLINIC, PRACTICE, index) == people.person(larger, again, index)


@given(INDICES)
def test_a_life_is_in_order(index: int) -> None:
    person = people.person(CLINIC, PRACTICE, index)
    assert person.birth < person.joined <= CLINIC.last_day
    assert 0 <= _middle_age(CLINIC, person) <= CLINIC.panel.oldest + 1
    assert person.death is None or person.left is None
    for end in (person.death, person.left):
        assert end is None or person.joined < end <= CLINIC.last_day + timedelta(days=31)


@given(INDICES)
def test_terms_of_primary_care_follow_one_another(index: int) -> None:
    person = people.person(CLINIC, PRACTICE, index)
    terms = people.pcp_terms(CLINIC, PRACTICE, person)
    assert terms[0] == (person.joined, person.pcp)
    for (before, one), (after, other) in pairwise(terms):
        assert before <= after
        assert one is not other
    for since, provider in terms:
        assert people.pcp_on([*terms], since) in [each for day, each in terms if day == since]
        assert provider.specialty != "Cardiology"
    assert people.pcp_on(terms, person.joined - timedelta(days=1)) is person.pcp


def test_patient_ids_differ() -> None:
    ids = {PRACTICE.patient_id(index) for index in range(0, MOST_PATIENTS, 97)}
    assert len(ids) == len(range(0, MOST_PATIENTS, 97))
    assert all(re.fullmatch("[1-9][0-9]{5}", number) for number in ids)


@pytest.mark.parametrize("count", [400, 4000])
def test_the_panel_follows_from_visits_and_rates(count: int) -> None:
    panel = CLINIC.panel
    everyone = [people.person(CLINIC, PRACTICE, index) for index in range(count)]
    weights = [share / rate for share, rate in zip(panel.visit_share, panel.visits_per_year, strict=True)]
    found = Counter(people.band_of(panel.bands, _middle_age(CLINIC, each) + 0.01) for each in everyone)
    for band, weight in enumerate(weights):
        assert abs(found[band] / count - weight / sum(weights)) < 0.02


def test_sexes_follow_the_profile_in_every_band() -> None:
    panel = CLINIC.panel
    by_band: dict[int, list[bool]] = {}
    for index in range(6000):
        person = people.person(CLINIC, PRACTICE, index)
        band = people.band_of(panel.bands, _middle_age(CLINIC, person) + 0.01)
        by_band.setdefault(band, []).append(person.sex == "female")
    for band, share in enumerate(panel.female_share):
        assert abs(fmean(by_band[band]) - share) < 0.04


def test_frailty_is_standard_normal() -> None:
    found = [people.person(CLINIC, PRACTICE, index).frailty for index in range(2000)]
    assert abs(fmean(found)) < 0.02
    assert abs(pstdev(found) - 1) < 0.02
    assert abs(fmean(people.effect(CLINIC, frailty) for frailty in found) - 1) < 0.02


def test_the_old_and_frail_die_more_often() -> None:
    everyone = [people.person(CLINIC, PRACTICE, index) for index in range(4000)]
    old = [each for each in everyone if _middle_age(CLINIC, each) >= 75]
    young = [each for each in everyone if _middle_age(CLINIC, each) < 45]
    dead = [each.death is not None for each in old]
    assert 0.08 < fmean(dead) < 0.4
    assert fmean(each.death is not None for each in young) < 0.02
    assert fmean(each.frailty for each in old if each.death) > fmean(each.frailty for each in old)


def test_people_join_and_leave_over_the_whole_time() -> None:
    everyone = [people.person(CLINIC, PRACTICE, index) for index in range(CLINIC.patients)]
    known = fmean(each.joined < CLINIC.history_start for each in everyone)
    assert abs(known - CLINIC.panel.known_at_start) < 0.04
    soon = [each for each in everyone if 0 < (each.joined - CLINIC.today).days <= 30]
    assert soon
    assert any(each.left for each in everyone)


def test_coverage_goes_by_age() -> None:
    everyone = [people.person(CLINIC, PRACTICE, index) for index in range(4000)]

    def share(word: str, low: float, high: float) -> float:
        group = [each for each in everyone if low <= _middle_age(CLINIC, each) < high]
        return fmean(word in [cover.payer_type for cover in each.coverages] for each in group)

    assert abs(share("Medicare", 75, 200) - 0.83) < 0.05
    assert abs(share("Commercial", 75, 200) - 0.44) < 0.05
    assert abs(share("Medicaid", 0, 18) - 0.37) < 0.05
    assert share("Medicare", 0, 18) == 0
    assert abs(fmean(not each.coverages for each in everyone) - 0.05) < 0.02


def test_coverages_name_payers_of_their_type() -> None:
    for index in range(200):
        for cover in people.person(CLINIC, PRACTICE, index).coverages:
            assert PRACTICE.payer(cover.payer_id).type == cover.payer_type


def test_doctors_see_the_ages_they_see() -> None:
    specs = dict(zip(PRACTICE.providers, PRACTICE.settings.providers, strict=True))
    for index in range(600):
        person = people.person(CLINIC, PRACTICE, index)
        years = person.age_on(max(person.joined, CLINIC.history_start))
        assert specs[person.pcp].from_age - 1 <= years <= specs[person.pcp].to_age + 1
        for since, provider in people.pcp_terms(CLINIC, PRACTICE, person)[1:]:
            assert specs[provider].from_age <= person.age_on(since) <= specs[provider].to_age


def test_children_leave_the_pediatrician() -> None:
    terms = [people.pcp_terms(CLINIC, PRACTICE, people.person(CLINIC, PRACTICE, i)) for i in range(1500)]
    left = [each for each in terms if each[0][1].specialty == "Pediatrics" and len(each) > 1]
    assert any(each[-1][1].specialty != "Pediatrics" for each in left)


def test_a_profile_without_a_payer_type_makes_self_payers() -> None:
    payer = {"name": "ONLY", "type": "Commercial", "plan": None, "share": 1}
    poor = profiles.parse({"name": "p", "practices": [{"code": "POOR01", "payers": [payer]}]}, "p.yaml")
    only = Practice.of(poor, poor.practices[0])
    kinds = {cover.payer_type for i in range(50) for cover in people.person(poor, only, i).coverages}
    assert kinds == {"Commercial"}


def test_another_seed_or_practice_makes_other_people(clinic: Profile) -> None:
    other = clinic.with_(seed=8)
    elsewhere = profiles.parse({"name": "e", "practices": [{"code": "ELSE02"}]}, "e.yaml")
    found = {
        people.person(profile, Practice.of(profile, profile.practices[0]), 3).birth
        for profile in (clinic, other, elsewhere)
    }
    assert len(found) == 3


@settings(max_examples=50)
@given(st.integers(10**8, 10**9 - 1), st.integers(1, 9))
def test_provider_ids_fail_the_check_digit(nine: int, wrong: int) -> None:
    number = failing_npi(str(nine), wrong)
    assert len(number) == 10
    assert not _luhn(number)


def test_the_luhn_of_this_test_knows_a_valid_number() -> None:
    """The example number in the CMS description of the check digit."""
    assert _luhn("1234567893")


def test_practice_rows_are_whole_and_invented(practice: Practice, clinic: Profile) -> None:
    rows = {element: [] for element in ("location", "payer", "provider")}  # type: ignore[var-annotated]
    for record in practice_records(clinic, practice):
        rows[record.element].append(record)
        assert record.index == -1
    assert [record.slot for record in rows["payer"]] == list(range(10))
    assert {element: len(found) for element, found in rows.items()} == {"location": 2, "payer": 10, "provider": 6}
    for record in rows["provider"]:
        assert not _luhn(record.values["npi"])
        assert re.search("[0-9]", record.values["first_name"])
        assert record.values["provider_name"] == f"{record.values['first_name']} {record.values['last_name']}"
    for record in (*rows["location"], *rows["payer"]):
        assert re.fullmatch("00[1-4][0-9]{2}", record.values["zip"])
        assert re.fullmatch("[2-9][0-9]{2}55501[0-9]{2}", record.values["phone_number"])


def test_ids_resolve_to_what_they_name(practice: Practice) -> None:
    for site in practice.locations:
        assert practice.location(site.location_id) is site
    for payer in practice.payers:
        assert practice.payer(payer.payer_id) is payer
    assert {practice.location_of(provider) for provider in practice.providers} == set(practice.locations)
    assert len(practice.of_specialty("Cardiology")) == 2
