"""Parts that resources and columns play, on small APIs and on the contract with quirks and without."""

from __future__ import annotations

from functools import cache

import pytest

from evaluation.findings import roles
from evaluation.findings.adapters import contract
from evaluation.findings.ids import reference
from evaluation.findings.model import Api, Field, Resource

from .made import api, field, resource


def named(name: str, *columns: str) -> Resource:
    """A resource with columns of which only the names are known."""
    return Resource(name, tuple(field(column) for column in columns))


def name_of(found: Field | None) -> str:
    return found.name if found else ""


@cache
def known(quirks: str) -> Api:
    return contract.read(quirks)


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("payer_dim", "payer"), ("dim_payer", "payer"), ("tblPatients", "patient"), ("patients", "patient"),
        ("lab_orders", "lab order"), ("LabOrder", "lab order"), ("vw_encounter_fact", "encounter"), ("table", "table"),
        ("dim", "dim"), ("medsurg_history", "medsurg history"), ("client_ids", "client ids"),
    ],
)  # fmt: skip
def test_the_plain_name_of_a_resource(name: str, plain: str) -> None:
    assert roles.plain_name(name) == plain


@pytest.mark.parametrize(
    ("name", "thing"),
    [
        ("demographic", "patient"), ("patients", "patient"), ("Practitioner", "provider"), ("visits", "encounter"),
        ("payer_dim", "payer"), ("quality_data", "quality data"), ("clients", "client"), ("lab_order", "lab order"),
    ],
)  # fmt: skip
def test_what_a_resource_describes(name: str, thing: str) -> None:
    assert roles.thing(named(name)) == thing


@pytest.mark.parametrize(
    ("columns", "surrogate", "source"),
    [
        (("appointmentid", "appointment_id"), "appointmentid", "appointment_id"),
        (("appointment_id", "appointmentid"), "appointmentid", "appointment_id"),
        (("appointmentid", "client_appt_id"), "appointmentid", "client_appt_id"),
        (("appt_pk", "appointment_id"), "appt_pk", "appointment_id"),
        (("hj_appointment_id", "appointment_id"), "hj_appointment_id", "appointment_id"),
        (("internal_appointment_id", "appointment_id"), "internal_appointment_id", "appointment_id"),
        (("id", "appointment_id"), "id", "appointment_id"),
        (("id", "source_appointment_id"), "id", "source_appointment_id"),
        (("row_id", "appointment_id"), "row_id", "appointment_id"),
        (("id",), "id", ""),
        (("appointment_id",), "", "appointment_id"),
        (("source_appointment_id", "appointment_id"), "", "appointment_id"),
        (("booking_id",), "", "booking_id"),
        (("patient_id", "reason"), "", ""),
        (("parent_appointment_id", "appointment_id"), "", "appointment_id"),
        (("appointmentid",), "appointmentid", ""),
    ],
)
def test_the_two_keys_of_a_row(columns: tuple[str, ...], surrogate: str, source: str) -> None:
    made = named("appointment", *columns)
    assert (name_of(roles.surrogate(made)), name_of(roles.source_key(made))) == (surrogate, source)


def test_the_contract_has_both_keys_in_every_resource_under_all_quirks_and_under_none() -> None:
    for quirks in ("vendor", "none"):
        for made in known(quirks).resources:
            if not roles.listing(made):
                assert roles.surrogate(made) and roles.source_key(made), (quirks, made.name)


def test_the_minted_key_is_the_one_the_contract_calls_surrogate() -> None:
    assert name_of(roles.surrogate(known("vendor").by_name["demographic"])) == "demographicid"
    assert name_of(roles.source_key(known("vendor").by_name["demographic"])) == "client_patient_id"
    assert name_of(roles.surrogate(known("vendor").by_name["allergy"])) == "allergy_pk"
    assert name_of(roles.surrogate(known("none").by_name["patient"])) == "hj_patient_id"
    assert name_of(roles.source_key(known("none").by_name["patient"])) == "patient_id"


def test_a_short_own_id_counts_where_no_exact_one_is_there() -> None:
    assert [found.name for found in roles.keys(named("clinical_note", "note_id", "patient_id"))] == ["note_id"]


@pytest.mark.parametrize(
    ("name", "columns", "key"),
    [
        ("payer", ("payer_code", "phone"), "payer_code"),
        ("provider", ("npi", "first_name"), "npi"),
        ("code_system", ("code", "display"), "code"),
        ("order", ("order_number", "total"), "order_number"),
        ("log", ("text", "level"), ""),
        ("visit", ("patient_id", "diagnosis_code"), ""),
    ],
)
def test_keys_that_are_no_ids(name: str, columns: tuple[str, ...], key: str) -> None:
    assert [found.name for found in roles.keys(named(name, *columns))] == ([key] if key else [])


def test_references_leave_out_own_ids_and_ids_of_the_world_outside() -> None:
    made = named(
        "patient", "id", "patient_id", "pcp_id", "tax_id", "account_id", "parent_patient_id", "client_id", "name"
    )
    assert [found.name for found, _ in roles.references(made)] == ["pcp_id", "parent_patient_id", "client_id"]


def test_references_of_a_list_of_ids() -> None:
    assert [found.name for found, _ in roles.references(named("visit", "visit_id", "provider_ids"))] == ["provider_ids"]


def leads(column: str, *names: str) -> str:
    made = api(named("origin", "origin_id", column), *(named(name, "name", "zip") for name in names))
    found = reference(column)
    assert found
    target = roles.target(made, found)
    return target.name if target else ""


@pytest.mark.parametrize(
    ("column", "resources", "expected"),
    [
        ("patient_id", ("demographic", "encounter"), "demographic"),
        ("patient_id", ("demographic", "patient"), "patient"),
        ("enc_id", ("encounter",), "encounter"),
        ("visit_id", ("encounter",), "encounter"),
        ("pcp_id", ("patient", "practitioner"), "practitioner"),
        ("payer_id", ("payer_dim",), "payer_dim"),
        ("site_id", ("locations",), "locations"),
        ("location_id", ("patient",), ""),
        ("purchase_order_id", ("purchase_orders", "orders"), "purchase_orders"),
        ("purchase_order_id", ("orders",), "orders"),
        ("item_id", ("order_item",), "order_item"),
        ("item_id", ("order_item", "menu_item"), ""),
        ("widget_id", ("Widgets",), "Widgets"),
        ("account_id", ("accounts",), "accounts"),
        ("lab_order_id", ("lab_order", "order"), "lab_order"),
        ("order_id", ("lab_order",), "lab_order"),
    ],
)
def test_where_an_id_leads(column: str, resources: tuple[str, ...], expected: str) -> None:
    assert leads(column, *resources) == expected


def test_clients_with_names_and_birthdays_are_patients() -> None:
    people = named("clients", "client_id", "first_name", "dob")
    firms = named("clients", "client_id", "title", "street")
    found = reference("patient_id")
    assert found
    assert roles.target(api(people), found) is people
    assert roles.target(api(firms), found) is None


def test_links_hold_an_outside_id_only_where_it_leads_somewhere() -> None:
    visit = named("visit", "visit_id", "account_id", "session_id", "patient_id")
    without = {found.name for _, found, _, _ in roles.links(api(visit))}
    having = {found.name: to for _, found, _, to in roles.links(api(visit, named("account", "account_id", "street")))}
    assert without == {"patient_id"}
    assert set(having) == {"patient_id", "account_id"} and having["account_id"]


@pytest.mark.parametrize(
    ("columns", "modified", "created", "deleted"),
    [
        (("hj_create_timestamp", "hj_modify_timestamp", "delete_ind"), 1, 0, 2),
        (("created_at", "updated_at", "deleted_at"), 1, 0, 2),
        (("createdAt", "lastUpdated", "isDeleted"), 1, 0, 2),
        (("creation_date", "last_modified_date", "deletion_flag"), 1, 0, 2),
        (("inserted_on", "modification_time", "voided"), 1, 0, 2),
        (("created_by", "updated_by", "death_indication"), None, None, None),
        (("create_order", "update_reason", "active"), None, None, None),
        (("date", "meta.lastUpdated", "status"), 1, None, None),
        (("date_created", "DateModified", "time_deleted"), 1, 0, 2),
        (("createdat", "updatedat", "deletedat"), 1, 0, 2),
        (("date", "update", "meta.version"), None, None, None),
    ],
)
def test_stamps_and_flags(
    columns: tuple[str, ...], modified: int | None, created: int | None, deleted: int | None
) -> None:
    made = named("thing", *columns)
    asked = (roles.modified(made), roles.created(made), roles.deleted_flag(made))
    assert [name_of(found) for found in asked] == [
        "" if index is None else columns[index] for index in (modified, created, deleted)
    ]


@pytest.mark.parametrize(
    ("name", "columns", "expected"),
    [
        ("client_ids", ("client_id", "client"), True),
        ("practices", ("practice_id", "practice_name"), True),
        ("practices", ("practice_id", "name"), True),
        ("practices", ("practice_id", "name", "street", "zip"), False),
        ("patients", ("patient_id", "name"), False),
        ("client_notes", ("client_id", "name"), False),
        ("client_ids", (), True),
        ("clients", (), False),
        ("patient_ids", (), False),
    ],
)
def test_a_list_of_tenants_is_no_resource_with_rows_of_its_own(
    name: str, columns: tuple[str, ...], expected: bool
) -> None:
    assert roles.listing(named(name, *columns)) is expected


def test_the_tenant_of_the_contract() -> None:
    assert roles.tenant(known("vendor")) == "client_id"
    assert roles.tenant(known("none")) == "practice_id"
    assert roles.tenant(known("vendor,-Q07")) == "practice_id"


ROW = {"visit_id": "1", "client_id": "A"}
BILL = {"bill_id": "1", "client_id": "A"}


def test_a_word_of_several_meanings_is_the_tenant_only_with_a_reason() -> None:
    names_only = api(named("visit", "visit_id", "client_id"), named("bill", "bill_id", "client_id"))
    assert roles.tenant(names_only) == ""
    listed = api(*names_only.resources, named("client_ids", "client_id", "client"))
    assert roles.tenant(listed) == "client_id"


def test_one_value_in_each_practice_is_a_reason() -> None:
    same = api(resource("visit", [ROW, ROW | {"visit_id": "2"}]), resource("bill", [BILL, BILL | {"bill_id": "2"}]))
    differing = api(
        resource("visit", [ROW, ROW | {"client_id": "B"}]), resource("bill", [BILL, BILL | {"bill_id": "2"}])
    )
    single = api(resource("visit", [ROW]), resource("bill", [BILL]))
    assert [roles.tenant(made) for made in (same, differing, single)] == ["client_id", "", ""]


def test_an_unmistakable_word_needs_no_reason_but_has_to_be_nearly_everywhere() -> None:
    everywhere = api(named("visit", "visit_id", "practice_id"), named("bill", "bill_id", "practice_id"))
    once = api(named("visit", "visit_id", "practice_id"), named("bill", "bill_id"))
    assert (roles.tenant(everywhere), roles.tenant(once)) == ("practice_id", "")


def test_clients_who_are_people_are_no_tenant() -> None:
    people = named("clients", "client_id", "first_name", "dob")
    same = api(resource("visit", [ROW, ROW]), resource("bill", [BILL, BILL]), people)
    assert roles.tenant(same) == ""


def test_an_api_of_one_resource_has_no_tenant_that_can_be_told() -> None:
    assert roles.tenant(api(named("visit", "visit_id", "practice_id"))) == ""


def test_the_resource_of_the_patient() -> None:
    people = named("folk", "first_name", "last_name", "dob")
    assert roles.person(known("vendor")) is known("vendor").by_name["demographic"]
    assert roles.person(known("none")) is known("none").by_name["patient"]
    assert roles.person(api(named("visit", "visit_id"), people)) is people
    assert roles.person(api(named("visit", "visit_id", "gender"))) is None
    assert roles.person(api(named("provider", "first_name", "last_name", "npi"))) is None


def test_two_columns_of_a_person_make_a_person() -> None:
    assert roles.person_like(named("x", "birthDate", "firstName"))
    assert not roles.person_like(named("x", "birthDate", "zip"))
