"""Demographic and attribution rows: invented on sight, in clean words, changing over time."""

from __future__ import annotations

import re
from collections import Counter
from datetime import timedelta
from itertools import pairwise
from statistics import fmean

from hypothesis import given
from hypothesis import strategies as st

from mockserver.world import demographics, people, profiles
from mockserver.world.model import Record
from mockserver.world.practice import Practice
from mockserver.world.profiles import Profile

from .conftest import Panel

CLINIC = profiles.load("clinic")
PRACTICE = Practice.of(CLINIC, CLINIC.practices[0])
COLUMNS = {
    "patient_id", "first_name", "middle_name", "last_name", "prefix", "suffix", "ssn", "dob", "other_id",
    "account_id", "gender", "race", "ethnicity", "primary_language", "phone_number", "phone_ext", "phone_type",
    "second_number", "second_ext", "second_type", "first_email", "second_email", "death_indication", "death_date",
    "address_type", "address_line_1", "address_line_2", "city", "state", "zip", "pcp_id",
}  # fmt: skip


def _values(record: Record) -> list[dict[str, object]]:
    """The values of the row and of each of its versions."""
    found = [record.values]
    for change in record.changes:
        found.append({**found[-1], **change.values})
    return found


@given(st.integers(0, 449_000))
def test_rows_are_the_same_in_any_company(index: int) -> None:
    larger = CLINIC.with_(patients=449_000)
    again = Practice.of(larger, larger.practices[0])
    person = people.person(CLINIC, PRACTICE, index)
    assert list(demographics.records(CLINIC, PRACTICE, person)) == list(demographics.records(larger, again, person))


def test_a_patient_has_one_row_with_every_column(panel: Panel, clinic: Profile) -> None:
    records = panel.of("demographic")
    assert [record.index for record in records] == list(range(clinic.patients))
    for record in records:
        for values in _values(record):
            assert values.keys() == COLUMNS
    assert len({record.values["account_id"] for record in records}) == clinic.patients


def test_identities_are_invented_on_sight(panel: Panel) -> None:
    for record in panel.of("demographic"):
        for values in _values(record):
            assert re.fullmatch("[A-Z][A-Za-z' -]*[0-9]{3}", str(values["first_name"]))
            assert re.fullmatch("[A-Z][A-Za-z' -]*[0-9]{2}", str(values["last_name"]))
            assert values["ssn"] is None or re.fullmatch("(000|666|9[0-9]{2})[0-9]{6}", str(values["ssn"]))
            assert re.fullmatch("00[1-4][0-9]{2}", str(values["zip"]))
            for column in ("phone_number", "second_number"):
                assert values[column] is None or re.fullmatch("[2-9][0-9]{2}55501[0-9]{2}", str(values[column]))
            mail = values["first_email"]
            assert mail is None or re.fullmatch(r"[a-z0-9.' -]+@[a-z]+\.(test|invalid)", str(mail))
            assert mail is None or " " not in str(mail)


def test_words_are_clean(panel: Panel) -> None:
    allowed = {
        "gender": {"female", "male", "unknown"},
        "race": {*CLINIC.demographics.race, None} - {"Unknown"},
        "ethnicity": {demographics.HISPANIC, demographics.NOT_HISPANIC, demographics.UNKNOWN},
        "primary_language": {*CLINIC.demographics.language, None},
        "death_indication": {"Y", "N"},
        "phone_type": {"H", "M"},
        "second_type": {"W", None},
        "address_type": {"H"},
        "state": {"VA"},
    }
    for record in panel.of("demographic"):
        for values in _values(record):
            for column, words in allowed.items():
                assert values[column] in words


def test_shares_follow_the_profile(clinic: Profile, practice: Practice) -> None:
    rows = []
    for index in range(3000):
        person = people.person(clinic, practice, index)
        rows.append(next(demographics.records(clinic, practice, person)).values)
    rates = clinic.demographics
    languages = Counter(row["primary_language"] for row in rows)
    assert abs(languages["es"] / len(rows) - 0.08) < 0.02
    races = Counter(row["race"] for row in rows)
    assert abs(races["White"] / len(rows) - 0.66) < 0.035
    assert abs(races["Asian"] / len(rows) - 0.085) < 0.02
    assert abs(fmean(row["first_email"] is not None for row in rows) - rates.email_share) < 0.03
    assert abs(fmean(row["ssn"] is not None for row in rows) - rates.ssn_share) < 0.02
    assert 0 < fmean(row["gender"] == "unknown" for row in rows) < 0.01


def test_language_and_origin_agree(clinic: Profile, practice: Practice) -> None:
    for index in range(600):
        values = next(demographics.records(clinic, practice, people.person(clinic, practice, index))).values
        if values["primary_language"] == "es":
            assert values["ethnicity"] == demographics.HISPANIC
        if values["primary_language"] in ("zh", "vi", "ko"):
            assert values["race"] == "Asian"


def test_changes_come_at_their_rates_and_in_order(panel: Panel, clinic: Profile) -> None:
    found = Counter[str]()
    years = 0.0
    for record in panel.of("demographic"):
        person = panel.people[record.index]
        begin = max(person.joined, clinic.history_start)
        end = min(filter(None, (clinic.last_day, person.death, person.left)))
        years += (end - begin).days / 365.25
        assert [change.day for change in record.changes] == sorted(change.day for change in record.changes)
        for change in record.changes:
            assert person.joined <= change.day
            found.update(change.values.keys() & {"address_line_1", "phone_number", "first_email", "pcp_id"})
    rates = clinic.demographics
    assert abs(found["address_line_1"] / years - rates.address_per_year) < 0.03
    assert abs(found["phone_number"] / years - rates.phone_per_year) < 0.03
    assert abs(found["first_email"] / years - rates.email_per_year) < 0.03
    assert 0.02 < found["pcp_id"] / years < 0.1


def test_a_death_is_told_after_it_happened(panel: Panel) -> None:
    dead = [person for person in panel.people if person.death]
    assert dead
    for person in panel.people:
        record = panel.of("demographic")[person.index]
        told = [change for change in record.changes if "death_date" in change.values]
        assert len(told) == (person.death is not None)
        assert record.values["death_date"] is None
        for change in told:
            assert person.death is not None
            assert change.values == {"death_indication": "Y", "death_date": person.death}
            assert timedelta(0) < change.day - person.death < timedelta(days=15)


def test_attributions_follow_one_another(panel: Panel, practice: Practice) -> None:
    by_person: dict[int, list[Record]] = {}
    for record in panel.of("attribution"):
        by_person.setdefault(record.index, []).append(record)
    assert by_person.keys() == set(range(len(panel.people)))
    for index, records in by_person.items():
        person = panel.people[index]
        assert [record.slot for record in records] == list(range(len(records)))
        assert records[0].values["start_date"] == person.joined
        for before, after in pairwise(records):
            (ending,) = before.changes
            assert ending.values == {"end_date": after.values["start_date"]}
            assert before.values["provider_id"] != after.values["provider_id"]
        final = _values(records[-1])[-1]
        assert final["end_date"] == (person.left or person.death)
        assert practice.location(str(final["location_id"]))


def test_the_demographic_row_names_the_attributed_provider(panel: Panel) -> None:
    for record in panel.of("demographic"):
        attributed = [each for each in panel.of("attribution") if each.index == record.index]
        assert record.values["pcp_id"] == attributed[0].values["provider_id"]
        assert _values(record)[-1]["pcp_id"] == attributed[-1].values["provider_id"]


def test_attribution_ids_differ(panel: Panel) -> None:
    ids = [record.values["attribution_id"] for record in panel.of("attribution")]
    assert len(set(ids)) == len(ids)
    assert all(re.fullmatch("[1-9][0-9]{8}", str(number)) for number in ids)
