"""The sandbox without quirks: nothing dangles, nothing is there twice, contract and identities hold."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from datetime import date, time, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mockserver import contract
from mockserver.contract import check, wire
from mockserver.errors import InputError
from mockserver.world import profiles, sandbox
from mockserver.world.model import History, Values, Version

NONE = contract.load(frozenset())
PROFILE = profiles.load("sandbox")
WORLD = list(sandbox.histories(PROFILE))


def of(element: str) -> list[History]:
    return [h for h in WORLD if h.element == element]


def last(history: History) -> Values:
    return history.versions[-1].values


def rows_of(element: str) -> list[Values]:
    return [last(h) for h in of(element)]


def all_versions(history: History) -> list[Version]:
    return [*history.versions, *([history.deleted] if history.deleted else [])]


def test_the_practice_is_the_public_one() -> None:
    assert [p.code for p in PROFILE.practices] == ["SBOX02"]


def test_every_element_has_rows_but_payer_and_the_list_of_practices() -> None:
    assert set(NONE.elements) - {h.element for h in WORLD} == {"payer", "client_ids"}


def test_the_same_seed_makes_the_same_world_and_another_seed_another() -> None:
    assert list(sandbox.histories(profiles.load("sandbox"))) == WORLD
    assert list(sandbox.histories(PROFILE.with_(seed=1))) != WORLD


@pytest.mark.parametrize("quirks", [frozenset[str](), contract.quirks.VENDOR], ids=["none", "vendor"])
def test_every_version_satisfies_the_contract(quirks: frozenset[str]) -> None:
    told = contract.load(quirks)
    for history in (h for h in WORLD if h.element in told.elements):
        element = told.elements[history.element]
        writer = wire.RowWriter(element, "SBOX02")
        for version in all_versions(history):
            values = delivered(version.values) if quirks else version.values
            row = json.loads(writer.row(values, history.surrogate, history.created, version.at))
            assert check.problems(element, row) == []


def delivered(values: Values) -> Values:
    """What the vendor's contract wants: demographics as codes, an empty text where there is no provider."""
    codes = {"gender": "F", "race": "2106-3", "ethnicity": "N", "primary_language": "eng"}
    coded = {key: codes.get(key, value) for key, value in values.items()}
    return {key: value or "" if key == "provider_id" else value for key, value in coded.items()}


def test_rows_hold_no_columns_the_contract_does_not_know() -> None:
    vendor = contract.load()
    for history in WORLD:
        known = set(NONE.elements[history.element].by_clean)
        if history.element in vendor.elements:
            known |= set(vendor.elements[history.element].by_clean)
        assert set(last(history)) <= known


REFERENCES = {
    "patient_id": "demographic",
    "provider_id": "provider",
    "pcp_id": "provider",
    "location_id": "location",
    "encounter_id": "encounter",
    "appointment_id": "appointment",
    "lab_order_id": "lab_order",
    "charge_id": "charge",
    "payer_id": "payer",
}
OWN = {"demographic": "patient_id"}


def test_every_id_resolves_at_every_instant_at_rest() -> None:
    stored = {
        element: {last(h)[OWN.get(element, f"{element}_id")]: h.created_batch for h in of(element)}
        for element in {*REFERENCES.values()}
    }
    for history in WORLD:
        for version in all_versions(history):
            for column, element in REFERENCES.items():
                value = version.values.get(column)
                if value is not None and element != history.element:
                    assert stored[element][value] < history.created_batch, (history.element, column)


def test_nothing_refers_to_a_payer() -> None:
    assert all(h.versions[0].values.get("payer_id") is None for h in WORLD)


def test_source_ids_and_surrogates_are_unique() -> None:
    for element in {h.element for h in WORLD}:
        column = OWN.get(element, f"{element}_id")
        assert max(Counter(last(h)[column] for h in of(element)).values()) == 1, element
        assert len({h.surrogate for h in of(element)}) == len(of(element))
        assert len({(h.index, h.slot) for h in of(element)}) == len(of(element))
    twins = [h.marks["Q14"] for h in of("appointment") if "Q14" in h.marks]
    taken = {h.surrogate for h in of("appointment")}
    assert [isinstance(t, dict) and t["surrogate"] not in taken for t in twins] == [True]


def assert_instants(world: list[History]) -> None:
    by_element: defaultdict[str, list[int]] = defaultdict(list)
    for history in world:
        versions = all_versions(history)
        assert history.created == versions[0].at
        assert [v.at for v in versions] == sorted(v.at for v in versions)
        by_element[history.element] += [v.at for v in versions]
        twin = history.marks.get("Q14")
        if isinstance(twin, dict):
            by_element[history.element].append(twin["batch"] + twin["jitter"])
    for instants in by_element.values():
        assert len(set(instants)) == len(instants)
        assert wire.parse_timestamp("2021-01-01") < min(instants) <= max(instants) < PROFILE.now


def test_instants_are_distinct_in_each_element_and_lie_between_2021_and_now() -> None:
    assert_instants(WORLD)


@given(st.integers(0, 2**40))
@settings(max_examples=8, deadline=None)
def test_instants_are_distinct_for_every_seed(seed: int) -> None:
    assert_instants(list(sandbox.histories(PROFILE.with_(seed=seed))))


def test_a_later_version_says_something_else_or_is_the_end() -> None:
    for history in WORLD:
        for old, new in zip(history.versions, history.versions[1:], strict=False):
            assert old.values != new.values
        if history.deleted:
            assert history.deleted.values == {**last(history), "delete_ind": "Y"}
            assert last(history)["delete_ind"] == "N"


def test_clean_appointments_lie_on_the_grid_within_hours() -> None:
    for history in of("appointment"):
        for version in history.versions:
            begin, end = version.values["begin_time"], version.values["end_time"]
            assert isinstance(begin, time) and isinstance(end, time)
            assert time(8) <= begin < end <= time(17) and begin.minute % 15 == 0


def test_clean_appointments_have_named_providers_or_none() -> None:
    names = {r["provider_id"]: r["provider_name"] for r in rows_of("provider")} | {None: None}
    for row in rows_of("appointment"):
        assert row["provider_name"] == names[row["provider_id"]]


def test_other_days_are_those_of_listed_patients_and_all_of_them_come() -> None:
    others = [h for h in of("appointment") if last(h)["date"] != date(2021, 11, 15)]
    assert {h.index for h in others if not h.deleted} == set(range(24))
    assert len({last(h)["date"] for h in others}) == 7
    assert any(str(last(h)["date"]) > "2022-08-01" for h in others)


def test_charts_belong_to_listed_patients() -> None:
    open_to_all = {"appointment", "demographic", "provider", "location"}
    for element in {h.element for h in WORLD} - open_to_all:
        assert {h.index for h in of(element)} <= set(range(24)), element
    assert {h.index for h in of("encounter")} == set(range(24))


def test_encounters_repeat_their_live_appointment() -> None:
    appointments = {last(h)["appointment_id"]: h for h in of("appointment")}
    for history in of("encounter"):
        row, appointment = last(history), appointments[last(history)["appointment_id"]]
        assert appointment.deleted is None
        for column in ("patient_id", "date", "begin_time", "end_time", "reason", "provider_id"):
            assert row[column] == last(appointment)[column]
        assert history.marks.get("Q23") == appointment.marks.get("Q23")


def test_units_are_twins_and_bmi_follows_from_the_served_numbers() -> None:
    for row in rows_of("vitals"):
        cm, kg, celsius = (Decimal(str(row[k])) for k in ("height_cm", "weight_kg", "temperature_c"))
        assert row["weight_lbs"] == round(kg * Decimal("2.20462"), 2)
        assert row["height_in"] == round(cm / Decimal("2.54"), 2)
        assert row["temperature_f"] == round(celsius * Decimal("1.8") + 32, 1)
        assert row["bmi"] == round(kg / (cm / 100) ** 2, 1)
        assert int(str(row["bp_diastolic"])) < int(str(row["bp_systolic"]))


def test_height_is_one_per_patient() -> None:
    assert len({(r["patient_id"], r["height_cm"]) for r in rows_of("vitals")}) == len(
        {r["patient_id"] for r in rows_of("vitals")}
    )


def test_balances_are_never_negative() -> None:
    balance = {r["charge_id"]: Decimal(str(r["charge_amount"])) for r in rows_of("charge")}
    for row in rows_of("transaction"):
        balance[row["charge_id"]] += Decimal(str(row["amount"]))
    assert min(balance.values()) == 0
    assert all(value >= 0 for value in balance.values())


def test_billed_diagnoses_are_those_of_the_encounter() -> None:
    charted = {(r["encounter_id"], r["diagnosis_code"]) for r in rows_of("diagnosis")}
    for row in [*rows_of("charge"), *rows_of("procedure")]:
        assert row["dx1_code"]
        codes = [row[f"dx{n}_code"] for n in range(1, 5) if row.get(f"dx{n}_code")]
        assert all((row["encounter_id"], code) in charted for code in codes)


def test_codes_are_hcpcs_of_a_letter_never_cpt() -> None:
    codes = {str(r["cpt4_hcpcs_code"]) for r in [*rows_of("charge"), *rows_of("procedure")]}
    assert codes and all(code[0] in "GT" for code in codes)
    assert all(r.get("snomed_code") is None for r in rows_of("diagnosis"))


def test_flags_follow_from_value_and_range() -> None:
    for row in rows_of("lab_result"):
        low, high = (float(part) for part in str(row["reference_range"]).split("-"))
        value = float(str(row["result_value"]))
        assert row["abnormal_flag"] == ("H" if value > high else "L" if value < low else None)
        assert timedelta(1) <= row["date"] - row["collection_date"] <= timedelta(2)  # type: ignore[operator]


def test_identities_are_visibly_invented() -> None:
    for row in rows_of("demographic"):
        assert row["ssn"] is None or str(row["ssn"]).startswith("666")
        assert str(row["phone_number"])[3:8] == "55501"
        assert "00100" <= str(row["zip"]) <= "00499"
        assert row["first_email"] is None or str(row["first_email"]).endswith(".test")
        assert row["last_name"] == "Sample"


def test_a_profile_without_numbers_is_refused() -> None:
    bare = profiles.parse({"name": "mine", "maker": "sandbox"}, "mine.yaml")
    with pytest.raises(InputError, match=r"mine.yaml: sandbox: is missing"):
        list(sandbox.histories(bare))
