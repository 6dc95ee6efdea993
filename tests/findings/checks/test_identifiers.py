"""Checks of id columns and keys: planted faults are found, look-alikes are left alone, each quirk flips its own."""

from __future__ import annotations

import pytest

from evaluation.findings.model import Field, Origin, Resource
from evaluation.findings.outcome import Verdict
from evaluation.findings.registry import checks_by_id
from mockserver.contract.quirks import switchable

from ..made import api, field, resource, table
from .flips import columns, known, places, run, verdict

MINE = {"HJ-001": "Q01", "HJ-002": "Q04", "HJ-003": "Q03", "HJ-004": "Q05", "HJ-008": "Q09"}


@pytest.mark.parametrize("id_", MINE)
def test_a_check_fails_on_the_vendor_and_passes_on_the_clean_twin(id_: str) -> None:
    assert verdict(id_, "vendor") is Verdict.fail
    assert verdict(id_, "none") is Verdict.passed


@pytest.mark.parametrize("id_", MINE)
@pytest.mark.parametrize("quirk", switchable())
def test_one_quirk_and_no_other_flips_a_check(id_: str, quirk: str) -> None:
    flipped = verdict(id_, f"vendor,-{quirk}") is not verdict(id_, "vendor")
    assert flipped is (quirk == MINE[id_])


@pytest.mark.parametrize("id_", [*MINE, "HJ-045"])
def test_sentences_and_details_hold_names_and_no_values(id_: str) -> None:
    found = checks_by_id()[id_].function(known("vendor"))
    assert found.why and not found.why.endswith(".")
    assert all(not any(char.isdigit() for char in place.field.replace("_", "")) for place in found.places)


# HJ-001


def test_an_id_beside_its_twin_of_another_type_is_found() -> None:
    found = run("HJ-001", columns("encounter", "encounter_id", encounterid="integer"))
    assert places(found) == ["encounter.encounter_id"]
    assert found.places[0].detail == "beside encounterid: text and number"


@pytest.mark.parametrize(("one", "two"), [("orderid", "order_id"), ("orderId", "order_id"), ("OrderID", "orderid")])
def test_twins_of_any_spelling(one: str, two: str) -> None:
    rows = [{one: "1", two: "901"}, {one: "2", two: "902"}]
    assert run("HJ-001", resource("order", rows)).verdict is Verdict.fail


def test_twins_that_hold_the_same_in_all_rows_are_innocent() -> None:
    rows = [{"orderId": "1", "order_id": "1"}, {"orderId": "2", "order_id": None}]
    assert run("HJ-001", resource("order", rows)).verdict is Verdict.passed


def test_twins_that_hold_the_same_in_some_rows_say_nothing() -> None:
    rows = [{"orderId": "1", "order_id": "1"}]
    assert run("HJ-001", resource("order", rows, complete=False)).verdict is Verdict.unknown


def test_names_alone_do_not_show_that_twins_differ() -> None:
    found = run("HJ-001", columns("order", "orderId", "order_id"))
    assert found.verdict is Verdict.unknown and "underscore" in found.why


def test_examples_show_that_twins_differ() -> None:
    one, two = field("orderid", ["901"]), field("order_id", ["7"])
    assert run("HJ-001", columns("x").__class__("order", (one, two))).verdict is Verdict.fail


@pytest.mark.parametrize(
    "names",
    [
        ("paid", "pa_id"),
        ("valid", "val_id"),
        ("grid", "gr_id"),
        ("patient_id", "patient_idx"),
        ("first_name", "firstname"),
    ],
)
def test_names_that_only_look_like_twins(names: tuple[str, str]) -> None:
    rows = [{names[0]: "yes", names[1]: "7"}]
    assert run("HJ-001", resource("order", [{**row, "order_id": "1"} for row in rows])).verdict is Verdict.passed


def test_twins_in_two_resources_are_not_two_ids_of_one() -> None:
    assert run("HJ-001", columns("a", encounterid="integer"), columns("b", "encounter_id")).verdict is Verdict.passed


# HJ-002


@pytest.mark.parametrize("prefix", ["source", "external", "legacy", "ext"])
def test_a_prefixed_id_beside_the_plain_one_is_found(prefix: str) -> None:
    found = run("HJ-002", columns("order", "order_id", f"{prefix}_order_id"))
    assert places(found) == [f"order.{prefix}_order_id"]


@pytest.mark.parametrize(
    "names",
    [
        ("external_id", "patient_id"),
        ("external_ids", "id"),
        ("source_account_id", "target_account_id", "account_id"),
        ("source_patient_id", "provider_id"),
        ("hj_order_id", "order_id"),
        ("orderid", "source_order_id"),
        ("order_uuid", "source_order_id"),
        ("original_order_id", "replacement_order_id", "order_id"),
        ("order_source", "order_id"),
    ],
)
def test_prefixes_that_are_no_second_spelling(names: tuple[str, ...]) -> None:
    assert run("HJ-002", columns("order", *names)).verdict is Verdict.passed


CLAIMS = [
    {"claim_id": "1", "original_claim_id": None},
    {"claim_id": "2", "original_claim_id": "1"},
    {"claim_id": "3", "original_claim_id": "1"},
]


def test_an_original_id_may_name_an_earlier_row_which_only_rows_show() -> None:
    assert run("HJ-002", resource("claim", CLAIMS)).verdict is Verdict.passed
    assert run("HJ-002", columns("claim", "claim_id", "original_claim_id")).verdict is Verdict.unknown
    assert run("HJ-002", resource("claim", CLAIMS[:1])).verdict is Verdict.unknown
    same = [row | {"original_claim_id": row["claim_id"]} for row in CLAIMS]
    assert places(run("HJ-002", resource("claim", same))) == ["claim.original_claim_id"]
    elsewhere = [row | {"original_claim_id": "A9"} for row in CLAIMS]
    assert run("HJ-002", resource("claim", elsewhere)).verdict is Verdict.fail


def test_an_external_id_beside_the_bare_one_is_a_second_spelling() -> None:
    assert places(run("HJ-002", columns("order", "id", "external_id"))) == ["order.external_id"]


def test_an_original_id_of_another_resource_may_be_what_was_there_before_which_only_rows_rule_out() -> None:
    names = ("bill_id", "claim_id", "original_claim_id")
    assert run("HJ-002", columns("bill", *names)).verdict is Verdict.unknown
    row = dict.fromkeys(names, "1")
    assert run("HJ-002", resource("bill", [row])).verdict is Verdict.fail


# HJ-003


def test_a_short_form_is_found_beside_the_full_one() -> None:
    found = run("HJ-003", columns("visit", "encounter_id"), columns("bill", "enc_id"))
    assert places(found) == ["bill.enc_id"] and found.places[0].detail == "encounter_id elsewhere"


def test_a_short_form_used_everywhere_is_a_convention() -> None:
    assert run("HJ-003", columns("visit", "enc_id"), columns("bill", "enc_id", "bill_id")).verdict is Verdict.passed


def test_a_short_form_of_another_word_is_not_this_fault() -> None:
    assert run("HJ-003", columns("visit", "visit_id"), columns("bill", "enc_id")).verdict is Verdict.passed


def test_the_word_of_a_role_is_no_short_form() -> None:
    assert run("HJ-003", columns("patient", "pcp_id"), columns("provider", "provider_id")).verdict is Verdict.passed


def test_a_key_called_pk_among_ids_is_found_and_pk_everywhere_is_not() -> None:
    ids = [columns("order", "order_id"), columns("bill", "bill_id")]
    assert places(run("HJ-003", *ids, columns("allergy", "allergy_pk"))) == ["allergy.allergy_pk"]
    keys = [columns("order", "order_pk"), columns("allergy", "allergy_pk")]
    assert run("HJ-003", *keys).verdict is Verdict.passed


# HJ-004


def test_a_number_here_and_text_there_is_found_at_the_rarer_place() -> None:
    texts = [columns(name, "encounter_id") for name in ("bill", "note", "order")]
    found = run("HJ-004", *texts, columns("encounter", encounterid="integer"))
    assert places(found) == ["encounter.encounterid"]
    assert found.places[0].detail == "number here, text in bill.encounter_id"


def test_both_types_in_one_column_are_found() -> None:
    found = run("HJ-004", columns("allergy", allergy_id="integer string"), columns("note", "allergy_id"))
    assert places(found) == ["allergy.allergy_id"] and "number or text" in found.places[0].detail


def test_a_bare_id_is_the_id_of_its_resource() -> None:
    found = run("HJ-004", columns("patient", id="integer"), columns("visit", "patient_id", id="integer"))
    assert places(found) == ["visit.patient_id"]


def test_synonyms_are_one_thing() -> None:
    assert run("HJ-004", columns("a", "visit_id"), columns("b", encounter_id="integer")).verdict is Verdict.fail


@pytest.mark.parametrize(
    ("name", "type_"),
    [
        ("patient_uuid", "string"),
        ("external_patient_id", "string"),
        ("account_patient_id", "string"),
        ("patient_ids", "array"),
        ("guarantor_id", "string"),
        ("order_id", "string"),
    ],
)
def test_other_kinds_of_ids_may_have_other_types(name: str, type_: str) -> None:
    people = columns("patient", patient_id="integer"), columns("visit", patient_id="integer")
    assert run("HJ-004", *people, columns("note", **{name: type_})).verdict is Verdict.passed


def test_codes_and_names_are_no_ids() -> None:
    assert run("HJ-004", columns("a", "snomed_code"), columns("b", snomed_code="integer")).verdict is Verdict.unknown


def test_one_column_alone_cannot_drift() -> None:
    assert run("HJ-004", columns("patient", "patient_id"), columns("log", "text")).verdict is Verdict.unknown


def test_integer_and_decimal_numbers_are_numbers_both() -> None:
    assert run("HJ-004", columns("a", order_id="integer"), columns("b", order_id="number")).verdict is Verdict.passed


# HJ-008

VISIT = ("visit_id", "patient_id")


def test_an_id_without_a_resource_is_found_once_for_each_column() -> None:
    people = columns("patient", "patient_id")
    found = run("HJ-008", people, columns("visit", *VISIT, "room_id"), columns("bill", "bill_id", "room_id"))
    assert places(found) == ["bill.room_id", "visit.room_id"] and "room" in found.why


@pytest.mark.parametrize(
    "name",
    [
        "tax_id", "state_id", "national_id", "external_id", "other_id", "account_id", "session_id", "trace_id",
        "correlation_id", "driver_license_id", "npi", "paid", "parent_id", "row_id", "visit_id", "previous_visit_id",
        "demographic_id", "client_id", "id", "visitId", "study_instance_uid", "guarantor_id",
    ],
)  # fmt: skip
def test_ids_that_need_no_resource(name: str) -> None:
    assert run("HJ-008", columns("patient", "patient_id"), columns("visit", *VISIT, name)).verdict is Verdict.passed


@pytest.mark.parametrize(
    ("column", "resource_name"),
    [
        ("facility_id", "locations"), ("site_id", "location"), ("doctor_id", "practitioner"), ("pcp_id", "provider"),
        ("payer_id", "payer_dim"), ("enc_id", "encounter"), ("condition_id", "diagnosis"), ("drug_id", "medications"),
        ("assigned_provider_id", "clinicians"), ("created_by_id", "users"), ("therapist_id", "providers"),
    ],
)  # fmt: skip
def test_a_resource_under_a_known_word_will_do(column: str, resource_name: str) -> None:
    made = columns("bill", "bill_id", column), columns(resource_name, "id", "name")
    assert run("HJ-008", *made).verdict is Verdict.passed


def test_a_part_of_an_api_does_not_show_what_is_missing() -> None:
    visit = columns("visit", *VISIT, "provider_id")
    assert run("HJ-008", visit, origin=Origin.folder).verdict is Verdict.unknown
    assert run("HJ-008", visit, origin=Origin.contract).verdict is Verdict.fail


def test_the_tenant_needs_no_resource() -> None:
    made = [columns(name, f"{name}_id", "practice_id") for name in ("order", "bill", "note", "task")]
    assert run("HJ-008", *made, columns("memo", "memo_id", "order_id")).verdict is Verdict.passed


@pytest.mark.parametrize("word", ["member", "person", "client", "customer"])
def test_people_under_a_word_of_several_meanings_are_the_patients_where_none_are(word: str) -> None:
    people, visit = columns(word, f"{word}_id", "full_name", "birth_date"), columns("visit", *VISIT)
    things = columns(word, f"{word}_id", "street")
    assert run("HJ-008", people, visit).verdict is Verdict.passed
    assert run("HJ-008", things, visit).verdict is Verdict.fail


@pytest.mark.parametrize(
    ("said", "verdict"),
    [
        ("The number shown beside the note.", Verdict.unknown),
        ("", Verdict.fail),
        ("The id of it.", Verdict.fail),
        ("Uniquely identifies what was bought", Verdict.fail),
        ("Orders come first.", Verdict.fail),
    ],
)
def test_what_its_description_says_is_something_else_leads_nowhere_else(said: str, verdict: Verdict) -> None:
    note = Resource("note", (Field("id", frozenset({"string"})), Field("order_id", description=said)))
    assert run("HJ-008", note).verdict is verdict


def test_any_word_of_the_thing_is_a_name_of_it() -> None:
    visit = Resource("visit", (Field("id"), Field("clinician_id", description="The provider who was there.")))
    assert run("HJ-008", visit).verdict is Verdict.fail


# HJ-045


def test_a_resource_without_a_key_is_found() -> None:
    rows = [{"level": "info", "text": "a", "date": "20220101"}]
    found = run("HJ-045", resource("log", rows))
    assert places(found) == ["log"] and found.places[0].detail == "no key among 3 columns"


def test_a_key_that_repeats_in_one_practice_is_found() -> None:
    rows = [{"order_id": "1"}, {"order_id": "1"}, {"order_id": "2"}, {"order_id": None}]
    found = run("HJ-045", resource("order", rows))
    assert places(found) == ["order.order_id"] and found.places[0].detail == "1 of 3 rows repeat a key"


def test_one_key_in_two_practices_is_no_repetition() -> None:
    one = resource("order", [{"order_id": "1"}])
    both = one.__class__("order", one.fields, (table([{"order_id": "1"}], "A"), table([{"order_id": "1"}], "B")))
    assert run("HJ-045", both).verdict is Verdict.passed


def test_the_minted_key_decides_where_there_are_two() -> None:
    rows = [{"orderid": 1, "order_id": "7"}, {"orderid": 2, "order_id": "7"}]
    assert run("HJ-045", resource("order", rows)).verdict is Verdict.passed


def test_names_alone_do_not_show_that_a_key_is_one() -> None:
    assert run("HJ-045", columns("order", "order_id")).verdict is Verdict.unknown
    assert verdict("HJ-045", "vendor") is verdict("HJ-045", "none") is Verdict.unknown


def test_a_part_of_the_rows_shows_nothing_about_repetition() -> None:
    rows = [{"order_id": "1"}, {"order_id": "1"}]
    assert run("HJ-045", resource("order", rows, complete=False)).verdict is Verdict.unknown


@pytest.mark.parametrize(
    ("name", "row"),
    [
        ("patient_provider", {"patient_id": "1", "provider_id": "2", "since": "20220101"}),
        ("payer", {"payer_code": "A", "phone": "1"}),
        ("client_ids", {"client_id": "A", "client": "B"}),
        ("unit", {"code": "kg", "display": "kilogram"}),
        ("thing", {"uuid": "x"}),
    ],
)
def test_rows_that_need_no_id_of_their_own(name: str, row: dict[str, str]) -> None:
    order = resource("order", [{"order_id": "1"}])
    assert run("HJ-045", order, resource(name, [row])).verdict is Verdict.passed


def test_a_resource_without_rows_is_no_fault() -> None:
    made = api(resource("order", [{"order_id": "1"}]), columns("payer"))
    assert checks_by_id()["HJ-045"].function(made).verdict is Verdict.passed


@pytest.mark.parametrize("id_", [*MINE, "HJ-045"])
def test_an_api_without_resources_is_unknown(id_: str) -> None:
    assert run(id_).verdict is Verdict.unknown


# What two ids of one word need to be of one thing


def test_an_id_by_an_unlisted_word_may_be_of_another_thing_than_the_resource_of_that_name() -> None:
    environment = columns("environment", id="integer")
    assert run("HJ-004", environment, columns("space", "environment_id")).verdict is not Verdict.fail
    found = run("HJ-004", environment, columns("space", "environment_id"), columns("job", environment_id="integer"))
    assert places(found) == ["space.environment_id"]


def test_ids_by_a_word_of_many_things_are_not_compared() -> None:
    assert run("HJ-004", columns("a", "key_id"), columns("b", key_id="integer")).verdict is not Verdict.fail


def test_ids_of_a_part_somebody_plays_are_not_compared() -> None:
    user = columns("user", id="integer")
    assert run("HJ-004", user, columns("a", user_id="integer"), columns("b", "owner_id")).verdict is not Verdict.fail
    found = run("HJ-004", user, columns("a", user_id="integer"), columns("b", "user_id"))
    assert places(found) == ["b.user_id"]


def test_views_of_one_thing_have_one_id() -> None:
    found = run(
        "HJ-004",
        columns("message", id="integer"),
        columns("public_message", "id"),
        columns("note", message_id="integer"),
    )
    assert places(found) == ["public_message.id"]


def test_what_a_format_says_of_an_id_in_an_object_is_no_second_id() -> None:
    said = Field("_orderId", frozenset({"object"}))
    twins = Resource("order", (Field("orderId", frozenset({"string"})), said))
    assert run("HJ-001", twins).verdict is not Verdict.fail
    numbers = Resource("order", (Field("orderId", frozenset({"integer"})), Field("order_id", frozenset({"number"}))))
    assert run("HJ-001", numbers).verdict is not Verdict.fail


def test_rows_of_a_log_are_not_known_by_the_names_in_them() -> None:
    log = columns("assignment_log", "name", "action", "created_at")
    assert places(run("HJ-045", log)) == ["assignment_log"]
    assert places(run("HJ-045", columns("assignment", "name", "action", "created_at"))) == []
