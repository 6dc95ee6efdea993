"""Checks of how names are built: numbered columns and conventions that change."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.findings.model import Field, Resource
from evaluation.findings.outcome import Verdict
from mockserver.contract.quirks import switchable

from ..made import field
from .flips import columns, places, run, verdict


@pytest.mark.parametrize("id_", ["HJ-016", "HJ-043"])
@pytest.mark.parametrize("quirks", ["vendor", "none", *(f"vendor,-{quirk}" for quirk in switchable())])
def test_no_quirk_changes_what_these_checks_say(id_: str, quirks: str) -> None:
    assert verdict(id_, quirks) is Verdict.fail


# HJ-016


@pytest.mark.parametrize(
    ("names", "first", "last"),
    [
        (("dx1_code", "dx2_code", "dx3_code", "dx4_code"), "dx1_code", "dx4_code"),
        (("modifier_code1", "modifier_code2", "modifier_code3"), "modifier_code1", "modifier_code3"),
        (("dx_0", "dx_1", "dx_2"), "dx_0", "dx_2"),
        (("diagnosisCode1", "diagnosisCode2", "diagnosisCode3"), "diagnosisCode1", "diagnosisCode3"),
        (("note_3", "note_1", "note_2"), "note_1", "note_3"),
    ],
)
def test_a_list_spread_over_columns_is_found(names: tuple[str, ...], first: str, last: str) -> None:
    found = run("HJ-016", columns("charge", "charge_id", *names))
    assert places(found) == [f"charge.{first}"] and found.places[0].detail == f"numbered up to {last}"


@pytest.mark.parametrize(
    "names",
    [
        ("address_line_1", "address_line_2"),
        ("address_line_1", "address_line_2", "address_line_3"),
        ("street1", "street2", "street3"),
        ("phone1", "phone2"),
        ("icd9_code", "icd10_code"),
        ("sha1", "sha256", "sha512"),
        ("sales_q1", "sales_q2", "sales_q3", "sales_q4"),
        ("dx1_code", "dx3_code", "dx5_code"),
        ("t3", "t4", "t5"),
        ("cpt4_hcpcs_code", "b12", "hba1c"),
        ("first_email", "second_email", "third_email"),
        ("day_1", "day_2", "day_3"),
    ],
)
def test_numbers_that_are_no_list(names: tuple[str, ...]) -> None:
    assert run("HJ-016", columns("charge", "charge_id", *names)).verdict is Verdict.passed


def test_the_same_columns_in_two_resources_are_two_places() -> None:
    names = ("dx1", "dx2", "dx3")
    assert places(run("HJ-016", columns("a", *names), columns("b", *names))) == ["a.dx1", "b.dx1"]


def test_numbers_spread_over_resources_are_no_list() -> None:
    made = columns("a", "dx1"), columns("b", "dx2"), columns("c", "dx3")
    assert run("HJ-016", *made).verdict is Verdict.passed


@given(st.integers(1, 8), st.randoms())
def test_three_in_any_order_and_not_two(count: int, random: object) -> None:
    names = [f"dx{number}_code" for number in range(1, count + 1)]
    random.shuffle(names)  # type: ignore[attr-defined]
    expected = Verdict.fail if count > 2 else Verdict.passed
    assert run("HJ-016", columns("charge", *names)).verdict is expected


# HJ-043


@pytest.mark.parametrize(
    ("names", "place"),
    [
        (("dx1_code", "dx2_code", "modifier_code1", "modifier_code2"), "r.dx1_code"),
        (("first_name", "last_name", "birthDate"), "r.birthDate"),
        (("firstName", "lastName", "birth_date"), "r.birth_date"),
        (("first_name", "last_name", "birth-date"), "r.birth-date"),
        (("firstName", "lastName", "BirthDate"), "r.BirthDate"),
        (("encounterid", "patient_id"), "r.encounterid"),
        (("firstname", "first_name"), "r.firstname"),
        (("amt_paid", "amount_due"), "r.amt_paid"),
        (("qty", "quantity_left"), "r.qty"),
        (("dx_code", "diagnosis_date"), "r.dx_code"),
    ],
)
def test_a_second_convention_is_found(names: tuple[str, ...], place: str) -> None:
    found = run("HJ-043", columns("r", *names))
    assert place in places(found), found


@pytest.mark.parametrize(
    "names",
    [
        ("first_name", "last_name", "dob", "id", "patient_id"),
        ("firstName", "lastName", "patientId", "URL", "NPI"),
        ("PatientID", "FirstName", "DOB"),
        ("encounterid", "patientid", "name"),
        ("first-name", "last-name"),
        ("dx1_code", "dx2_code", "modifier1_code", "modifier2_code"),
        ("icd10_code", "address_line_1", "phone2"),
        ("_id", "_links", "firstName"),
        ("paid", "pa_id"),
        ("qty", "amt", "num_items"),
        ("delete_ind", "indication"),
        ("ref_range", "referral_id"),
        ("valid_from", "grid", "covid_status"),
        ("resourceType", "id", "meta.lastUpdated"),
    ],
)
def test_one_convention(names: tuple[str, ...]) -> None:
    found = run("HJ-043", columns("r", *names))
    assert found.verdict is Verdict.passed, found.why


def test_one_odd_name_among_very_many_is_let_pass() -> None:
    many = [f"column_{letter}{other}" for letter in "abcdefghijkl" for other in "abcdefghijkl"]
    assert run("HJ-043", columns("r", *many, "oddOne")).verdict is Verdict.passed
    assert run("HJ-043", columns("r", *many[:50], "oddOne")).verdict is Verdict.fail


def test_the_sentence_names_both_sides() -> None:
    found = run("HJ-043", columns("r", "encounterid", "patient_id"))
    assert "encounterid" in found.why and "patient_id" in found.why


@pytest.mark.parametrize("id_", ["HJ-016", "HJ-043"])
def test_an_api_without_columns_is_unknown(id_: str) -> None:
    assert run(id_, columns("payer")).verdict is Verdict.unknown
    assert run(id_).verdict is Verdict.unknown


def test_numbered_columns_of_an_object_inside_are_found_and_named_with_it() -> None:
    inner = tuple(field(f"custom{number}") for number in (1, 2, 3))
    made = Resource("order", (field("id"), Field("options", frozenset({"object"}), inner=inner)))
    found = run("HJ-016", made)
    assert [str(place) for place in found.places] == ["order.options.custom1"]
    assert found.places[0].detail == "numbered up to options.custom3"


def test_a_slip_in_a_hundred_names_is_no_second_convention() -> None:
    usual = [field(f"word_{chr(97 + number % 26)}{chr(97 + number // 26)}") for number in range(200)]
    slips = Resource("order", (*usual, field("firstname"), field("first_name"), field("docStatus")))
    assert run("HJ-043", slips).verdict is Verdict.passed
    assert run("HJ-043", Resource("order", slips.fields[150:])).verdict is Verdict.fail


def test_words_of_a_standard_in_a_notice_of_the_service_are_no_second_convention() -> None:
    rows = Resource("order", (field("orderNumber"), field("shipTo")))
    notice = Resource("server", (field("jwks_uri"), field("token_type")), paths=("/.well-known/server",))
    assert run("HJ-043", rows, notice).verdict is Verdict.passed
    assert run("HJ-043", rows, Resource("server", notice.fields)).verdict is Verdict.fail


def test_names_of_a_key_as_a_standard_spells_them_are_no_second_convention() -> None:
    rows = Resource("order", (field("orderNumber"), field("shipTo")))
    assert run("HJ-043", rows, Resource("key", (field("kty"), field("key_ops")))).verdict is Verdict.passed
    assert run("HJ-043", rows, Resource("key", (field("kty"), field("key_uses")))).verdict is Verdict.fail
