"""Orphans: rows whose record is not delivered, and ids that are no orphans although nothing has them."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.findings.checks.orphans import orphans
from evaluation.findings.model import Resource
from evaluation.findings.outcome import Outcome, Verdict

from ..made import api, resource

PATIENTS = [{"patient_id": "11"}, {"patient_id": "12"}]


def visits(*patients: Any, **more: Any) -> Resource:
    rows = [{"visit_id": str(901 + i), "patient_id": patient, **more} for i, patient in enumerate(patients)]
    return resource("visit", rows)


def judged(*resources: Resource) -> Outcome:
    return orphans(api(*resources))


def test_a_row_whose_patient_is_not_listed_is_an_orphan() -> None:
    outcome = judged(visits("11", "13", "13"), resource("patient", PATIENTS))
    assert outcome.verdict is Verdict.fail
    assert [(str(p), p.detail) for p in outcome.places] == [("visit.patient_id", "2 rows with 1 id not in patient")]
    assert "13" not in str(outcome)


def test_rows_whose_patients_are_listed_are_none() -> None:
    outcome = judged(visits("11", "12", "11"), resource("patient", PATIENTS))
    assert outcome.verdict is Verdict.passed and outcome.looked_at == 3


def test_a_row_that_refers_to_nobody_is_none() -> None:
    assert judged(visits("11", None, ""), resource("patient", PATIENTS)).verdict is Verdict.passed


@pytest.mark.parametrize("nobody", ["0", 0, "-1", -1, "000", "00000000-0000-0000-0000-000000000000", "N/A", "null"])
def test_a_value_that_stands_for_nobody_is_none(nobody: Any) -> None:
    assert judged(visits("11", nobody), resource("patient", PATIENTS)).verdict is Verdict.passed


def test_ids_are_compared_as_text() -> None:
    assert judged(visits(11, 12), resource("patient", PATIENTS)).verdict is Verdict.passed


def test_a_record_listed_under_another_word_counts() -> None:
    people = resource("demographic", [{"demographicid": 77, "client_patient_id": "11", "first_name": "A"}])
    assert judged(visits("11"), people).verdict is Verdict.passed
    assert judged(visits("11", "12"), people).verdict is Verdict.fail


def test_half_a_listing_of_patients_proves_nothing() -> None:
    assert judged(visits("11", "13"), resource("patient", PATIENTS, complete=False)).verdict is Verdict.unknown


def test_half_a_listing_of_visits_can_show_an_orphan_but_not_that_there_is_none() -> None:
    patients = resource("patient", PATIENTS)
    part = resource("visit", [{"visit_id": "901", "patient_id": "11"}], complete=False)
    assert judged(part, patients).verdict is Verdict.unknown
    bad = resource("visit", [{"visit_id": "901", "patient_id": "99"}], complete=False)
    assert judged(bad, patients).verdict is Verdict.fail


def test_a_deleted_visit_may_refer_to_nobody() -> None:
    rows = [
        {"visit_id": "901", "patient_id": "11", "deleted": "N"},
        {"visit_id": "902", "patient_id": "99", "deleted": "Y"},
    ]
    assert judged(resource("visit", rows), resource("patient", PATIENTS)).verdict is Verdict.passed


def test_ids_of_another_kind_are_no_orphans() -> None:
    people = resource("patient", [{"patient_id": "8d1e3c52-aaaa"}, {"patient_id": "8d1e3c52-bbbb"}])
    assert judged(visits("11", "12"), people).verdict is Verdict.unknown


def test_an_empty_resource_says_nothing_of_those_who_refer_to_it() -> None:
    assert judged(visits("11"), resource("patient", [])).verdict is Verdict.unknown


def test_keys_of_another_practice_do_not_count_and_shared_ones_do() -> None:
    elsewhere = resource("patient", PATIENTS, practice="P2")
    assert judged(visits("11"), elsewhere).verdict is Verdict.unknown
    shared = resource("patient", PATIENTS, practice="")
    assert judged(visits("11", "13"), shared).verdict is Verdict.fail


def providers(*found: tuple[str, str | None]) -> Resource:
    rows = [
        {"visit_id": str(901 + i), "provider_id": id_, "provider_name": name} for i, (id_, name) in enumerate(found)
    ]
    return resource("visit", rows)


STAFF = resource("provider", [{"provider_id": "51"}, {"provider_id": "52"}])


def test_an_id_openly_shown_without_a_name_is_told_apart() -> None:
    outcome = judged(providers(("51", "A"), ("53", None)), STAFF)
    assert outcome.verdict is Verdict.passed
    assert "not counted: 1 id that rows openly show without a name" in outcome.why


def test_an_id_openly_unresolved_in_one_resource_is_so_in_all() -> None:
    charges = resource("charge", [{"charge_id": "7", "provider_id": "53"}])
    assert judged(providers(("51", "A"), ("53", None)), charges, STAFF).verdict is Verdict.passed
    assert judged(charges, STAFF).verdict is Verdict.fail


def test_a_name_that_is_also_empty_beside_known_ids_says_nothing() -> None:
    assert judged(providers(("51", None), ("53", None)), STAFF).verdict is Verdict.fail


def test_a_lost_id_with_a_name_is_an_orphan() -> None:
    assert judged(providers(("51", "A"), ("53", "B")), STAFF).verdict is Verdict.fail


def test_the_column_of_the_tenant_is_no_reference_to_judge() -> None:
    rows = [{"visit_id": "1", "patient_id": "11", "practice_id": "P1"}]
    people = resource("patient", [{"patient_id": "11", "practice_id": "P1"}])
    tenants = resource("practice_ids", [{"practice_id": "P9"}])
    assert judged(resource("visit", rows), people, tenants).verdict is Verdict.passed


@given(st.lists(st.integers(10, 30), min_size=1, max_size=20), st.sets(st.integers(10, 30), min_size=1))
def test_orphans_are_exactly_the_rows_whose_id_is_not_among_the_keys(named: list[int], listed: set[int]) -> None:
    outcome = judged(visits(*named), resource("patient", [{"patient_id": str(n)} for n in sorted(listed)]))
    lost = [n for n in named if n not in listed]
    assert (outcome.verdict is Verdict.fail) == bool(lost)
    rows, ids = (f"{n} {thing}{'s' * (n != 1)}" for n, thing in ((len(lost), "row"), (len(set(lost)), "id")))
    assert not lost or outcome.places[0].detail == f"{rows} with {ids} not in patient"
