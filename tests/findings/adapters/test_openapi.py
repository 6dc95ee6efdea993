"""Any OpenAPI 3.x document can be read: fields, resources and refusals, from what it declares and nothing else."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.findings.adapters import openapi
from evaluation.findings.adapters.declared import Columns
from evaluation.findings.adapters.envelopes import Envelopes
from evaluation.findings.adapters.schemas import Schemas
from evaluation.findings.model import Field, Input, Origin
from mockserver.errors import InputError

from .descriptions import CANARY, REF, ROW, answer, lists, read

KEYS = [
    "$ref", "allOf", "oneOf", "anyOf", "items", "properties", "data", "type", "enum", "const", "get", "responses",
    "200", "404", "content", "application/json", "schema", "example", "examples", "description", "error",
]  # fmt: skip
ANY = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5) | st.sampled_from(["#/paths", "object", "3.1.0"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(KEYS),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


def one(schema: Any) -> Field:
    return read({"/things": lists({"properties": {"a": schema}})}).by_name["things"].by_name["a"]


@pytest.mark.parametrize(
    "schema",
    [
        REF,
        {"type": "array", "items": REF},
        {"type": "object", "properties": {"total": {"type": "integer"}, "data": {"type": "array", "items": REF}}},
        {"properties": {"data": {"properties": {"items": {"type": "array", "items": REF}}}}},
        {"allOf": [REF, {"description": "with more"}]},
        {"oneOf": [REF]},
        {"type": "array", "items": {"anyOf": [REF]}},
        {"$ref": "#/components/schemas/Alias"},
    ],
)
def test_rows_are_found_in_lists_and_envelopes(schema: Any) -> None:
    found = read({"/things": lists(schema)}, Row=ROW, Alias={"$ref": "#/components/schemas/Row"})
    assert [(f.name, f.types) for f in found.resources[0].fields] == [("id", {"integer"}), ("name", {"string"})]


def test_a_list_inside_a_row_is_no_envelope() -> None:
    found = read({"/people": lists({"properties": {"name": {}, "addresses": {"type": "array", "items": ROW}}})})
    assert [f.name for f in found.by_name["people"].fields] == ["name", "addresses"]


def test_parts_of_a_row_are_put_together() -> None:
    whole = {"allOf": [ROW, {"properties": {"more": {"type": "boolean"}}}], "properties": {"last": {}}}
    assert [f.name for f in read({"/t": lists(whole)}).by_name["t"].fields] == ["id", "name", "more", "last"]


@pytest.mark.parametrize(
    ("schema", "types", "nullable"),
    [
        ({"type": "string"}, {"string"}, False),
        ({"type": ["string", "null"]}, {"string"}, True),
        ({"type": ["string", "integer"]}, {"string", "integer"}, False),
        ({"type": "string", "nullable": True}, {"string"}, True),
        ({"type": ["integer", "number"]}, {"number"}, False),
        ({"oneOf": [{"type": "string"}, {"type": "null"}]}, {"string"}, True),
        ({"anyOf": [{"type": "string"}, {"type": "integer"}]}, {"string", "integer"}, False),
        ({"enum": ["a", 1, None]}, {"string", "integer"}, True),
        ({"const": True}, {"boolean"}, False),
        ({"properties": {}}, {"object"}, False),
        ({"items": {}}, {"array"}, False),
        ({}, set(), None),
        ({"$ref": "other.yaml#/Thing"}, set(), None),
        ({"$ref": "#/nowhere/at/all"}, set(), None),
        ({"type": "file"}, set(), None),
        (True, set(), None),
    ],
)
def test_types_are_those_declared(schema: Any, types: set[str], nullable: bool | None) -> None:
    field = one(schema)
    assert (field.types, field.nullable) == (types, nullable)


def test_what_is_declared_of_a_field_is_kept() -> None:
    schema = {"type": "string", "format": "date", "pattern": "^x?$", "description": "A day.", "enum": ["a", "b", None]}
    field = one({**schema, "examples": ["2020-01-02", None, "2020-01-02"], "x-format": "ours"})
    assert (field.format, field.pattern, field.description) == ("date", "^x?$", "A day.")
    assert (field.enum, field.samples) == (("a", "b"), ("2020-01-02",))


def test_an_example_of_3_0_is_a_sample() -> None:
    assert one({"type": "string", "example": "a"}).samples == ("a",)


def test_keys_beside_a_reference_count() -> None:
    found = read({"/t": lists({"properties": {"a": {**REF, "description": "here"}}})}, Row={"type": "string"})
    assert (found.by_name["t"].fields[0].description, found.by_name["t"].fields[0].types) == ("here", {"string"})


def test_references_with_escapes_are_followed() -> None:
    paths = {"/t": lists({"properties": {"a": {"$ref": "#/components/schemas/x~1y%20z~0"}}})}
    assert read(paths, **{"x/y z~": {"type": "boolean"}}).by_name["t"].fields[0].types == {"boolean"}


@pytest.mark.parametrize(
    "schema",
    [
        {"$ref": "#/components/schemas/Row"},
        {"allOf": [{"$ref": "#/components/schemas/Row"}]},
        {"type": "object", "properties": {"child": {"$ref": "#/components/schemas/Row"}}},
        {"items": {"$ref": "#/components/schemas/Row"}},
    ],
)
def test_a_schema_that_holds_itself_comes_to_an_end(schema: Any) -> None:
    found = read({"/t": lists(REF)}, Row=schema)
    assert [r.name for r in found.resources] == (["Row"] if schema.keys() & {"allOf", "properties"} else [])
    assert bool(found.partial) == ("$ref" in schema)


def test_resources_are_named_by_the_last_part_of_their_path() -> None:
    paths = {"/v1/{tenant}/charge_items": lists(ROW), "/a/lab-order/{id}": lists(ROW), "/{id}": lists(ROW)}
    assert [r.name for r in read(paths).resources] == ["charge_items", "lab-order"]


def test_a_list_and_a_single_row_are_one_resource() -> None:
    more = {"properties": {"id": {"type": "string"}, "note": {"type": "string"}}}
    found = read({"/t": lists({"items": ROW}, description="All."), "/t/{id}": lists(more, description="One.")})
    assert [(f.name, f.types) for f in found.resources[0].fields] == [
        ("id", {"integer"}), ("name", {"string"}), ("note", {"string"}),
    ]  # fmt: skip
    assert (len(found.resources), found.resources[0].description) == (1, "All.")


def test_only_what_can_be_read_is_a_resource() -> None:
    paths = {"/login": {"post": {"responses": {"200": answer(ROW)}}}, "/t": {"summary": "nothing"}, "/u": lists(ROW)}
    assert [r.name for r in read(paths).resources] == ["u"]


@pytest.mark.parametrize("said", [answer({}), {"description": ""}, {"content": {}}, answer({"type": "object"})])
def test_a_resource_without_columns_is_empty(said: dict[str, Any]) -> None:
    found = read({"/t": {"get": {"operationId": "t", "responses": {"200": said}}}})
    assert found.by_name["t"].empty and not found.by_name["t"].tables


@pytest.mark.parametrize("responses", [{}, {"204": {"description": ""}}, {"404": answer(ROW)}, {"201": answer(ROW)}])
def test_only_what_is_answered_with_200_counts(responses: dict[str, Any]) -> None:
    assert not read({"/t": {"get": {"responses": responses}}}).resources


@pytest.mark.parametrize("schema", [{"type": "string"}, {"items": {"type": "string"}}, {"enum": ["a", "b"]}])
def test_an_answer_that_is_no_object_is_no_resource(schema: Any) -> None:
    assert not read({"/t": lists(schema)}).resources


def test_json_is_preferred_to_other_media() -> None:
    said = {"content": {"application/xml": {"schema": {}}, "application/fhir+json": {"schema": ROW}}}
    found = read({"/t": {"get": {"responses": {"200": said}}}})
    assert [f.name for f in found.by_name["t"].fields] == ["id", "name"]


def test_status_may_be_a_range() -> None:
    assert read({"/t": {"get": {"responses": {"2XX": answer(ROW)}}}}).by_name["t"].by_name["id"].types == {"integer"}


def refusals(status: str, response: dict[str, Any]) -> list[tuple[str, int, str, str]]:
    found = read({"/t": {"get": {"responses": {status: response}}}}).refusals
    return [(r.cause, r.status, r.media_type, r.code) for r in found]


def error(**code: Any) -> dict[str, Any]:
    return {"type": "object", "properties": {"error": {"type": "string", **code}, "message": {"type": "string"}}}


def test_documented_codes_are_refusals() -> None:
    said = answer(error(enum=["token_expired", "invalidToken", "something_else"]))
    assert refusals("401", said) == [
        ("token expired", 401, "application/json", "token_expired"),
        ("token invalid", 401, "application/json", "invalidToken"),
    ]


def test_a_refusal_says_the_keys_of_its_body() -> None:
    found = read({"/t": {"get": {"responses": {"401": answer(error(enum=["token_expired"]))}}}})
    assert found.refusals[0].keys == ("error", "message")
    assert Input.refusals in found.inputs


def test_examples_of_bodies_are_read() -> None:
    several = {"one": {"value": {"code": "rate_limited"}}, "two": {"value": {"code": "no such thing"}}}
    assert refusals("429", answer({}, examples=several)) == [
        ("too many requests", 429, "application/json", "rate_limited")
    ]
    assert refusals("404", answer({}, example={"error": "not-found"}))[0][:2] == ("path unknown", 404)


def test_a_described_cause_has_the_only_code_there_is() -> None:
    said = answer(error(enum=["invalid_credentials"])) | {
        "description": "Wrong login. Login without email or password."
    }
    assert {(cause, code) for cause, _, _, code in refusals("401", said)} == {
        ("login wrong", "invalid_credentials"), ("login incomplete", "invalid_credentials"),
    }  # fmt: skip


def test_descriptions_count_where_there_is_no_code() -> None:
    assert refusals("401", {"description": "Expired token; wrong Secretkey"}) == [
        ("token expired", 401, "", ""), ("key wrong", 401, "", ""),
    ]  # fmt: skip


@pytest.mark.parametrize(("status", "cause"), [("405", "method wrong"), ("429", "too many requests")])
def test_some_statuses_speak_for_themselves(status: str, cause: str) -> None:
    assert refusals(status, {"description": "No."}) == [(cause, int(status), "", "")]


@pytest.mark.parametrize("status", ["401", "404", "422", "default", "4XX", "200"])
def test_what_says_nothing_is_left_out(status: str) -> None:
    assert refusals(status, {"description": "Failed."}) == []


def test_a_refusal_is_told_once_and_for_all_methods() -> None:
    said = {"401": answer(error(enum=["token_expired"]))}
    paths = {"/t": {"get": {"responses": said}, "post": {"responses": said}}, "/u": {"delete": {"responses": said}}}
    assert len(read(paths).refusals) == 1


def test_a_description_says_nothing_of_rows() -> None:
    found = read({"/t": lists(ROW)})
    assert found.inputs == {Input.paths, Input.fields, Input.types, Input.nulls}
    assert (found.origin, found.title, found.vendor) == (Origin.description, "a description", "")


@pytest.mark.parametrize("given", [None, [], "3.1.0", {}, {"openapi": "2.0", "paths": {}}, {"swagger": "2.0"}])
def test_another_document_is_refused_without_a_word_of_it(given: Any) -> None:
    given = given | {CANARY: CANARY} if isinstance(given, dict) else given
    with pytest.raises(InputError, match=r"is not an OpenAPI 3\.x document") as refused:
        openapi.read(given, "a description")
    assert CANARY not in str(refused.value)


def test_a_document_needs_paths() -> None:
    with pytest.raises(InputError, match="a description: has no paths"):
        openapi.read({"openapi": "3.0.3"}, "a description")


@given(ANY)
def test_no_document_makes_it_stumble(paths: Any) -> None:
    found = {"openapi": "3.1.0", "paths": {"/t": {"get": paths}, "/u": lists(paths)}, "components": paths}
    assert openapi.read(found, "a description").origin is Origin.description


@given(ANY)
def test_no_schema_makes_it_stumble(schema: Any) -> None:
    schemas = Schemas({"paths": schema})
    row = Envelopes(schemas).row(schema)
    assert isinstance(Columns(schemas).of(schemas.resolved(row.node)), tuple)
