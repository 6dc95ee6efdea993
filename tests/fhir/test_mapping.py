"""The mapping as data: every column once, every element a profile asks for, nothing that may not be shipped."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from evaluation.fhir.load import crosswalk
from evaluation.fhir.model import ElementMap, Outcome, ResourceMap, System, Target
from mockserver import contract

CROSSWALK = crosswalk()
VENDOR = contract.load()
CLEAN = contract.load(contract.quirks.of_set("none"))
OWN = sorted(set(CLEAN.elements) - set(VENDOR.elements))
ROOT = Path(__file__).parents[2]


def every() -> Iterator[tuple[ElementMap, ResourceMap, Target]]:
    for element in CROSSWALK.elements.values():
        for resource in element.resources:
            yield from ((element, resource, target) for target in resource.targets)


TARGETS = [target for _, _, target in every()]
RESOURCES = [(e, r) for e in CROSSWALK.elements.values() for r in e.resources]


def test_all_columns_of_the_vendor_are_used_or_unmapped_and_none_is_both() -> None:
    seen = 0
    for name, element in VENDOR.elements.items():
        mapped = CROSSWALK.elements[name]
        columns = [p.vendor for p in element.properties]
        assert sorted([*mapped.used, *mapped.unmapped]) == sorted(columns), name
        seen += len(columns)
    assert seen == 371


def test_an_element_of_our_own_twin_is_mapped_and_says_why_it_does_not_count() -> None:
    assert OWN == ["location"]
    for name in OWN:
        mapped = CROSSWALK.elements[name]
        assert mapped.not_counted
        assert mapped.columns == {p.vendor for p in CLEAN.elements[name].properties}


def test_only_elements_of_the_vendor_count() -> None:
    assert set(CROSSWALK.elements) == set(VENDOR.elements) | set(OWN)
    assert {name for name, e in CROSSWALK.elements.items() if not e.not_counted} == set(VENDOR.elements)


def test_why_a_column_has_no_home_is_said() -> None:
    assert all(len(why) > 20 for e in CROSSWALK.elements.values() for why in e.unmapped.values())


@pytest.mark.parametrize("place", RESOURCES, ids=lambda p: f"{p[0].name}-{p[1].name}")
def test_every_element_a_profile_asks_for_has_an_entry(place: tuple[ElementMap, ResourceMap]) -> None:
    _, resource = place
    asked = CROSSWALK.profiles[resource.profile].elements if resource.profile else {}
    assert [path for path in asked if not any(target.fills(path) for target in resource.targets)] == []


@pytest.mark.parametrize("place", RESOURCES, ids=lambda p: f"{p[0].name}-{p[1].name}")
def test_a_resource_is_of_the_type_of_its_profile(place: tuple[ElementMap, ResourceMap]) -> None:
    _, resource = place
    if resource.profile:
        assert CROSSWALK.profiles[resource.profile].type == resource.type
    else:
        assert resource.note, "why it satisfies no profile"


@pytest.mark.parametrize("place", RESOURCES, ids=lambda p: f"{p[0].name}-{p[1].name}")
def test_every_kind_of_identifier_says_its_system_beside_its_value(place: tuple[ElementMap, ResourceMap]) -> None:
    _, resource = place
    paths = {target.path for target in resource.targets}
    values = {path for path in paths if re.search(r"\.identifier:\w+\.value$", path)}
    assert {path.removesuffix("value") + "system" for path in values} <= paths


@pytest.mark.parametrize("place", RESOURCES, ids=lambda p: f"{p[0].name}-{p[1].name}")
def test_a_quantity_has_a_number_and_a_coded_unit_where_ucum_has_one(place: tuple[ElementMap, ResourceMap]) -> None:
    element, resource = place
    if element.name == "vitals" and resource.type == "Observation":
        filled = [t.path for t in resource.targets if "value[x]" in t.path and t.outcome is not Outcome.absent]
        parts = {path.rpartition(".")[2] for path in filled}
        assert {"value", "unit", "code"} <= parts
        assert any(t.systems == ("ucum",) for t in resource.targets)


def test_rows_tell_apart_what_several_resources_of_one_type_are_for() -> None:
    for element in CROSSWALK.elements.values():
        for resource in element.resources:
            alike = [other for other in element.resources if other.type == resource.type]
            assert len(alike) == 1 or resource.when, f"{element.name} {resource.name}"


def test_every_table_is_used_and_every_use_has_an_entry() -> None:
    assert {t.rule for t in TARGETS} - {""} == set(CROSSWALK.rules)
    assert {system for t in TARGETS for system in t.systems} == set(CROSSWALK.systems)
    assert {t.assumption for t in TARGETS} - {""} == set(CROSSWALK.assumptions)


def test_assumptions_are_numbered_without_a_gap() -> None:
    assert list(CROSSWALK.assumptions) == [f"A{n}" for n in range(1, len(CROSSWALK.assumptions) + 1)]


def test_the_row_is_found_again_from_every_resource() -> None:
    lost = [
        (e.name, r.name)
        for e, r in RESOURCES
        if r.type not in ("Coverage", "Provenance") and not any(t.path == f"{r.type}.id" for t in r.targets)
    ]
    assert lost == []


@pytest.mark.parametrize("target", [t for t in TARGETS if t.outcome is Outcome.exact], ids=lambda t: t.path)
def test_what_is_exact_comes_from_a_column(target: Target) -> None:
    assert target.columns and not target.value


@pytest.mark.parametrize("target", [t for t in TARGETS if t.value], ids=lambda t: t.path)
def test_a_fixed_value_is_never_called_exact_nor_taken_from_a_system_that_needs_a_licence(target: Target) -> None:
    assert target.outcome is not Outcome.exact
    assert all(CROSSWALK.systems[system].codes != "reader" for system in target.systems)


def test_codes_are_coded_in_a_system_and_words_are_not() -> None:
    for target in TARGETS:
        if ".coding" in target.path and target.outcome in (Outcome.exact, Outcome.derived):
            assert target.systems, target.path
        if target.outcome is Outcome.text:
            assert not target.systems, target.path


@pytest.mark.parametrize("target", [t for t in TARGETS if t.path.endswith("[x]")], ids=lambda t: t.path)
def test_a_choice_of_types_is_made(target: Target) -> None:
    assert target.type or target.outcome is Outcome.absent


def test_no_code_that_needs_a_licence_is_shipped() -> None:
    """Codes of SNOMED CT have six digits or more, those of CPT five with nothing before them."""
    text = (ROOT / "evaluation" / "fhir" / "mapping.yaml").read_text()
    assert not re.findall(r"value: '?\d{5,}'?[,}]", text)
    assert not re.findall(r"\b\d{7,18}\b", text)


@pytest.mark.parametrize("system", CROSSWALK.systems.values(), ids=lambda s: s.id)
def test_a_code_system_has_a_canonical_uri_an_owner_and_terms(system: System) -> None:
    assert re.match(r"https?://|urn:", system.uri) and system.owner and system.licence


@pytest.mark.parametrize("name", ["LOINC", "UCUM", "RxNorm", "NUCC"])
def test_systems_that_want_a_notice_have_one(name: str) -> None:
    assert name in (ROOT / "NOTICE").read_text()


@pytest.mark.parametrize(
    ("element", "path", "columns", "outcome"),
    [
        ("demographic", "Patient.birthDate", ("dob",), Outcome.exact),
        ("demographic", "Patient.gender", ("gender",), Outcome.derived),
        ("encounter", "Encounter.class", ("place_of_service",), Outcome.derived),
        ("procedure", "Procedure.status", (), Outcome.assumed),
        ("immunization", "Immunization.primarySource", (), Outcome.absent),
        ("vitals", "Observation.component:systolic.value[x].value", ("bp_systolic",), Outcome.exact),
        ("vitals", "Observation.value[x]:valueQuantity.value", ("height_cm", "height_in"), Outcome.exact),
        ("lab_result", "Observation.specimen", (), Outcome.absent),
        ("allergy", "AllergyIntolerance.code.text", ("description",), Outcome.text),
        ("charge", "ChargeItem.priceOverride.value", ("charge_amount",), Outcome.exact),
        ("provider", "Practitioner.identifier:NPI.value", ("npi",), Outcome.exact),
        ("payer", "Organization.name", ("payer_name",), Outcome.exact),
    ],
)
def test_entries_say_what_the_facts_say(element: str, path: str, columns: tuple[str, ...], outcome: Outcome) -> None:
    found = [t for e, _, t in every() if e.name == element and t.path == path]
    assert any(t.columns == columns and t.outcome is outcome for t in found)
