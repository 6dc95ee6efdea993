"""Ids that need no resource of their own, and views of one thing under several names."""

from __future__ import annotations

import pytest

from evaluation.findings.apart import Apart
from evaluation.findings.checks.keys import dangling
from evaluation.findings.model import Field, Resource
from evaluation.findings.outcome import Verdict
from evaluation.findings.things import id_columns, plain_name, without_storage

from .made import FIELDS, api, field, resource
from .test_records import described

ORDER = described("order", "id", "text")


def lost(*resources: Resource) -> list[str]:
    """The columns that lead nowhere."""
    return [str(place) for place in dangling(api(*resources, inputs=FIELDS)).places]


@pytest.mark.parametrize(
    "columns",
    [
        ("subject_id", "subject_type"),
        ("in_reply_to_id",),
        ("reply_to_id",),
        ("parent_id",),
        ("external_booking_id",),
        ("order_node_id",),
        ("display_id",),
        ("target_id",),
        ("subnet_id",),
        ("google_client_token_id",),
        ("head_order_id",),
        ("account_id",),
    ],
)
def test_ids_that_need_no_resource(columns: tuple[str, ...]) -> None:
    assert lost(ORDER, described("comment", "id", *columns)) == []


@pytest.mark.parametrize("column", ["form_id", "chat_attachment_id", "label_image_id", "form_node_id", "form_to_id"])
def test_ids_that_lead_nowhere(column: str) -> None:
    assert lost(ORDER, described("comment", "id", column, "kind_type")) == [f"comment.{column}"]


def test_an_id_that_a_path_asks_for_is_served() -> None:
    status = described("upload-status", "state", listed=False, paths=("/scans/{upload_no_id}",))
    assert lost(described("scan", "id", "upload_no_id"), status) == []


def test_an_object_is_no_id() -> None:
    made = Resource("material", (field("id"), Field("organismId", frozenset({"object"}))))
    assert lost(made) == []
    assert lost(Resource("material", (field("id"), Field("organismId")))) == ["material.organismId"]


def test_a_word_that_may_be_another_thing_is_one_beside_the_proper_word() -> None:
    houses = described("organization", "id", "title")
    assert lost(houses, described("team", "id", "enterprise_id")) == []
    found = dangling(api(houses, described("team", "id", "enterprise_id", "organization_id"), inputs=FIELDS))
    assert [str(place) for place in found.places] == ["team.enterprise_id"]
    assert found.why == "no resource, under any known word, describes enterprise"


def test_a_listing_of_tenants_has_its_id() -> None:
    tenants = resource("client_ids", [{"client_id": "A"}])
    ((column, found),) = id_columns(described("visit", "client_id"))
    assert Apart(api(tenants, ORDER)).holds(ORDER, column, found)


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("simple-user", "user"),
        ("license-simple", "license"),
        ("minimal_repository", "repository"),
        ("public_message", "message"),
        ("V1OrdersQueriesSearch_Order", "order"),
        ("V1OrdersQueriesSearch_OrderLine", "order line"),
        ("ComExampleBilling.Invoice", "invoice"),
        ("Lab_Order", "lab order"),
        ("Full", "full"),
        ("jwks.json", "jwks json"),
        ("simple_full", "simple"),
    ],
)
def test_the_thing_without_words_for_how_much_is_shown(name: str, plain: str) -> None:
    assert plain_name(name) == plain


def test_words_of_views_are_no_words_of_a_database() -> None:
    assert without_storage("simple_user") == "simple user" and without_storage("user_dim") == "user"


def test_a_view_of_a_thing_is_where_its_id_leads() -> None:
    assert lost(described("simple-user", "id"), described("note", "id", "user_id")) == []
    found = dangling(api(described("V1OrdersQueriesSearch_Order", "id"), described("n", "order_id"), inputs=FIELDS))
    assert found.verdict is Verdict.passed


def test_columns_that_say_where_they_lead_are_taken_at_their_word() -> None:
    def visit(*leads: str) -> Resource:
        return described("visit", "id", Field("performer", frozenset({"object"}), leads=leads))

    found = dangling(api(ORDER, visit("person", "order"), inputs=FIELDS))
    assert (found.verdict, found.looked_at) == (Verdict.passed, 1)
    found = dangling(api(ORDER, visit("person", "another resource"), described("n", "form_id"), inputs=FIELDS))
    assert [str(place) for place in found.places] == ["n.form_id", "visit.performer"]
    assert found.why == "no resource, under any known word, describes form and what visit.performer leads to"


@pytest.mark.parametrize(
    ("others", "served"),
    [
        ((described("team-badge", "id"), described("space_badge", "id")), True),
        ((described("row", "id", paths=("/things/site-badges",)),), True),
        ((described("row", "id", paths=("/badges/{id}",), listed=False),), True),
        ((described("row", "id", paths=("/badges/{id}/things",)),), False),
        ((described("limit-for-badge", "id"), described("usage-by-badge", "id")), False),
        ((), False),
    ],
)
def test_an_id_leads_to_what_several_resources_or_ends_of_paths_are_called(
    others: tuple[Resource, ...], served: bool
) -> None:
    assert lost(ORDER, described("note", "id", "badge_id"), *others) == ([] if served else ["note.badge_id"])


@pytest.mark.parametrize(
    ("path", "served"),
    [
        ("/forms/{sheet_id}/lines", True),
        ("/schemas/forms/{sheetId}/default", True),
        ("/sheets/{sheet_id}/lines", False),
        ("/forms/{form_id}/lines", False),
        ("/forms/lines/{sheet_id}/x", False),
    ],
)
def test_an_id_by_which_a_path_asks_behind_the_word_of_a_thing_leads_there(path: str, served: bool) -> None:
    forms = described("form", "id", paths=("/forms",))
    line = described("entry", "text", listed=False, paths=(path,))
    assert lost(forms, line, described("note", "id", "sheet_id")) == ([] if served else ["note.sheet_id"])


def test_a_context_is_of_any_kind_unless_contexts_are_served() -> None:
    note = described("note", "id", "context_id")
    assert lost(ORDER, note) == []
    assert dangling(api(ORDER, note, inputs=FIELDS)).verdict is Verdict.unknown
    assert dangling(api(described("context", "id"), note, inputs=FIELDS)).verdict is Verdict.passed
