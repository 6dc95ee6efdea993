"""Names of id columns: which are ids, of what, and how they are spelled."""

from __future__ import annotations

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.findings import ids
from evaluation.findings.ids import Reference, mark, reference
from mockserver.contract import load
from mockserver.contract.quirks import parse_selection


def of(name: str) -> Reference:
    found = reference(name)
    assert found, f"{name} is taken for no id"
    return found


@pytest.mark.parametrize(
    ("name", "concept", "word", "affixes", "tail"),
    [
        ("patient_id", "patient", "patient", (), "id"),
        ("patientId", "patient", "patient", (), "id"),
        ("PatientID", "patient", "patient", (), "id"),
        ("patientid", "patient", "patient", (), "id"),
        ("demographicid", "patient", "demographic", (), "id"),
        ("client_patient_id", "patient", "patient", ("client",), "id"),
        ("clientPatientId", "patient", "patient", ("client",), "id"),
        ("client_appt_id", "appointment", "appt", ("client",), "id"),
        ("source_lab_order_id", "lab order", "lab_order", ("source",), "id"),
        ("hj_lab_order_id", "lab order", "lab_order", ("hj",), "id"),
        ("hj_quality_data_id", "", "quality_data", ("hj",), "id"),
        ("athena_patient_id", "patient", "patient", ("athena",), "id"),
        ("purchase_order_id", "", "purchase_order", (), "id"),
        ("allergy_pk", "allergy", "allergy", (), "pk"),
        ("enc_id", "encounter", "enc", (), "id"),
        ("visit_key", "encounter", "visit", (), "key"),
        ("patient_uuid", "patient", "patient", (), "uuid"),
        ("provider_ids", "provider", "provider", (), "ids"),
        ("pcp_id", "provider", "pcp", (), "id"),
        ("referring_provider_id", "provider", "provider", ("referring",), "id"),
        ("attending_physician_id", "provider", "attending_physician", (), "id"),
        ("parent_location_id", "location", "location", ("parent",), "id"),
        ("created_by_id", "user", "created_by", (), "id"),
        ("id_patient", "patient", "patient", (), "id"),
        ("diagnosis_id_2", "diagnosis", "diagnosis", (), "id"),
        ("provider2_id", "provider", "provider", (), "id"),
        ("client_id", "", "client", (), "id"),
        ("widgetid", "", "widget", (), "id"),
        ("id", "", "", (), "id"),
        ("_id", "", "", (), "id"),
        ("uuid", "", "", (), "uuid"),
    ],
)
def test_an_id_says_what_it_points_at(name: str, concept: str, word: str, affixes: tuple[str, ...], tail: str) -> None:
    found = of(name)
    assert (found.concept, found.word, found.affixes, found.tail) == (concept, word, affixes, tail)


@pytest.mark.parametrize(
    "name",
    [
        "paid", "valid", "grid", "covid", "thyroid", "snomed_code", "loinc_code", "cvx_code", "ndc", "npi", "id_type",
        "patient_id_type", "patient_name", "api_key", "public_key", "sort_key", "key", "ids", "fk", "date", "",
        "amount_paid", "is_valid", "id_number", "identifier", "idea", "idle_time", "row_hash", "zip", "1", "id1_code",
    ],
)  # fmt: skip
def test_what_is_no_id(name: str) -> None:
    assert reference(name) is None


@pytest.mark.parametrize(
    "name",
    [
        "other_id", "account_id", "tax_id", "state_id", "national_id", "session_id", "trace_id", "correlation_id",
        "external_id", "medicaid_id", "driver_license_id", "stripe_customer_id", "request_id", "member_id", "batch_id",
        "study_instance_uid",
    ],
)  # fmt: skip
def test_ids_that_lead_out_of_an_api_say_why(name: str) -> None:
    found = of(name)
    assert not found.concept
    if name != "stripe_customer_id":
        assert found.outside


def test_an_id_of_a_known_thing_leads_nowhere_else() -> None:
    assert not of("patient_id").outside and not of("other_patient_id").outside


def test_a_word_means_something_else_behind_some_others() -> None:
    for name in ("insurance_provider_id", "identity_provider_id", "page_visit_id", "storage_location_id"):
        assert not of(name).concept, name


def test_things_keep_their_meaning_behind_known_words_only() -> None:
    assert of("source_order_id").concept == "order"
    assert not of("standing_order_id").concept


@pytest.mark.parametrize(
    ("name", "joined", "abbreviated", "role"),
    [
        ("encounterid", True, False, False),
        ("encounter_id", False, False, False),
        ("enc_id", False, True, False),
        ("encid", True, True, False),
        ("pcp_id", False, False, True),
        ("allergypk", True, False, False),
    ],
)
def test_spelling(name: str, joined: bool, abbreviated: bool, role: bool) -> None:
    found = of(name)
    assert (found.joined, found.abbreviated, found.role) == (joined, abbreviated, role)


def test_things_are_compared_by_concept_or_word() -> None:
    assert of("visit_id").thing == of("encounterid").thing == "encounter"
    assert of("widgets_id").thing == of("widget_id").thing == "widget"
    assert of("id").thing == ""


def test_another_kind_of_id_is_not_plain() -> None:
    assert of("patient_id").plain and of("allergy_pk").plain
    assert not of("patient_uuid").plain and not of("provider_ids").plain


@pytest.mark.parametrize(
    ("word", "marks"), [("client", True), ("hj", True), ("source", True), ("lab", False), ("order", False)]
)
def test_marks_in_front_of_ids(word: str, marks: bool) -> None:
    assert mark(word) is marks


@given(st.text(string.ascii_letters + "_-.", max_size=24))
def test_any_name_is_an_id_or_none_and_the_answer_is_kept(name: str) -> None:
    assert reference(name) is reference(name)


@given(
    st.lists(st.sampled_from(["client", "source", "patient", "lab", "order", "widget", "pcp"]), min_size=1, max_size=4)
)
def test_the_spelling_of_separators_does_not_change_the_meaning(parts: list[str]) -> None:
    snake, kebab = reference("_".join([*parts, "id"])), reference("-".join([*parts, "id"]))
    camel = reference(parts[0] + "".join(part.title() for part in parts[1:]) + "Id")
    assert snake == kebab == camel


@pytest.mark.parametrize("quirks", ["vendor", "none"])
def test_every_id_of_the_contract_is_seen_as_one_and_nothing_else_is(quirks: str) -> None:
    formats: dict[str, set[str]] = {"id": set(), "other": set()}
    for element in load(parse_selection(quirks)).elements.values():
        for column in element.properties:
            formats["id" if reference(column.wire) else "other"].add(column.format)
    assert formats["id"] == {"surrogate", "digits", "provider", "provider-or-empty", "practice-code"} - (
        {"surrogate", "provider-or-empty"} if quirks == "none" else set()
    ) | ({"surrogate-text"} if quirks == "none" else set())
    assert not {f for f in formats["other"] if f.startswith(("surrogate", "practice"))}


def test_the_module_offers_what_checks_use() -> None:
    assert ids.reference is reference
