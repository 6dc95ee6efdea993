"""Filters over the wire: spelling, operators, the four policies nobody knows, and page addresses that repeat them."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ..clients import Server
from ..conftest import Start
from ..handmade import PATIENTS


def first_names(server: Server, query: str) -> str:
    """The letters of the patients a query finds, in serving order."""
    return "".join(row["first_name"].removeprefix("Patient_") for row in server.rows("demographic", query))


ALL = "WVUTSRQPONMLKJIHGFEDCBA"
FOUND = [
    ("first_name=eq~Patient_C", "C"),
    ("first_name=eqf~Patient_C", "C"),
    ("first_name=eq~patient_c", ""),
    ("first_name=btwn~Patient_B~Patient_D", "DCB"),
    ("first_name=btwn~Patient_D~Patient_B", ""),
    ("first_name=lt~Patient_C", "BA"),
    ("first_name=lte~Patient_C", "CBA"),
    ("first_name=gt~Patient_U", "WV"),
    ("first_name=gte~Patient_U", "WVU"),
    ("first_name=ne~Patient_A", ALL[:-1]),
    ("first_name=like~%25_B", "B"),
    ("first_name=in~Patient_A~Patient_C~nobody", "CA"),
    ("demographicid=lt~100000003", "BA"),
    ("demographicid=eq~0100000003", "C"),
    ("client_patient_id=lt~2", "SRQPONMLKJA"),
    ("city=eq~Town%201", "VSPMGDA"),
    ("city=ne~Town%201", "WURQNLKIHFCB"),
    ("hj_modify_timestamp=gt~2022-07-02%2012:22:00", "WV"),
    ("hj_modify_timestamp=eq~2022-07-02%2012:10:01.000000", "J"),
    ("hj_modify_timestamp=eq~2022-07-02%2012:10:01", "J"),
    ("hj_modify_timestamp=btwn~2022-07-02%2012:01:00.1~2022-07-02%2012:02:00.2", "BA"),
    ("city=eq~Town%201&first_name=lt~Patient_E", "DA"),
]


@pytest.mark.parametrize(("query", "letters"), FOUND)
def test_every_operator_finds_what_it_says(server: Server, query: str, letters: str) -> None:
    expected = "".join(letter for letter in letters if letter not in nulls(query))
    assert first_names(server, query) == expected


def nulls(query: str) -> str:
    """Every fifth patient has no city, and null meets no filter."""
    return "ETOJ" if query.startswith("city") else ""


SPELLINGS = [
    "city=eq~Town 1", "city=eq~Town+1", "city=eq~Town%201", "city=eq%7ETown+1", "city=eq%7eTown%201",
    "%63ity=eq~Town+1",
    "&city=eq~Town+1&", "city=eq~%54own%2B1",
]  # fmt: skip


def test_spellings_that_mean_the_same(server: Server) -> None:
    expected = first_names(server, "city=eq~Town%201")
    assert expected
    for query in SPELLINGS[1:-1]:
        assert first_names(server, query) == expected
    assert first_names(server, SPELLINGS[-1]) == ""


REFUSED = [
    ("nothing=eq~1", "filter_column_unknown", "demographicid"),
    ("First_name=eq~1", "filter_column_unknown", "did you mean first_name"),
    ("first_name=equals~1", "filter_operator_unknown", "btwn"),
    ("first_name=EQ~1", "filter_operator_unknown", "did you mean eq"),
    ("first_name=~1", "filter_operator_unknown", "eq"),
    ("first_name=Patient_A", "filter_", "eq~"),
    ("first_name=", "filter_", "eq~"),
    ("first_name", "filter_", "eq~"),
    ("first_name=eq~a~b", "filter_value_invalid", "eq~value"),
    ("first_name=btwn~a", "filter_value_invalid", "btwn~from~to"),
    ("demographicid=eq~x", "filter_value_invalid", "a number"),
    ("demographicid=eq~1e9", "filter_value_invalid", "a number"),
    ("hj_modify_timestamp=gt~yesterday", "filter_value_invalid", "YYYY-MM-DD"),
    ("hj_modify_timestamp=gt~2022-13-01", "filter_value_invalid", "YYYY-MM-DD"),
    ("first_name=eq~a&first_name=eq~b", "filter_column_repeated", "one filter"),
]


@pytest.mark.parametrize(("query", "error", "named"), REFUSED)
def test_a_bad_filter_is_an_error_that_names_what_is_valid(server: Server, query: str, error: str, named: str) -> None:
    answer = server.data("demographic", query)
    assert answer.status == 422
    assert answer.error.startswith(error)
    assert named in answer.json["message"]


POLICIES = [
    ("unknown_column", "nothing=eq~1"),
    ("unknown_operator", "first_name=equals~1"),
    ("malformed_value", "demographicid=eq~x"),
]


@pytest.mark.parametrize(("setting", "query"), POLICIES)
def test_what_nobody_knows_is_a_setting(start: Start, setting: str, query: str) -> None:
    assert start(**{setting: "error"}).data("demographic", query).status == 422
    assert first_names(start(**{setting: "ignore"}), query) == ALL
    assert first_names(start(**{setting: "empty"}), query) == ""
    others = {name: "ignore" for name, _ in POLICIES if name != setting}
    assert start(**others).data("demographic", query).status == 422


def test_a_repeated_column_is_a_setting(start: Start) -> None:
    query = "first_name=gt~Patient_B&first_name=lt~Patient_D"
    assert start(repeated_column="error").data("demographic", query).status == 422
    assert first_names(start(repeated_column="and"), query) == "C"
    assert first_names(start(repeated_column="last"), query) == "CBA"


def test_page_addresses_keep_the_filters(start: Start) -> None:
    server = start(per_page=3)
    for query in SPELLINGS[1:-1]:
        told = server.data("demographic", f"{query}&page=1").json
        assert told["next_page_url"] == f"{told['path']}?city=eq~Town%201&page=2"
        assert told["prev_page_url"] is None
    assert [row["city"] for row in server.walk("demographic", "city=eq~Town+1")] == ["Town 1"] * 7


def test_page_addresses_drop_the_filters_when_told_to(start: Start) -> None:
    server = start(per_page=3, next_page_filters="drop")
    told = server.data("demographic", "city=eq~Town+1&page=2").json
    assert told["next_page_url"] == f"{told['path']}?page=3"
    assert told["prev_page_url"] == f"{told['path']}?page=1"


def test_awkward_values_survive_the_page_address(start: Start) -> None:
    server = start(per_page=1)
    for number, city in enumerate(["A&B", "C=D", "50%", "x+y", "Ö/ü?", "#1", '"quoted"', " b "], 1):
        server.told("PUT", f"/rows/HAND01/demographic/{100000000 + number}", {"city": city})
        rows = server.walk("demographic", f"city=in~{escaped(city)}~none")
        assert [row["city"] for row in rows] == [city]
    rows = server.walk("demographic", f"city=in~{'~'.join(map(escaped, ['A&B', 'C=D', '50%', 'x+y']))}")
    assert {row["city"] for row in rows} == {"A&B", "C=D", "50%", "x+y"}


def escaped(text: str) -> str:
    return "".join(f"%{byte:02X}" for byte in text.encode())


def test_filters_of_the_same_kind_partition_the_rows(server: Server) -> None:
    for column, pivot in (("first_name", "Patient_K"), ("demographicid", "100000007"), ("client_patient_id", "2")):
        below, at, above = (
            server.data("demographic", f"{column}={op}~{pivot}").json["total"] for op in ("lt", "eq", "gt")
        )
        assert below + at + above == PATIENTS
        assert server.data("demographic", f"{column}=ne~{pivot}").json["total"] == PATIENTS - at


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40, deadline=None)
@given(text=st.text(max_size=8), op=st.sampled_from(["eq", "ne", "like", "in", "lt", "btwn", "", "x"]))
def test_no_value_breaks_the_grammar(server: Server, text: str, op: str) -> None:
    answer = server.data("demographic", f"city={op}~{escaped(text)}")
    assert answer.status in (200, 422) or ("\0" in text and answer.status == 400)


@pytest.mark.parametrize("query", ["page=2&", "first_name=eq~Patient_A&page=1", "page=1&first_name=eq~Patient_A"])
def test_page_is_no_filter(server: Server, query: str) -> None:
    assert server.data("demographic", query).status == 200
