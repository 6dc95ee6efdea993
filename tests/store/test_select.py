"""Laws that every answer to a filter keeps, over tables with nulls, versions and rows put in by hand."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mockserver.errors import InputError
from mockserver.store import Entry, FilterPolicy, Kind, MemoryTable, Overlay, View, page_of, parse, select

FOREVER = 2**63 - 1
NOW = 50
COLUMNS: dict[str, Kind] = {"id": "number", "name": "text", "size": "number", "when": "timestamp"}
AND = FilterPolicy(repeated="and")
START = datetime(2022, 8, 1)

names = st.sampled_from(["", "A", "B", "Ab", "b", "é", "20211115", "x,y]"])
sizes = st.sampled_from([-1, 0, 1.5, 2, 10])
whens = st.sampled_from([0, 1, 10, 100_000, 1_000_000, 3_600_000_000])


def written(us: int) -> str:
    """As the vendor writes it: the fraction loses its trailing zeros."""
    moment = START + timedelta(microseconds=us)
    return f"{moment:%Y-%m-%d %H:%M:%S.%f}".rstrip("0").rstrip(".") if us else "2022-08-01 00:00:00"


@st.composite
def entries_of(draw: st.DrawFn) -> Entry:
    surrogate = draw(st.integers(1, 12))
    row = {
        "id": surrogate,
        "name": draw(st.none() | names),
        "size": draw(st.none() | sizes),
        "when": draw(st.none() | whens.map(written)),
    }
    start, end = draw(st.sampled_from([0, NOW, 60])), draw(st.sampled_from([NOW, 60, FOREVER]))
    order = draw(st.integers(0, 5))
    return Entry(start, end, order, order, surrogate, json.dumps(row, separators=(",", ":")).encode())


@st.composite
def views(draw: st.DrawFn) -> View:
    table = MemoryTable(
        draw(st.lists(entries_of(), max_size=15)), draw(st.sampled_from(["newest", "surrogate"]))
    )
    overlay = Overlay()
    for entry in draw(st.lists(entries_of(), max_size=4)):
        overlay.put(entry)
    return table.at(NOW, overlay)


def operands(column: str) -> st.SearchStrategy[str]:
    by_column = {
        "id": st.integers(0, 13).map(str),
        "name": names,
        "size": sizes.map(str),
        "when": whens.map(written),
    }
    return by_column[column]


@st.composite
def conditions(draw: st.DrawFn) -> tuple[str, str]:
    column = draw(st.sampled_from(sorted(COLUMNS)))
    op = draw(st.sampled_from(["eq", "ne", "lt", "lte", "gt", "gte", "btwn", "in"]))
    count = {"btwn": 2, "in": 3}.get(op, 1)
    return column, "~".join([op, *(draw(operands(column)) for _ in range(count))])


def rows(view: View) -> list[bytes]:
    return list(view.rows())


def asked(view: View, *pairs: tuple[str, str]) -> list[bytes]:
    return rows(select(view, parse(pairs, COLUMNS, AND)))


def meets(row: bytes, column: str, text: str) -> bool:
    """The condition by its definition, on the row as a client reads it."""

    def read(value: object) -> object:
        if column == "when":
            return datetime.strptime(str(value), f"%Y-%m-%d %H:%M:%S{'.%f' if '.' in str(value) else ''}")
        return float(str(value)) if COLUMNS[column] == "number" else value

    found = json.loads(row)[column]
    op, *given_ = text.split("~")
    if found is None:
        return False
    value, first = read(found), read(given_[0])
    if op == "btwn":
        return bool(first <= value <= read(given_[1]))  # type: ignore[operator]
    if op == "in":
        return value in [read(one) for one in given_]
    meant = {"eq": "__eq__", "ne": "__ne__", "lt": "__lt__", "lte": "__le__", "gt": "__gt__", "gte": "__ge__"}
    return bool(getattr(value, meant[op])(first))


@given(view=views(), pairs=st.lists(conditions(), min_size=1, max_size=3))
def test_an_answer_is_the_rows_that_meet_every_condition_in_order(
    view: View, pairs: list[tuple[str, str]]
) -> None:
    assert asked(view, *pairs) == [row for row in rows(view) if all(meets(row, *pair) for pair in pairs)]


@given(view=views(), pairs=st.lists(conditions(), max_size=2), sizes=st.lists(st.integers(1, 20), min_size=2))
def test_pages_union_to_the_answer_at_any_page_size(
    view: View, pairs: list[tuple[str, str]], sizes: list[int]
) -> None:
    answer = select(view, parse(pairs, COLUMNS, AND))
    for per_page in sizes:
        pages = [page_of(len(answer), per_page, n + 1) for n in range(page_of(len(answer), per_page, 1).last)]
        texts = [answer.page(page.offset, page.count) for page in pages]
        assert b",".join(texts) == answer.page(0, len(answer)) == b",".join(answer.rows())


@pytest.mark.parametrize(("one", "other"), [("lt", "gte"), ("lte", "gt"), ("eq", "ne")])
@given(view=views(), data=st.data())
def test_complements_part_the_rows_that_are_not_null(
    view: View, one: str, other: str, data: st.DataObject
) -> None:
    column = data.draw(st.sampled_from(sorted(COLUMNS)))
    value = data.draw(operands(column))
    left, right = asked(view, (column, f"{one}~{value}")), asked(view, (column, f"{other}~{value}"))
    whole = [row for row in rows(view) if json.loads(row)[column] is not None]
    assert sorted(left + right) == sorted(whole)


@given(view=views(), pairs=st.lists(conditions(), min_size=2, max_size=3))
def test_filters_commute_and_may_be_asked_one_after_the_other(
    view: View, pairs: list[tuple[str, str]]
) -> None:
    narrowed = view
    for pair in reversed(pairs):
        narrowed = select(narrowed, parse([pair], COLUMNS, AND))
    assert asked(view, *pairs) == asked(view, *reversed(pairs)) == rows(narrowed)


@given(view=views(), data=st.data())
def test_relatives_agree(view: View, data: st.DataObject) -> None:
    column = data.draw(st.sampled_from(sorted(COLUMNS)))
    low, high = data.draw(operands(column)), data.draw(operands(column))
    both = asked(view, (column, f"gte~{low}"), (column, f"lte~{high}"))
    assert asked(view, (column, f"btwn~{low}~{high}")) == both
    assert asked(view, (column, f"eq~{low}")) == asked(view, (column, f"btwn~{low}~{low}"))
    assert asked(view, (column, f"eq~{low}")) == asked(view, (column, f"in~{low}~{low}"))
    assert asked(view, (column, f"eqf~{low}")) == asked(view, (column, f"eq~{low}"))


@given(view=views(), pair=conditions())
def test_find_sees_only_the_answer(view: View, pair: tuple[str, str]) -> None:
    answer = select(view, parse([pair], COLUMNS, AND))
    assert {json.loads(row)["id"] for row in rows(answer)} == {n for n in range(14) if answer.find(n)}


def people(given_names: Iterable[str | None]) -> View:
    entries = [
        Entry(0, FOREVER, 0, 0, n, json.dumps({"id": n, "name": name}).encode())
        for n, name in enumerate(given_names)
    ]
    return MemoryTable(entries, "surrogate").at(1)


def found(view: View, *pairs: tuple[str, str]) -> list[object]:
    return [json.loads(row)["name"] for row in asked(view, *pairs)]


def test_between_includes_both_ends() -> None:
    """Observed: Patient_A to Patient_C gives three patients."""
    view = people(f"Patient_{letter}" for letter in "ABCDEF")
    assert found(view, ("name", "btwn~Patient_A~Patient_C")) == ["Patient_A", "Patient_B", "Patient_C"]
    assert found(view, ("name", "lt~Patient_D")) == ["Patient_A", "Patient_B", "Patient_C"]
    assert found(view, ("name", "btwn~Patient_C~Patient_A")) == []


def test_null_meets_nothing_and_is_not_the_empty_text() -> None:
    view = people([None, "", "A"])
    assert found(view, ("name", "eq~")) == [""]
    assert found(view, ("name", "ne~A")) == [""]
    assert found(view, ("name", "like~%")) == ["", "A"]
    assert found(view, ("name", "gte~")) == ["", "A"]


def test_like_reads_numbers_and_text() -> None:
    view = people(["Ann", "Bob", "Anja"])
    assert found(view, ("name", "like~An%")) == ["Ann", "Anja"]
    assert found(view, ("id", "like~_"), ("name", "ne~Bob")) == ["Ann", "Anja"]


def test_a_condition_nothing_meets_empties_the_answer() -> None:
    empty = parse([("other", "eq~1")], COLUMNS, FilterPolicy(unknown_column="empty"))
    answer = select(people(["A", "B"]), empty)
    assert (len(answer), answer.page(0, 10), answer.find(0)) == (0, b"", None)


def test_answers_are_remembered_by_the_view_whatever_the_order_of_filters() -> None:
    view = people(["A", "B"])
    pairs = [("name", "eq~A"), ("id", "lt~9")]
    first = select(view, parse(pairs, COLUMNS, AND))
    assert select(view, parse(reversed(pairs), COLUMNS, AND)) is first
    assert select(view, ()) is view
    for n in range(20):
        select(view, parse([("id", f"eq~{n}")], COLUMNS, AND))
    assert select(view, parse(pairs, COLUMNS, AND)) is not first


def test_a_column_is_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    view = people(["A", "B"])
    asked(view, ("name", "eq~A"), ("id", "eq~0"))
    monkeypatch.setattr("mockserver.store.columns.build", None)
    columns = view.table.columns.get([("name", "text"), ("id", "number")])
    assert [column.keys for column in columns.values()] == [["A", "B"], [0, 1]]


def test_a_column_no_row_has_meets_nothing() -> None:
    assert found(people(["A"]), ("size", "ne~3")) == []


def test_broken_rows_are_an_input_error() -> None:
    view = MemoryTable([Entry(0, FOREVER, 0, 0, 1, b"{"), Entry(0, FOREVER, 0, 0, 2, b"{}")]).at(1)
    with pytest.raises(InputError, match="not JSON"):
        asked(view, ("name", "eq~A"))
