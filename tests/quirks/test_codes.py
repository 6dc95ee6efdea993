"""Q20-feed, Q25, Q26, Q27, each on and off, and under the contract's formats."""

from __future__ import annotations

import re
from datetime import date

import pytest

from mockserver import contract
from mockserver.quirks import billing, codes, dates

FEED = contract.quirks.of_set("vendor+feed")


@pytest.mark.parametrize(
    "kind, text", [("us", "03/15/2022"), ("iso", "2022-03-15"), ("year", "2022"), ("empty", "")]
)
def test_notations_of_a_date(kit, kind, text):
    raw = {"Q20-feed": {"medication": {kind: 1.0}}}
    row = kit.history("medication")
    [on], [off] = kit.bend([row], "Q20-feed", raw=raw), kit.bend([row], raw=raw)
    assert on.versions[0].values["date"] == text == dates.notation(date(2022, 3, 15), kind)
    assert off.versions[0].values["date"] == date(2022, 3, 15)


def test_a_date_that_is_missing_stays_so(kit):
    raw = {"Q20-feed": {"medication": {"us": 1.0}}}
    assert (
        kit.bend([kit.history("medication", date=None)], "Q20-feed", raw=raw)[0].versions[0].values["date"]
        is None
    )


def test_all_versions_of_a_row_are_written_alike(kit):
    raw = {"Q20-feed": {"medication": {"us": 0.5, "iso": 0.5}}}
    rows = [kit.history("medication", n, changed=True) for n in range(50)]
    shapes = [{"/" in v.values["date"] for v in row.versions} for row in kit.bend(rows, "Q20-feed", raw=raw)]
    assert {len(shape) for shape in shapes} == {1}
    assert {True} in shapes and {False} in shapes


@pytest.mark.parametrize(
    "kind, code",
    [("no_dot", "E119"), ("lower", "e11.9"), ("text", "E11.9 Diabetes"), ("icd9", "250.00")],
)
def test_kinds_of_dirt_on_a_diagnosis(kit, kind, code):
    raw = {"Q25": {"diagnosis": {kind: 1.0}, "covid": {"extra_digits": 0.0}}}
    row = kit.history("diagnosis")
    [on], [off] = kit.bend([row], "Q25", raw=raw), kit.bend([row], raw=raw)
    assert on.versions[0].values["diagnosis_code"] == code
    assert off.versions[0].values["diagnosis_code"] == "E11.9"


def test_covid_gets_extra_digits(kit):
    raw = {"Q25": {"charge": {}, "covid": {"extra_digits": 1.0}}}
    values = kit.bend([kit.history("charge")], "Q25", raw=raw)[0].versions[0].values
    assert re.fullmatch(r"U07\.1\d\d", values["dx1_code"])
    assert values["dx2_code"] is None


def test_a_code_without_a_counterpart_stays():
    assert codes.dirty("A15.0", "icd9", "") == "A15.0"
    assert codes.dirty("I10", "no_dot", "") == codes.dirty("I10", "", "") == "I10"


def test_each_dx_column_has_its_own_dirt(kit):
    raw = {"Q25": {"procedure": {"lower": 0.5}, "covid": {"extra_digits": 0.0}}}
    rows = kit.bend([kit.history("procedure", n) for n in range(40)], "Q25", raw=raw)
    lower = {(v["dx1_code"].islower(), v["dx2_code"].islower()) for v in (r.versions[0].values for r in rows)}
    assert len(lower) == 4


@pytest.mark.parametrize(
    "kind, code", [("glued", "G0463GT"), ("hyphen", "G0463-GT"), ("modifier_only", "GT"), ("short", "G046")]
)
def test_kinds_of_dirt_on_a_procedure_code(kit, kind, code):
    raw = {"Q26": {"charge": {kind: 1.0}}}
    row = kit.history("charge")
    [on], [off] = kit.bend([row], "Q26", raw=raw), kit.bend([row], raw=raw)
    assert on.versions[0].values["cpt4_hcpcs_code"] == code
    assert off.versions[0].values["cpt4_hcpcs_code"] == "G0463"


def test_a_row_without_modifier_gets_a_level_two_one(kit):
    raw = {"Q26": {"procedure": {"glued": 1.0}}}
    found = kit.bend([kit.history("procedure")], "Q26", raw=raw)[0].versions[0].values["cpt4_hcpcs_code"]
    assert re.fullmatch(r"G0438[A-Z]{2}", found)


@pytest.mark.parametrize(
    "kind, lengths", [("eleven", {11}), ("shorter", {7, 8, 9, 10}), ("longer", {12, 13, 14}), ("empty", {0})]
)
def test_drug_codes_have_odd_lengths_and_an_unissued_labeler(kit, kind, lengths):
    raw = {"Q26": {"medication": {kind: 1.0}}}
    rows = [kit.history("medication", n) for n in range(60)]
    found = [row.versions[0].values["ndc"] for row in kit.bend(rows, "Q26", raw=raw)]
    assert {len(ndc) for ndc in found} == lengths
    assert all(ndc.startswith(billing.UNISSUED_LABELER) for ndc in found if ndc)
    assert {row.versions[0].values["ndc"] for row in kit.bend(rows, raw=raw)} == {None}


def test_the_same_drug_has_the_same_digits():
    assert billing.synthetic_ndc("314076", 14).startswith(billing.synthetic_ndc("314076", 8))
    assert billing.synthetic_ndc("314076", 11) != billing.synthetic_ndc("314077", 11)


@pytest.mark.parametrize("place, short", [("02", "2"), ("11", "11"), (None, None)])
def test_places_lose_their_zero_with_q27(kit, place, short):
    row = kit.history("encounter", place_of_service=place)
    assert kit.bend([row], "Q27")[0].versions[0].values["place_of_service"] == short
    assert kit.bend([row])[0].versions[0].values["place_of_service"] == place


def test_dirt_satisfies_the_contract_that_admits_it_and_no_other(kit):
    """Every value a quirk writes has the format the contract states under these quirks."""
    dirty = contract.load(FEED)
    clean = contract.load(frozenset())
    rows = [row for n in range(150) for row in kit.one_of_each(n)]
    bad_when_clean = 0
    for row in kit.bend(rows, *FEED):
        for version in row.versions:
            for column, value in version.values.items():
                prop = dirty.elements[row.element].by_clean[column]
                assert contract.check.value_problems(prop, contract.wire.encode(prop, value)) == [], (
                    column,
                    value,
                )
                strict = clean.elements[row.element].by_clean[column]
                if isinstance(value, str) or value is None:
                    bad_when_clean += bool(contract.check.value_problems(strict, value))
    assert bad_when_clean > 100
