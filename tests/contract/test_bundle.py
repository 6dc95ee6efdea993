"""The bundled document: valid OpenAPI 3.1, vendor paths only, everything in it graded."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from http import HTTPStatus
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from jsonschema_rs import validator_for

from mockserver import contract as contracts
from mockserver.contract import Contract, Grade
from mockserver.contract.bundle import OPERATORS, example_page, operator_ids, row_schema
from mockserver.contract.quirks import VENDOR, switchable
from mockserver.contract.source import document
from mockserver.store import operators

Json = dict[str, Any]
METHODS = {"get", "put", "post", "delete", "options", "head", "patch", "trace"}


@pytest.fixture(scope="module")
def api(vendor: Contract) -> Json:
    return vendor.openapi()


@pytest.fixture(scope="module")
def clean_api(clean: Contract) -> Json:
    return clean.openapi()


def walk(node: Any, at: str = "#") -> Iterator[tuple[str, Json]]:
    """Every object of a document with its place."""
    if isinstance(node, dict):
        yield at, node
        for key, value in node.items():
            yield from walk(value, f"{at}/{key.replace('~', '~0').replace('/', '~1')}")
    elif isinstance(node, list):
        for number, value in enumerate(node):
            yield from walk(value, f"{at}/{number}")


def operations(api: Json) -> Iterator[tuple[str, Json]]:
    for path, item in api["paths"].items():
        yield from ((f"{m.upper()} {path}", item[m]) for m in item.keys() & METHODS)


def resolved(api: Json, reference: str) -> Any:
    found: Any = api
    assert reference.startswith("#/"), reference
    for part in reference.removeprefix("#/").split("/"):
        found = found[part.replace("~1", "/").replace("~0", "~")]
    return found


def parameters(api: Json, path: str) -> list[Json]:
    """Those of the path and of its one operation, references resolved."""
    item = api["paths"][path]
    given = [*item.get("parameters", ()), *item.get("get", item.get("post", {})).get("parameters", ())]
    return [resolved(api, p["$ref"]) if "$ref" in p else p for p in given]


def graded(evidence: Json) -> bool:
    known = evidence["grade"] in Grade.__members__
    return known and bool(evidence["sources"]) and set(evidence["sources"]) <= set(document("sources.yaml"))


@pytest.mark.parametrize("name", ["api", "clean_api"])
def test_it_is_openapi_3_1(name: str, request: pytest.FixtureRequest) -> None:
    api = request.getfixturevalue(name)
    assert api["openapi"] == "3.1.0"
    assert api.keys() <= {"openapi", "info", "servers", "security", "tags", "paths", "components"}
    assert {"title", "version"} <= api["info"].keys()
    assert json.loads(json.dumps(api)) == api
    ids = [operation["operationId"] for _, operation in operations(api)]
    assert len(ids) == len(set(ids)) == len(api["paths"])
    assert {tag for _, o in operations(api) for tag in o["tags"]} == {t["name"] for t in api["tags"]}


def test_paths_are_the_login_and_twenty_elements(api: Json) -> None:
    assert len(api["paths"]) == 21
    data = [path for path in api["paths"] if path != "/authenticate"]
    assert all(re.fullmatch(r"/hjdw/\{client_id\}/[a-z_]+", path) for path in data)
    assert "/hjdw/{client_id}/payer_dim" in data and "/hjdw/{client_id}/location" not in data
    assert [key for key in api["paths"]["/authenticate"] if key in METHODS] == ["post"]
    assert all([key for key in api["paths"][path] if key in METHODS] == ["get"] for path in data)


def test_nothing_of_our_own_admin_api_is_in_it(api: Json) -> None:
    assert "__admin" not in json.dumps(api)


def test_the_clean_twin_has_a_location_endpoint_and_plain_paths(api: Json, clean_api: Json) -> None:
    added, gone = clean_api["paths"].keys() - api["paths"].keys(), api["paths"].keys() - clean_api["paths"].keys()
    assert {p.rpartition("/")[2] for p in added} == {"location", "payer", "patient", "practice_ids"}
    assert {p.rpartition("/")[2] for p in gone} == {"payer_dim", "demographic", "client_ids"}


def test_it_says_which_quirks_it_holds_under(api: Json, clean_api: Json) -> None:
    assert (api["info"]["x-quirks"], clean_api["info"]["x-quirks"]) == ("vendor", "none")


@pytest.mark.parametrize("name", ["api", "clean_api"])
def test_every_reference_is_local_and_resolves(name: str, request: pytest.FixtureRequest) -> None:
    api = request.getfixturevalue(name)
    references = [node["$ref"] for _, node in walk(api) if "$ref" in node]
    assert len(references) > 60
    assert all(resolved(api, reference) for reference in references)


def test_every_component_is_used(api: Json) -> None:
    used = {node["$ref"] for _, node in walk(api) if "$ref" in node}
    parts = {f"#/components/{kind}/{name}" for kind in ("parameters", "schemas") for name in api["components"][kind]}
    assert used == parts


def test_every_status_is_named(api: Json) -> None:
    for name, operation in operations(api):
        for status, response in operation["responses"].items():
            assert status in {str(s.value) for s in HTTPStatus}, (name, status)
            assert response["description"]
            assert list(response["content"]) == ["application/json"]
        assert "200" in operation["responses"]


def test_error_statuses_are_those_of_the_behaviours(api: Json, vendor: Contract) -> None:
    """No status, slug or behaviour that the catalogue does not state, and each error with a status appears."""
    seen = set()
    for _, operation in operations(api):
        for status, response in operation["responses"].items():
            if status != "200":
                ids = response["x-behaviours"]
                seen |= ids.keys()
                assert {vendor.behaviours[i].status for i in ids} == {int(status)}
                slugs = response["content"]["application/json"]["schema"]["properties"]["error"]["enum"]
                assert slugs == sorted({vendor.behaviours[i].body["error"] for i in ids})
    beyond = {"error.internal", "error.method", "error.rate-limit", "error.path"}
    assert {i for i, b in vendor.behaviours.items() if b.kind == "error"} - seen <= beyond


@pytest.mark.parametrize("quirks", [VENDOR, frozenset[str](), frozenset(switchable())], ids=len)
def test_every_row_schema_is_flat_and_closed(quirks: frozenset[str]) -> None:
    for element in contracts.load(quirks).elements.values():
        schema = row_schema(element)
        Draft202012Validator.check_schema(schema)
        assert schema["additionalProperties"] is False
        assert schema["required"] == list(schema["properties"])
        assert not {"allOf", "anyOf", "oneOf", "$ref", "if"} & {key for _, node in walk(schema) for key in node}
        for prop in schema["properties"].values():
            types = prop["type"] if isinstance(prop["type"], list) else [prop["type"]]
            assert not {"object", "array", "boolean"} & set(types)
            assert graded(prop["x-evidence"]) and prop["description"] and prop["x-format"]


def test_every_schema_of_the_document_is_a_schema(api: Json) -> None:
    for schema in api["components"]["schemas"].values():
        Draft202012Validator.check_schema(schema)
    for path in api["paths"]:
        for parameter in parameters(api, path):
            Draft202012Validator.check_schema(parameter["schema"])


def test_every_pattern_means_the_same_to_javascript(api: Json) -> None:
    """Prism and browsers read patterns as ECMA-262 does; jsonschema_rs refuses what that does not know."""
    patterns = {node["pattern"] for _, node in walk(api) if isinstance(node.get("pattern"), str)}
    assert len(patterns) > 20
    for pattern in patterns:
        validator_for({"type": "string", "pattern": pattern})
        assert pattern.startswith("^")


def test_a_page_schema_is_the_envelope_around_rows(api: Json, vendor: Contract) -> None:
    order = ["current_page", "data", "from", "last_page", "next_page_url", "path"]
    order += ["per_page", "prev_page_url", "to", "total"]
    for element in vendor.elements.values():
        schema = api["components"]["schemas"][f"{element.path}_page"]
        assert list(schema["properties"]) == schema["required"] == order
        assert schema["properties"]["data"]["items"] == {"$ref": f"#/components/schemas/{element.path}"}


def test_the_example_of_each_page_satisfies_its_schema(api: Json, vendor: Contract) -> None:
    for element in vendor.elements.values():
        answer = api["paths"][f"/hjdw/{{client_id}}/{element.path}"]["get"]["responses"]["200"]
        content = answer["content"]["application/json"]
        page = {**resolved(api, content["schema"]["$ref"]), "components": api["components"]}
        Draft202012Validator(page).validate(content["example"])
        assert content["example"] == example_page(element)


def test_every_column_can_be_filtered_and_nothing_else(api: Json, vendor: Contract) -> None:
    for element in vendor.elements.values():
        given = parameters(api, f"/hjdw/{{client_id}}/{element.path}")
        assert [p["name"] for p in given if p["in"] == "query"] == ["page", *element.by_wire]
        assert {p["name"]: p["required"] for p in given if p["in"] != "query"} == {
            "client_id": True,
            "Secretkey": True,
            "Version": False,
        }


def test_filters_name_the_operators_that_are_served(vendor: Contract, api: Json) -> None:
    assert tuple(operators.OPERATORS) == OPERATORS
    assert [id_.removeprefix("filter.") for id_ in operator_ids(vendor.behaviours)] == list(OPERATORS)
    given = parameters(api, "/hjdw/{client_id}/appointment")
    pattern = next(p["schema"]["pattern"] for p in given if p["name"] == "date")
    assert all(re.search(pattern, f"{operator}~1") for operator in OPERATORS)
    assert not re.search(pattern, "equals~1")


@pytest.mark.parametrize("name", ["api", "clean_api"])
def test_every_parameter_response_and_operation_is_graded(name: str, request: pytest.FixtureRequest) -> None:
    api = request.getfixturevalue(name)
    for path in api["paths"]:
        assert all(graded(p["x-evidence"]) for p in parameters(api, path))
    for _, operation in operations(api):
        for part in (operation, *operation["responses"].values()):
            assert part["x-behaviours"] and all(map(graded, part["x-behaviours"].values()))
    for place, schema in walk(api["components"]["schemas"], "#"):
        if "/properties/" in place and "type" in schema and "/items" not in place:
            assert graded(schema["x-evidence"]), place
    assert all(graded(scheme["x-evidence"]) for scheme in api["components"]["securitySchemes"].values())


def test_filters_that_clients_were_seen_to_send_have_the_grade_of_the_grammar(api: Json) -> None:
    grades = {p["name"]: p["x-evidence"]["grade"] for p in parameters(api, "/hjdw/{client_id}/appointment")}
    assert (grades["date"], grades["hj_modify_timestamp"], grades["reason"]) == ("observed", "observed", "inferred")


def test_data_needs_a_token_and_the_login_does_not(api: Json) -> None:
    assert api["security"] == [{"token": []}]
    assert api["paths"]["/authenticate"]["post"]["security"] == []
    assert all("security" not in o for name, o in operations(api) if name.startswith("GET"))


def test_callers_may_change_their_copy(vendor: Contract) -> None:
    spoiled = vendor.openapi()
    for _, node in list(walk(spoiled)):
        node.clear()
    assert len(vendor.openapi()["paths"]) == 21


def test_renamed_columns_say_what_the_vendor_calls_them(clean_api: Json) -> None:
    schemas: Mapping[str, Json] = clean_api["components"]["schemas"]
    assert schemas["patient"]["properties"]["patient_id"]["x-vendor-name"] == "client_patient_id"
    assert "x-vendor-name" not in schemas["patient"]["properties"]["first_name"]
