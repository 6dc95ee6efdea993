"""Columns that could be a key although no name says so, and what paths and rows say of them."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.findings.candidates import ENOUGH, Standing, could_be, standing
from evaluation.findings.checks.keys import no_key
from evaluation.findings.model import Field, Resource
from evaluation.findings.outcome import Outcome, Verdict

from .made import FIELDS, api, resource
from .test_records import described

TEXT = frozenset({"string"})
OBJECT = frozenset({"object"})


def found(*resources: Resource, **how: Any) -> Outcome:
    return no_key(api(*resources, **{"inputs": FIELDS, **how}))


def thing(*columns: str | Field, **how: Any) -> Resource:
    """A resource of which no column is called like a key: two columns that cannot be one, and these."""
    return described(how.pop("name", "thing"), "active:boolean", "note", *columns, **how)


# without rows


@pytest.mark.parametrize(
    "column",
    [
        "asset", "path", "place", "ipv4", "epoch:integer", "tx_hash", "port:integer", "ticket:number", "order_id",
        Field("place"), Field("both", TEXT | OBJECT), Field("holder", OBJECT, inner=(Field("word", TEXT),)),
    ],
)  # fmt: skip
def test_a_text_or_a_number_of_any_other_name_could_be_a_key(column: str | Field) -> None:
    assert len(could_be(thing(column))) == 1
    assert standing(thing(column)) is Standing.open


@pytest.mark.parametrize(
    "column",
    [
        "retired:boolean", "tags:array", "html_url", "blob_href", "next_link", "message", "description", "kind",
        "alert_level", "status", "started_at", "birthDate", "updated", "total_amount", "price:number",
        "avg_wait:integer",
        Field("mood", TEXT, enum=("good", "bad")),
        Field("begin", TEXT, format="date-time"),
        Field("ratio", frozenset({"number"}), format="double"),
        Field("ratio", frozenset({"number"}), samples=(0.25,)),
        Field("ends", frozenset({"array"}), inner=(Field("word", TEXT),)),
        Field("details", OBJECT, inner=(Field("path", TEXT),)),
        Field("data", OBJECT),
        Field("_links", OBJECT),
        Field("start", OBJECT, inner=(Field("time", TEXT), Field("done", frozenset({"boolean"})))),
    ],
)  # fmt: skip
def test_what_rows_share_by_its_nature_is_no_key(column: str | Field) -> None:
    assert could_be(thing(column)) == []
    assert standing(thing(column)) is Standing.none


def test_a_text_called_like_a_bag_may_be_a_key_and_so_may_its_own_address() -> None:
    assert could_be(thing("metadata")) == [("metadata",)]
    assert could_be(thing("url")) == [("url",)] and could_be(thing("site_url")) == []


def test_the_thing_a_whole_listing_is_below_tells_none_of_its_rows_apart() -> None:
    below, both = "/shops/{shop_id}/things", "/things"
    assert could_be(thing("shop_id", paths=(below,))) == []
    assert could_be(thing("shop_id", paths=(below, both))) == [("shop_id",)]
    assert could_be(thing("shop_id", paths=("/things/{shop_id}",))) == [("shop_id",)]


@pytest.mark.parametrize(
    ("column", "known"),
    [
        ("name", False), ("place", False), ("order_id", False), ("user_name", False), ("offset:integer", True),
        ("order_id:integer", False), ("digest", True), ("line_number", True), ("line_number:integer", True),
    ],
)  # fmt: skip
def test_only_a_number_or_a_mark_tells_lines_of_a_log_apart(column: str, known: bool) -> None:
    assert bool(could_be(thing(column, name="assignment_log"))) is known


@pytest.mark.parametrize(
    ("column", "known"),
    [("path", False), ("start_line:integer", False), ("endColumn:integer", False), ("number:integer", True)],
)
def test_the_bounds_of_what_a_remark_is_about_do_not_tell_remarks_apart(column: str, known: bool) -> None:
    assert bool(could_be(thing(column, name="page_annotation"))) is known
    assert could_be(thing(column, name="page")), "a page is no remark"


# a path that asks for one row

ONE = ("/things", "/things/{id}")


@pytest.mark.parametrize("column", ["place", "name", "parent_shop:integer"])
def test_a_path_that_asks_by_an_id_no_column_has_is_strong_evidence(column: str) -> None:
    assert standing(thing(column, paths=ONE)) is Standing.asked
    (place,) = found(thing(column, paths=ONE)).places
    assert place.detail == "a path asks for one row by an id that no column has"


@pytest.mark.parametrize(
    ("column", "paths"),
    [
        ("thing_label", ("/things", "/things/{thing_label_id}")),
        ("tx_hash", ONE),
        ("order_id", ONE),
        ("place", ("/things", "/things/{place}")),
        ("place", ("/things/{id}/parts",)),
    ],
)
def test_a_column_may_hold_what_the_path_asks_for(column: str, paths: tuple[str, ...]) -> None:
    assert standing(thing(column, paths=paths)) is Standing.open


def test_the_id_of_what_the_listing_is_below_is_not_what_the_path_asks_for() -> None:
    paths = ("/shops/{shop_id}/things", "/shops/{shop_id}/things/{id}")
    assert standing(thing("shop_id", "place", paths=paths)) is Standing.asked


# rows


def _rows(count: int, **how: Any) -> Resource:
    return resource("alarm", [{"place": f"p{n}", "text": "a", "shared": n % 2} for n in range(count)], **how)


@pytest.mark.parametrize(
    ("count", "complete", "expected"),
    [(ENOUGH, True, Standing.told), (ENOUGH - 1, True, Standing.open), (ENOUGH, False, Standing.open)],
)
def test_many_rows_in_which_a_column_never_repeats_decide(count: int, complete: bool, expected: Standing) -> None:
    assert standing(_rows(count, complete=complete)) is expected


def test_a_column_that_repeats_or_is_empty_somewhere_is_no_key() -> None:
    twice = [{"place": "p", "text": text, "on": True} for text in "ab"]
    gap = [{"place": "p", "text": "a", "on": True}, {"place": None, "text": "b", "on": True}, {"text": "c"}]
    for rows in (twice, gap):
        assert found(resource("alarm", rows)).verdict is Verdict.fail
        assert standing(resource("alarm", rows, complete=False)) is Standing.none


def test_what_never_repeats_in_one_practice_may_stand_in_another() -> None:
    one, other = _rows(ENOUGH), _rows(ENOUGH)
    assert standing(Resource("alarm", one.fields, (*one.tables, *other.tables))) is Standing.told


def test_a_column_in_an_object_is_compared_there() -> None:
    holder = Field("holder", OBJECT, inner=(Field("word", TEXT),))
    (table,) = resource("seat", [{"holder": {"word": str(n)}} for n in range(ENOUGH)]).tables
    (same,) = resource("seat", [{"holder": {"word": "x"}} for _ in range(ENOUGH)]).tables
    (none,) = resource("seat", [{"holder": None}]).tables
    expected = [(table, Standing.told), (same, Standing.none), (none, Standing.none)]
    assert [standing(Resource("seat", (holder,), (rows,))) for rows, _ in expected] == [how for _, how in expected]


@given(st.lists(st.integers(0, 40), min_size=1, max_size=60))
def test_rows_pass_only_where_no_value_stands_there_twice(values: list[int]) -> None:
    made = resource("alarm", [{"place": value, "text": "a"} for value in values])
    unique = len(set(values)) == len(values)
    assert (standing(made) is Standing.told) is (unique and len(values) >= ENOUGH)
    assert (standing(made) is Standing.none) is not unique


# what the check says


def test_an_open_resource_is_said_to_be_open_and_fails_nothing() -> None:
    said = found(thing("place"), described("order", "id"))
    assert (said.verdict, said.places) == (Verdict.unknown, ())
    assert said.why.startswith("1 resource has no column that is named like a key; only many rows show")
    two = found(thing("place"), thing("epoch:integer", name="part"))
    assert two.why.startswith("2 resources have no column") and "several together" in two.why


def test_rows_of_others_do_not_settle_what_is_open() -> None:
    order = resource("order", [{"order_id": "1"}])
    assert found(order).verdict is Verdict.passed
    assert found(order, thing("place")).verdict is Verdict.unknown


def test_what_fails_is_said_where_others_are_open() -> None:
    said = found(thing("place"), thing("mood_level", name="part"))
    assert [str(place) for place in said.places] == ["part"]
    assert said.why == "no single column identifies a row in part"
