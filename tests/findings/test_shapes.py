"""Word files are held against shapes: a mistake is one sentence with file, key, what is valid and a guess."""

from __future__ import annotations

from typing import Any

import pytest

from evaluation.findings import codesystems, notations, quantities, shapes, values, words_schema
from evaluation.schema import mapping
from mockserver.errors import InputError

SHAPE = {
    "words": "words", "most": "count", "on?": "flag", "colour?": ("red", "blue"), "empty?": "text",
    "by": {"*": {"pattern": "pattern", "texts?": "texts"}},
}  # fmt: skip
GOOD: dict[str, Any] = {"words": ["one", "two"], "most": 3, "by": {"any": {"pattern": "a+", "texts": ["A", ""]}}}
WHERE = "words/x.yaml"


def held(data: object) -> dict[str, Any]:
    return shapes.held(mapping(data, WHERE), SHAPE)


def refused(data: object) -> InputError:
    with pytest.raises(InputError) as caught:
        held(data)
    return caught.value


def test_good_data_is_taken_with_lists_as_tuples() -> None:
    by = {"any": {"pattern": "a+", "texts": ("A", "")}}
    assert held(GOOD) == {"words": ("one", "two"), "most": 3, "by": by}
    assert held({**GOOD, "on": True, "colour": "red", "empty": ""})["on"] is True


def test_an_unknown_key_comes_with_a_guess() -> None:
    error = refused({**GOOD, "wrods": []})
    assert error.guess == "words" and "key wrods is not known" in str(error) and error.where == WHERE
    assert error.valid == ("words", "most", "on", "colour", "empty", "by")


@pytest.mark.parametrize("key", ["words", "most", "by"])
def test_a_missing_key_is_named(key: str) -> None:
    assert str(refused({name: value for name, value in GOOD.items() if name != key})) == f"{WHERE}: {key} is missing"


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"words": "one"}, "words must be a list of words"),
        ({"words": ["One"]}, "words has 'One', which is no word in lower case"),
        ({"words": [7]}, "words must be a list of words (7 is none; put it in quotes)"),
        ({"most": -1}, "most must be a whole number from 0"),
        ({"most": True}, "most must be a whole number from 0"),
        ({"on": "yes"}, "on must be true or false"),
        ({"colour": "rad"}, "colour is rad; valid: red, blue; did you mean red?"),
        ({"colour": ""}, "colour is empty; valid: red, blue"),
        ({"empty": True}, "empty must be text (True is none; put it in quotes)"),
        ({"by": {"any": {"pattern": "("}}}, "by.any: pattern is no regular expression"),
        ({"by": {"any": {"pattern": 7}}}, "by.any: pattern must be text (7 is none"),
        ({"by": {"any": {"pattern": "", "txts": []}}}, "by.any: key txts is not known; valid: pattern, texts; did you"),
        ({"by": []}, "by: must be a mapping"),
    ],
)
def test_a_wrong_value_is_told_with_its_place(change: dict[str, Any], sentence: str) -> None:
    assert str(refused({**GOOD, **change})).startswith(f"{WHERE}: {sentence}")


def test_names_may_have_a_shape_without_keys() -> None:
    assert shapes.held(mapping({"a": ["x"], "b": []}, WHERE), {"*": "words"}) == {"a": ("x",), "b": ()}


@pytest.mark.parametrize(
    ("name", "shape"),
    [
        ("notations.yaml", notations.SHAPE),
        ("quantities.yaml", quantities.SHAPE),
        ("codes.yaml", codesystems.SHAPE),
        ("values.yaml", values.SHAPE),
        ("concepts.yaml", words_schema.CONCEPTS),
        ("ids.yaml", words_schema.IDS),
        ("columns.yaml", words_schema.COLUMNS),
    ],
)
def test_the_files_of_the_package_hold(name: str, shape: dict[str, Any]) -> None:
    assert shapes.load(name, shape)
