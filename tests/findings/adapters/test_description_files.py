"""Descriptions of many files: what is local becomes one document; what is not is never asked, and told."""

from __future__ import annotations

import json
import os
import socket
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.findings.adapters import openapi
from evaluation.findings.adapters.description.load import Description, load
from evaluation.findings.model import Api
from mockserver.errors import InputError

from .descriptions import CANARY, REF, ROW, answer, document, lists, many, written


def refers(to: str) -> dict[str, str]:
    return {"$ref": to}


def main(to: str, **more: Any) -> dict[str, Any]:
    """A document whose only rows are somewhere else."""
    return {**document({"/boxes": many(refers(to))}), **more}


def read(folder: Path, **files: Any) -> Api:
    return openapi.read_file(written(folder, **files))


def columns(api: Api) -> dict[str, list[str]]:
    return {resource.name: [field.name for field in resource.fields] for resource in api.resources}


@pytest.mark.parametrize("to", ["box.json", "./box.json", "x/../box.json", "box%2Ejson", "box.json#", "box.json?v=1"])
def test_a_file_that_is_one_schema_has_the_name_of_the_file(tmp_path: Path, to: str) -> None:
    found = read(tmp_path, main_json=main(to), box_json=ROW)
    assert columns(found) == {"box": ["id", "name"]} and not found.partial


@pytest.mark.parametrize("to", ["all.yaml#/Box", "all.yaml#/components/schemas/Box", "all.yaml#/definitions/Box"])
def test_a_schema_among_several_has_its_own_name(tmp_path: Path, to: str) -> None:
    every = {"Box": ROW, "components": {"schemas": {"Box": ROW}}, "definitions": {"Box": ROW}}
    assert columns(read(tmp_path, main_yaml=main(to), all_yaml=every)) == {"Box": ["id", "name"]}


def test_another_part_of_a_file_has_the_name_of_the_path(tmp_path: Path) -> None:
    assert columns(
        read(tmp_path, main_json=main("a.json#/x/deep~1er%20one/y"), a_json={"x": {"deep/er one": {"y": ROW}}})
    ) == {"boxes": ["id", "name"]}


def test_a_component_that_only_stands_for_a_file_gives_its_name(tmp_path: Path) -> None:
    made = main("models/box_model.json")
    made["components"]["schemas"]["Box"] = refers("models/box_model.json")
    made["paths"]["/other"] = lists(refers("#/components/schemas/Box"))
    found = read(tmp_path, main_json=made, models__box_model_json=ROW)
    assert columns(found) == {"Box": ["id", "name"]} and found.resources[0].paths == ("/boxes", "/other")


def test_references_are_relative_to_the_file_they_stand_in(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        main_json={**document({}), "paths": {"/boxes": refers("paths/boxes.yaml")}},
        paths__boxes_yaml=many(refers("../models/box.yaml#/Box")),
        models__box_yaml={"Box": {"allOf": [refers("#/Base"), refers("parts/more.yaml")]}, "Base": ROW},
        models__parts__more_yaml={"properties": {"more": refers("../../main.json#/components/schemas/Text")}},
    )
    assert columns(found) == {"Box": ["id", "name", "more"]} and not found.partial


def test_responses_and_path_items_by_reference(tmp_path: Path) -> None:
    paths = {"/a": refers("#/components/pathItems/A"), "/b": {"get": {"responses": {"200": refers("all.json#/Good")}}}}
    made = {**document(paths, Row=ROW)}
    made["components"]["pathItems"] = {"A": many(REF)}
    found = read(tmp_path, main_json=made, all_json={"Good": answer(refers("main.json#/components/schemas/Row"))})
    assert columns(found) == {"Row": ["id", "name"]} and found.resources[0].paths == ("/a", "/b")


def test_files_that_refer_to_each_other_come_to_an_end(tmp_path: Path) -> None:
    one = {"allOf": [refers("two.json")], "properties": {"id": {"type": "string"}, "self": refers("one.json")}}
    two = {"oneOf": [refers("one.json"), refers("two.json")], "properties": {"back": refers("main.json#/paths")}}
    found = read(tmp_path, main_json=main("one.json"), one_json=one, two_json=two)
    assert columns(found) == {"one": ["back", "id", "self"]}


def test_a_reference_that_only_leads_to_itself_leads_nowhere(tmp_path: Path) -> None:
    found = read(tmp_path, main_json=main("one.json"), one_json=refers("two.json"), two_json=refers("one.json"))
    assert not found.resources and found.partial == ("references that lead nowhere hide what boxes holds",)


REMOTE = [
    "http://127.0.0.1:1/x.json",
    "https://example.com/x.json#/A",
    "//example.com/x",
    "ftp://a/b",
    "HTTP://x/y",
    "\\\\host\\share\\x.json",
]


@pytest.mark.parametrize("to", REMOTE)
def test_other_hosts_are_never_asked(tmp_path: Path, to: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "socket", None)
    found = read(tmp_path, main_json=main(to))
    assert found.partial[0] == "1 reference to other hosts not followed: nothing is fetched"
    assert not found.resources and not any(to in said for said in found.partial)


@pytest.mark.parametrize(
    ("to", "why"),
    [
        ("file:///etc/passwd", "to whole paths"),
        ("FILE:/etc/passwd", "to whole paths"),
        ("C:/a.json", "to whole paths"),
        ("c:\\a.json", "to whole paths"),
        ("data:application/json,{}", "to addresses of no file"),
        ("urn:x:y", "to addresses of no file"),
        (".", "to the folder of the document"),
        ("./?x=1", "to the folder of the document"),
    ],
)
def test_what_is_no_file_below_the_document_is_told_by_what_it_is(tmp_path: Path, to: str, why: str) -> None:
    found = read(tmp_path, main_json=main(to))
    assert found.partial[0] == f"1 reference {why} not followed" and not found.resources


def test_a_question_alone_is_asked_of_the_document_itself(tmp_path: Path) -> None:
    made = {**main("?x=1#/components/schemas/Box"), "components": {"schemas": {"Box": ROW}}}
    found = read(tmp_path, main_json=made)
    assert columns(found) == {"Box": ["id", "name"]} and not found.partial


@pytest.mark.parametrize(("depth", "shown"), [(2, "sub/sub/a.json"), (24, "a file"), (3000, "a file")])
def test_a_long_name_of_a_file_is_not_repeated(tmp_path: Path, depth: int, shown: str) -> None:
    found = read(tmp_path, main_json=main("sub/" * depth + "a.json"))
    assert found.partial[0].startswith(f"{shown}, which is referred to, ") and len(found.partial[0]) < 200


@pytest.mark.parametrize(
    "to", ["../secret.json", "/etc/passwd", "a/../../secret.json", "..%2Fsecret.json", "link.json"]
)
def test_nothing_outside_the_folder_is_read(tmp_path: Path, to: str) -> None:
    (tmp_path / "secret.json").write_text(json.dumps({"properties": {CANARY: {}}}), encoding="utf-8")
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "link.json").symlink_to(tmp_path / "secret.json")
    found = read(tmp_path / "in", main_json=main(to))
    assert found.partial[0] == "1 reference out of the folder of the document not followed"
    assert not found.resources and CANARY not in str(found.partial)


def test_a_link_to_a_file_inside_is_that_file(tmp_path: Path) -> None:
    path = written(tmp_path, main_json=main("link.json"), box_json=ROW)
    (tmp_path / "link.json").symlink_to("box.json")
    (tmp_path / "loop.json").symlink_to("loop.json")
    assert columns(openapi.read_file(path)) == {"box": ["id", "name"]}
    assert openapi.read_file(written(tmp_path, main_json=main("loop.json"))).partial


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (None, "is not there"),
        (f"{{ {CANARY}: [", "is not JSON (line 1)"),
        ("", "is empty"),
        ("[" * 300 + "]" * 300, "is nested deeper than 200 levels"),
        ("\0", "is no text"),
    ],
)
def test_a_file_that_cannot_be_read_is_named(tmp_path: Path, content: str | None, why: str) -> None:
    if content is not None:
        (tmp_path / "part.json").write_text(content, encoding="utf-8")
    found = read(tmp_path, main_json=main("part.json#/A", x=1))
    assert found.partial[0] == f"part.json, which is referred to, {why}"
    assert CANARY not in str(found.partial)


@pytest.mark.parametrize("to", ["pipe", "folder", "a\0b.json", "n" * 300 + ".json", "\x1b[31m.json"])
def test_odd_names_are_not_repeated(tmp_path: Path, to: str) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "folder").mkdir()
    found = read(tmp_path, main_json=main(to))
    assert len(found.partial) == 2 and not found.resources
    assert "\x1b" not in str(found.partial) and "nnnn" not in str(found.partial)


def test_the_limit_is_for_all_files_together(tmp_path: Path) -> None:
    path = written(tmp_path, main_json=main("box.json"), box_json={**ROW, "description": "x" * 5000})
    assert load(path, limit=9000).document
    with pytest.raises(InputError, match=r"main\.json: is larger than the 4000 bytes that are read, with the files it"):
        load(path, limit=4000)


def test_examples_are_data_and_not_looked_into(tmp_path: Path) -> None:
    row = {
        "properties": {"id": {"example": refers("http://x/y")}, "example": refers("box.json")},
        "default": refers("//z"),
    }
    found = read(
        tmp_path, main_json={**document({"/t": many(REF)}, Row=row), "x-more": refers("http://x/y")}, box_json=ROW
    )
    assert not found.partial and columns(found) == {"Row": ["id", "example"]}


def test_names_of_schemas_of_their_own_are_found(tmp_path: Path) -> None:
    loop = {
        "$dynamicAnchor": "node",
        "properties": {"id": {"type": "string"}, "children": {"items": {"$dynamicRef": "#node"}}},
    }
    paths = {
        "/a": many(refers("#row")),
        "/b": many(refers("https://example.com/schemas/row")),
        "/c": many(refers("box.json#inner")),
        "/d": many(refers("#none")),
        "/e": many(refers("#/components/schemas/Loop")),
    }
    made = document(paths, Row={**ROW, "$anchor": "row", "$id": "https://example.com/schemas/row"}, Loop=loop)
    found = read(tmp_path, main_json=made, box_json={"$defs": {"inner": {**ROW, "$anchor": "inner"}}})
    assert columns(found) == {**{path: ["id", "name"] for path in "abc"}, "Loop": ["id", "children"]}
    assert found.partial == ("references that lead nowhere hide what d holds",)


def test_a_single_file_is_not_changed(tmp_path: Path) -> None:
    made = document({"/boxes": many(REF)}, Row=ROW)
    found = load(written(tmp_path, main_json=made))
    assert found == Description(found.document, (), str(tmp_path / "main.json")) or found.document == made
    assert found.document == made and found.partial == ()


@pytest.mark.parametrize("made", [[], 1, {}, {"openapi": "2.0"}, {"openapi": 3}, {"swagger": "1.2"}, {CANARY: CANARY}])
def test_what_is_no_description_says_what_is_valid(tmp_path: Path, made: Any) -> None:
    with pytest.raises(InputError, match=r"is no OpenAPI or Swagger description; valid: openapi: 3\.0, ") as failure:
        load(written(tmp_path, main_json=made))
    assert CANARY not in str(failure.value)


@pytest.mark.parametrize(
    "made", [{"openapi": "3.1.0"}, {"openapi": 3.1, "paths": []}, {"swagger": "2.0", "paths": None}]
)
def test_a_description_needs_paths(tmp_path: Path, made: Any) -> None:
    with pytest.raises(InputError, match=r"main\.json: has no paths"):
        load(written(tmp_path, main_json=made))


TARGETS = st.sampled_from(
    ["main.json", "b.json", "../x", "http://h/", "", "folder", "none.json", "b.json?x", "%00", "/"]
)
POINTERS = st.sampled_from(
    ["", "#", "#/", "#/a", "#/paths", "#a", "#/%7E1", "#/a/0/$ref", "#/x-other-files", "#/components/schemas/Row"]
)
ANY = st.recursive(
    st.builds(lambda target, pointer: {"$ref": target + pointer}, TARGETS, POINTERS)
    | st.integers()
    | st.text(max_size=3),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["a", "allOf", "oneOf", "items", "properties", "$id", "$anchor", "get", "responses", "200", "schema"]
            ),
            inner,
            max_size=3,
        )
    ),
    max_leaves=8,
)


@given(ANY, ANY)
def test_no_references_make_it_stumble(tmp_path_factory: pytest.TempPathFactory, one: Any, two: Any) -> None:
    folder = tmp_path_factory.mktemp("any")
    made = {**document({"/boxes": many(one), "/item": one}, Row=two), "a": two}
    found = read(folder, main_json=made, b_json={"a": one, "components": two})
    assert all(said.isprintable() for said in found.partial)
