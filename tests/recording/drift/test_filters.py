"""Filter meaning: what one recording gives away about its filters, whole or cut short, scrubbed or not."""

from __future__ import annotations

import pytest

from .pages import broken, judged, page, row

ROWS = [row("appointment", n, date=f"2021111{n}") for n in (5, 4, 3, 2, 1)]
ALL = page("appointment", ROWS, step="all")
WIDE = "date=btwn~20211112~20211114"


def days(*numbers: int) -> list[dict[str, object]]:
    return [r for r in ROWS if int(r["date"][-1]) in numbers]


@pytest.mark.parametrize(
    ("query", "good"),
    [
        ("date=eq~20211113", (3,)),
        (WIDE, (2, 3, 4)),
        ("date=lt~20211113", (1, 2)),
        ("date=lte~20211113", (1, 2, 3)),
        ("date=gt~20211113", (4, 5)),
        ("date=gte~20211113", (3, 4, 5)),
        ("date=ne~20211113", (1, 2, 4, 5)),
        ("date=in~20211111~20211115", (1, 5)),
        ("date=like~%254", (4,)),
        ("hj_modify_timestamp=btwn~2022-07-01 10:00:02.5~2022-07-01 10:00:04.500", (2, 3, 4)),
        ("appointmentid=lt~100000003", (1, 2)),
    ],
)
def test_rows_that_satisfy_it_and_no_others(query: str, good: tuple[int, ...]) -> None:
    id_ = f"filter.{query.partition('=')[2].partition('~')[0]}"
    assert broken(ALL, page("appointment", days(*good), query)) == {}
    assert broken(ALL, page("appointment", days(*good[1:]), query)) in (
        {id_: "rows that satisfy it are left out"},
        {id_: "rows at its bounds are left out"},
    )
    other = next(n for n in range(1, 6) if n not in good)
    assert broken(ALL, page("appointment", days(*good, other), query)) == {id_: "rows that do not satisfy it"}


def test_bounds_that_are_left_out() -> None:
    assert broken(ALL, page("appointment", days(3), WIDE)) == {"filter.btwn": "rows at its bounds are left out"}


def test_from_a_value_to_itself_is_equal_to_it() -> None:
    equal = page("appointment", days(3), "date=eq~20211113", "eq", to=1, total=1)
    none = page("appointment", [], "date=btwn~20211113~20211113", "btwn")
    assert broken(equal, none) == {"filter.btwn": "its bounds are left out"}


def test_below_is_not_up_to() -> None:
    steps = [("eq", days(3)), ("lte", days(1, 2, 3)), ("lt", days(1, 2, 3))]
    answers = [page("appointment", rows, f"date={op}~20211113", op) for op, rows in steps]
    assert broken(*answers)["filter.lt"] in ("rows that do not satisfy it", "rows equal to its value")


def test_two_filters_are_one_fact() -> None:
    query = "date=gte~20211113&appointmentid=lt~100000005"
    assert broken(ALL, page("appointment", days(3, 4), query)) == {}
    assert broken(ALL, page("appointment", days(3, 4, 5), query)) == {"filter.several": "rows that do not satisfy it"}


def test_of_a_page_cut_short_only_the_newest_rows_are_missed() -> None:
    kept = {"last_page": 1, "to": 4, "total": 4}
    query, cut = "date=gte~20211112", {"cut": frozenset(["one"])}
    assert broken(ALL, page("appointment", days(4, 5), query, **kept), **cut) == {}
    found = broken(ALL, page("appointment", days(3, 4), query, **kept), **cut)
    assert found == {"filter.gte": "rows that satisfy it are left out"}


def test_values_of_another_notation_say_nothing_about_filters() -> None:
    dashed = [{**r, "date": "2021-11-13"} for r in days(3)]
    assert set(broken(page("appointment", dashed, "date=lt~20211112"))) == {"format.date"}


@pytest.mark.parametrize(
    ("query", "seen"),
    [("reason=btwn~A~B", False), ("reason=like~%25", False), ("patient_id=eq~1", True), ("date=lt~20211112", True)],
)
def test_what_a_scrubbed_recording_can_still_be_asked(query: str, seen: bool) -> None:
    found = judged(page("appointment", [], query), scrubbed=True)
    assert ("filter meaning" in {v.facet for v in found}) is seen


def test_page_urls_keep_column_and_operator_of_each_filter() -> None:
    more = {"last_page": 2, "total": 1001, "to": 1000}
    url = "http://127.0.0.1:9/hjdw/SBOX02/appointment"
    others = (("page=2", "without the filters"), ("date=lt~2&page=2", "with other filters"))
    for query, said in ((f"{WIDE}&page=2", None), *others):
        asked = page("appointment", days(3), WIDE, next_page_url=f"{url}?{query}", **more)
        assert broken(asked, cut=frozenset(["one"])).get("paging.next-keeps-filters") == said
