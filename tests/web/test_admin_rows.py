"""Rows put in by hand: versions like any other, under the contract, gone with the next reset."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mockserver.contract import check

from ..clients import Server
from ..conftest import Start
from ..handmade import APPOINTMENTS, PATIENTS

START = "2022-08-01 12:00:00"
ROW = "/rows/HAND01/demographic/100000001"
NEW = "/rows/HAND01/demographic/100000900"
FULL = {
    "client_patient_id": "900", "first_name": "Added_1", "last_name": "Sample", "ssn": None, "dob": "19700101",
    "gender": "F",
}  # fmt: skip


def put(server: Server, path: str, **columns: object) -> dict[str, object]:
    row: dict[str, object] = server.told("PUT", path, columns)["row"]
    return row


def refusal(server: Server, path: str, columns: object) -> str:
    answer = server.admin("PUT", path, columns)
    assert answer.status == 422
    return str(answer.json["error"])


def test_a_changed_row_is_a_newer_version_and_comes_first(server: Server) -> None:
    before = server.rows("demographic")
    told = server.told("PUT", ROW, {"city": "Changed"})
    assert told["created"] is False
    row = told["row"]
    assert (row["city"], row["hj_modify_timestamp"]) == ("Changed", START)
    assert row["hj_create_timestamp"] == before[-1]["hj_create_timestamp"] < START
    assert server.rows("demographic") == [row, *before[:-1]]
    assert list(row) == list(before[0])
    assert server.told("GET", ROW) == {"row": row}


def test_two_changes_at_one_instant_the_later_counts(server: Server) -> None:
    put(server, ROW, city="First")
    put(server, ROW, city="Second", state=None)
    assert (server.rows("demographic")[0]["city"], server.rows("demographic")[0]["state"]) == ("Second", None)
    assert len(server.rows("demographic")) == PATIENTS


def test_changes_follow_the_clock(server: Server) -> None:
    put(server, ROW, city="First")
    server.told("POST", "/clock", {"advance": "PT10M"})
    put(server, "/rows/HAND01/demographic/100000002", city="Second")
    rows = server.rows("demographic")
    assert [row["demographicid"] for row in rows[:2]] == [100_000_002, 100_000_001]
    assert [row["hj_modify_timestamp"] for row in rows[:2]] == ["2022-08-01 12:10:00", START]


def test_a_hand_wins_over_what_the_world_had_planned(server: Server) -> None:
    put(server, "/rows/HAND01/demographic/100000003", city="By hand")
    server.told("POST", "/clock", {"advance": "P11D"})
    assert [row["city"] for row in server.rows_now("demographic", "demographicid=eq~100000003")] == ["By hand"]


def test_an_added_row_is_like_any_other(server: Server) -> None:
    told = server.told("PUT", NEW, FULL)
    assert told["created"] is True
    row = told["row"]
    assert row["hj_create_timestamp"] == row["hj_modify_timestamp"] == START
    assert (row["demographicid"], row["client_id"], row["middle_name"]) == (100_000_900, "HAND01", None)
    assert check.problems(server.state.contract.elements["demographic"], row) == []
    assert server.rows("demographic")[0] == row
    assert server.data("demographic").json["total"] == PATIENTS + 1
    assert "Added_1" not in str(server.rows("demographic", practice="HAND02"))


def test_filters_and_pages_see_it(start: Start) -> None:
    server = start(per_page=5)
    put(server, NEW, **FULL)
    put(server, ROW, city="Changed")
    assert [row["first_name"] for row in server.walk("demographic", "city=eq~Changed")] == ["Patient_A"]
    assert [row["first_name"] for row in server.walk("demographic", "first_name=like~Added%25")] == ["Added_1"]
    assert server.rows("demographic", "city=eq~Town%201&first_name=eq~Patient_A") == []
    walked = [row["demographicid"] for row in server.walk("demographic")]
    assert walked[:2] == [100_000_001, 100_000_900] and sorted(set(walked)) == sorted(walked)
    since = f"hj_modify_timestamp=gte~{START.replace(' ', '%20')}"
    assert [row["demographicid"] for row in server.walk("demographic", since)] == [100_000_001, 100_000_900]


def test_an_element_without_rows_gets_its_first(server: Server) -> None:
    columns = {"payer_id": "1", "payer_name": "SAMPLE PLAN"}
    put(server, "/rows/HAND01/payer_dim/300000001", **columns)
    put(server, "/rows/HAND01/payer/300000002", **columns)
    assert [row["payerid"] for row in server.rows("payer_dim")] == [300_000_002, 300_000_001]


def test_a_removed_row_is_gone_where_deletions_are_not_delivered(server: Server) -> None:
    assert server.told("DELETE", ROW) == {"removed": 100_000_001}
    assert "Patient_A" not in str(server.rows("demographic"))
    assert server.data("demographic").json["total"] == PATIENTS - 1
    assert server.admin("GET", ROW).status == server.admin("DELETE", ROW).status == 404
    assert server.told("PUT", ROW, FULL)["created"] is True


def test_a_removed_appointment_is_delivered_as_deleted(server: Server) -> None:
    server.told("DELETE", "/rows/HAND01/appointment/200000001")
    first = server.rows("appointment")[0]
    assert (first["appointmentid"], first["delete_ind"], first["hj_modify_timestamp"]) == (200_000_001, "Y", START)
    assert len(server.rows("appointment")) == APPOINTMENTS


def test_without_that_quirk_it_is_gone(start: Start) -> None:
    server = start(quirks="vendor,-Q13")
    server.told("DELETE", "/rows/HAND01/appointment/200000001")
    assert len(server.rows("appointment")) == APPOINTMENTS - 1


def test_reset_undoes_it(server: Server) -> None:
    before = server.data("demographic").body
    put(server, NEW, **FULL)
    put(server, ROW, city="Changed")
    server.told("DELETE", "/rows/HAND01/demographic/100000002")
    assert server.data("demographic").body != before
    server.told("POST", "/reset")
    assert server.data("demographic").body == before


def test_clean_contracts_take_clean_names(start: Start) -> None:
    server = start(quirks="none")
    row = put(server, "/rows/HAND01/patient/100000001", city="Changed")
    assert (row["hj_patient_id"], row["hj_modify_timestamp"]) == ("100000001", "2022-08-01 12:00:00.000000")
    assert server.rows("patient", "hj_patient_id=eq~100000001")[0]["city"] == "Changed"


BROKEN = [
    ({"citty": "x"}, "demographic.citty: no such column; did you mean city?"),
    ({"city": 5}, "demographic.city: must be string or null"),
    ({"city": True}, "demographic.city: must be string or null"),
    ({"city": ["x"]}, "demographic.city: must be string or null"),
    ({"city": "two\nlines"}, "demographic.city: is not text"),
    ({"first_name": None}, "demographic.first_name: must be string"),
    ({"dob": "1970-01-01"}, "demographic.dob: is not compact-date"),
    ({"zip": "1"}, "demographic.zip: is not zip"),
    ({"hj_create_timestamp": "yesterday"}, "demographic.hj_create_timestamp: is not hj-timestamp"),
    ({"demographicid": 100_000_002}, "differs from the address of the row"),
    ({"client_id": "HAND02"}, "differs from the address of the row"),
    ({"city": "a", "dob": "b", "zip": "c", "gender": "d"}, "demographic.dob: is not compact-date"),
]


@pytest.mark.parametrize(("columns", "sentence"), BROKEN)
def test_a_row_that_breaks_the_contract_is_refused_with_a_sentence(
    server: Server, columns: object, sentence: str
) -> None:
    before = server.data("demographic").body
    assert sentence in refusal(server, ROW, columns)
    assert server.data("demographic").body == before


def test_a_new_row_must_be_whole(server: Server) -> None:
    sentence = refusal(server, NEW, {"first_name": "Added_1"})
    for column in ("client_patient_id", "last_name", "dob", "gender"):
        assert f"demographic.{column}: must be string" in sentence
    sentence = refusal(server, "/rows/HAND01/vitals/400000001", {f"x{number}": 1 for number in range(40)})
    assert "; and " in sentence and sentence.endswith("more")


@pytest.mark.parametrize(
    ("path", "status", "said"),
    [
        ("/rows/NONE00/demographic/100000001", 404, "NONE00"),
        ("/rows/HAND01/demographics/100000001", 422, "no element 'demographics'"),
        ("/rows/HAND01/client_ids/1", 422, "follow from the logins"),
        ("/rows/HAND01/demographic/12", 422, "demographicid: must lie between"),
        ("/rows/HAND01/demographic/1000000000", 422, "demographicid: must lie between"),
        ("/rows/HAND01/demographic/" + "9" * 60, 422, "demographicid: must lie between"),
        ("/rows/HAND01/demographic/-1", 404, ""),
        ("/rows/HAND01/demographic/abc", 404, ""),
        ("/rows/HAND01/demographic", 404, ""),
    ],
)
def test_an_address_that_cannot_be(server: Server, path: str, status: int, said: str) -> None:
    answer = server.admin("PUT", path, FULL)
    assert answer.status == status
    assert said in answer.json["error"]


def test_a_row_that_is_not_there_cannot_be_read(server: Server) -> None:
    answer = server.admin("GET", NEW)
    assert (answer.status, answer.json["error"]) == (404, "HAND01/demographic has no row 100000900")


CELLS = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False, allow_infinity=False), st.text(max_size=8)
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40, deadline=None)
@given(columns=st.dictionaries(st.sampled_from(["city", "zip", "dob", "gender", "first_name", "x"]), CELLS, max_size=4))
def test_whatever_is_taken_keeps_the_contract(server: Server, columns: dict[str, object]) -> None:
    answer = server.admin("PUT", ROW, columns)
    assert answer.status in (200, 422)
    element = server.state.contract.elements["demographic"]
    rows = server.rows("demographic", "city=ne~x")
    assert all(check.problems(element, row) == [] for row in rows)
    if answer.status == 200:
        assert {name: answer.json["row"][name] for name in columns} == columns
