"""One sentence for each reason, naming all it concerns and nothing more."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.findings.adapters.reading import sentences
from evaluation.findings.adapters.walk import Listing, Page
from evaluation.recording.exchange import Request

PRACTICES, RESOURCES = ("A", "B"), ("one", "two", "three")


def listings(problems: Mapping[tuple[str, str], str]) -> list[Listing]:
    """All resources of all practices, with these problems, and the list of practices once."""
    asked, first = Request("GET", "http://127.0.0.1/"), Page(200)
    found = [("client_ids", "A"), *((name, practice) for name in RESOURCES for practice in PRACTICES)]
    return [Listing(name, p, None, asked, first, problems.get((name, p), "")) for name, p in found]


@pytest.mark.parametrize(
    ("problems", "expected"),
    [
        ({}, ()),
        ({("one", "A"): "x"}, ("one of A: x",)),
        ({("one", "A"): "x", ("one", "B"): "x"}, ("one: x",)),
        ({("client_ids", "A"): "x"}, ("client_ids: x",)),
        ({(name, "B"): "x" for name in RESOURCES}, ("every resource of B: x",)),
        ({**{(name, "B"): "x" for name in RESOURCES}, ("two", "A"): "x"}, ("every resource of B and two of A: x",)),
        ({("one", "A"): "x", ("two", "A"): "x", ("two", "B"): "x"}, ("one of A and two: x",)),
        ({("one", "A"): "x", ("two", "B"): "x", ("three", "B"): "x"}, ("one of A, two of B and three of B: x",)),
        ({("one", "A"): "x", ("one", "B"): "y"}, ("one of A: x", "one of B: y")),
    ],
)
def test_places_are_gathered(problems: Mapping[tuple[str, str], str], expected: tuple[str, ...]) -> None:
    assert sentences(listings(problems)) == expected


def test_everything_is_said_in_two_words() -> None:
    every = {(found.resource, found.practice): "x" for found in listings({})}
    assert sentences(listings(every)) == ("every resource: x",)


keys = st.sampled_from([(found.resource, found.practice) for found in listings({})])


@given(st.dictionaries(keys, st.sampled_from(["x", "y", ""])))
def test_each_reason_is_said_once_and_no_other_resource_is_named(problems: dict[tuple[str, str], str]) -> None:
    said = sentences(listings(problems))
    reasons = {why for why in problems.values() if why}
    assert sorted(sentence.rpartition(": ")[2] for sentence in said) == sorted(reasons)
    for sentence in said:
        places, _, why = sentence.rpartition(": ")
        for name in RESOURCES:
            hit = any(problems.get((name, practice)) == why for practice in PRACTICES)
            assert hit or name not in places
