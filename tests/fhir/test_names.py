"""Names that are served under any quirks, back to the columns of the mapping."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.fhir import names
from evaluation.fhir.load import crosswalk
from mockserver import contract
from mockserver.contract import quirks

SCHEMA = sorted(id_ for id_, quirk in quirks.switchable().items() if quirk.schema)
NAMES = names.of_contract()


def served(chosen: frozenset[str]) -> dict[str, frozenset[str]]:
    return {e.path: frozenset(e.by_wire) for e in contract.load(chosen).elements.values()}


def expected(chosen: frozenset[str]) -> dict[str, frozenset[str]]:
    return {n: frozenset(p.vendor for p in e.properties) for n, e in contract.load(chosen).elements.items()}


@given(st.sets(st.sampled_from(SCHEMA)))
def test_whatever_is_renamed_every_column_is_found_again(chosen: set[str]) -> None:
    assert NAMES.read(served(frozenset(chosen))) == expected(frozenset(chosen))


@pytest.mark.parametrize("off", SCHEMA)
def test_so_it_is_with_one_quirk_switched_off(off: str) -> None:
    chosen = quirks.VENDOR - {off}
    assert NAMES.read(served(chosen)) == expected(chosen)


def test_no_name_means_two_columns_of_one_element() -> None:
    for element, columns in NAMES.columns.items():
        reached = Counter(new for old in set(columns.values()) for new in names._reached(element, old, "rename"))
        assert [name for name, times in reached.items() if times > 1] == []


@pytest.mark.parametrize(
    ("element", "served_as", "column"),
    [
        ("appointment", "client_appt_id", "client_appt_id"),
        ("appointment", "client_appointment_id", "client_appt_id"),
        ("appointment", "appt_id", "client_appt_id"),
        ("appointment", "appointment_id", "client_appt_id"),
        ("demographic", "hj_patient_id", "demographicid"),
        ("demographic", "patient_id", "client_patient_id"),
        ("allergy", "hj_allergy_id", "allergy_pk"),
        ("vitals", "height_in", "height_in"),
    ],
)
def test_names_on_the_way_from_dirty_to_clean(element: str, served_as: str, column: str) -> None:
    assert NAMES.columns[element][served_as] == column


def test_paths_of_both_worlds_lead_to_the_element() -> None:
    found = {path: NAMES.elements[path] for path in ("payer", "payer_dim", "patient", "demographic", "practice_ids")}
    assert found == {
        "payer": "payer", "payer_dim": "payer", "patient": "demographic", "demographic": "demographic",
        "practice_ids": "client_ids",
    }  # fmt: skip


def test_what_is_not_the_vendors_is_left_out() -> None:
    found = NAMES.read({"moons": frozenset({"id"}), "vitals": frozenset({"pulse", "mood"}), "payer": frozenset()})
    assert found == {"vitals": {"pulse"}}


def test_full_is_every_column_but_those_of_our_own_twin() -> None:
    full = names.full(crosswalk())
    assert sum(map(len, full.values())) == 371
    assert "location" not in full
