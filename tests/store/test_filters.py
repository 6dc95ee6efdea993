"""The grammar, what breaks it, and what each policy makes of that."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mockserver.errors import QueryError
from mockserver.store import Filter, FilterError, FilterPolicy, Kind, parse
from mockserver.store.operators import OPERATORS

COLUMNS: dict[str, Kind] = {
    "demographicid": "number",
    "first_name": "text",
    "last_name": "text",
    "hj_modify_timestamp": "timestamp",
}
STRICT = FilterPolicy()
values = st.text(st.characters(exclude_characters="~"))
names = st.sampled_from(sorted(OPERATORS))


def one(column: str, text: str, policy: FilterPolicy = STRICT) -> Filter:
    (found,) = parse([(column, text)], COLUMNS, policy)
    return found


def error(*pairs: tuple[str, str]) -> FilterError:
    with pytest.raises(FilterError) as caught:
        parse(pairs, COLUMNS, STRICT)
    return caught.value


@given(name=names, data=st.data())
def test_what_is_written_is_read(name: str, data: st.DataObject) -> None:
    operator = OPERATORS[name]
    given_ = data.draw(st.lists(values, min_size=operator.least, max_size=operator.most or 5))
    found = one("first_name", "~".join([name, *given_]))
    assert (found.column, found.op, found.values) == ("first_name", name, tuple(given_))
    assert (found.behaviour, found.empty) == (f"filter.{name}", False)
    assert one("first_name", str(found)) == found


@given(
    pairs=st.lists(st.tuples(st.sampled_from([*COLUMNS, "other"]), st.text("eqbtwnlin~5-A ", max_size=12)))
)
def test_any_text_is_filters_or_a_filter_error(pairs: list[tuple[str, str]]) -> None:
    try:
        filters = parse(pairs, COLUMNS, STRICT)
    except FilterError as error:
        assert error.valid
        assert error.behaviour.startswith("error.filter.")
    else:
        assert [(f.column, str(f)) for f in filters] == pairs


@given(text=st.text(), column=st.text())
def test_lenient_policies_refuse_nothing(text: str, column: str) -> None:
    for fault in ("ignore", "empty"):
        policy = FilterPolicy(fault, fault, fault, "and")
        for name in (column, *COLUMNS):
            assert len(parse([(name, text)] * 2, COLUMNS, policy)) in (0, 2)


@pytest.mark.parametrize(
    ("column", "text", "operands"),
    [
        ("first_name", "eq~Patient_A", ("Patient_A",)),
        ("first_name", "eq~", ("",)),
        ("first_name", "btwn~Patient_A~Patient_C", ("Patient_A", "Patient_C")),
        ("first_name", "in~A~~B", ("A", "", "B")),
        ("demographicid", "gt~0123", (123,)),
        ("demographicid", "like~1%", ("1%",)),
        ("hj_modify_timestamp", "gte~1970-01-01 00:00:00.25", (250_000,)),
        ("hj_modify_timestamp", "btwn~1970-01-01~1970-01-02", (0, 86_400_000_000)),
        ("hj_modify_timestamp", "like~2022-08-%", ("2022-08-%",)),
    ],
)
def test_values_are_read_by_kind(column: str, text: str, operands: tuple[object, ...]) -> None:
    assert one(column, text).operands == operands


def test_several_filters_keep_their_order() -> None:
    pairs = [("last_name", "eq~B"), ("first_name", "lt~C"), ("demographicid", "ne~5")]
    assert [(f.column, str(f)) for f in parse(pairs, COLUMNS, STRICT)] == pairs
    assert parse([], COLUMNS, STRICT) == ()


def test_filters_are_values() -> None:
    assert one("first_name", "eq~A") == one("first_name", "eq~A")
    assert len({one("first_name", "eq~A"), one("first_name", "eqf~A"), one("first_name", "eq~A")}) == 2


@pytest.mark.parametrize(
    ("column", "text", "behaviour", "what", "guess"),
    [
        ("firstname", "eq~A", "column", "unknown column 'firstname'", "first_name"),
        ("zzz", "eq~A", "column", "unknown column 'zzz'", None),
        ("", "eq~A", "column", "unknown column ''", None),
        ("first_name", "EQ~A", "operator", "unknown operator 'EQ' on column first_name", "eq"),
        ("first_name", "between~A~B", "operator", "unknown operator 'between' on column first_name", "btwn"),
        ("first_name", "lik~A", "operator", "unknown operator 'lik' on column first_name", "like"),
        ("first_name", "~A", "operator", "unknown operator '' on column first_name", None),
        ("first_name", "Bo", "value", "'Bo' without an operator or value", "first_name=eq~Bo"),
        ("first_name", "Bo\udc80", "value", "'Bo\\udc80' without an operator or value", None),
        ("first_name", "eq", "value", "'eq' without an operator or value", None),
        ("first_name", "", "value", "'' without an operator or value", None),
        ("first_name", "btwn~A", "value", "operator btwn on column first_name is given 1 values", "eq"),
        ("first_name", "eq~A~B", "value", "operator eq on column first_name is given 2 values", "btwn"),
        ("first_name", "btwn~A~B~C", "value", "operator btwn on column first_name is given 3 values", "in"),
        ("demographicid", "eq~abc", "value", "column demographicid cannot be compared with 'abc'", None),
        ("hj_modify_timestamp", "lt~20220801", "value", "cannot be compared with '20220801'", None),
        ("hj_modify_timestamp", "btwn~2022-08-01~", "value", "cannot be compared with ''", None),
        ("first_name", "\x00\udc80~\n", "operator", "unknown operator '\\x00\\udc80'", None),
    ],
)
def test_an_error_says_what_was_given_what_is_valid_and_a_guess(
    column: str, text: str, behaviour: str, what: str, guess: str | None
) -> None:
    found = error((column, text))
    assert isinstance(found, QueryError)
    assert found.behaviour == f"error.filter.{behaviour}"
    assert what in found.what
    assert found.guess == guess
    assert found.detail.startswith(found.what)
    assert all(valid in found.detail for valid in found.valid)
    assert found.detail.isprintable()


def test_what_is_valid_is_listed() -> None:
    assert error(("x", "eq~1")).valid == tuple(COLUMNS)
    assert error(("first_name", "x~1")).valid == tuple(OPERATORS)
    assert error(("first_name", "btwn~1")).valid == ("btwn~from~to",)
    assert error(("first_name", "A")).valid[:2] == ("eq~value", "btwn~from~to")
    assert error(("hj_modify_timestamp", "eq~1")).valid[0].startswith("YYYY-MM-DD")


def test_huge_input_makes_no_huge_error() -> None:
    assert len(error(("x" * 100_000, "eq~1")).detail) < 400
    assert len(error(("first_name", "y" * 100_000)).detail) < 500
    assert len(error(("demographicid", "eq~" + "9" * 100_000)).detail) < 400


def test_a_repeated_column_is_an_error_an_and_or_the_last() -> None:
    pairs = [("first_name", "gt~A"), ("last_name", "eq~Z"), ("first_name", "lt~C")]
    assert error(*pairs).behaviour == "error.filter.repeated"
    assert error(*pairs).what == "column first_name has 2 filters"
    both = parse(pairs, COLUMNS, replace(STRICT, repeated="and"))
    assert [str(f) for f in both] == ["gt~A", "eq~Z", "lt~C"]
    last = parse(pairs, COLUMNS, replace(STRICT, repeated="last"))
    assert sorted(str(f) for f in last) == ["eq~Z", "lt~C"]


def test_with_last_wins_the_earlier_one_is_not_even_read() -> None:
    pairs = [("first_name", "nonsense"), ("first_name", "lt~C")]
    assert [str(f) for f in parse(pairs, COLUMNS, replace(STRICT, repeated="last"))] == ["lt~C"]


@pytest.mark.parametrize(
    ("policy", "pair", "behaviour"),
    [
        ("unknown_column", ("x", "eq~1"), "error.filter.column"),
        ("unknown_operator", ("first_name", "x~1"), "error.filter.operator"),
        ("malformed", ("first_name", "x"), "error.filter.value"),
        ("malformed", ("demographicid", "eq~x"), "error.filter.value"),
    ],
)
def test_each_policy_settles_its_own_fault(policy: str, pair: tuple[str, str], behaviour: str) -> None:
    good = ("last_name", "eq~Z")
    ignored = parse([pair, good], COLUMNS, FilterPolicy(**{policy: "ignore"}))  # type: ignore[arg-type]
    assert [str(f) for f in ignored] == ["eq~Z"]
    emptied = parse([pair, good], COLUMNS, FilterPolicy(**{policy: "empty"}))  # type: ignore[arg-type]
    assert [(f.empty, f.behaviour) for f in emptied] == [(True, behaviour), (False, "filter.eq")]
    for other in {"unknown_column", "unknown_operator", "malformed"} - {policy}:
        with pytest.raises(FilterError):
            parse([pair, good], COLUMNS, FilterPolicy(**{other: "ignore"}))  # type: ignore[arg-type]
