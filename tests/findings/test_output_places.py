"""Groups as a report tells them: how many of how many, the first names, and no place lost."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.findings.model import Api
from evaluation.findings.outcome import Place
from evaluation.findings.output.facts import name
from evaluation.findings.output.places import as_groups, listed, sentence, shown

from .made import api, resource

ROWS = [{"id": 1, "created_at": "x", "note": "y"}]
NAMES = ("allergy", "charge", "lab", "visit")
MADE = api(*(resource(one, ROWS) for one in NAMES), resource("empty", []))


def told(*places: Place, made: Api = MADE, most: int = 4, **how: Any) -> list[str]:
    return [sentence(group, most, **how) for group in as_groups(places, made, name)]


def test_a_single_place_is_spelled_out() -> None:
    assert told(Place("visit", "note", "padded")) == ["visit.note: padded"]
    assert told(Place("visit")) == ["visit"]


def test_one_field_is_told_as_a_share_of_the_resources_that_have_fields() -> None:
    found = [Place(one, "created_at", "no zone") for one in NAMES[:3]]
    assert told(*found) == ["created_at in 3 of 4 resources: no zone (allergy, charge, lab)"]
    assert told(*found, most=1) == ["created_at in 3 of 4 resources: no zone (allergy and 2 more)"]


def test_an_empty_resource_counts_where_it_is_one_of_them() -> None:
    assert told(Place("empty", "", "odd"), Place("visit", "", "odd")) == ["2 of 5 resources: odd (empty, visit)"]


def test_a_check_that_looked_at_some_resources_tells_their_share() -> None:
    found = [Place("lab", "", "odd"), Place("visit", "", "odd")]
    for looked_at, of in ((0, 4), (1, 4), (3, 3), (226, 4)):
        assert as_groups(found, MADE, name, looked_at)[0]["says"] == f"2 of {of} resources"
    assert as_groups([Place("lab", "id"), Place("visit", "id")], MADE, name, 3)[0]["of"] == 4


def test_what_is_no_resource_is_no_share() -> None:
    assert told(Place("Vital Signs", "", "none"), Place("Problems", "", "none")) == [
        "2 places: none (Problems, Vital Signs)"
    ]


def test_columns_of_one_resource_and_of_several() -> None:
    assert told(Place("lab", "id", "odd"), Place("lab", "note", "odd")) == ["2 columns of lab: odd (lab.id, lab.note)"]
    mixed = [Place("lab", "id", "odd"), Place("visit", "id", "odd"), Place("visit", "note", "odd")]
    assert told(*mixed) == ["3 columns in 2 of 4 resources: odd (id in 2, visit.note)"]


def test_most_of_all_columns_are_told_as_a_share() -> None:
    found = [Place(one, column, "no description") for one in NAMES for column in ("id", "created_at", "note")]
    assert told(*found, most=1) == [
        "12 of 12 columns, in 4 of 4 resources: no description (created_at in 4 and 2 more)"
    ]


def test_a_detail_that_differs_is_an_example() -> None:
    found = [Place("lab", "id", "3 of 4 pairs"), Place("visit", "id", "7 of 9 pairs")]
    assert told(*found) == ["id in 2 of 4 resources: for example 3 of 4 pairs (lab, visit)"]


def test_a_name_that_could_be_a_value_is_shown_nowhere() -> None:
    found = [Place("visit", "555-0100"), Place("lab", "555-0100"), Place("2021-11-15", "note")]
    assert not any(value in line for line in told(*found) for value in ("555", "2021"))


def test_names_and_details_are_marked_as_the_format_wants() -> None:
    found = [Place("lab", "id", "a|b"), Place("visit", "note", "a|b")]
    (line,) = told(*found, mark=lambda text: f"`{text}`", text=lambda text: text.replace("|", "/"))
    assert line == "2 columns in 2 of 4 resources: a/b (`lab.id`, `visit.note`)"


@pytest.mark.parametrize(("most", "more"), [(5, ""), (2, "and 1 more place"), (1, "and 2 more places")])
def test_what_is_left_out_is_counted(most: int, more: str) -> None:
    found = as_groups([Place("a", "x", "one"), Place("b", "y", "two"), Place("c", "z", "three")], MADE, name)
    some, said = shown(found, most)
    assert len(some) == min(3, most) and said == more


def test_listed_names_count_the_rest() -> None:
    names = [{"name": "a", "resources": 1}, {"name": "b", "resources": 3}, {"name": "c", "resources": 1}]
    assert listed(names, 2) == "a, b in 3 and 1 more" and listed(names, 9) == "a, b in 3, c"


found_ = st.lists(
    st.builds(
        Place, st.sampled_from(NAMES), st.sampled_from(["", "id", "note"]), st.sampled_from(["", "odd", "3 odd"])
    ),
    max_size=20,
)


@given(found_)
def test_every_place_is_pointed_at_once(places: list[Place]) -> None:
    made = as_groups(places, MADE, name)
    assert sorted(index for group in made for index in group["places"]) == list(range(len(places)))
    for group in made:
        assert sum(one["resources"] for one in group["names"]) == group["count"] >= 1
