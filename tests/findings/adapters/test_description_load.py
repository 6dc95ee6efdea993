"""Files that nobody vouches for: read within limits, or refused in one sentence that repeats nothing of them."""

from __future__ import annotations

import json
import math
import os
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evaluation.findings.adapters.description import limits, yaml_events
from evaluation.findings.adapters.description.load import load, read_tree
from evaluation.findings.adapters.description.tree import parsed
from mockserver.errors import InputError

from .descriptions import CANARY

JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**70), 2**70)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=20,
)


def put(folder: Path, content: str | bytes, name: str = "a.yaml") -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def refused(path: Path, **how: Any) -> str:
    """The sentence a file is refused with."""
    began = time.monotonic()
    with pytest.raises(InputError) as failure:
        read_tree(path, **how)
    said = str(failure.value)
    assert CANARY not in said and "\n" not in said and said.startswith(f"{path}: ")
    assert time.monotonic() - began < 20
    return said.removeprefix(f"{path}: ")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
@pytest.mark.parametrize("name", ["a.json", "a.yaml", "a"])
def test_encodings_with_a_mark_are_read(tmp_path: Path, encoding: str, name: str) -> None:
    assert read_tree(put(tmp_path, '{"ä€😀": 1}'.encode(encoding), name)) == {"ä€😀": 1}


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "is empty"),
        (b" \n\t ", "is empty"),
        (b"# only a remark\n", "is empty"),
        (b"\xef\xbb\xbf", "is empty"),
        (b"\xff\xfe\x00\xd8\x00", "is no text in UTF-8 or UTF-16"),
        (b"\x89PNG\r\n\x1a\n\0\0", "is no text in UTF-8 or UTF-16"),
        (b"a\0b", "is no text"),
        (b"\x1f\x8b\x08", "is no text in UTF-8 or UTF-16"),
        (f"a: [{CANARY}".encode(), "is neither JSON nor YAML (line 1)"),
        (f'{{"a": 1,\n"{CANARY}"'.encode(), "is neither JSON nor YAML (line 2)"),
        (f"a: 1\n--- \nb: {CANARY}".encode(), "holds several documents"),
        (f"? [{CANARY}]\n: 1".encode(), "holds a key that is no text"),
        (f"a: *{CANARY}".encode(), "is neither JSON nor YAML"),
        (b"a: &a [*a]", "holds a YAML alias of itself"),
        (b'{"a": NaN}', "holds numbers that JSON does not have"),
        (b"[-Infinity]", "holds numbers that JSON does not have"),
        (b"[1e999]", "holds numbers that JSON does not have"),
        (b"[" + b"9" * 9999 + b"]", "holds numbers that JSON does not have"),
    ],
)
def test_what_is_no_data_is_refused(tmp_path: Path, content: bytes, why: str) -> None:
    assert refused(put(tmp_path, content)) == why


def test_a_json_file_is_not_tried_as_yaml(tmp_path: Path) -> None:
    assert refused(put(tmp_path, f"{{\n{CANARY}: 1}}", "a.json")) == "is not JSON (line 2)"


DEEP = {
    "json": "[" * 100_000 + "]" * 100_000,
    "json left open": "[" * 100_000,
    "objects": '{"a":' * 100_000 + "1" + "}" * 100_000,
    "a little too deep": "[" * 250 + "]" * 250,
    "flow": "a: " + "[" * 100_000,
    "block": "\n".join(" " * level + "a:" for level in range(1500)),
    "lists": "- " * 100_000 + "1",
    "keys": "? " * 100_000 + "1",
}


@pytest.mark.parametrize("kind", DEEP)
def test_depth_ends_in_a_sentence(tmp_path: Path, kind: str) -> None:
    assert refused(put(tmp_path, DEEP[kind])) == "is nested deeper than 200 levels"


def test_depth_of_aliases_counts(tmp_path: Path) -> None:
    steps = [f"a{n}: &a{n} [{'[' * 50}*a{n - 1}{']' * 50}]" for n in range(1, 9)]
    assert refused(put(tmp_path, "\n".join(["a0: &a0 [x]", *steps]))) == "is nested deeper than 200 levels"


def bomb(kind: str, wide: int = 10, long: int = 30) -> str:
    """A file whose aliases stand for wide ** long values."""
    one = {
        "lists": lambda n: ", ".join([f"*a{n}"] * wide),
        "maps": lambda n: ", ".join(f"k{i}: *a{n}" for i in range(wide)),
    }
    left, right = {"lists": "[]", "maps": "{}"}[kind]
    return "a0: &a0 {x: y}\n" + "\n".join(f"a{n + 1}: &a{n + 1} {left}{one[kind](n)}{right}" for n in range(long))


@pytest.mark.parametrize("kind", ["lists", "maps"])
def test_a_yaml_bomb_ends_in_a_sentence(tmp_path: Path, kind: str) -> None:
    assert refused(put(tmp_path, bomb(kind))) == "holds more than 1,000,000 values"


def test_merged_keys_count_too(tmp_path: Path) -> None:
    base = "a: &a\n" + "".join(f"  k{n}: 1\n" for n in range(1000))
    assert "values" in refused(put(tmp_path, base + "".join(f"b{n}:\n  <<: *a\n" for n in range(1200))))


def test_small_aliases_are_fine(tmp_path: Path) -> None:
    assert read_tree(put(tmp_path, "a: &a {k: 1}\nb: *a\nc:\n  <<: *a\n  d: 2\ne:\n  <<: [*a, {k: 3, f: 4}]\n")) == {
        "a": {"k": 1},
        "b": {"k": 1},
        "c": {"k": 1, "d": 2},
        "e": {"k": 1, "f": 4},
    }


def test_too_many_values_are_refused_before_they_cost_memory(tmp_path: Path) -> None:
    assert (
        refused(put(tmp_path, "[" + ",".join(["[]"] * 1_100_000) + "]", "a.json")) == "holds more than 1,000,000 values"
    )
    assert (
        refused(put(tmp_path, "[" + ",".join(["1"] * 1_100_000) + "]", "b.json")) == "holds more than 1,000,000 values"
    )


def test_brackets_in_texts_are_no_values(tmp_path: Path) -> None:
    assert read_tree(put(tmp_path, json.dumps({"a": '\\"[' * 1_100_000}), "a.json"))


def test_a_large_file_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "large.json"
    with path.open("wb") as file:
        file.truncate(50_000_000)
    assert refused(path) == "is larger than the 32 MB that are read"
    assert refused(put(tmp_path, "[1, 2, 3]"), limit=8) == "is larger than the 8 bytes that are read"
    assert read_tree(put(tmp_path, "[1, 2, 3]"), limit=9) == [1, 2, 3]


def test_what_is_no_regular_file_is_not_opened_to_wait(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert refused(tmp_path / "pipe") == "is no regular file"
    assert refused(Path("/dev/zero")) == "is no regular file"
    assert refused(tmp_path) == "is a folder"
    assert refused(tmp_path / "none.json") == "is not there"
    assert refused(put(tmp_path, "1") / "below") == "is not there"
    assert refused(tmp_path / ("n" * 300)).startswith("cannot be read (")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2020-01-01", "2020-01-01"),
        ("2020-01-01T00:00:00Z", "2020-01-01T00:00:00Z"),
        ("on", "on"),
        ("no", "no"),
        ("NO", "NO"),
        ("true", True),
        ("False", False),
        ("null", None),
        ("~", None),
        ("", None),
        ("200", 200),
        ("-7", -7),
        ("0930", "0930"),
        ("1_000", "1_000"),
        ("0x1f", "0x1f"),
        ("1.5", 1.5),
        ("1e3", 1000.0),
        (".5", 0.5),
        ("1e999", "1e999"),
        (".nan", ".nan"),
        (".inf", ".inf"),
        ("12:30:45", "12:30:45"),
        ("'12'", "12"),
        ('"true"', "true"),
        ("!!str 12", "12"),
        ("9" * 60, "9" * 60),
        ("|\n  x\n", "x\n"),
        ("!!python/name:os.system", None),
        ("!!binary aGk=", "aGk="),
        ("3.0.1", "3.0.1"),
        ("=", "="),
    ],
)
def test_yaml_says_no_more_than_json_can(text: str, value: Any) -> None:
    found = parsed(f"a: {text}").tree["a"]
    assert found == value and type(found) is type(value)


def test_keys_are_text_as_they_are_written() -> None:
    assert parsed("200: a\non: b\n2020-01-01: c\n1.0: d\nnull: e\n'x': f").tree == {
        "200": "a",
        "on": "b",
        "2020-01-01": "c",
        "1.0": "d",
        "null": "e",
        "x": "f",
    }


def test_the_slow_parser_says_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    import yaml

    fast = parsed("a: &a [1, x, {b: 2020-01-01}]\n200: *a\n")
    monkeypatch.setattr(yaml_events, "_LOADER", yaml.SafeLoader)
    assert parsed("a: &a [1, x, {b: 2020-01-01}]\n200: *a\n").tree == fast.tree
    with pytest.raises(limits.Unreadable, match="nested deeper"):
        parsed("a: " + "[" * 5000)


def test_halves_of_characters_become_signs(tmp_path: Path) -> None:
    found = read_tree(put(tmp_path, r'{"\ud800": ["\udc00x", "\ud83d\ude00", 1]}', "a.json"))
    assert found == {"\ufffd": ["\ufffdx", "😀", 1]}


@pytest.mark.parametrize("name", ["a.json", "a.yaml"])
def test_a_key_given_twice_is_told(tmp_path: Path, name: str) -> None:
    text = '{"openapi": "3.0.0", "paths": {"/a": {}, "/a": {}}, "info": {"x": 1, "x": 2}}'
    found = load(put(tmp_path, text, name))
    assert found.partial == ("2 keys are given twice; only the last counts",)
    assert found.document["info"] == {"x": 2}


@given(JSON)
@settings(max_examples=200)
def test_json_comes_through_both_ways_unchanged(value: Any) -> None:
    text = json.dumps(value)
    assert parsed(text, json_only=True).tree == value
    assert parsed(json.dumps(value, ensure_ascii=False), json_only=True).tree == value


PLAIN = st.booleans() | st.integers(-9999, 9999) | st.text("ab c:-#'\"\n", max_size=6)


@given(st.recursive(PLAIN, lambda inner: st.lists(inner) | st.dictionaries(st.text("abc "), inner), max_leaves=10))
def test_yaml_that_was_written_is_read_back(value: Any) -> None:
    import yaml

    assert parsed(yaml.safe_dump(value)).tree == value


@given(
    st.binary(max_size=60)
    | st.text(max_size=60).map(str.encode)
    | st.text("[]{}:,&*a-? \n<'\"|!", max_size=40).map(str.encode)
)
@settings(max_examples=400)
def test_no_bytes_make_it_stumble(raw: bytes) -> None:
    from evaluation.findings.adapters.description.text import decoded

    try:
        tree = parsed(decoded(raw)).tree
    except limits.Unreadable:
        return
    assert tree is None or isinstance(tree, str | int | float | list | dict)
    assert not isinstance(tree, float) or math.isfinite(tree)
