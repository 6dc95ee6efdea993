"""Checks of words: real clashes are found, two different things are left alone, each quirk flips its own check."""

from __future__ import annotations

import pytest

from evaluation.findings.outcome import Verdict
from mockserver.contract.quirks import switchable

from ..made import resource
from .flips import columns, places, run, verdict

MINE = {"HJ-005": "Q08", "HJ-006": "Q07", "HJ-007": "Q06", "HJ-009": "Q10"}


@pytest.mark.parametrize("id_", MINE)
def test_a_check_fails_on_the_vendor_and_passes_on_the_clean_twin(id_: str) -> None:
    assert verdict(id_, "vendor") is Verdict.fail
    assert verdict(id_, "none") is Verdict.passed


@pytest.mark.parametrize("id_", MINE)
@pytest.mark.parametrize("quirk", switchable())
def test_one_quirk_and_no_other_flips_a_check(id_: str, quirk: str) -> None:
    flipped = verdict(id_, f"vendor,-{quirk}") is not verdict(id_, "vendor")
    assert flipped is (quirk == MINE[id_])


# HJ-005


@pytest.mark.parametrize(
    ("usual", "rare"),
    [
        ("provider_id", "clinician"),
        ("provider_id", "clinicianName"),
        ("provider_name", "practitioner_id"),
        ("physician_id", "doctor_id"),
        ("encounter_id", "visit_id"),
        ("facility_id", "office_id"),
        ("appointment_id", "booking_id"),
        ("payer_name", "insurer_name"),
        ("payer_id", "payor_id"),
        ("enc_id", "visit_id"),
        ("location_name", "facility_id"),
    ],
)
def test_two_words_for_one_thing_are_found_at_the_rarer_one(usual: str, rare: str) -> None:
    most = columns("order", "order_id", usual), columns("task", "task_id", usual)
    assert places(run("HJ-005", *most, columns("note", "note_id", rare))) == [f"note.{rare}"]


def test_the_word_of_the_resource_is_the_main_one() -> None:
    made = columns("provider", "provider_id"), *(columns(f"r{n}", "clinician") for n in range(3))
    assert places(run("HJ-005", *made)) == ["r0.clinician", "r1.clinician", "r2.clinician"]


def test_both_words_in_one_name_are_found() -> None:
    found = run("HJ-005", columns("visit", "provider_id", "provider_clinician_name"))
    assert places(found) == ["visit.provider_clinician_name"]


def test_a_client_with_a_birthday_is_a_patient() -> None:
    made = columns("visit", "patient_id"), columns("intake", "client_first_name", "client_id")
    assert places(run("HJ-005", *made)) == ["intake.client_id"]


def test_members_who_are_people_are_patients_where_no_others_are() -> None:
    people, visit = columns("member", "member_id", "full_name", "ethnicity"), columns("visit", "patient_id")
    assert places(run("HJ-005", people, visit)) == ["visit.patient_id"]
    assert run("HJ-005", people, visit, columns("patient", "id", "mrn")).verdict is not Verdict.fail


@pytest.mark.parametrize(
    "made",
    [
        # Both are resources of their own.
        (columns("provider", "provider_id"), columns("practitioner", "practitioner_id")),
        (columns("location", "location_id"), columns("office", "office_id")),
        # Ids of both in one row are two things.
        (columns("visit", "facility_id", "location_id"),),
        # A provider of insurance, of identities, of payments.
        (columns("bill", "insurance_provider_name", "clinician_name"), columns("x", "clinician_id")),
        (columns("login", "identity_provider_id"), columns("visit", "practitioner_id")),
        # Roles and terms of the trade.
        (columns("patient", "pcp_id"), columns("visit", "provider_id", "attending_physician_id")),
        (columns("user", "user_id"), columns("visit", "doctor_id")),
        # A client may be a program, the tenant or anybody.
        (columns("token", "client_id", "client_secret"), columns("visit", "patient_id")),
        (columns("card", "member_id", "subscriber_id"), columns("visit", "patient_id")),
        # Part of the body, a place of work, free time.
        (columns("vaccine", "site", "route"), columns("visit", "location_id")),
        (columns("slot", "slot_id"), columns("visit", "appointment_id")),
        (columns("patient", "office_phone"), columns("visit", "location_id")),
        # What a visit is about is no second word for an encounter.
        (columns("encounter", "encounter_id", "visit_reason", "visit_type"),),
        (columns("web", "page_visit_id"), columns("bill", "encounter_id")),
        # A person is what patients and others have in common.
        (columns("person", "person_id", "first_name", "dob"), columns("patient", "patient_id", "person_id")),
        # A therapist is one provider among others.
        (columns("session", "therapist_id"), columns("visit", "practitioner_id")),
        # A problem list and a diagnosis are two things.
        (columns("problem", "problem_id"), columns("visit", "diagnosis_id")),
        # The other word is an object, so a role towards the row.
        (columns("claim", "practitioner_id", provider="object"),),
    ],
)
def test_two_things_are_no_clash(made: tuple[object, ...]) -> None:
    found = run("HJ-005", *made)  # type: ignore[arg-type]
    assert found.verdict is not Verdict.fail, found.why


# HJ-006

CLIENTS = columns("client_ids", "client_id", "client")


def test_the_word_of_the_tenant_in_front_of_other_ids_is_found() -> None:
    made = columns("visit", "visit_id", "client_id"), columns("patient", "client_patient_id", "client_id")
    found = run("HJ-006", CLIENTS, *made)
    assert places(found) == ["patient.client_patient_id"]
    assert found.places[0].detail == "client before patient, while client_id is the tenant"


def test_one_value_in_all_rows_shows_the_tenant_too() -> None:
    visits = [{"visit_id": str(n), "client_id": "A", "client_visit_id": "9"} for n in range(3)]
    bills = [{"bill_id": str(n), "client_id": "A"} for n in range(3)]
    assert run("HJ-006", resource("visit", visits), resource("bill", bills)).verdict is Verdict.fail


def test_a_word_of_one_meaning_may_stand_in_front() -> None:
    made = [columns(name, f"{name}_id", "practice_id", "practice_location_id") for name in ("visit", "bill")]
    assert run("HJ-006", *made).verdict is Verdict.passed


def test_without_a_tenant_there_is_nothing_to_judge() -> None:
    made = [columns(name, f"{name}_id", "client_id", "client_visit_id") for name in ("visit", "bill")]
    assert run("HJ-006", *made).verdict is Verdict.unknown


def test_a_resource_of_the_tenant_beside_one_of_patients_shows_it_too() -> None:
    account = columns("account", "account_id", "name", "updated_at")
    rest = columns("patient", "patient_id", "account_id"), columns("visit", "account_visit_id", "account_id")
    assert places(run("HJ-006", account, *rest)) == ["visit.account_visit_id"]
    assert run("HJ-006", account, rest[1]).verdict is Verdict.unknown


def test_the_tenant_alone_is_no_fault() -> None:
    made = [columns(name, f"{name}_id", "client_id", "client_name") for name in ("visit", "bill")]
    assert run("HJ-006", CLIENTS, *made).verdict is Verdict.passed


# HJ-007


def test_a_record_under_another_name_is_found_once() -> None:
    people = columns("demographic", "client_patient_id", "first_name")
    found = run("HJ-007", people, columns("visit", "visit_id", "patient_id"), columns("bill", "bill_id", "patient_id"))
    assert places(found) == ["demographic.client_patient_id"]
    assert found.places[0].detail == "patient_id in 2 resources, its own id is client_patient_id"


def test_clients_behind_patient_ids_are_found() -> None:
    people = columns("clients", "client_id", "first_name", "dob")
    assert run("HJ-007", people, columns("visit", "visit_id", "patient_id")).verdict is Verdict.fail


def test_practitioners_behind_provider_ids_are_found() -> None:
    people = columns("practitioner", "practitioner_id", "npi")
    assert places(run("HJ-007", people, columns("visit", "visit_id", "provider_id"))) == [
        "practitioner.practitioner_id"
    ]


@pytest.mark.parametrize("word", ["member", "person"])
def test_people_under_a_word_of_several_meanings_are_found(word: str) -> None:
    people = columns(word, f"{word}_id", "full_name", "birth_date")
    visit = columns("visit", "visit_id", "patient_id")
    assert places(run("HJ-007", people, visit)) == [f"{word}.{word}_id"]
    assert run("HJ-007", people, visit, columns("patient", "id", "mrn")).verdict is Verdict.passed


@pytest.mark.parametrize(
    ("record", "column"),
    [
        (columns("demographic", "patient_id", "first_name"), "patient_id"),
        (columns("patients", "id", "first_name"), "patient_id"),
        (columns("provider", "provider_id"), "pcp_id"),
        (columns("payer_dim", "payerid"), "payer_id"),
        (columns("payer_dim"), "payer_id"),
        (columns("encounter", "id"), "enc_id"),
        (columns("lab_order", "id"), "order_id"),
        (columns("diagnosis", "diagnosis_id"), "condition_id"),
        (columns("provider", "provider_id"), "referring_clinician_id"),
        (columns("patient", "patient_id"), "guarantor_id"),
    ],
)
def test_records_that_can_be_found_by_name(record: object, column: str) -> None:
    found = run("HJ-007", record, columns("bill", "bill_id", column))  # type: ignore[arg-type]
    assert found.verdict is Verdict.passed, found.why


def test_no_references_say_nothing() -> None:
    assert run("HJ-007", columns("demographic", "client_patient_id")).verdict is Verdict.unknown


# HJ-009


@pytest.mark.parametrize("name", ["payer_dim", "dim_payer", "payer_tbl", "tblPayer", "vw_payer", "PayerFact"])
def test_a_word_of_a_database_is_found(name: str) -> None:
    assert places(run("HJ-009", columns(name), columns("bill", "bill_id", "payer_id"))) == [name]


@pytest.mark.parametrize(
    ("resources", "column"),
    [
        (("page_view", "page"), "page_id"),
        (("page_view",), "page_view_id"),
        (("table",), "table_id"),
        (("medsurg_history",), "medsurg_id"),
        (("quality_data",), "quality_id"),
        (("payer_dim",), "plan_id"),
        (("payer",), "payer_id"),
    ],
)
def test_words_that_belong_to_the_name(resources: tuple[str, ...], column: str) -> None:
    made = [columns(name) for name in resources]
    assert run("HJ-009", *made, columns("bill", "bill_id", column)).verdict is Verdict.passed


@pytest.mark.parametrize("id_", MINE)
def test_an_api_without_resources_is_unknown(id_: str) -> None:
    assert run(id_).verdict is Verdict.unknown


@pytest.mark.parametrize("id_", MINE)
def test_places_come_in_order_and_once(id_: str) -> None:
    made = columns("visit", "visit_id", "client_id", "clinician", "client_visit_id", "payer_id"), columns("payer_dim")
    found = run(id_, *made, CLIENTS, columns("provider", "provider_id", "client_id"))
    assert list(found.places) == sorted(set(found.places))


def test_names_of_two_places_in_one_row_are_of_two_things_and_names_of_people_are_not() -> None:
    assert run("HJ-005", columns("visit", "office_name", "location_name")).verdict is Verdict.passed
    assert run("HJ-005", columns("visit", "office_name"), columns("note", "location_name")).verdict is Verdict.fail
    assert run("HJ-005", columns("visit", "provider_name", "physician_name")).verdict is Verdict.fail
