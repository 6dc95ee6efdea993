"""Values of JSON are counted before it is parsed, in little memory, whatever signs stand in its texts."""

from __future__ import annotations

import json
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.findings.adapters.description import counting, limits, tree
from evaluation.findings.adapters.description.counting import values
from evaluation.findings.adapters.description.limits import TooMany, Unreadable
from evaluation.findings.adapters.description.load import read_tree
from mockserver.errors import InputError

SIGNS = st.text(alphabet='[]{},:"\\ \n a', max_size=8)
ANY = st.recursive(
    SIGNS | st.integers() | st.none(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(SIGNS, inner, max_size=4),
    max_leaves=20,
)


def counted(value: Any) -> int:
    """Values, as they are counted once they are there."""
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return 1 + sum(map(counted, inner))


def peak(work: Callable[[], Any]) -> int:
    tracemalloc.start()
    try:
        work()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


@given(ANY, st.sampled_from([None, 0, 3]))
def test_the_count_is_that_of_what_is_parsed(value: Any, indent: int | None) -> None:
    found = counted(value)
    text = json.dumps(value, indent=indent)
    assert values(text, found) >= found, "more is said only where it is not more than enough"
    for enough in range(found):
        assert values(text, enough) > enough, "what is too much is never let through"


@given(ANY)
def test_what_is_just_enough_is_let_through(value: Any) -> None:
    found = counted(value)
    assert values(json.dumps(value, indent=1), found) <= found or values(json.dumps(value), found) == found


@pytest.mark.parametrize("empty", ["[]", "{}", "[ ]", "{\n\t}"])
def test_lists_and_objects_with_nothing_in_them_are_one_value_each(empty: str) -> None:
    assert values(f"[{empty}, {empty}]", 3) == 3


@given(st.text(alphabet='"\\[,{}a\n', max_size=40), st.integers(0, 5))
def test_anything_may_be_counted(text: str, enough: int) -> None:
    assert values(text, enough) >= 1


@pytest.mark.parametrize("text", ["[]" * 500_000, "," * 1_000_000, '\\"' * 500_000, "\\\\" * 500_000])
def test_a_long_text_needs_no_memory(text: str) -> None:
    whole = '{"x": "' + text + '"}'
    assert peak(lambda: values(whole, 100)) < 100_000
    assert values(whole, 2) == 2


def test_many_short_texts_need_no_memory() -> None:
    text = json.dumps({f"{number},": number for number in range(100_000)})
    assert peak(lambda: values(text, 90_000)) < 100_000
    assert values(text, 90_000) == 90_001


@pytest.mark.parametrize("text", ['{"a' + '\\"' * 200_000, '"' + "\\\n" * 200_000, '"' * 200_001])
def test_a_text_without_an_end_is_looked_at_once(text: str) -> None:
    """Every letter is passed by one match: the matches stand in a row and do not overlap."""
    found = list(counting._STRING.finditer("," * 9 + text))
    assert sum(match.end() - match.start() for match in found) <= len(text)
    assert found[-1].end() == len(text) + 9
    assert values("," * 9 + text, 5) > 5


@pytest.mark.parametrize("kind", ["scalars", "keys", "lists", "mixed"])
def test_too_many_values_of_any_kind_are_never_built(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tree, "VALUES", 1000)
    monkeypatch.setattr(json, "loads", None)
    text = {
        "scalars": "[" + "1," * 1000 + "1]",
        "keys": json.dumps({str(number): 1 for number in range(1001)}),
        "lists": "[" + "[]," * 1000 + "[]]",
        "mixed": json.dumps([{"a": 1}] * 501),
    }[kind]
    with pytest.raises(TooMany):
        tree.parsed(text)


def test_as_many_as_may_be_are_read() -> None:
    text = "[" + "1," * (limits.VALUES - 2) + "1]"
    assert len(tree.parsed(text).tree) == limits.VALUES - 1
    with pytest.raises(Unreadable, match="holds more than"):
        tree.parsed("[1," + text[1:])


def test_one_long_text_with_signs_is_read_in_a_few_times_its_size(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text(json.dumps({"x": "[]" * 1_500_000}), encoding="utf-8")
    assert peak(lambda: read_tree(path)) < 5 * path.stat().st_size


def test_a_file_that_cannot_be_read_to_its_end_is_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.json"
    path.write_text("{}", encoding="utf-8")

    def broken(file: int, most: int) -> bytes:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr("os.read", broken)
    with pytest.raises(InputError, match=r"a\.json: cannot be read \(Input/output error\)$"):
        read_tree(path)
