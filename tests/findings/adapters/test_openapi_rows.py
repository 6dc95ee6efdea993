"""What a row of a description is: lists and envelopes, names, what only goes in, embedded objects, known traps."""

from __future__ import annotations

from typing import Any

import pytest

from evaluation.findings.adapters import openapi

from .descriptions import REF, ROW, answer, document, lists, many, read

ITEMS = {"type": "array", "items": REF}
NUMBER, FLAG, TEXT = {"type": "integer"}, {"type": "boolean"}, {"type": "string"}

PAGES: list[dict[str, Any]] = [
    {}, {"total": NUMBER, "page": NUMBER}, {"has_more": FLAG}, {"nextPageToken": TEXT}, {"links": {"type": "object"}},
    {"next_page_url": TEXT, "first_page_url": TEXT}, {"meta": {"properties": {}}}, {"request_id": TEXT},
    {"errors": {"type": "array", "items": ROW}}, {"_links": {}}, {"count": {"type": ["integer", "null"]}},
]  # fmt: skip


def rows(schema: Any) -> tuple[list[str], bool | None]:
    """The columns of the only resource, and whether it is listed."""
    (found,) = read({"/things": lists(schema)}, Row=ROW).resources
    return [field.name for field in found.fields], found.listed


@pytest.mark.parametrize("beside", PAGES)
@pytest.mark.parametrize("key", ["data", "shipments"])
def test_a_list_beside_words_of_pages_is_an_envelope(key: str, beside: dict[str, Any]) -> None:
    assert rows({"properties": {key: ITEMS, **beside}}) == (["id", "name"], True)


@pytest.mark.parametrize("beside", [{"status": TEXT}, {"object": TEXT, "url": TEXT}, {"message": TEXT, "code": TEXT}])
def test_words_about_the_answer_stand_beside_data_only(beside: dict[str, Any]) -> None:
    assert rows({"properties": {"data": ITEMS, **beside}}) == (["id", "name"], True)
    assert rows({"properties": {"events": ITEMS, **beside}}) == (["events", *beside], False)


@pytest.mark.parametrize(
    "beside", [{"id": NUMBER}, {"tracking_number": TEXT}, {"carrier": {"type": "object"}}, {"first_name": TEXT}]
)
def test_a_record_with_a_list_inside_is_one_record(beside: dict[str, Any]) -> None:
    assert rows({"properties": {"events": ITEMS, **beside}}) == (["events", *beside], False)


def test_two_lists_are_a_record() -> None:
    assert rows({"properties": {"open": ITEMS, "closed": ITEMS}}) == (["open", "closed"], False)


def test_a_list_of_errors_is_a_list_if_there_is_nothing_else() -> None:
    assert rows({"properties": {"errors": ITEMS, "links": {"type": "object"}}}) == (["id", "name"], True)


@pytest.mark.parametrize("inner", [{"payload": ITEMS, "meta": {"type": "object"}}, {"items": ITEMS}])
def test_an_envelope_may_lie_in_another(inner: dict[str, Any]) -> None:
    assert rows({"properties": {"data": {"properties": inner}}}) == (["id", "name"], True)


def test_a_record_may_lie_in_an_envelope() -> None:
    assert rows({"properties": {"data": REF, "success": FLAG}}) == (["id", "name"], False)


def test_envelopes_inside_each_other_come_to_an_end() -> None:
    loop = {"properties": {"data": {"$ref": "#/components/schemas/Loop"}}}
    (found,) = read({"/things": lists({"$ref": "#/components/schemas/Loop"})}, Loop=loop).resources
    assert [field.name for field in found.fields] == ["data"]


def test_one_of_two_lists_has_the_columns_of_both() -> None:
    two = {"oneOf": [ITEMS, {"type": "array", "items": {"properties": {"more": TEXT}}}]}
    assert rows(two) == (["id", "name", "more"], True)


def names(schema: Any, path: str = "/v1/{tenant}/boxes", **schemas: Any) -> list[str]:
    return [resource.name for resource in read({path: schema}, Row=ROW, **schemas).resources]


def test_a_resource_has_the_name_of_the_component_of_its_row() -> None:
    assert names(many(REF)) == names(lists(REF)) == names(lists({"properties": {"boxes": ITEMS}})) == ["Row"]


def test_parts_in_place_beside_one_reference_do_not_rename_it() -> None:
    assert names(many({"allOf": [REF, {"properties": {"more": TEXT}}], "description": "A row."})) == ["Row"]


@pytest.mark.parametrize("row", [ROW, {"oneOf": [REF, {"$ref": "#/components/schemas/Other"}]}])
def test_other_rows_have_the_name_of_their_path(row: Any) -> None:
    assert names(many(row), Other=ROW) == ["boxes"]


def test_two_components_together_have_the_name_of_their_path() -> None:
    assert names(many({"allOf": [REF, {"$ref": "#/components/schemas/Other"}]}), Other=ROW) == ["boxes"]


def test_a_component_with_the_singular_of_the_path_is_the_name() -> None:
    assert names(many(ROW), path="/webhooks", webhook=ROW) == ["webhook"]
    assert names(many(ROW), path="/webhooks", webhook=ROW, webhooks=ITEMS) == ["webhooks"]


def test_the_component_of_an_answer_that_only_stands_for_another_is_passed_over() -> None:
    body = {"allOf": [REF], "description": "The answer.", "required": ["id"]}
    only = {"$ref": "#/components/schemas/Body"}
    assert names(lists(only), Body=body) == ["Row"]
    assert names(lists(only), Body={**body, "properties": {"more": TEXT}}) == ["Body"]
    assert names(many(only), Body=body) == ["Body"]


def test_by_path_the_last_part_is_the_name() -> None:
    found = openapi.read(document({"/a/{id}/boxes": many(REF), "/b/{id}": lists(REF)}, Row=ROW), "", by_path=True)
    assert [(r.name, r.listed, r.paths) for r in found.resources] == [
        ("boxes", True, ("/a/{id}/boxes",)), ("b", False, ("/b/{id}",)),
    ]  # fmt: skip


def test_rows_of_one_name_are_one_resource_with_all_its_paths() -> None:
    (found,) = read({"/boxes": many(REF), "/boxes/{id}": lists(REF)}, Row=ROW).resources
    assert (found.name, found.listed, found.paths) == ("Row", True, ("/boxes", "/boxes/{id}"))
    (single,) = read({"/boxes/{id}": lists(REF)}, Row=ROW).resources
    assert single.listed is False


def test_what_is_only_written_is_no_column_and_what_is_only_read_is_one() -> None:
    secret = {"properties": {"id": {**NUMBER, "readOnly": True}, "password": {**TEXT, "writeOnly": True}}}
    by_reference = {"properties": {"id": NUMBER, "pin": {"$ref": "#/components/schemas/Pin"}}}
    assert rows(secret) == (["id"], False)
    (found,) = read({"/t": lists(by_reference)}, Pin={**TEXT, "writeOnly": True}).resources
    assert [field.name for field in found.fields] == ["id"]


def test_read_and_write_shapes_of_one_thing_do_not_mix() -> None:
    created = {"responses": {"201": answer({"properties": {"id": TEXT, "draft": FLAG}})}}
    sent = {"requestBody": answer({"properties": {"id": TEXT, "note": TEXT}}), **created}
    paths = {"/boxes": {**many(REF), "post": sent}, "/boxes/{id}": {**lists(REF), "put": sent, "patch": sent}}
    (found,) = read(paths, Row=ROW, NewRow={"properties": {"id": TEXT}}).resources
    assert {field.name: set(field.types) for field in found.fields} == {"id": {"integer"}, "name": {"string"}}


@pytest.mark.parametrize("version", ["3.0.3", "3.1.0"])
@pytest.mark.parametrize("schema", [{**REF, "nullable": True}, {"allOf": [REF], "nullable": True}])
def test_nullable_beside_a_reference_changes_no_type(version: str, schema: Any) -> None:
    made = {**document({"/t": lists({"properties": {"a": schema, "b": REF}})}, Row=TEXT), "openapi": version}
    (found,) = openapi.read(made, "").resources
    assert [(set(field.types), field.nullable) for field in found.fields] == [({"string"}, True), ({"string"}, False)]


def test_parameters_of_paths_are_no_columns_whatever_they_are_called() -> None:
    given = [{"name": "boxId", "in": "path", "schema": TEXT}, {"name": "box_ID", "in": "query", "schema": NUMBER}]
    paths = {"/boxes/{box_id}": {**lists(REF), "parameters": given}, "/boxes/{other}": lists(REF, parameters=given)}
    (found,) = read(paths, Row=ROW).resources
    assert [field.name for field in found.fields] == ["id", "name"]


def test_schemas_that_no_answer_reaches_are_not_there() -> None:
    webhooks = {"event": {"post": {"requestBody": answer({"$ref": "#/components/schemas/Event"})}}}
    made = {**document({"/t": many(REF)}, Row=ROW, Event=ROW, Unused=ROW), "webhooks": webhooks}
    assert [resource.name for resource in openapi.read(made, "").resources] == ["Row"]


def test_what_leads_nowhere_is_left_out_and_told() -> None:
    gone = {"allOf": [{"$ref": "#/definitions/Row"}, {"properties": {"more": TEXT}}]}
    found = read(
        {"/lost": many(gone), "/boxes": many(REF), "/rest": many({"properties": {"a": gone, "b": TEXT}})}, Row=ROW
    )
    assert [resource.name for resource in found.resources] == ["Row", "rest"]
    assert found.partial == ("references that lead nowhere hide what lost holds",)


def test_a_name_with_one_whole_reading_is_kept() -> None:
    found = read({"/boxes": many({"$ref": "#/nowhere"}), "/x/boxes": many(ROW)})
    assert [resource.name for resource in found.resources] == ["boxes"]
    assert "boxes" in found.partial[0]


def test_many_lost_names_are_counted_and_odd_ones_not_shown() -> None:
    paths = {f"/lost{number}": many({"$ref": "#/nowhere"}) for number in range(8)}
    assert read(paths).partial[0].endswith("lost0, lost1, lost2, lost3, lost4 and 3 more hold")
    assert "\x1b" not in read({"/a\x1b[31m": many({"$ref": "#/nowhere"})}).partial[0]


ADDRESS = {"properties": {"line1": TEXT, "line2": TEXT}}


@pytest.mark.parametrize(
    "schema", [ADDRESS, {"type": "array", "items": ADDRESS}, {"oneOf": [ADDRESS, {"type": "null"}]}]
)
def test_an_embedded_object_without_a_key_shows_its_columns(schema: Any) -> None:
    field = read({"/t": many({"properties": {"address": schema}})}).resources[0].by_name["address"]
    assert [inner.name for inner in field.inner] == ["line1", "line2"]


@pytest.mark.parametrize("key", ["id", "uuid", "address_id", "addressId", "href"])
def test_an_object_with_a_key_of_its_own_is_a_reference(key: str) -> None:
    owner = {"properties": {key: TEXT, "line1": TEXT}}
    assert not read({"/t": many({"properties": {"addresses": owner}})}).resources[0].fields[0].inner


def test_a_column_of_several_alternatives_is_of_all_their_types() -> None:
    either = {"oneOf": [{"properties": {"id": NUMBER}}, {"properties": {"id": TEXT}}]}
    assert set(read({"/t": many(either)}).resources[0].by_name["id"].types) == {"integer", "string"}


def test_a_column_of_several_parts_is_what_they_say_together() -> None:
    both = {
        "allOf": [{"properties": {"id": {**TEXT, "format": "uuid"}}}, {"properties": {"id": {"description": "Key."}}}]
    }
    (field,) = read({"/t": many(both)}).resources[0].fields
    assert (set(field.types), field.format, field.description) == ({"string"}, "uuid", "Key.")
