"""Which resources hold rows that come and go, and what tells rows apart where no column is called id."""

from __future__ import annotations

from typing import Any

import pytest

from evaluation.findings import records
from evaluation.findings.keys import addressed_by, keys, own
from evaluation.findings.model import Field, Resource

from .made import resource

LISTED = "/orders"


def described(name: str, *columns: str | Field, **how: Any) -> Resource:
    """A resource of a description: a column is text unless it says another type behind a colon."""
    fields = [column if isinstance(column, Field) else _field(column) for column in columns]
    return Resource(name, tuple(fields), **{"listed": True, **how})


def _field(column: str) -> Field:
    name, _, kind = column.partition(":")
    return Field(name, frozenset({kind or "string"}))


# figures


@pytest.mark.parametrize(
    ("name", "columns"),
    [
        ("user_stats", ("user_id", "user_name", "last_seen")),
        ("usage-by-account", ("full_name", "active")),
        ("web_traffic", ("page", "referrer")),
        ("summary", ("avg_wait", "visits_count:integer", "previous:object")),
        ("report", ("value", "timestamp:integer")),
        ("activity", ("days:array", "total:integer", "week:integer")),
    ],
)
def test_figures_are_told_by_a_word_or_by_their_columns(name: str, columns: tuple[str, ...]) -> None:
    made = described(name, *columns)
    assert records.figures(made) and not records.kept(made)


@pytest.mark.parametrize(
    ("name", "columns"),
    [
        ("annotation", ("path", "level", "text", "start_line:integer", "end_line:integer")),
        ("vital", ("vital_id", "weight:number", "height:number")),
        ("invoice_line", ("order_id", "price:number", "quantity:integer")),
        ("rate", ("slug", "price:number", "discount:number")),
        ("DeviceMetric", ("id", "unit", "color")),
        ("lab_report", ("title", "status", "text")),
        ("stat", ("name", "text")),
    ],
)
def test_records_with_numbers_are_no_figures(name: str, columns: tuple[str, ...]) -> None:
    assert not records.figures(described(name, *columns))


def test_statistics_that_a_path_asks_for_one_by_one_are_records() -> None:
    made = described("usage", "id", "text", paths=("/usage", "/usage/{id}"))
    assert not records.figures(made) and records.figures(described("usage", "id", "text"))


# other things nobody deletes


def test_what_a_service_says_of_itself_is_a_notice() -> None:
    key = described("Jwk", "alg", "kid", "use", paths=("/api/.well-known/jwks.json",))
    assert records.notice(key) and not records.kept(key)
    assert not records.notice(described("Jwk", "kid")) and not records.notice(described("key", "id", paths=("/known",)))


def test_errors_and_warnings_are_remarks() -> None:
    assert [records.kept(described(name, "order_id", "text")) for name in ("batch_errors", "warning", "fault")] == [
        False, False, True,
    ]  # fmt: skip


@pytest.mark.parametrize(("listed", "kept"), [(True, True), (None, True), (False, False)])
def test_records_read_one_by_one_are_not_kept_in_step(listed: bool | None, kept: bool) -> None:
    assert records.kept(described("order", "id", listed=listed)) is kept


def test_neither_tenants_nor_unknown_columns_are_kept() -> None:
    assert not records.kept(described("client_ids", "client_id")) and not records.kept(described("order"))


# what tells rows apart


@pytest.mark.parametrize(
    ("name", "columns"),
    [
        ("order", ("id", "total:number")),
        ("tag", ("name", "color", "text")),
        ("account_user", ("account_id", "user_id", "role")),
        ("order_value", ("order_id", "color", "size", "weight_class")),
        ("service", ("service_code", "carrier", "text")),
        ("custom_property", ("property_name", "kind", "text")),
        ("image_version", ("version", "state", "size:integer", "text")),
        ("large_file", ("ref", "oid", "size:integer", "kind")),
        ("label", ("value",)),
        ("note", ("message", "icon")),
        ("assignment_log", ("id", "name", "at")),
    ],
)
def test_rows_that_can_be_told_apart(name: str, columns: tuple[str, ...]) -> None:
    assert records.identity(described(name, *columns))


@pytest.mark.parametrize(
    ("name", "columns"),
    [
        ("annotation", ("path", "start_line:integer", "level", "text")),
        ("assignment_log", ("created_at", "name", "action")),
        ("audit_trail", ("order_id", "action", "text")),
        ("weight", ("patient_id", "measured_at", "kilograms:number")),
        ("remark", ("text", "patient_id", "level")),
        ("place", ("kind", "level:integer")),
    ],
)
def test_rows_that_cannot(name: str, columns: tuple[str, ...]) -> None:
    assert not records.identity(described(name, *columns))


def test_an_object_with_a_key_of_its_own_tells_rows_apart_and_one_without_does_not() -> None:
    reference, bag = (
        Field("seat_of", frozenset({"object"})),
        Field("details", frozenset({"object"}), inner=(Field("x"),)),
    )
    assert records.identity(described("seat", reference, "plan", "state"))
    assert not records.identity(described("seat", bag, "plan", "state"))
    assert not records.identity(described("seat_log", reference, "plan", "state"))
    assert not records.identity(resource("seat", [{"holder": {"id": "1"}, "plan": "a", "state": "b"}]))


def test_a_name_is_no_key_where_a_path_asks_for_an_id_that_no_column_has() -> None:
    paths = ("/rules", "/rules/{id}")
    assert not records.identity(described("rule", "name", "event", "active", paths=paths))
    assert records.identity(described("rule", "name", "event", "active", paths=("/rules", "/rules/{rule_name}")))
    assert records.identity(described("rule", "slug", "event", "active", paths=paths))
    assert records.identity(described("rule", "id", "name", "active", paths=paths))


def test_a_pair_of_texts_and_what_is_known_by_its_content_never_change() -> None:
    assert records.pair(described("note", "message", "icon")) and not records.pair(described("tag", "name", "color"))
    assert records.by_content(described("commit", "sha", "message"))
    assert not records.by_content(described("commit", "id", "sha", "message"))


@pytest.mark.parametrize(
    ("name", "expected"), [("avg_wait", True), ("averageWait", True), ("wait_avg", False), ("", False)]
)
def test_an_average_is_calculated(name: str, expected: bool) -> None:
    assert records.calculated(Field(name)) is expected


# which parameter a path of single rows ends in


@pytest.mark.parametrize(
    ("paths", "listed", "expected"),
    [
        (("/tags", "/tags/{tag_no}"), True, ["tag_no"]),
        (("/tags/", "/tags/{tag_no}/"), True, ["tag_no"]),
        (("/users/{id}/tags",), True, []),
        (("/stats/{user_id}",), True, []),
        (("/stats/{user_id}",), False, ["user_id"]),
        (("/a", "/a/{x}", "/b", "/b/{x}"), None, ["x"]),
        ((), None, []),
    ],
)
def test_the_parameter_single_rows_are_asked_for_by(paths: tuple[str, ...], listed: bool, expected: list[str]) -> None:
    assert addressed_by(described("x", "id", paths=paths, listed=listed)) == expected


def test_the_id_a_path_asks_for_is_the_rows_own() -> None:
    advisory = described("global-advisory", "ghi_id", "abc_id", paths=("/advisories", "/advisories/{abc_id}"))
    assert [field.name for field, _ in own(advisory)] == ["abc_id"]
    assert own(described("global-advisory", "ghi_id", "abc_id")) == []


def test_the_first_column_is_the_own_id_where_it_shares_a_word_with_the_name() -> None:
    assert [field.name for field, _ in own(described("parcel_type", "parcel_id", "name"))] == ["parcel_id"]
    assert own(described("parcel_type", "name", "parcel_id")) == []
    assert own(described("manifest", "form_id", "name")) == []


@pytest.mark.parametrize(("column", "key"), [("sha", True), ("sid", True), ("filename", True), ("path", False)])
def test_more_words_of_keys(column: str, key: bool) -> None:
    assert bool(keys(described("thing", column, "text"))) is key


def test_a_row_that_links_to_itself_can_be_told_apart() -> None:
    links = Field("_links", frozenset({"object"}), inner=(Field("self"), Field("next")))
    assert records.identity(described("seat", links, "plan", "state"))
    assert not records.identity(described("seat", Field("_links", inner=(Field("next"),)), "plan", "state"))
    assert records.identity(described("seat", "self", "plan", "state"))


def test_a_thing_of_one_word_is_known_by_it_where_it_stands_first_and_is_no_text_to_read() -> None:
    assert records.identity(described("currencies", "currency", "digits:integer", "text"))
    assert not records.identity(described("currencies", "digits:integer", "currency", "text"))
    assert not records.identity(described("note", "note", "level", "place"))


@pytest.mark.parametrize(
    ("name", "columns", "expected"),
    [
        ("audit_log", ("action", "created_at"), True),
        ("sign-in-log", ("action", "timestamp"), True),
        ("audit_log", ("action", "actor"), False),
        ("social_history", ("text", "created_at"), False),
        ("order", ("text", "created_at"), False),
    ],
)
def test_lines_of_a_log_are_written_once(name: str, columns: tuple[str, ...], expected: bool) -> None:
    assert records.growing(described(name, *columns)) is expected


@pytest.mark.parametrize(("values", "expected"), [(("active", "DELETED"), True), (("open", "closed", None, 3), False)])
def test_a_state_may_say_that_a_row_is_deleted(values: tuple[str | int | None, ...], expected: bool) -> None:
    made = described("order", "id", Field("status", frozenset({"string"}), enum=values))
    assert records.state_of_deletion(made) is expected


@pytest.mark.parametrize(
    ("paths", "figures"),
    [
        (("/analytics/shops/{id}/actions",), True),
        (("/app_usage/daily",), True),
        (("/usage_by_shop/daily",), True),
        (("/analytics/actions", "/shops/actions"), False),
        (("/shops/actions",), False),
        (("/shops/analytics",), False),
        (("/analytics/actions", "/analytics/actions/{action_name}"), False),
        ((), False),
    ],
)
def test_what_is_served_below_figures_counts_others(paths: tuple[str, ...], figures: bool) -> None:
    assert records.figures(described("action", "day", "shop_id", "kind", paths=paths)) is figures


def test_rows_with_an_id_of_their_own_are_no_figures_wherever_they_are_served() -> None:
    assert not records.figures(described("report", "id", "title", "owner", paths=("/analytics/reports",)))


def test_an_object_of_links_is_no_reference() -> None:
    for name in ("_links", "links", "next_link"):
        assert not records.identity(described("seat", Field(name, frozenset({"object"}))))
    assert records.identity(described("seat", Field("holder", frozenset({"object"}))))


@pytest.mark.parametrize(
    ("column", "paths", "told"),
    [
        ("line_index:integer", ("/orders/{id}/lines",), True),
        ("position:number", ("/orders/{id}/lines",), True),
        ("line_index", ("/orders/{id}/lines",), False),
        ("line_index:integer", ("/lines", "/orders/{id}/lines"), False),
        ("line_index:integer", (), False),
        ("line_size:integer", ("/orders/{id}/lines",), False),
    ],
)
def test_the_number_of_its_place_tells_a_row_apart_below_another_thing(
    column: str, paths: tuple[str, ...], told: bool
) -> None:
    assert records.identity(described("part", column, "text", "kind", paths=paths)) is told
    assert not records.identity(described("part", "text", "kind", column, paths=paths))


def test_a_row_without_columns_has_no_place() -> None:
    assert not records.identity(described("part", Field("", frozenset({"integer"})), "a", "b", paths=("/x/{id}/y",)))


@pytest.mark.parametrize(
    ("name", "column", "told"),
    [
        ("agent", "retired:boolean", True),
        ("agent", "isRetired:boolean", True),
        ("agent", "retired", False),
        ("agent", "retired_by:boolean", False),
        ("retired", "name", True),
        ("deleted_agents", "name", True),
        ("agent_deleted", "name", False),
        ("agent", "name", False),
    ],
)
def test_what_is_retired_and_a_listing_of_what_is_gone_tell_deletions(name: str, column: str, told: bool) -> None:
    assert records.state_of_deletion(described(name, "id", column)) is told
