"""Places that are one fault come together; none is lost, none is in two groups, and their order says nothing."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.findings.grouping import Group, groups
from evaluation.findings.outcome import Place

names = st.sampled_from(["visit", "patient", "lab_order", "dose", "id"])
details = st.sampled_from(
    ["", "a number as text", "3 of 14 pairs", "4 of 1 pairs", "beside visit_id", "beside patient_id"]
)
places = st.lists(
    st.builds(
        Place,
        names,
        st.sampled_from(["", "created_at", "visit_id", "patient_id"]),
        details,
        st.sampled_from(["", "P1"]),
    ),
    max_size=30,
)


def said(found: tuple[Group, ...]) -> list[list[str]]:
    return [list(map(str, group.places)) for group in found]


@given(places)
def test_every_place_is_in_exactly_one_group(given_: list[Place]) -> None:
    assert sorted(place for group in groups(given_) for place in group.places) == sorted(given_)


@given(places, st.randoms(use_true_random=False))
def test_the_order_of_places_says_nothing(given_: list[Place], shuffler: random.Random) -> None:
    mixed = list(given_)
    shuffler.shuffle(mixed)
    assert groups(mixed) == groups(given_)


@given(places)
def test_the_largest_group_comes_first(given_: list[Place]) -> None:
    sizes = [len(group.columns) for group in groups(given_)]
    assert sizes == sorted(sizes, reverse=True)


@given(places)
def test_alike_places_are_never_apart(given_: list[Place]) -> None:
    """Columns with the same detail, in which none of them is named, are in one group."""
    of = {place: index for index, group in enumerate(groups(given_)) for place in group.places}
    for detail in ("", "a number as text", "3 of 14 pairs"):
        found = [place for place in given_ if place.detail == detail]
        if len({(place.resource, place.field) for place in found}) > 1:
            assert len({of[place] for place in found}) == 1


def test_one_field_in_many_resources_is_one_group() -> None:
    (made,) = groups([Place(f"r{n}", "created_at", "no zone") for n in range(40)])
    assert made.fields == (("created_at", tuple(sorted(f"r{n}" for n in range(40)))),)
    assert made.alike and made.detail == "no zone" and len(made.resources) == 40


def test_a_missing_description_everywhere_is_one_group() -> None:
    found = groups([Place(f"r{n}", f"field_{m}", "no description") for n in range(30) for m in range(30)])
    assert len(found) == 1 and len(found[0].columns) == 900


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("14 rows share 4 instants", "222 rows share 1 instant"),
        ("version 6.1.0 asked", "version 7 asked"),
        ("beside visit_id: number and text", "beside patient_id: number and text"),
    ],
)
def test_numbers_and_own_names_make_no_other_fault(one: str, other: str) -> None:
    (made,) = groups([Place("visit", "visitid", one), Place("patient", "patientid", other)])
    assert not made.alike and made.detail == other  # patient comes before visit


def test_another_fault_is_another_group() -> None:
    found = groups(
        [Place("a", "x", "padded"), Place("b", "y", "padded"), Place("a", "z", "empty"), Place("b", "w", "null")]
    )
    assert said(found) == [["a.x", "b.y"], ["a.z"], ["b.w"]]


def test_what_is_left_alone_is_put_with_others_of_its_field() -> None:
    found = groups([Place("a", "id", "text here"), Place("b", "id", "number there"), Place("c", "key", "neither")])
    assert said(found) == [["a.id", "b.id"], ["c.key"]]


def test_a_short_name_is_not_looked_for_in_a_detail() -> None:
    """``id`` is a part of many words."""
    assert said(groups([Place("id", "x", "an idle id"), Place("en", "y", "an enle en")])) == [["en.y"], ["id.x"]]


def test_one_column_seen_twice_counts_once() -> None:
    (made,) = groups(
        [Place("a", "x", "padded", "P1"), Place("a", "x", "padded", "P2"), Place("b", "x", "padded", "P1")]
    )
    assert made.columns == (("a", "x"), ("b", "x")) and len(made.places) == 3


def test_nothing_makes_no_group() -> None:
    assert groups([]) == ()
