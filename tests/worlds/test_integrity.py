"""The clean twin: every id resolves, at every instant at rest, and names and types agree across elements."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise

import pytest

from mockserver.contract import Contract
from mockserver.contract import load as load_contract
from mockserver.contract.check import problems

from .served import DAY, Row, Stored, Tables

PARENTS = {
    "patient_id": "demographic", "encounter_id": "encounter", "provider_id": "provider", "payer_id": "payer",
    "location_id": "location", "appointment_id": "appointment", "charge_id": "charge", "lab_order_id": "lab_order",
    "pcp_id": "provider",
}  # fmt: skip
"""Columns that refer, by the element whose source id they hold."""
OWN = {"demographic": "patient_id"}
NOONS = 91
"""The world's now and the noons of the ninety days that follow."""
LOOSE = {
    "date": {"compact-date", "year-or-date"},  # a year is all that is known of some surgeries
    "units": {"integer", "text"},  # of a charge a count, of a result a unit of measure
    "type": {"text", "type-code"},  # the practice's own code of an appointment
}
"""Names that mean different things in different elements, as the clean contract has them."""


def own_id(element: str) -> str:
    return OWN.get(element, f"{element}_id")


def references(tables: Tables) -> Iterator[tuple[str, str, str]]:
    """Element, column and parent of every reference."""
    for name, element in tables.contract.elements.items():
        for column, parent in PARENTS.items():
            if column in element.by_clean and name not in (parent, "client_ids"):
                yield name, column, parent


def noons(tables: Tables, stored: Stored) -> int:
    """The noons at which a version is there, as bits: bit n is n days after the world's now."""
    first, last = (min(max(-((tables.now - t) // DAY), 0), NOONS) for t in (stored.start, stored.end))
    return (1 << last) - (1 << first)


def there(tables: Tables, element: str) -> dict[str, int]:
    """At which noons each source id of an element is there."""
    found: dict[str, int] = defaultdict(int)
    for stored in tables.versions[element]:
        found[stored.row[own_id(element)]] |= noons(tables, stored)
    return found


def test_noons_are_counted_as_the_clock_does(clean_sandbox: Tables) -> None:
    now = clean_sandbox.now
    for start, end in [(0, 1), (-DAY, 2 * DAY + 1), (1, 5 * DAY), (89 * DAY, 2**62), (3 * DAY, 3 * DAY)]:
        stored = Stored(now + start, now + end, 1, {})
        expected = [n for n in range(NOONS) if stored.at(now + n * DAY)]
        assert [n for n in range(NOONS) if noons(clean_sandbox, stored) >> n & 1] == expected


def test_every_id_resolves_now_and_at_noon_of_the_next_ninety_days(clean: Tables) -> None:
    for name, column, parent in references(clean):
        known = there(clean, parent)
        for stored in clean.versions[name]:
            value = stored.row[column]
            if value is not None:
                assert noons(clean, stored) & ~known.get(value, 0) == 0, (name, column, value)


def test_every_kind_of_reference_is_there_to_resolve(clean_clinic: Tables) -> None:
    used = {column for name, column, _ in references(clean_clinic) for row in clean_clinic.rows(name) if row[column]}
    assert used == PARENTS.keys()


def test_the_vendor_has_references_that_lead_nowhere(vendor_clinic: Tables) -> None:
    """So the test above can fail: Q12, Q22 and Q09 take away what ids refer to."""
    broken = set()
    for name, column, parent in references(vendor_clinic):
        known = {row[own_id(parent)] for row in vendor_clinic.rows(parent)} if parent != "location" else set()
        if {row[column] for row in vendor_clinic.rows(name)} - {None} - known:
            broken.add(column)
    assert broken == {"patient_id", "provider_id", "pcp_id", "location_id"}


def test_source_ids_are_unique_in_their_element(clean: Tables) -> None:
    for name in clean.versions:
        ids = [row[own_id(name)] for row in clean.rows(name)]
        assert len(ids) == len(set(ids)), name


def test_a_row_belongs_to_the_patient_of_what_it_refers_to(clean: Tables) -> None:
    """A charge's encounter is of the charge's patient, and so on."""
    for name, column, parent in references(clean):
        if parent in ("encounter", "appointment", "charge", "lab_order"):
            parents = clean.by(parent, own_id(parent))
            for row in clean.rows(name):
                if row[column] is not None:
                    assert parents[row[column]]["patient_id"] == row["patient_id"], (name, column)


@pytest.mark.parametrize("name", ["provider_name", "practice_id"])
def test_what_is_said_beside_an_id_is_what_its_row_says(clean: Tables, name: str) -> None:
    if name == "practice_id":
        assert {row[name] for rows in clean.versions for row in clean.rows(rows)} == {clean.practice.code}
        return
    names = {row["provider_id"]: row["provider_name"] for row in clean.rows("provider")}
    for element, facts in clean.contract.elements.items():
        if {"provider_id", "provider_name"} <= facts.by_clean.keys():
            assert all(r["provider_name"] == names.get(r["provider_id"]) for r in clean.rows(element)), element


def test_a_name_means_the_same_in_every_element() -> None:
    clean = load_contract(frozenset())
    found: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for element in clean.elements.values():
        for prop in element.properties:
            scalar = next(t for t in prop.types if t != "null")
            found[prop.clean].add((prop.format, scalar))
    several = {name: {form for form, _ in facts} for name, facts in found.items() if len(facts) > 1}
    assert {n: forms for n, forms in several.items() if forms != LOOSE.get(n)} == {}


def test_no_clean_name_is_one_of_two_for_the_same_thing() -> None:
    names = {p.clean for e in load_contract(frozenset()).elements.values() for p in e.properties}
    assert not [n for n in names if n.startswith(("client", "source_")) or n == "enc_id"]
    assert not [n for n in names if "clinician" in n or "appt" in n]
    assert not [n for n in names if n.endswith("id") and not n.endswith("_id")]


@pytest.mark.parametrize("name", ["clean_sandbox", "clean_clinic", "vendor_sandbox", "vendor_clinic"])
def test_every_version_satisfies_its_contract(name: str, request: pytest.FixtureRequest) -> None:
    tables: Tables = request.getfixturevalue(name)
    for element in tables.contract.elements.values():
        wire = {p.clean: p.wire for p in element.properties}
        for stored in tables.versions.get(element.name, ()):
            assert problems(element, {wire[c]: value for c, value in stored.row.items()}) == [], element.name


def test_versions_of_a_row_follow_each_other_without_gap_or_overlap(vendor: Tables) -> None:
    for name, stored in vendor.versions.items():
        by_number: dict[int, list[Stored]] = defaultdict(list)
        for version in sorted(stored, key=lambda s: s.start):
            by_number[version.surrogate].append(version)
        for versions in by_number.values():
            assert all(one.end == other.start for one, other in pairwise(versions)), name


def test_a_deleted_row_is_gone_from_the_clean_twin_and_flagged_by_the_vendor(
    clean_clinic: Tables, vendor_clinic: Tables
) -> None:
    flags = {row["delete_ind"] for row in clean_clinic.rows("appointment")}
    assert flags == {"N"}
    deleted = {row["appointment_id"] for row in vendor_clinic.rows("appointment") if row["delete_ind"] == "Y"}
    assert deleted and not deleted & clean_clinic.by("appointment", "appointment_id").keys()


def test_nothing_is_empty_text_in_the_clean_twin(clean: Tables) -> None:
    """Missing is null. The one exception is the detail of an appointment, which the vendor never leaves null."""
    empty = {(name, column) for name in clean.versions for row in clean.rows(name) for column in _empty(row)}
    assert empty <= {("appointment", "detail")}


def _empty(row: Row) -> Iterator[str]:
    return (column for column, value in row.items() if value == "")


def test_the_clean_contract_of_a_world_is_the_clean_contract(clean: Tables) -> None:
    expected: Contract = load_contract(frozenset())
    assert list(clean.versions) == [name for name in expected.elements if name != "client_ids"]
