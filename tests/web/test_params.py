"""Reading a query string: pairs, page, filters, what to repeat, and what it leans on."""

from __future__ import annotations

from urllib.parse import quote, quote_plus

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mockserver import contract
from mockserver.errors import QueryError
from mockserver.settings import Settings
from mockserver.web import params

DEMOGRAPHIC = contract.load().elements["demographic"]
TEXTS = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=12)


def read(raw: str | bytes, **settings: str) -> params.Query:
    return params.parse(raw if isinstance(raw, bytes) else raw.encode(), DEMOGRAPHIC, Settings(**settings))


def refusal(raw: str | bytes) -> str:
    with pytest.raises(QueryError) as caught:
        read(raw)
    return caught.value.behaviour


def test_no_query_asks_for_the_first_page() -> None:
    for raw in ("", "&", "&&&"):
        query = read(raw)
        assert (query.page, query.filters, query.kept, query.behaviours) == (1, (), "", ())


@given(st.lists(st.tuples(TEXTS.filter(bool), TEXTS)))
def test_any_pairs_survive_both_ways_of_escaping(pairs: list[tuple[str, str]]) -> None:
    for escape in (quote, quote_plus):
        raw = "&".join(f"{escape(name, safe='')}={escape(value, safe='')}" for name, value in pairs)
        assert params.split(raw.encode()) == pairs


@given(st.lists(st.tuples(st.sampled_from(["city", "state", "zip"]), TEXTS), unique_by=lambda pair: pair[0]))
def test_what_is_kept_reads_as_what_was_asked(pairs: list[tuple[str, str]]) -> None:
    raw = "&".join(f"{name}=eq~{quote_plus(value.replace('~', '-'))}" for name, value in pairs)
    query = read(raw)
    again = read(query.kept)
    assert (again.filters, again.kept) == (query.filters, query.kept)
    assert query.kept.isascii() and not set(query.kept) & set(' "<>\\^`{|}')


def test_the_page_is_not_kept() -> None:
    assert read("page=3&city=eq~A+B").kept == "city=eq~A%20B"
    assert read("page=3").page == 3
    assert read("page=0000000007").page == 7


@pytest.mark.parametrize(
    "page", ["0", "-1", "", "x", " 1", "+1", "1.0", "²", "١", "1_0", str(10**9 + 1), "0" * 11 + "1", "9" * 9999]
)
def test_pages_that_cannot_be(page: str) -> None:
    assert refusal(f"page={quote(page)}") == "error.page"


def test_the_largest_page_and_two_pages() -> None:
    assert read(f"page={params.LARGEST_PAGE}").page == params.LARGEST_PAGE
    assert refusal("page=1&page=2") == "error.page"
    assert refusal("page") == "error.page"


@pytest.mark.parametrize("raw", [b"city=eq~%00", b"c\0ty=eq~1", b"city=eq~%ff", b"city=\xff", b"%c3=1", b"page=%80"])
def test_what_is_no_text_is_refused(raw: bytes) -> None:
    assert refusal(raw) == "error.bad-request"


def test_percent_signs_that_escape_nothing_are_themselves() -> None:
    assert read("city=like~100%").filters[0].values == ("100%",)
    assert read("city=like~%2%zz").filters[0].values == ("%2%zz",)


def test_columns_compare_by_their_kind() -> None:
    kinds = params.kinds(DEMOGRAPHIC)
    assert kinds["demographicid"] == "number"
    assert kinds["hj_modify_timestamp"] == "timestamp"
    assert kinds["client_patient_id"] == kinds["dob"] == "text"
    clean = params.kinds(contract.load(frozenset()).elements["vitals"])
    assert clean["height_cm"] == "number" and clean["hj_create_timestamp"] == "timestamp"


LEANED = [
    ("first_name=eq~a", {"filter.eq", "filter.text", "filter.grammar"}),
    ("city=eq~a", {"filter.eq", "filter.text", "filter.any-column"}),
    ("demographicid=gt~1", {"filter.gt", "filter.number", "filter.any-column"}),
    ("hj_modify_timestamp=btwn~2020-01-01~2021-01-01", {"filter.btwn", "filter.timestamp", "filter.grammar"}),
    ("city=eq~a+b&zip=lt~1", {"filter.several", "tolerance.blank-plus", "filter.lt"}),
    ("city=eq%7Ea%20b&page=1", {"tolerance.tilde-encoded", "tolerance.blank-percent-20", "paging.page-parameter"}),
]


@pytest.mark.parametrize(("raw", "expected"), LEANED)
def test_a_query_names_what_it_leans_on(raw: str, expected: set[str]) -> None:
    used = read(raw).behaviours
    assert expected <= set(used)
    assert set(used) <= set(contract.load().behaviours)


def test_policies_come_from_the_settings() -> None:
    assert refusal("nothing=eq~1") == "error.filter.column"
    assert read("nothing=eq~1", unknown_column="ignore").filters == ()
    empty = read("nothing=eq~1", unknown_column="empty")
    assert [f.empty for f in empty.filters] == [True]
    assert empty.behaviours == ("error.filter.column",)
    assert len(read("city=eq~1&city=ne~2", repeated_column="and").filters) == 2
    assert [str(f) for f in read("city=eq~1&city=ne~2", repeated_column="last").filters] == ["ne~2"]
