"""Faults in the data files: every error names file and key, what is valid, and a guess."""

from __future__ import annotations

import shutil
from importlib.resources import files
from pathlib import Path

import pytest

from evaluation.fhir import uscdi
from evaluation.fhir.load import read
from evaluation.fhir.model import Outcome
from mockserver.errors import InputError

SMALL = """
vendor: acme
target: US Core
every:
  not_for: [list]
  resources:
    Provenance:
      targets:
        - {path: Provenance.recorded, from: [changed], outcome: derived, rule: instant}
elements:
  list:
    resources:
      Organization:
        targets:
          - {path: Organization.name, from: [title], outcome: exact}
  person:
    resources:
      Patient:
        profile: us-core-patient
        targets:
          - {path: Patient.birthDate, from: [born], outcome: exact, rule: date}
          - {path: Patient.active, outcome: assumed, value: 'true', assumption: A7}
          - {path: 'Patient.telecom:a.value', from: [phone], outcome: exact, fallback: text, system: [nucc, ndc]}
          - {path: Patient.gender, outcome: absent, note: none}
    unmapped:
      colour: has no place
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The kit's own tables beside a small mapping."""
    for file in files("evaluation.fhir").iterdir():
        if file.name.endswith(".yaml"):
            shutil.copy(str(file), tmp_path / file.name)
    (tmp_path / "mapping.yaml").write_text(SMALL)
    return tmp_path


def change(folder: Path, name: str, old: str, new: str) -> None:
    text = (folder / name).read_text()
    assert old in text
    (folder / name).write_text(text.replace(old, new, 1))


def test_a_small_mapping_is_read_whole(folder: Path) -> None:
    found = read(folder)
    person = found.elements["person"]
    assert (found.vendor, found.target, list(found.elements)) == ("acme", "US Core", ["list", "person"])
    assert [r.name for r in person.resources] == ["Patient", "Provenance"]
    assert person.used == {"born", "phone", "changed"} and person.columns == person.used | {"colour"}
    telecom = person.resources[0].targets[2]
    assert (telecom.plain, telecom.fallback, telecom.systems) == (
        "Patient.telecom.value",
        Outcome.text,
        ("nucc", "ndc"),
    )


def test_an_element_may_stand_apart_from_what_every_row_gives(folder: Path) -> None:
    assert [r.name for r in read(folder).elements["list"].resources] == ["Organization"]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("outcome: exact, rule", "outcome: exakt, rule", "person.resources.Patient.targets 1: outcome is exakt"),
        ("outcome: exact, rule", "outcome: exakt, rule", "did you mean exact?"),
        ("rule: date", "rule: dates", "rule is dates"),
        ("rule: date", "rule: dates", "did you mean date?"),
        ("assumption: A7", "assumption: A99", "assumption is A99"),
        (", assumption: A7", "", "Patient.active is assumed, so it needs an assumption"),
        ("[nucc, ndc]", "[nucc, ndcc]", "system has ndcc"),
        ("us-core-patient", "us-core-patien", "did you mean us-core-patient?"),
        ("from: [born]", "form: [born]", "key form is not known"),
        ("from: [born]", "form: [born]", "did you mean from?"),
        ("from: [born]", "from: born", "from must be a list of texts"),
        ("from: [born], ", "", "Patient.birthDate needs from or value"),
        ("outcome: absent,", "outcome: absent, from: [sex],", "is absent, so nothing can fill it"),
        ("Patient.gender", "Person.gender", "path Person.gender must start with Patient."),
        ("Patient.gender", "Patient.birthDate", "path Patient.birthDate is there twice"),
        ("colour: has", "born: has", "column born is both used and unmapped"),
        ("colour: has", "born: is\n      born: has", "mapping.yaml: holds a key twice"),
        ("unmapped:", "unmaped:", "did you mean unmapped?"),
        ("not_for: [list]", "not_for: [lost]", "did you mean list?"),
        ("vendor: acme", "vendor: 7", "mapping.yaml: vendor must be text"),
        ("vendor: acme\n", "", "mapping.yaml: vendor is missing"),
        (
            "- {path: Provenance.recorded, from: [changed], outcome: derived, rule: instant}",
            "1",
            "targets must be a list",
        ),
        ("elements:", "elements: [", "mapping.yaml: is not YAML"),
    ],
)
def test_faults_of_the_mapping(folder: Path, old: str, new: str, said: str) -> None:
    change(folder, "mapping.yaml", old, new)
    with pytest.raises(InputError) as caught:
        read(folder)
    assert said in str(caught.value)
    assert str(caught.value).startswith("evaluation/fhir/mapping.yaml: ")


@pytest.mark.parametrize(
    ("name", "old", "new", "said"),
    [
        ("profiles.yaml", ": required", ": requred", "did you mean required?"),
        ("profiles.yaml", "enough: 80", "enough: most", "profiles.yaml: enough must be a number"),
        ("profiles.yaml", "enough: 80\n", "", "profiles.yaml: enough is missing"),
        ("systems.yaml", "codes: kit", "codes: kid", "did you mean kit?"),
        ("systems.yaml", "owner: HL7", "ower: HL7", "systems.yaml: administrative-gender: key ower is not known"),
        ("rules.yaml", "flag: ", "flag: 1 #", "flag must be text"),
        ("assumptions.yaml", "A2: ", "A1: ", "assumptions.yaml: holds a key twice"),
    ],
)
def test_faults_of_the_tables(folder: Path, name: str, old: str, new: str, said: str) -> None:
    change(folder, name, old, new)
    with pytest.raises(InputError) as caught:
        read(folder)
    assert said in str(caught.value)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("verdict: absent", "verdict: apsent", "did you mean absent?"),
        ("[demographic.dob]", "[dob]", "columns must be element.column"),
        ("{verdict: absent}", "{verdict: absent, columns: [a.b]}", "an absent element has no columns"),
        (", columns: [demographic.dob]", "", "any other needs one"),
        ("enough: 80", "enough: true", "enough must be a number"),
        ("version: ", "verson: ", "did you mean version?"),
    ],
)
def test_faults_of_the_uscdi_table(folder: Path, old: str, new: str, said: str) -> None:
    change(folder, "uscdi.yaml", old, new)
    with pytest.raises(InputError) as caught:
        uscdi.read(folder)
    assert said in str(caught.value)
    assert str(caught.value).startswith("evaluation/fhir/uscdi.yaml: ")


def test_a_file_that_is_not_there_is_named(folder: Path) -> None:
    (folder / "rules.yaml").unlink()
    with pytest.raises(InputError, match=r"evaluation/fhir/rules\.yaml: cannot be read"):
        read(folder)
