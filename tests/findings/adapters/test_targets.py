"""What ``TARGET`` may be, and that each kind is told from the others."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from evaluation.findings.adapters import open_target
from evaluation.findings.model import Input, Origin
from mockserver.errors import InputError
from mockserver.testing import Server

from .descriptions import CANARY, REF, ROW, document, many, written

CASSETTES = Path(__file__).parents[3] / "fixtures" / "cassettes" / "vendor"


def test_the_contract_and_its_quirks() -> None:
    assert open_target("contract").title == "the contract (vendor)"
    clean = open_target("contract:none")
    assert clean.origin is Origin.contract and "patient" in clean.by_name
    assert "payer_dim" in open_target("contract:vendor,-Q06").by_name


def test_a_selection_of_quirks_that_cannot_be() -> None:
    with pytest.raises(InputError, match="Q99"):
        open_target("contract:Q99")


def test_a_server(sandbox: Server) -> None:
    api = open_target(sandbox.url, environ={}, practices=("SBOX02",))
    assert api.origin is Origin.mock and Input.all_rows in api.inputs
    assert open_target(f"{sandbox.url}/", environ={}).title == f"mock at {sandbox.url}"


def test_a_folder_of_cassettes_and_one_of_them() -> None:
    assert open_target(str(CASSETTES)).origin is Origin.recording
    assert open_target(str(CASSETTES / "elements.yaml")).origin is Origin.recording


def test_a_folder_of_rows(tmp_path: Path) -> None:
    (tmp_path / "things.json").write_text(json.dumps([{"id": 1}]), encoding="utf-8")
    api = open_target(str(tmp_path))
    assert api.origin is Origin.folder and [r.name for r in api.resources] == ["things"]


@pytest.mark.parametrize("target", ["contrct", "api.healthjump.com", "ftp://127.0.0.1", "", "no/such/folder", "mock"])
def test_anything_else_lists_what_is_valid(target: str) -> None:
    with pytest.raises(InputError) as failure:
        open_target(target)
    text = str(failure.value)
    assert text.startswith("TARGET: ") and "contract:none" in text and "https://HOST" in text and "cassette" in text
    assert ("did you mean contract?" in text) == (target == "contrct")


@pytest.mark.parametrize("options", [{"practices": ("A",)}, {"limit": 3}, {"permission": True}])
@pytest.mark.parametrize("target", ["contract", "fixtures"])
def test_options_without_effect_are_refused(target: str, options: dict[str, Any]) -> None:
    with pytest.raises(InputError, match=f"{next(iter(options))} only mean something for a server"):
        open_target(target, **options)


def test_options_with_a_default_are_no_options() -> None:
    how = {"environ": {}, "practices": None, "limit": None, "permission": False, "timeout": 3.0, "prompt": None}
    assert open_target("contract", **how).origin is Origin.contract


OPENAPI = document({"/boxes": many(REF)}, Row=ROW)
SWAGGER = {"swagger": "2.0", "info": {"title": "Old", "version": "2"}, "paths": {"/boxes": {"get": {}}}}
STATEMENT = {"resourceType": "CapabilityStatement", "fhirVersion": "4.0.1", "rest": [{"mode": "server", "resource": [
    {"type": "Patient", "interaction": [{"code": "read"}, {"code": "search-type"}]}]}]}  # fmt: skip
POSTMAN = {"info": {"_postman_id": "x", "name": "Boxes", "schema": "https://schema.getpostman.com/json/collection/v2.1.0/"},
           "item": [{"name": "all", "request": {"method": "GET", "url": "http://h/boxes"}, "response": [
               {"name": "ok", "code": 200, "header": [], "body": "[{\"id\": 1}]"}]}]}  # fmt: skip
HAR = {"log": {"version": "1.2", "creator": {"name": "x", "version": "1"}, "entries": [
    {"request": {"method": "GET", "url": "http://h/boxes", "headers": []}, "response": {"status": 200, "headers": [],
     "content": {"mimeType": "application/json", "text": "[{\"id\": 1}]"}}}]}}  # fmt: skip


@pytest.mark.parametrize("prefix", ["", "openapi:"])
@pytest.mark.parametrize("name", ["main_json", "main_yaml"])
def test_a_description_with_and_without_its_kind(tmp_path: Path, prefix: str, name: str) -> None:
    made = {**OPENAPI, "info": {"title": " A \x1b[1m\nbox ", "version": 1.5}}
    api = open_target(f"{prefix}{written(tmp_path, **{name: made})}")
    assert [(r.name, r.listed) for r in api.resources] == [("Row", True)]
    assert api.title == f"A [1m box 1.5 (openapi file {name.replace('_', '.')})"
    assert (api.origin, api.vendor, api.partial) == (Origin.description, "", ())


def test_a_description_without_a_title_and_one_with_a_long_one(tmp_path: Path) -> None:
    assert open_target(str(written(tmp_path, a_json=OPENAPI))).title == "a description (openapi file a.json)"
    long = {**OPENAPI, "info": {"title": "x" * 500}}
    assert open_target(str(written(tmp_path, a_json=long))).title == f"{'x' * 80} (openapi file a.json)"


@pytest.mark.parametrize(
    ("kind", "made"), [("openapi", SWAGGER), ("fhir", STATEMENT), ("postman", POSTMAN), ("har", HAR)]
)
def test_a_file_is_taken_for_what_its_content_says(tmp_path: Path, kind: str, made: Any) -> None:
    path = written(tmp_path, some_json=made)
    bare, told = open_target(str(path)), open_target(f"{kind}:{path}")
    assert (bare.title, bare.origin, bare.inputs) == (told.title, told.origin, told.inputs)
    assert bare.origin is not Origin.recording and bare.vendor == ""


def test_a_folder_with_a_statement_is_a_fhir_server(tmp_path: Path) -> None:
    (tmp_path / "metadata.json").write_text(json.dumps(STATEMENT), encoding="utf-8")
    found = open_target(str(tmp_path))
    assert found.origin is Origin.description and "Patient" in found.by_name
    assert open_target(f"fhir:{tmp_path}").title == found.title


@pytest.mark.parametrize("kind", ["openapi", "fhir", "postman", "har"])
@pytest.mark.parametrize("rest", ["", " ", "none.json", "n" * 5000, "a\0b"])
def test_a_kind_needs_a_file_that_is_there(kind: str, rest: str) -> None:
    with pytest.raises(InputError, match=f"TARGET {kind}: names a file that does not exist; valid: {kind}:FILE"):
        open_target(f"{kind}:{rest}")


@pytest.mark.parametrize("kind", ["openapi", "fhir", "postman", "har"])
def test_nothing_is_fetched(kind: str) -> None:
    with pytest.raises(InputError, match=f"TARGET: {kind} needs a file; nothing is fetched"):
        open_target(f"{kind}:https://example.com/x.json")


@pytest.mark.parametrize("made", [{"a": CANARY}, [CANARY], CANARY, None])
@pytest.mark.parametrize("kind", ["openapi", "postman", "har", "fhir"])
def test_a_file_of_another_kind_is_refused_without_a_word_of_it(tmp_path: Path, kind: str, made: Any) -> None:
    path = written(tmp_path, some_json=json.dumps(made))
    for target in (f"{kind}:{path}", str(path)):
        with pytest.raises(InputError) as failure:
            open_target(target)
        assert CANARY not in str(failure.value) and "\n" not in str(failure.value)


def test_options_of_servers_mean_nothing_for_files(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="limit only mean something for a server"):
        open_target(f"openapi:{written(tmp_path, a_json=OPENAPI)}", limit=3)


def test_a_name_with_a_colon_is_a_file_like_any_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    written(tmp_path, **{"box:1_json": OPENAPI})
    assert [r.name for r in open_target("box:1.json").resources] == ["Row"]


def test_a_cassette_is_told_by_its_first_line_and_by_nothing_else(tmp_path: Path) -> None:
    path = written(tmp_path, a_yaml="version: 1\nopenapi: 3.0.0\n")
    with pytest.raises(InputError, match="cassette"):
        open_target(str(path))
