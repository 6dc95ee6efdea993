"""The strict reader of data files: a fault is named by file, key, what is valid, and a guess."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from evaluation.schema import Node, document
from mockserver.errors import InputError

WHERE = "room/file.yaml"
TEXT = """
name: a name
kind: red
list: [a, b]
one: a
share: 80
deep: {inner: {name: x}}
rows: [{name: first}, {name: second}]
"""


@pytest.fixture
def node(tmp_path: Path) -> Node:
    return read(tmp_path, TEXT)


def read(tmp_path: Path, text: str) -> Node:
    (tmp_path / "file.yaml").write_text(text, encoding="utf-8")
    return document(tmp_path / "file.yaml", WHERE)


def test_what_is_there_is_read(node: Node) -> None:
    assert node.text("name") == "a name" and node.text("kind", valid=("red", "blue")) == "red"
    assert node.texts("list") == ("a", "b") and node.texts("one", single=True) == ("a",)
    assert node.number("share") == 80
    assert node.node("deep").node("inner").sentences() == {"name": "x"}
    assert [row.text("name") for row in node.items("rows")] == ["first", "second"]
    assert [key for key, _ in node.node("deep").nodes()] == ["inner"]


def test_what_is_not_there_has_a_default_only_where_one_is_given(node: Node) -> None:
    assert node.text("gone", "") == "" and node.texts("gone") == ()
    assert node.node("gone", optional=True).data == {}


def test_a_node_says_where_it_stands(node: Node) -> None:
    assert node.node("deep").node("inner").where == f"{WHERE}: deep.inner"
    assert [row.where for row in node.items("rows")] == [f"{WHERE}.rows 1", f"{WHERE}.rows 2"]


@pytest.mark.parametrize(
    ("ask", "said"),
    [
        (lambda n: n.allow("name", "kinds"), "key kind is not known; valid: name, kinds; did you mean kinds?"),
        (lambda n: n.text("gone"), "gone is missing"),
        (lambda n: n.text("share"), "share must be text"),
        (lambda n: n.text("kind", valid=("reed", "blue")), "kind is red; valid: reed, blue; did you mean reed?"),
        (lambda n: n.texts("name"), "name must be a list of texts"),
        (lambda n: n.texts("rows"), "rows must be a list of texts"),
        (lambda n: n.texts("list", valid=("a", "bb")), "list has b; valid: a, bb"),
        (lambda n: n.number("name"), "name must be a number"),
        (lambda n: n.number("gone"), "gone is missing"),
        (lambda n: n.node("gone"), "gone is missing"),
        (lambda n: n.node("name"), "name: must be a mapping"),
        (lambda n: n.items("name"), "name must be a list"),
        (lambda n: n.items("gone"), "gone is missing"),
        (lambda n: n.items("list"), "list 1: must be a mapping"),
        (lambda n: n.sentences(), "list must be text"),
    ],
)
def test_faults(node: Node, ask: Callable[[Node], Any], said: str) -> None:
    with pytest.raises(InputError) as caught:
        ask(node)
    assert str(caught.value).startswith(WHERE) and said in str(caught.value)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a: 1\na: 2", "holds a key twice"),
        ("a: {b: 1, b: 2}", "holds a key twice"),
        ("a: [", "is not YAML"),
        ("- a", "must be a mapping"),
        ("", "must be a mapping"),
    ],
)
def test_files_that_are_no_mapping(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(InputError) as caught:
        read(tmp_path, text)
    assert str(caught.value) == f"{WHERE}: {said}"


def test_an_error_never_repeats_what_a_file_holds(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        read(tmp_path, "a: canary: canary")
    assert "canary" not in str(caught.value)


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        document(tmp_path / "gone.yaml", WHERE)
    (tmp_path / "raw.yaml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(InputError, match="is not YAML"):
        document(tmp_path / "raw.yaml", WHERE)


def test_keys_that_are_numbers_are_text(tmp_path: Path) -> None:
    assert read(tmp_path, "6: {kind: x}").node("6").text("kind") == "x"
