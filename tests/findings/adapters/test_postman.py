"""Postman collections: examples to columns and refusals, and what is refused itself."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from evaluation.findings.adapters import postman
from evaluation.findings.evaluate import run
from evaluation.findings.model import Api, Input, Origin
from mockserver.errors import InputError
from tests.findings.adapters.strangers import collection, example, put, request, shown
from tests.findings.adapters.test_har import ANY

ROWS = [{"id": 1, "last_name": "Inventedson", "note": None}, {"id": 2, "last_name": "QXNAME", "note": "QXNOTE"}]


def read(folder: Path, *items: Any, **how: Any) -> Api:
    return postman.read(put(folder, collection(*items, **how), "made.json"))


@pytest.mark.parametrize("version", ["v2.0.0", "v2.1.0"])
def test_an_example_gives_columns_and_no_rows(tmp_path: Path, version: str) -> None:
    api = read(tmp_path, request("{{base}}/api/v1/patients", example({"data": ROWS, "total": 2})), version=version)
    assert api.title == "Postman collection (file made.json)" and api.origin is Origin.description
    (found,) = api.resources
    assert (found.name, found.listed, found.tables, api.vendor) == ("patients", True, (), "")
    assert [field.name for field in found.fields] == ["id", "last_name", "note"]
    assert found.by_name["note"].nullable and found.by_name["id"].samples == (1, 2)
    assert api.inputs == {Input.paths, Input.fields, Input.types, Input.nulls, Input.samples}
    assert "QX" not in shown(api)


@pytest.mark.parametrize(
    "url",
    [
        "https://example.org/patients", "{{base}}/patients?page=1", "{{base}}/patients/:id", "/patients/{{patient_id}}",
        "example.org/v1/patients/12", "localhost:8080/patients", "{{host}}:{{port}}/patients/{id}",
        {"raw": "{{base}}/x/patients"}, {"path": ["v1", "patients", ":id"]}, {"path": "v1/patients/<id>"},
        {"path": [{"type": "any", "value": "patients"}, {"type": "string", "value": ":id"}], "host": ["x"]},
    ],
)  # fmt: skip
def test_urls_of_every_shape_name_the_resource(tmp_path: Path, url: Any) -> None:
    assert [r.name for r in read(tmp_path, request(url, example(ROWS))).resources] == ["patients"]


def test_folders_in_folders_and_one_name_twice(tmp_path: Path) -> None:
    single = request("/patients/:id", example({"id": 1, "born": "1970-01-01"}))
    inner = {"name": "inner", "item": [request("/patients", example(ROWS)), single]}
    api = read(tmp_path, {"name": "outer", "item": [inner]}, request("/visits/9", example({"id": 9})))
    assert [(r.name, r.listed) for r in api.resources] == [("patients", True), ("visits", False)]
    assert [f.name for f in api.resources[0].fields] == ["id", "last_name", "note", "born"]


def test_a_request_may_be_a_mere_address_and_an_example_have_its_own(tmp_path: Path) -> None:
    plain = {"request": "https://example.org/patients", "response": [example(ROWS)]}
    own = {"request": None, "response": [example(ROWS, originalRequest={"method": "GET", "url": "/visits"})]}
    assert [r.name for r in read(tmp_path, plain, own).resources] == ["patients", "visits"]


def test_only_good_answers_to_get_give_columns(tmp_path: Path) -> None:
    api = read(
        tmp_path,
        request("/patients", example(ROWS), example({"error": "x"}, 500), example({"html": 1}, 302), example(None)),
        request("/writes", example({"id": 1}), method="POST"),
        request("/odd", {"code": "200", "body": "[]"}, {"code": 200, "body": 7}, {"code": 200, "body": "<html>"}, None),
    )
    assert [r.name for r in api.resources] == ["patients"] and "error" not in api.resources[0].by_name


def test_requests_without_an_example_are_told(tmp_path: Path) -> None:
    api = read(tmp_path, request("/patients", example(ROWS)), request("/visits"), request("/x", method="POST"))
    assert api.partial == ("1 GET request of 2 without a saved example, left out",)


def test_refusals_of_examples(tmp_path: Path) -> None:
    refused = [
        example({"error": "invalid_token", "message": "QXMESSAGE"}, 401),
        example({"detail": "Rate limit reached"}, 429, mime="application/problem+json"),
        example({"message": "QXMESSAGE"}, 500),
    ]
    login = request("/login", example({"code": "bad_credentials"}, 401), method="POST")
    api = read(tmp_path, request("/patients", example(ROWS), *refused), login)
    assert [(r.cause, r.status, r.media_type, r.keys, r.code) for r in api.refusals] == [
        ("token invalid", 401, "application/json", ("error", "message"), "code 1"),
        ("too many requests", 429, "application/problem+json", ("detail",), ""),
        ("login wrong", 401, "application/json", ("code",), "code 2"),
    ]
    assert Input.refusals in api.inputs and "QX" not in shown(api)


def test_a_type_without_a_header_is_that_of_the_preview(tmp_path: Path) -> None:
    refused = example({"code": "throttled"}, 429, header=None, _postman_previewlanguage="json")
    (found,) = read(tmp_path, request("/patients", example(ROWS), refused)).refusals
    assert found.media_type == "application/json"


def test_secrets_of_a_collection_are_not_read(tmp_path: Path) -> None:
    content = collection(request("{{base}}/patients", example(ROWS)))
    content["variable"] = [{"key": "QXKEY", "value": "QXVALUE"}]
    content["auth"] = {"type": "bearer", "bearer": [{"key": "token", "value": "QXTOKEN"}]}
    content["event"] = [{"listen": "prerequest", "script": {"exec": ["QXSCRIPT"]}}]
    content["info"] |= {"name": "QXCOLLECTION", "description": "QXTEXT"}
    content["item"][0]["request"]["header"] = [{"key": "Authorization", "value": "QXHEADER"}]
    content["item"][0]["request"]["description"] = content["item"][0]["name"] = "QXREQUEST"
    api = postman.read(put(tmp_path, content))
    assert "QX" not in shown(api) and api.token is None


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ({"id": "x", "name": "QX", "order": [], "requests": []}, "version 1; export it again as version 2.1"),
        ([1], "is no Postman collection"),
        ({"info": {}, "item": {}}, "is no Postman collection"),
        ({"info": [], "item": []}, "is no Postman collection"),
        (collection(version="v3.0.0"), "is a Postman collection of another version"),
        (collection(), "saves no example of a GET request"),
        (collection(request("/patients")), "saves no example of a GET request"),
        (collection(request("{{QX}}", example(ROWS))), "saves no example of a GET request"),
    ],
)
def test_what_cannot_be_read_is_one_sentence(tmp_path: Path, content: Any, sentence: str) -> None:
    with pytest.raises(InputError) as refused:
        postman.read(put(tmp_path, content))
    assert sentence in str(refused.value) and "QX" not in str(refused.value) and "\n" not in str(refused.value)


def test_folders_are_read_as_deep_as_files_are(tmp_path: Path) -> None:
    item: dict[str, Any] = request("/deep", example(ROWS))
    for _ in range(90):
        item = {"item": [item]}
    assert [r.name for r in read(tmp_path, item).resources] == ["deep"]
    for _ in range(10):
        item = {"item": [item]}
    with pytest.raises(InputError, match="is nested deeper than 200 levels"):
        read(tmp_path, item)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(ANY, st.dictionaries(st.sampled_from(["url", "method", "code", "body", "header", "path", "raw"]), ANY))
def test_any_json_is_read_or_refused_in_one_sentence(tmp_path: Path, odd: Any, keys: dict[str, Any]) -> None:
    strange = {"request": {"url": keys, **keys}, "response": [keys, odd, {"code": 200, "body": '[{"a": 1}]', **keys}]}
    info = collection()["info"]
    for content in (odd, {"info": odd, "item": odd}, {"info": info, "item": [odd, strange, {"item": odd}]}):
        try:
            run(postman.read(put(tmp_path, content)), only=["HJ-001", "HJ-045"])
        except InputError as error:
            assert "\n" not in str(error)
