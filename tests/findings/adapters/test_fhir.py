"""A FHIR server as an Api: what its statement, definitions and samples say, and that checks find it clean."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from evaluation.findings.adapters import fhir
from evaluation.findings.evaluate import run
from evaluation.findings.model import Api, Input, Origin
from evaluation.findings.outcome import Verdict
from mockserver.errors import InputError
from tests.findings.adapters.strangers import FHIR, put
from tests.findings.adapters.test_har import ANY

CLEAN = ("HJ-001", "HJ-002", "HJ-003", "HJ-004", "HJ-005", "HJ-006", "HJ-007", "HJ-008", "HJ-009", "HJ-016", "HJ-026")
CLEAN += ("HJ-043", "HJ-045")
"""Checks of identifiers, vocabulary, names and references."""


def statement(*resources: Any, version: Any = "4.0.1", **rest: Any) -> dict[str, Any]:
    server = {"mode": "server", "resource": list(resources), **rest}
    return {"resourceType": "CapabilityStatement", "kind": "instance", "fhirVersion": version, "rest": [server]}


def served(type_: str, *does: str, **how: Any) -> dict[str, Any]:
    return {"type": type_, "interaction": [{"code": code} for code in does or ("read", "search-type")], **how}


@pytest.fixture(scope="module")
def api() -> Api:
    return fhir.read(FHIR)


def test_a_whole_server(api: Api) -> None:
    assert api.title == "FHIR 4.0.1 server (folder fhir)" and api.origin is Origin.description and api.vendor == ""
    assert len(api.resources) == 16 and "AuditEvent" not in api.by_name
    assert api.inputs >= {Input.paths, Input.types, Input.nulls, Input.rows, Input.instants, Input.texts}
    assert not api.inputs & {Input.all_rows, Input.order, Input.refusals, Input.token}
    assert api.partial == ("1 StructureDefinition without a snapshot, or of another version of FHIR, left out",)


def test_references_are_looked_at_and_one_that_leads_nowhere_is_found(api: Api, tmp_path: Path) -> None:
    looked = run(api, only=["HJ-008"]).results[0].outcome
    assert looked.verdict is Verdict.passed and looked.looked_at > 20
    put(tmp_path, statement(served("Encounter")), "a.json")
    row = {"resourceType": "Encounter", "id": "1", "subject": {"reference": "Group/QX"}, "location": [{"display": "x"}]}
    put(tmp_path, row, "b.json")
    lost = run(fhir.read(tmp_path), only=["HJ-008"]).results[0].outcome
    assert [str(place) for place in lost.places] == ["Encounter.subject"] and "QX" not in repr(lost)


def test_a_server_that_keeps_no_versions_is_found(tmp_path: Path) -> None:
    put(tmp_path, statement(served("Patient"), served("Encounter")), "a.json")
    put(tmp_path, {"resourceType": "Patient", "id": "1", "birthDate": "1970-01-01"}, "b.json")
    found = run(fhir.read(tmp_path), only=["HJ-022", "HJ-023"]).results
    assert [result.outcome.verdict for result in found] == [Verdict.fail, Verdict.fail]


@pytest.mark.parametrize("id_", CLEAN)
def test_fhir_comes_out_clean_on_identifiers_vocabulary_and_references(api: Api, id_: str) -> None:
    assert run(api, only=[id_]).results[0].outcome.verdict is not Verdict.fail


def test_a_time_of_change_and_a_history_are_seen(api: Api) -> None:
    assert {r.deletions for r in api.resources} == {fhir.HISTORY}
    stamp = api.by_name["Patient"].by_name[fhir.STAMP]
    assert stamp.types == {"string"} and stamp.format == "date-time" and stamp.nullable is False
    assert api.by_name["Patient"].tables[0].column(fhir.STAMP)[0] == "2026-01-01T08:15:01.000Z"
    verdicts = {r.id: r.outcome.verdict for r in run(api, only=["HJ-022", "HJ-023"]).results}
    assert verdicts["HJ-022"] is Verdict.passed


def test_columns_of_a_definition_and_of_samples(api: Api) -> None:
    patient = api.by_name["Patient"]
    names = [field.name for field in patient.fields]
    assert names[:3] == ["id", fhir.STAMP, "meta"] and names[-1] == "telecom"
    assert {"deceasedBoolean", "deceasedDateTime", "multipleBirthInteger"} < set(names)
    assert not {"resourceType", "_birthDate", "family", "deceased[x]"} & set(names)
    assert patient.by_name["gender"].enum == ("male", "female", "other", "unknown")
    assert patient.by_name["birthDate"].format == "date" and patient.by_name["birthDate"].nullable is False
    assert patient.by_name["name"].types == {"array"} and patient.by_name["managingOrganization"].types == {"object"}
    assert (patient.listed, patient.paths) == (True, ("/Patient",))


def test_columns_of_samples_alone(api: Api) -> None:
    coverage = api.by_name["Coverage"]
    assert [f.name for f in coverage.fields][:2] == ["id", fhir.STAMP] and "subscriberId" in coverage.by_name
    assert coverage.tables[0].size == 1 and not coverage.complete and not coverage.tables[0].ordered


def test_a_statement_alone_says_only_what_fhir_guarantees(tmp_path: Path) -> None:
    file = put(tmp_path, statement(served("Patient", "read"), served("Encounter", versioning="versioned")))
    api = fhir.read(file)
    assert [[f.name for f in r.fields] for r in api.resources] == [["id"], ["id", fhir.STAMP]]
    assert [r.listed for r in api.resources] == [False, True] and api.inputs == fhir.ALWAYS
    assert api.partial == ("of 2 of 2 resources neither a StructureDefinition nor a sample is there",)
    assert api.title == "FHIR 4.0.1 server (file file.json)"


def test_a_column_that_rows_contradict_keeps_both_types(tmp_path: Path) -> None:
    element = [{"path": "Patient"}, {"path": "Patient.active", "max": "1", "type": [{"code": "boolean"}]}]
    definition = {
        "resourceType": "StructureDefinition",
        "kind": "resource",
        "type": "Patient",
        "snapshot": {"element": element},
    }
    rows = [
        {"resourceType": "Patient", "id": "1", "active": "yes"},
        {"resourceType": "Patient", "id": "2", "active": None},
    ]
    put(tmp_path, statement(served("Patient")), "a.json")
    put(tmp_path, {"resourceType": "Bundle", "entry": [{"resource": r} for r in (definition, *rows)]}, "b.json")
    field = fhir.read(tmp_path).by_name["Patient"].by_name["active"]
    assert field.types == {"boolean", "string"} and field.nullable is True and field.samples == ("yes",)


def test_samples_of_other_types_are_counted(tmp_path: Path) -> None:
    put(tmp_path, statement(served("Patient")), "a.json")
    lines = [
        {"resourceType": "QXtype", "id": "1"},
        {"resourceType": "Device"},
        {"resourceType": "Device"},
        {"id": 1},
        7,
    ]
    put(tmp_path, "\n".join(map(json.dumps, lines)), "b.ndjson")
    api = fhir.read(tmp_path)
    assert api.partial[1:] == (
        "3 samples of types that the CapabilityStatement does not list, left out",
        "2 entries that are no FHIR resources, left out",
    )
    assert [r.name for r in api.resources] == ["Patient"]


def test_keys_of_samples_that_could_be_values_are_not_shown(tmp_path: Path) -> None:
    put(tmp_path, statement(served("Patient")), "a.json")
    put(tmp_path, {"resourceType": "Patient", "id": "1", "QX Smith": 1, "QX2024": 2}, "b.json")
    assert [f.name for f in fhir.read(tmp_path).by_name["Patient"].fields] == ["id", "column 2", "column 3"]


def test_other_files_beside_it_are_told(tmp_path: Path) -> None:
    shutil.copytree(FHIR, tmp_path / "fhir")
    put(tmp_path / "fhir", "<Patient/>", "QX.xml")
    put(tmp_path / "fhir", "QX{", "QX.json")
    put(tmp_path / "fhir", '{"resourceType": "Patient"}\nQX', "QX.ndjson")
    told = fhir.read(tmp_path / "fhir").partial
    assert "1 of its files, of other formats, left out; JSON and NDJSON are read, unpacked" in told
    assert sum("by name" in sentence for sentence in told) == 2 and "QX" not in " ".join(told)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ({}, "holds no CapabilityStatement"),
        ({"resourceType": "Patient"}, "holds no CapabilityStatement"),
        ({"resourceType": "CapabilityStatement"}, "describes no server"),
        ({**statement(), "rest": [{"mode": "client"}]}, "describes no server"),
        (statement(version="5.0.0"), "is of FHIR 5.0.0, which is not read; valid: 4.0.1 (R4), 4.3.0 (R4B)"),
        (statement(version="3.0.2"), "is of FHIR 3.0.2, which is not read"),
        (statement(version="QX"), "names no FHIR version"),
        (statement(version=4), "names no FHIR version"),
        ("<CapabilityStatement xmlns='http://hl7.org/fhir'/>", "is XML, which is not read"),
    ],
)
def test_what_cannot_be_read_is_one_sentence(tmp_path: Path, content: Any, sentence: str) -> None:
    with pytest.raises(InputError) as refused:
        fhir.read(put(tmp_path, content))
    assert sentence in str(refused.value) and "QX" not in str(refused.value) and "\n" not in str(refused.value)


def test_what_is_not_there(tmp_path: Path) -> None:
    for place in (tmp_path / "no", tmp_path):
        with pytest.raises(InputError, match=r"does not exist|holds no CapabilityStatement"):
            fhir.read(place)


@pytest.mark.parametrize("version", ["4.0.1", "4.0.0", "4.3.0"])
def test_r4_and_r4b_are_read(tmp_path: Path, version: str) -> None:
    assert fhir.read(put(tmp_path, statement(served("Patient"), version=version))).title.startswith(f"FHIR {version} ")


@settings(max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    ANY,
    st.dictionaries(
        st.sampled_from(
            [
                "type",
                "interaction",
                "profile",
                "searchParam",
                "versioning",
                "snapshot",
                "id",
                "meta",
                "kind",
                "url",
                "entry",
            ]
        ),
        ANY,
    ),
)
def test_any_json_is_read_or_refused_in_one_sentence(tmp_path: Path, odd: Any, keys: dict[str, Any]) -> None:
    patient = served("Patient") | keys
    element = {"element": [{"path": "Patient.a", "type": odd, "binding": odd}, {"path": "Patient.b", **keys}, odd]}
    definition = {"resourceType": "StructureDefinition", "kind": "resource", "type": "Patient", "snapshot": element}
    entries = [patient, odd, definition, {**keys, "resourceType": "Patient"}, {**keys, "resourceType": "ValueSet"}]
    bundle = {"resourceType": "Bundle", "entry": [{"resource": one, "request": odd} for one in entries]}
    bundle["entry"].append({"resource": statement(patient, served("Patient"), odd, interaction=odd)})
    for content in (odd, statement(patient), {**statement(), "rest": odd}, bundle):
        try:
            run(fhir.read(put(tmp_path, content)), only=["HJ-001", "HJ-045"])
        except InputError as error:
            assert "\n" not in str(error)
