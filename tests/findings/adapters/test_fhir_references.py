"""Where references lead: by profiles, by samples, and which of them count."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from evaluation.findings.adapters import fhir, fhir_references
from evaluation.findings.adapters.fhir_references import BASE, OTHER
from evaluation.findings.model import Api
from tests.findings.adapters.strangers import FHIR, put
from tests.findings.adapters.test_fhir import served, statement


@pytest.mark.parametrize(
    ("profiles", "leads"),
    [
        ([f"{BASE}Patient", f"{BASE}Group|4.0.1"], ("Group", "Patient")), ([f"{BASE}Resource"], ()), ([None], ()),
        (["https://example.org/lean-patient"], ("Patient",)), (["https://example.org/unknown"], ()),
        ([f"{BASE}Patient", "https://example.org/unknown"], ()), ([], ()),
    ],
)  # fmt: skip
def test_types_that_profiles_allow(profiles: list[Any], leads: tuple[str, ...]) -> None:
    assert fhir_references.declared(profiles, {"https://example.org/lean-patient": "Patient"}) == leads


@pytest.mark.parametrize(
    ("sample", "leads"),
    [
        ({"reference": "Patient/1"}, ("Patient",)), ({"reference": "https://example.org/r4/Patient/1"}, ("Patient",)),
        ({"reference": "Patient/1/_history/2"}, ("Patient",)), ([{"reference": "Patient/1"}, {}], ("Patient",)),
        ({"reference": "Device/1"}, (OTHER,)), ({"reference": "#inner"}, ()), ({"reference": "urn:uuid:1"}, ()),
        ({"identifier": {"value": "1"}}, ()), ({"reference": 5}, ()), ("Patient/1", ()), (None, ()),
        ([{"reference": "Device/1"}, {"reference": "Patient/1"}], ("Patient", OTHER)),
    ],
)  # fmt: skip
def test_types_that_samples_name(sample: Any, leads: tuple[str, ...]) -> None:
    assert fhir_references.seen([sample], {"Patient"}) == leads


@pytest.mark.parametrize(
    ("element", "needed"),
    [
        ({"min": 1}, True), ({"min": 0}, False), ({"mustSupport": True}, True), ({"min": True}, False), ({}, False),
        ({"min": 1, "type": [{"code": "Reference"}]}, True),
        ({"min": 1, "type": [{"code": "CodeableConcept"}, {"code": "Reference"}]}, False),
    ],
)  # fmt: skip
def test_elements_that_have_to_be_there(element: dict[str, Any], needed: bool) -> None:
    assert fhir_references.required(element) is needed


def described(folder: Path, targets: list[str], rows: Sequence[Any] = (), **more: Any) -> tuple[str, ...]:
    kind = {"code": "Reference", "targetProfile": [f"{BASE}{name}" for name in targets]}
    element = [{"path": "Encounter"}, {"path": "Encounter.appointment", "max": "1", "type": [kind], **more}]
    definition = {"resourceType": "StructureDefinition", "kind": "resource", "type": "Encounter"}
    content = [statement(served("Encounter"), served("Patient")), {**definition, "snapshot": {"element": element}}]
    content += [{"resourceType": "Encounter", "id": str(n), "appointment": row} for n, row in enumerate(rows)]
    put(folder, {"resourceType": "Bundle", "entry": [{"resource": one} for one in content]})
    return fhir.read(folder).by_name["Encounter"].by_name["appointment"].leads


def test_an_optional_element_counts_only_if_a_type_of_it_is_served(tmp_path: Path) -> None:
    assert described(tmp_path, ["Appointment"]) == ()
    assert described(tmp_path, ["Appointment", "Patient"]) == ("Appointment", "Patient")


def test_an_element_that_has_to_be_there_always_counts(tmp_path: Path) -> None:
    assert described(tmp_path, ["Appointment"], min=1) == ("Appointment",)
    assert described(tmp_path, ["Appointment"], mustSupport=True) == ("Appointment",)


def test_what_samples_show_counts_more_than_what_is_allowed(tmp_path: Path) -> None:
    assert described(tmp_path, ["Appointment", "Patient"], [{"reference": "Patient/1"}]) == ("Patient",)
    assert described(tmp_path, ["Appointment"], [{"reference": "Appointment/1"}]) == (OTHER,)
    assert described(tmp_path, ["Appointment"], [{"display": "somebody"}], min=1) == ("Appointment",)


def test_every_reference_of_a_whole_server_leads_to_a_resource() -> None:
    api: Api = fhir.read(FHIR)
    leads = {f"{r.name}.{f.name}": f.leads for r in api.resources for f in r.fields if f.leads}
    assert len(leads) > 20 and all(set(found) <= set(api.by_name) for found in leads.values())
    assert leads["Observation.subject"] == ("Patient",) and leads["DiagnosticReport.result"] == ("Observation",)
