"""The description of a world: counts, mixes, prevalence, integrity, on clean and on served rows."""

from __future__ import annotations

import json
from datetime import date

import pytest

from mockserver.world.census import Census, day_of
from mockserver.world.describe import BURDEN, Description, Row, describe
from mockserver.world.profiles import Profile

from .conftest import Panel

CLEAN: list[tuple[str, Row]] = [
    ("provider", {"provider_id": "1000000001"}),
    ("payer", {"payer_id": "7", "payer_type": "Medicare"}),
    ("demographic", {"patient_id": "1", "gender": "female", "dob": date(1950, 1, 1), "pcp_id": "1000000001"}),
    ("demographic", {"patient_id": "2", "gender": "male", "dob": date(1990, 1, 1), "death_indication": "Y"}),
    ("appointment", {"appointment_id": "5", "patient_id": "1", "date": date(2022, 7, 1), "delete_ind": "N"}),
    ("appointment", {"appointment_id": "5", "patient_id": "3", "date": date(2022, 9, 1), "delete_ind": "Y"}),
    ("encounter", {"encounter_id": "8", "patient_id": "1", "date": date(2022, 7, 1), "appointment_id": "5"}),
    ("encounter", {"encounter_id": "9", "patient_id": "2", "date": date(2018, 7, 1), "appointment_id": None}),
    ("diagnosis", {"diagnosis_id": "1", "patient_id": "1", "encounter_id": "8", "diagnosis_code": "I10",
                   "date": date(2022, 7, 1)}),
    ("diagnosis", {"diagnosis_id": "2", "patient_id": "1", "encounter_id": "8", "diagnosis_code": "E11.9",
                   "date": date(2022, 7, 1)}),
    ("charge", {"charge_id": "1", "patient_id": "1", "encounter_id": "8", "payer_id": "7"}),
    ("charge", {"charge_id": "2", "patient_id": "2", "encounter_id": "9", "payer_id": None}),
    ("lab_result", {"lab_result_id": "1", "patient_id": "1", "lab_order_id": "77", "provider_id": ""}),
]  # fmt: skip


def _served(element: str, row: Row) -> tuple[str, Row]:
    names = {
        ("demographic", "patient_id"): "client_patient_id",
        ("appointment", "appointment_id"): "client_appt_id",
        ("charge", "charge_id"): "client_charge_id",
    }
    genders = {"female": "F", "male": "M"}
    made = {names.get((element, name), name): value for name, value in row.items()}
    for name, value in made.items():
        if isinstance(value, date):
            made[name] = value.strftime("%Y%m%d")
        if name == "gender":
            made[name] = genders[str(value)]
    return element, {**made, f"{element}id": 123456789, "client_id": "CLNC04"}


@pytest.fixture(params=["clean", "served"])
def small(request: pytest.FixtureRequest, clinic: Profile) -> Description:
    rows = CLEAN if request.param == "clean" else [_served(*row) for row in CLEAN]
    return describe(clinic, rows)


def _line(small: Description, table: str, **wanted: object) -> dict[str, object]:
    return next(row for row in small.tables[table] if wanted.items() <= row.items())


def test_rows_are_counted_with_their_days(small: Description) -> None:
    line = _line(small, "rows", element="appointment")
    assert (line["rows"], line["deleted"], line["patients"]) == (2, 1, 2)
    assert (line["first"], line["last"]) == ("2022-07-01", "2022-09-01")
    assert _line(small, "rows", element="payer")["first"] == ""


def test_ages_sexes_and_payers_of_visits(small: Description) -> None:
    oldest = _line(small, "patients and visits by age", **{"from age": "65"})
    assert (oldest["patients"], oldest["visits"], oldest["visits a year"]) == (1, 1, 1.0)
    assert oldest["percent of visits"] == 50.0
    assert [row["percent"] for row in small.tables["visits by sex"]] == [50.0, 50.0]
    assert {row["group"] for row in small.tables["visits by sex"]} == {"female", "male"}
    assert {row["group"]: row["visits"] for row in small.tables["visits by payer"]} == {"Medicare": 1, "Self-pay": 1}


def test_conditions_are_of_living_adults_who_were_seen(small: Description) -> None:
    table = "conditions of adults (percent, here and expected)"
    hypertension = _line(small, table, condition="hypertension")
    assert (hypertension["older"], hypertension["under_40"]) == (100.0, 0.0)
    assert hypertension["expected older"] == 43.0
    burden = _line(small, "adults with chronic conditions (percent, here and expected)", **{"from age": 65})
    assert (burden["adults"], burden["1 or more"], burden["2 or more"]) == (1, 100.0, 100.0)
    assert (burden["expected 1"], burden["expected 2"]) == BURDEN[2]


def test_references_that_lead_nowhere_are_counted(small: Description) -> None:
    assert _line(small, "references", element="appointment", column="patient_id")["unresolved"] == 1
    assert _line(small, "references", element="lab_result", column="lab_order_id")["unresolved"] == 1
    assert _line(small, "references", element="demographic", column="pcp_id")["unresolved"] == 0
    columns = {(row["element"], row["column"]) for row in small.tables["references"]}
    assert ("lab_result", "provider_id") not in columns
    assert ("demographic", "patient_id") not in columns


def test_repeated_source_ids_are_counted(small: Description) -> None:
    assert _line(small, "duplicates", element="appointment")["repeated"] == 1
    assert _line(small, "duplicates", element="demographic")["repeated"] == 0


def test_text_and_json_say_the_same(small: Description) -> None:
    text, data = small.as_text(), json.loads(json.dumps(small.as_dict()))
    for name, table in data.items():
        assert name in text
        for row in table:
            assert any(all(str(value) in line for value in row.values()) for line in text.splitlines())
    assert max(len(line) for line in text.splitlines()) < 130


def test_nothing_is_described_as_nothing(clinic: Profile) -> None:
    empty = describe(clinic, [])
    assert empty.tables["rows"] == []
    assert all(row["patients"] == 0 for row in empty.tables["patients and visits by age"])
    assert empty.as_text()


@pytest.mark.parametrize("value", [None, "", "2022", "20221301", "99999999", "2022070a", 3])
def test_what_is_no_day_is_none(value: object) -> None:
    assert day_of(value) is None


def test_dirty_rows_do_not_stop_the_census() -> None:
    census = Census()
    census.add("diagnosis", {"patient_id": "1", "diagnosis_code": "?", "date": "07/2022"})
    census.add("demographic", {"client_patient_id": "1", "gender": "U", "dob": "1950"})
    census.add("unknown", {})
    assert census.patients == {}
    assert census.rows.total() == 3


def test_the_clinic_keeps_its_integrity(panel: Panel, clinic: Profile) -> None:
    found = describe(clinic, ((each.element, each.versions[-1].values) for each in panel.histories))
    assert sum(int(str(row["unresolved"])) for row in found.tables["references"]) == 0
    assert sum(int(str(row["repeated"])) for row in found.tables["duplicates"]) == 0
    shares = {row["group"]: row["percent"] for row in found.tables["visits by sex"]}
    assert abs(float(str(shares["female"])) - 58) < 3
