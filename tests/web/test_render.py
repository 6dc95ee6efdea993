"""The envelope as bytes, and the grades in the evidence header."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mockserver import contract
from mockserver.contract import Grade
from mockserver.store import page_of
from mockserver.web import render

PATH = "http://mock.test/hjdw/HAND01/demographic"
VENDOR = contract.load()


def test_an_empty_page_byte_for_byte() -> None:
    assert render.envelope(b"", page_of(0, 1000, 1), PATH, "") == (
        b'{"current_page":1,"data":[],"from":null,"last_page":0,"next_page_url":null,'
        b'"path":"http://mock.test/hjdw/HAND01/demographic","per_page":1000,"prev_page_url":null,"to":null,"total":0}'
    )


def test_a_middle_page_byte_for_byte() -> None:
    assert render.envelope(b'{"a":1}', page_of(3, 1, 2), "http://h/p", "a=eq~1") == (
        b'{"current_page":2,"data":[{"a":1}],"from":2,"last_page":3,"next_page_url":"http://h/p?a=eq~1&page=3",'
        b'"path":"http://h/p","per_page":1,"prev_page_url":"http://h/p?a=eq~1&page=1","to":2,"total":3}'
    )


@given(
    total=st.integers(0, 10_000),
    size=st.integers(1, 1500),
    number=st.integers(1, 20_000),
    kept=st.text("ab=~%2&", max_size=9),
)
def test_every_envelope_is_json_with_sorted_keys(total: int, size: int, number: int, kept: str) -> None:
    page = page_of(total, size, number)
    told = json.loads(render.envelope(b",".join([b"{}"] * min(page.count, 3)), page, PATH, kept))
    assert list(told) == sorted(told) and len(told) == 10
    assert (told["from"] is None) == (told["to"] is None) == (page.count == 0)
    assert (told["next_page_url"] is None) == (number >= told["last_page"])
    assert (told["prev_page_url"] is None) == (number == 1)
    for url in (told["next_page_url"], told["prev_page_url"]):
        assert url is None or url.startswith(f"{PATH}?{kept}" if kept else f"{PATH}?page=")


@pytest.mark.parametrize("quirks", [contract.quirks.VENDOR, frozenset()])
def test_every_page_leans_on_behaviours_that_exist(quirks: frozenset[str]) -> None:
    known = contract.load(quirks)
    for element in known.elements.values():
        used = render.leaned_on(element, known)
        assert set(used) <= set(known.behaviours)
        assert len(set(used)) == len(used)
        assert ("order.surrogate" in used) == ("Q19" not in quirks)


def graded(element: str, *used: str) -> dict[str, str]:
    value = render.evidence(VENDOR.elements[element], used, VENDOR.behaviours)
    return dict(part.split("=", 1) for part in value.split("; "))


def test_each_part_takes_the_weakest_grade() -> None:
    told = graded("appointment", "envelope.keys", "filter.eq", "filter.ne", "order.newest-first.other")
    assert told["row"] == str(VENDOR.elements["appointment"].weakest)
    assert told["envelope"] == "observed"
    assert told["request"] == "inferred"
    assert (
        graded("appointment", "envelope.keys", "order.newest-first.other", "row.null-habit.other")["request"]
        == "observed"
    )


def test_ids_come_weakest_first_without_repeats_and_at_most_ten() -> None:
    every = tuple(VENDOR.behaviours)
    ids = graded("demographic", *every, *every)["ids"].split(",")
    assert len(ids) == len(set(ids)) == render.MOST_IDS
    assert {VENDOR.behaviours[id_].evidence.grade for id_ in ids} == {Grade.inferred}
    assert graded("demographic", "filter.eq", "filter.ne")["ids"] == "filter.ne,filter.eq"


def test_pages_without_rows_lean_on_more() -> None:
    assert list(render.about_page(1, 5, 1, filtered=False)) == []
    for page in (1, 2):
        assert set(render.about_page(0, 5, page, filtered=True)) <= set(VENDOR.behaviours)
    assert list(render.about_page(0, 5, 2, filtered=False)) == ["paging.stable", "paging.past-end"]


def test_page_addresses_with_filters_lean_on_a_guess() -> None:
    keeps = "paging.next-keeps-filters"
    assert keeps in render.about_page(5, 5, 1, filtered=True)
    assert keeps in render.about_page(2, 5, 2, filtered=True)
    assert keeps not in [*render.about_page(2, 5, 1, filtered=True), *render.about_page(5, 5, 2, filtered=False)]
