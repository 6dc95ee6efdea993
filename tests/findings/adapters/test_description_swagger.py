"""Swagger 2 says the same in its older shape, and OpenAPI 3.1 in its newer one."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.findings.adapters import openapi
from evaluation.findings.adapters.description import swagger
from evaluation.findings.adapters.description.load import load
from evaluation.findings.model import Api, Field

from .descriptions import written

TEXT, NUMBER = {"type": "string"}, {"type": "integer"}
BOX = {"type": "object", "properties": {"id": NUMBER, "note": {**TEXT, "x-nullable": True}}}
REF = {"$ref": "#/definitions/Box"}


def described(**more: Any) -> dict[str, Any]:
    good = {"description": "All.", "schema": {"type": "array", "items": REF}}
    paths = {"/boxes": {"get": {"responses": {"200": good}}}}
    return {
        "swagger": "2.0",
        "info": {"title": "Boxes", "version": "1"},
        "paths": paths,
        "definitions": {"Box": BOX},
    } | more


def read(folder: Path, made: Any, **files: Any) -> Api:
    return openapi.read_file(written(folder, main_json=made, **files))


def shown(fields: tuple[Field, ...]) -> list[tuple[str, list[str], bool | None]]:
    return [(field.name, sorted(field.types), field.nullable) for field in fields]


@pytest.mark.parametrize("version", ["2.0", 2.0, 2])
def test_definitions_are_resources(tmp_path: Path, version: Any) -> None:
    (found,) = read(tmp_path, described(swagger=version)).resources
    assert (found.name, found.listed, found.paths) == ("Box", True, ("/boxes",))
    assert shown(found.fields) == [("id", ["integer"], False), ("note", ["string"], True)]


def test_yaml_without_quotes_is_the_same(tmp_path: Path) -> None:
    text = "swagger: 2.0\npaths:\n  /boxes:\n    get: {responses: {200: {schema: {properties: {on: {}}}}}}\n"
    (found,) = openapi.read_file(written(tmp_path, main_yaml=text)).resources
    assert [field.name for field in found.fields] == ["on"]


def test_named_answers_are_followed_and_refusals_read(tmp_path: Path) -> None:
    error = {"properties": {"error": {**TEXT, "enum": ["token_expired"]}}}
    answers = {"200": {"$ref": "#/responses/Good"}, "401": {"description": "", "schema": error}}
    made = described(
        paths={"/boxes": {"get": {"responses": answers}}},
        responses={"Good": {"description": "", "schema": {"type": "array", "items": REF}}},
        produces=["application/xml", "application/vnd.boxes+json"],
    )
    found = read(tmp_path, made)
    assert [resource.name for resource in found.resources] == ["Box"]
    assert [(r.cause, r.media_type) for r in found.refusals] == [("token expired", "application/vnd.boxes+json")]


def test_examples_of_answers_are_kept(tmp_path: Path) -> None:
    answer = {
        "description": "",
        "schema": {},
        "examples": {"text/html": "<p>", "application/json": {"error": "token_expired"}},
    }
    found = read(tmp_path, described(paths={"/boxes": {"get": {"responses": {"401": answer}}}}))
    assert [(r.cause, r.code, r.media_type) for r in found.refusals] == [
        ("token expired", "token_expired", "application/json")
    ]


def test_what_is_sent_is_no_answer() -> None:
    body = {"in": "body", "name": "box", "schema": REF}
    made = swagger.converted(described(paths={"/boxes": {"post": {"parameters": [dict(body)]}}}))
    assert made["paths"]["/boxes"]["post"]["parameters"] == [{**body, "schema": {"$ref": "#/components/schemas/Box"}}]


def test_a_file_is_no_resource(tmp_path: Path) -> None:
    paths = {"/boxes/{id}/label": {"get": {"responses": {"200": {"description": "", "schema": {"type": "file"}}}}}}
    assert not read(tmp_path, described(paths=paths)).resources


def test_the_shape_is_that_of_openapi_3(tmp_path: Path) -> None:
    animal = {"discriminator": "kind", "properties": {"kind": TEXT, "schema": TEXT, "x-nullable": TEXT, "type": NUMBER}}
    found = load(
        written(tmp_path, main_json=described(definitions={"Box": BOX, "Animal": animal}, parameters={"p": {}}))
    )
    assert found.document["openapi"] == "3.0.0" and not found.document.keys() & {"swagger", "definitions", "parameters"}
    schemas = found.document["components"]["schemas"]
    assert schemas["Animal"] == {**animal, "discriminator": {"propertyName": "kind"}}
    assert schemas["Box"]["properties"]["note"] == {**TEXT, "x-nullable": True, "nullable": True}


def test_files_of_swagger_are_put_together(tmp_path: Path) -> None:
    made = described(definitions={"Box": {"$ref": "box.json#/definitions/Full"}})
    full = {"allOf": [{"$ref": "#/definitions/Base"}, {"properties": {"more": {**TEXT, "x-nullable": True}}}]}
    (found,) = read(tmp_path, made, box_json={"definitions": {"Full": full, "Base": BOX}}).resources
    assert (found.name, [name for name, *_ in shown(found.fields)]) == ("Box", ["id", "note", "more"])
    assert found.by_name["more"].nullable


@pytest.mark.parametrize(
    ("schema", "types", "nullable"),
    [
        ({"type": ["string", "null"]}, ["string"], True),
        ({"const": "a"}, ["string"], False),
        ({"enum": [1, None]}, ["integer"], True),
        ({"anyOf": [{"$ref": "#/components/schemas/Text"}, {"type": "null"}]}, ["string"], True),
        ({"prefixItems": [TEXT, NUMBER]}, ["array"], False),
        ({"type": "array", "items": False}, ["array"], False),
        ({"$ref": "#/components/schemas/Text", "description": "beside"}, ["string"], False),
        ({"$ref": "#/components/schemas/Text/$defs/inner"}, ["boolean"], False),
        ({"type": "object", "properties": {"id": True, "no": False}}, ["object"], False),
        (True, [], None),
        (False, [], None),
        ({"if": {}, "then": TEXT, "not": NUMBER, "unevaluatedProperties": False}, [], None),
    ],
)
def test_3_1_says_types_and_null_in_its_own_way(
    tmp_path: Path, schema: Any, types: list[str], nullable: bool | None
) -> None:
    paths = {
        "/t": {
            "get": {
                "responses": {
                    "200": {"content": {"application/json": {"schema": {"properties": {"a": schema, "b": {}}}}}}
                }
            }
        }
    }
    text = {**TEXT, "examples": ["x"], "$defs": {"inner": {"type": "boolean"}}}
    made = {"openapi": "3.1.0", "jsonSchemaDialect": "x", "paths": paths, "components": {"schemas": {"Text": text}}}
    field = read(tmp_path, made).by_name["t"].by_name["a"]
    assert (sorted(field.types), field.nullable) == (types, nullable)


def test_examples_of_3_1_are_samples(tmp_path: Path) -> None:
    paths = {
        "/t": {
            "get": {
                "responses": {
                    "200": {
                        "content": {
                            "application/json": {"schema": {"properties": {"a": {"examples": ["x", "y"]}, "b": {}}}}
                        }
                    }
                }
            }
        }
    }
    assert read(tmp_path, {"openapi": "3.1.0", "paths": paths}).resources[0].fields[0].samples == ("x", "y")


ANY = st.recursive(
    st.none() | st.booleans() | st.integers() | st.sampled_from(["file", "object", "#/definitions/Box", "2.0", ""]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                [
                    "$ref",
                    "schema",
                    "examples",
                    "type",
                    "discriminator",
                    "x-nullable",
                    "properties",
                    "definitions",
                    "200",
                    "get",
                    "responses",
                ]
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@given(ANY, ANY, ANY)
def test_no_swagger_makes_it_stumble(one: Any, two: Any, three: Any) -> None:
    made = described(responses=one, definitions=two, parameters=three, produces=three) | {"x": one}
    made["paths"] = {"/boxes": one, "/b": {"get": {"responses": {"200": two}}}, "/c": {"get": {"responses": one}}}
    again = json.loads(json.dumps(made))
    assert openapi.read(swagger.converted(again), "").title == ""
