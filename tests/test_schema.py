"""The strict reader of data files: a fault is named by file, key, what is valid, and a guess."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from evaluation.schema import Node, bundled, document, mapping
from mockserver.errors import InputError

WHERE = "room/file.yaml"
TEXT = """
name: a name
kind: red
list: [a, b]
one: a
share: 80
half: 0.5
shares: [1, 2]
low: [a, b c]
yes_: true
like: '[0-9]+ | ^x '
blank: ' '
empty: []
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
    assert node.number("share") == node.number("share", 80, 80) == node.count("share") == 80
    assert node.number("half", 0, 1, above=True) == 0.5 and node.counts("shares", some=True) == (1, 2)
    assert node.words("low") == ("a", "b c") and node.flag("yes_")
    assert node.pattern("like") == "[0-9]+ | ^x ", "blanks of a pattern mean something"
    assert node.node("deep").node("inner").sentences() == {"name": "x"}
    assert [row.text("name") for row in node.items("rows")] == ["first", "second"]
    assert [key for key, _ in node.node("deep").nodes()] == ["inner"]


def test_what_is_not_there_has_a_default_only_where_one_is_given(node: Node) -> None:
    assert node.text("gone", "") == node.pattern("gone") == "" and node.count("gone", 3) == 3
    assert node.text("gone", "", ("red", "blue")) == "" and node.text("blank", "") == ""
    assert node.texts("gone") == node.words("gone") == node.counts("gone") == () and not node.flag("gone")
    assert node.node("gone", optional=True).data == {}


def test_a_node_says_where_it_stands(node: Node) -> None:
    assert node.node("deep").node("inner").where == f"{WHERE}: deep.inner"
    assert [row.where for row in node.items("rows")] == [f"{WHERE}: rows 1", f"{WHERE}: rows 2"]


@pytest.mark.parametrize(
    ("ask", "said"),
    [
        (lambda n: n.allow("name", "kinds"), "key kind is not known; valid: name, kinds; did you mean kinds?"),
        (lambda n: n.allow("name", "kinds", of="topic"), "topic kind is not known; valid: name, kinds; did you"),
        (lambda n: n.need("name", "gone"), "gone is missing"),
        (lambda n: n.need("gone", of="topic"), "topic gone is missing"),
        (lambda n: n.text("gone"), "gone is missing"),
        (lambda n: n.text("gone", valid=("red", "blue")), "gone is missing; valid: red, blue"),
        (lambda n: n.text("blank"), "blank is empty"),
        (lambda n: n.text("blank", valid=("red",)), "blank is  ; valid: red"),
        (lambda n: n.text("share"), "share must be text (80 is none; put it in quotes)"),
        (lambda n: n.text("list"), "list must be text"),
        (lambda n: n.text("kind", valid=("reed", "blue")), "kind is red; valid: reed, blue; did you mean reed?"),
        (lambda n: n.texts("name"), "name must be a list of texts"),
        (lambda n: n.texts("rows"), "rows must be a list of texts"),
        (lambda n: n.texts("shares"), "shares must be a list of texts (1 is none; put it in quotes)"),
        (lambda n: n.texts("name", of="places"), "name must be a list of places"),
        (lambda n: n.texts("empty", some=True), "empty must have at least one"),
        (lambda n: n.texts("gone", some=True), "gone must have at least one"),
        (lambda n: Node({"a": ["b", "C"]}, WHERE).words("a"), "a has 'C', which is no word in lower case"),
        (lambda n: Node({"a": [""]}, WHERE).words("a"), "a has '', which is no word in lower case"),
        (lambda n: n.counts("list"), "list must be a list of whole numbers"),
        (lambda n: Node({"a": [True]}, WHERE).counts("a"), "a must be a list of whole numbers"),
        (lambda n: n.counts("empty", some=True), "empty must have at least one"),
        (lambda n: n.texts("list", valid=("a", "bb")), "list has b; valid: a, bb"),
        (lambda n: n.number("name"), "name must be a number"),
        (lambda n: n.number("gone"), "gone is missing"),
        (lambda n: n.number("yes_"), "yes_ must be a number"),
        (lambda n: n.number("share", 0, 1), "share is 80, not from 0 to 1"),
        (lambda n: n.number("share", 80, 90, above=True), "share is 80, not above 80 and at most 90"),
        (lambda n: Node({"a": float("nan")}, WHERE).number("a", 0, 1), "a is nan, not from 0 to 1"),
        (lambda n: n.count("half"), "half must be a whole number from 0"),
        (lambda n: n.count("yes_", 0), "yes_ must be a whole number from 0"),
        (lambda n: Node({"a": -1}, WHERE).count("a"), "a must be a whole number from 0"),
        (lambda n: n.count("gone"), "gone is missing"),
        (lambda n: n.flag("kind"), "kind must be true or false"),
        (lambda n: Node({"a": "("}, WHERE).pattern("a"), "a is no regular expression (missing ), unterm"),
        (lambda n: n.pattern("share"), "share must be text (80 is none; put it in quotes)"),
        (lambda n: n.node("gone"), "gone is missing"),
        (lambda n: n.node("name"), "name: must be a mapping"),
        (lambda n: n.node("name", "a", "b"), "name: must be a mapping; valid: a, b"),
        (lambda n: n.node("deep", "iner"), "deep: key inner is not known; valid: iner; did you mean iner?"),
        (lambda n: list(n.node("deep").nodes("nam")), "deep.inner: key name is not known; valid: nam; did"),
        (lambda n: n.items("name"), "name must be a list"),
        (lambda n: n.items("gone"), "gone is missing"),
        (lambda n: n.items("list"), "list 1: must be a mapping"),
        (lambda n: n.items("list", "name"), "list 1: must be a mapping; valid: name"),
        (lambda n: n.items("rows", "nam"), "rows 1: key name is not known; valid: nam; did you mean nam?"),
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
        ("a: 2026-13-45", "is not YAML"),
        ("a: " + "[" * 5000, "is not YAML"),
        ("a: " + "9" * 5000, "is not YAML"),
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


def test_plain_data_is_read_like_a_file() -> None:
    assert mapping({6: {"kind": "x"}}, WHERE).node("6").text("kind") == "x"
    with pytest.raises(InputError, match=f"{WHERE}: must be a mapping; valid: a"):
        mapping(None, WHERE, ["a"])


def test_a_file_of_the_package_is_named_by_its_path() -> None:
    node = bundled("evaluation/findings/words/ids.yaml")
    assert node.where == "evaluation/findings/words/ids.yaml" and "tails" in node.data
    assert (Path(__file__).parents[1] / node.where).is_file()
    with pytest.raises(InputError, match=r"^evaluation/findings/none\.yaml: cannot be read"):
        bundled("evaluation/findings/none.yaml")
