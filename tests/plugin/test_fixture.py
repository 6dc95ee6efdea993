"""What the fixture ``healthjump`` gives a test, from inside: these tests use it as users do."""

from __future__ import annotations

from typing import Any

import pytest
import requests

from mockserver import InputError
from mockserver.testing import FIRST_FREE_ID, Healthjump
from tests.cli.processes import session

NOW = "2022-08-01 12:00:00"
QUIRKS = ("vendor", "none", "vendor,-Q14")


def test_it_says_where_and_with_what_to_connect(healthjump: Healthjump) -> None:
    given = healthjump.credentials
    assert set(given) == {"base_url", "email", "password", "secret_key"}
    assert given["base_url"] == healthjump.base_url and healthjump.base_url.startswith("http://127.0.0.1:")
    form = {"email": given["email"], "password": given["password"]}
    with session() as client:
        token = client.post(f"{given['base_url']}/authenticate", data=form, timeout=10).json()["token"]
        headers = {"Authorization": f"Bearer {token}", "Secretkey": given["secret_key"]}
        answer = client.get(f"{healthjump.base_url}/hjdw/SBOX02/demographic", headers=headers, timeout=10)
    assert answer.json()["total"] == 24


def test_its_session_is_logged_in(healthjump: Healthjump) -> None:
    assert isinstance(healthjump.session, requests.Session)
    assert healthjump.session is healthjump.session
    page = healthjump.session.get(healthjump.url("demographic"), timeout=10).json()
    assert (page["total"], page["data"][0]["client_id"]) == (24, "SBOX02")


def test_its_session_stays_logged_in_whatever_the_clock_says(healthjump: Healthjump) -> None:
    token = healthjump.headers()["Authorization"]
    for move in ("PT59M59S", "P3D", ""):
        if move:
            healthjump.clock.advance(move)
        else:
            healthjump.reset()
        assert len(healthjump.rows("provider")) > 0
    healthjump.clock.advance("PT1H")
    answer = healthjump.session.get(healthjump.url("provider"), headers={"Authorization": token}, timeout=10)
    assert answer.status_code == 401, "a header of the test's own wins"


def test_its_login_meets_no_armed_failure(healthjump: Healthjump) -> None:
    healthjump.fail_next(1, status=500)
    assert healthjump.session.get(healthjump.url("provider"), timeout=10).status_code == 500
    assert healthjump.session.get(healthjump.url("provider"), timeout=10).status_code == 200
    assert [entry["status"] for entry in healthjump.journal] == [500, 200]


@pytest.mark.healthjump(per_page=7)
def test_rows_follow_all_pages(healthjump: Healthjump) -> None:
    assert len(healthjump.rows("demographic")) == 24
    (row,) = healthjump.rows("demographic", first_name="eq~Patient_A")
    assert row["first_name"] == "Patient_A"
    pages = [entry for entry in healthjump.journal if entry["element"] == "demographic"]
    assert [entry["page"] for entry in pages] == [1, 2, 3, 4, 1]


def test_elements_go_by_name_or_path(healthjump: Healthjump) -> None:
    assert healthjump.url("payer") == healthjump.url("payer_dim")
    with pytest.raises(InputError, match="did you mean demographic"):
        healthjump.rows("demografic")


def test_a_row_is_added_with_what_the_contract_asks_for(healthjump: Healthjump) -> None:
    row = healthjump.add("demographic", first_name="Patient_Z", city=None)
    assert row["demographicid"] == FIRST_FREE_ID and row["hj_modify_timestamp"] == NOW
    assert row in healthjump.rows("demographic")
    assert healthjump.add("demographic")["demographicid"] == FIRST_FREE_ID + 1
    assert healthjump.add("demographic", demographicid=100000005)["demographicid"] == 100000005
    assert len(healthjump.rows("demographic")) == 27


@pytest.mark.parametrize("quirks", [pytest.param(q, marks=pytest.mark.healthjump(quirks=q)) for q in QUIRKS])
def test_a_row_of_every_element_can_be_added(healthjump: Healthjump, quirks: str) -> None:
    state: Any = healthjump._server.state
    for name, element in state.contract.elements.items():
        if element.surrogate is not None:
            row = healthjump.add(name)
            assert int(row[element.surrogate.wire]) >= FIRST_FREE_ID, quirks
            assert row in healthjump.rows(name)


def test_a_row_that_breaks_the_contract_is_refused_in_a_sentence(healthjump: Healthjump) -> None:
    with pytest.raises(InputError, match="frist_name"):
        healthjump.add("demographic", frist_name="Patient_Z")
    with pytest.raises(InputError, match="dob"):
        healthjump.add("demographic", dob=19700101)
    assert len(healthjump.rows("demographic")) == 24


@pytest.mark.parametrize(
    ("element", "practice", "said"),
    [
        ("client_ids", "", "its rows follow from the logins"),
        ("demografic", "", "did you mean demographic"),
        ("demographic", "NONE01", "NONE01"),
    ],
)
def test_where_no_row_can_be_added_a_sentence_says_so(
    healthjump: Healthjump, element: str, practice: str, said: str
) -> None:
    with pytest.raises(InputError, match=said):
        healthjump.add(element, practice)


def test_a_row_is_changed_and_deleted(healthjump: Healthjump) -> None:
    (before,) = healthjump.rows("demographic", first_name="eq~Patient_B")
    number = before["demographicid"]
    healthjump.clock.advance("PT1H")
    after = healthjump.patch("demographic", number, city="Newtown")
    assert after == {**before, "city": "Newtown", "hj_modify_timestamp": "2022-08-01 13:00:00"}
    assert healthjump.rows("demographic")[0] == after, "newest change first"
    healthjump.delete("demographic", str(number))
    assert healthjump.rows("demographic", first_name="eq~Patient_B") == []
    with pytest.raises(InputError, match="has no row"):
        healthjump.delete("demographic", number)


def test_a_deleted_appointment_stays_flagged(healthjump: Healthjump) -> None:
    row = next(row for row in healthjump.rows("appointment") if row["delete_ind"] == "N")
    (id_column,) = [name for name in row if name in ("appointmentid", "hj_appointment_id")]
    healthjump.delete("appointment", row[id_column])
    (after,) = healthjump.rows("appointment", **{id_column: f"eq~{row[id_column]}"})
    assert after["delete_ind"] == "Y"


def test_the_clock_stands_until_it_is_moved(healthjump: Healthjump) -> None:
    assert healthjump.clock.now == NOW
    assert healthjump.clock.advance("P1DT1S") == "2022-08-02 12:00:01"
    assert healthjump.clock.set("2022-08-03 00:00:00") == healthjump.clock.now == "2022-08-03 00:00:00"
    with pytest.raises(InputError, match="is not a duration"):
        healthjump.clock.advance("a month")


def test_a_clock_set_back_forgets_the_rows(healthjump: Healthjump) -> None:
    healthjump.add("demographic")
    healthjump.clock.advance("P1D")
    assert healthjump.clock.set(NOW) == NOW
    assert len(healthjump.rows("demographic")) == 24


def test_the_next_requests_fail_as_told(healthjump: Healthjump) -> None:
    healthjump.fail_next(2, status=503, path="demographic", retry_after=3)
    url = healthjump.url("demographic")
    answers = [healthjump.session.get(url, timeout=10) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [503, 503, 200]
    assert answers[0].headers["Retry-After"] == "3"
    with pytest.raises(InputError, match="did you mean status"):
        healthjump.fail_next(staus=500)


def test_a_failure_can_cut_the_body(healthjump: Healthjump) -> None:
    healthjump.fail_next(status=0, cut=40)
    with pytest.raises(requests.exceptions.JSONDecodeError):
        healthjump.session.get(healthjump.url("demographic"), timeout=10).json()


def test_the_journal_tells_what_was_asked_and_hides_secrets(healthjump: Healthjump) -> None:
    healthjump.rows("demographic", first_name="eq~Patient_A")
    (page,) = healthjump.journal
    assert (page["method"], page["path"], page["status"]) == ("GET", "/hjdw/SBOX02/demographic", 200)
    assert (page["element"], page["rows"], page["login"]) == ("demographic", 1, healthjump.email)
    assert "first_name=eq~Patient_A" in page["query"]
    for secret in (healthjump.password, healthjump.secret_key, healthjump.headers()["Authorization"]):
        assert str(secret) not in str(healthjump.journal)


def test_the_assumptions_name_what_was_leaned_on(healthjump: Healthjump) -> None:
    healthjump.rows("demographic", city="like~%a%")
    (client,) = [client for client in healthjump.assumptions if "requests" in str(client["client"])]
    assert "inferred" in str(client) and "filter.like" in str(client)


def test_reset_puts_everything_back(healthjump: Healthjump) -> None:
    before = healthjump.rows("demographic")
    healthjump.add("demographic")
    healthjump.clock.advance("P30D")
    healthjump.fail_next(9)
    healthjump.reset()
    assert healthjump.journal == [] and healthjump.clock.now == NOW
    assert healthjump.rows("demographic") == before


def test_the_admin_api_refuses_in_sentences(healthjump: Healthjump) -> None:
    with pytest.raises(InputError, match="vendor"):
        healthjump.admin("PUT", "/quirks", {"quirks": "vendr"})


@pytest.mark.parametrize("again", [1, 2])
def test_each_test_finds_it_fresh(healthjump: Healthjump, again: int) -> None:
    assert healthjump.journal == []
    assert healthjump.clock.now == NOW
    assert len(healthjump.rows("demographic")) == 24
    assert healthjump.admin("GET", "/quirks")["quirks"] == "vendor"
    healthjump.add("demographic")
    healthjump.clock.advance("P9D")
    healthjump.fail_next(5, path="demographic")
    healthjump.admin("PUT", "/quirks", {"quirks": "none"})


@pytest.mark.healthjump(admin_token="fake-token")
def test_an_admin_token_is_given(healthjump: Healthjump) -> None:
    assert healthjump.clock.now == NOW


class TestMarkers:
    pytestmark = pytest.mark.healthjump(quirks="none", per_page=9)

    def test_that_of_the_class_holds(self, healthjump: Healthjump) -> None:
        page = healthjump.session.get(healthjump.url("demographic"), timeout=10).json()
        assert page["per_page"] == 9 and page["path"].endswith("/patient")

    @pytest.mark.healthjump(per_page=3)
    def test_the_closest_wins(self, healthjump: Healthjump) -> None:
        page = healthjump.session.get(healthjump.url("demographic"), timeout=10).json()
        assert page["per_page"] == 3 and page["path"].endswith("/patient")
