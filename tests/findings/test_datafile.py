"""Data files: each mistake is one sentence with file, key, what is valid and a guess."""

from __future__ import annotations

from typing import Any

import pytest

from evaluation.findings import codesystems, datafile, notations, quantities, values
from mockserver.errors import InputError

SHAPE = {"words": "words", "most": "number", "on?": "flag", "by": {"*": {"pattern": "pattern", "texts?": "texts"}}}
GOOD: dict[str, Any] = {"words": ["one", "two"], "most": 3, "by": {"any": {"pattern": "a+", "texts": ["A", ""]}}}


def refused(data: object) -> InputError:
    with pytest.raises(InputError) as caught:
        datafile.hold(data, SHAPE, "words/x.yaml")
    return caught.value


def test_good_data_is_taken() -> None:
    datafile.hold(GOOD, SHAPE, "words/x.yaml")
    datafile.hold({**GOOD, "on": True}, SHAPE, "words/x.yaml")


def test_an_unknown_key_comes_with_a_guess() -> None:
    error = refused({**GOOD, "wrods": []})
    assert error.guess == "words" and "'wrods' is no key" in str(error) and error.where == "words/x.yaml"


def test_a_missing_key_is_named() -> None:
    assert "most is missing" in str(refused({key: value for key, value in GOOD.items() if key != "most"}))


@pytest.mark.parametrize(
    ("change", "where", "what"),
    [
        ({"words": "one"}, "words/x.yaml: words", "a list is wanted"),
        ({"words": ["One"]}, "words/x.yaml: words", "'One' is no word in lower case"),
        ({"words": [7]}, "words/x.yaml: words", "7 is no text; put it in quotes"),
        ({"most": -1}, "words/x.yaml: most", "a whole number is wanted"),
        ({"most": True}, "words/x.yaml: most", "a whole number is wanted"),
        ({"on": "yes"}, "words/x.yaml: on", "true or false is wanted"),
        ({"by": {"any": {"pattern": "("}}}, "words/x.yaml: by: any: pattern", "is no regular expression"),
        ({"by": {"any": {"pattern": 7}}}, "words/x.yaml: by: any: pattern", "7 is no text"),
        ({"by": []}, "words/x.yaml: by", "a mapping is wanted"),
    ],
)
def test_a_wrong_value_is_told_with_its_place(change: dict[str, Any], where: str, what: str) -> None:
    error = refused({**GOOD, **change})
    assert error.where == where and error.what.startswith(what)


def test_what_is_no_mapping_is_refused() -> None:
    assert refused([]).what == "a mapping is wanted"


@pytest.mark.parametrize(
    ("name", "shape"),
    [
        ("notations.yaml", notations.SHAPE),
        ("quantities.yaml", quantities.SHAPE),
        ("codes.yaml", codesystems.SHAPE),
        ("values.yaml", values.SHAPE),
    ],
)
def test_the_files_of_the_package_hold(name: str, shape: dict[str, Any]) -> None:
    assert datafile.load(name, shape)
