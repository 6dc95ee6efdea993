"""The reader of US Core archives: which elements of a profile count, from definitions made for the purpose."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import tarfile
from pathlib import Path
from typing import Any

import pytest
import yaml

from evaluation.fhir import archive
from evaluation.fhir.load import crosswalk


def element(id_: str, low: int = 0, high: str = "*", **more: Any) -> dict[str, Any]:
    return {"id": id_, "min": low, "max": high, **more}


def must(id_: str, low: int = 0, **more: Any) -> dict[str, Any]:
    return element(id_, low, mustSupport=True, **more)


def definition(*elements: dict[str, Any], type_: str = "Thing", id_: str = "us-core-thing") -> dict[str, Any]:
    return {
        "id": id_, "kind": "resource", "type": type_, "url": f"http://example.org/{id_}", "title": "A Thing",
        "snapshot": {"element": [element(type_), *elements]},
    }  # fmt: skip


def packed(folder: Path, *definitions: dict[str, Any]) -> Path:
    """An archive as HL7 packs them: files below package/, others among them."""
    path = folder / "definitions.tgz"
    with tarfile.open(path, "w:gz") as tar:
        for name, data in [("package.json", {}), *((f"StructureDefinition-{d['id']}.json", d) for d in definitions)]:
            raw = json.dumps(data).encode()
            info = tarfile.TarInfo(f"package/{name}")
            info.size = len(raw)
            tar.addfile(info, io.BytesIO(raw))
    return path


def test_an_element_counts_because_it_is_required_must_support_or_in_uscdi() -> None:
    flagged = {"extension": [{"url": "http://hl7.org/fhir/us/core/StructureDefinition/uscdi-requirement"}]}
    made = definition(
        element("Thing.status", 1), must("Thing.code"), element("Thing.reason", **flagged), element("Thing.note")
    )
    assert archive.counted(made) == {
        "Thing.status": "required", "Thing.code": "must-support", "Thing.reason": "uscdi",
    }  # fmt: skip


def test_what_an_optional_part_requires_does_not_count_unless_the_part_does() -> None:
    made = definition(
        element("Thing.part"), element("Thing.part.value", 1), must("Thing.other"), element("Thing.other.value", 1)
    )
    assert archive.counted(made) == {"Thing.other.value": "required"}


def test_only_the_innermost_elements_count() -> None:
    made = definition(must("Thing.name"), must("Thing.name.family"), must("Thing.code"), must("Thing.code:first"))
    assert list(archive.counted(made)) == ["Thing.name.family", "Thing.code:first"]


def test_a_slice_of_a_list_that_does_not_count_is_not_required() -> None:
    assert archive.counted(definition(element("Thing.tag"), element("Thing.tag:a", 1))) == {}


@pytest.mark.parametrize(
    "fixed", [{"fixedUri": "http://example.org"}, {"patternCodeableConcept": {"coding": [{"code": "final"}]}}]
)
def test_a_value_that_the_profile_fixes_says_nothing_of_the_api(fixed: dict[str, Any]) -> None:
    assert archive.counted(definition(must("Thing.code", 1, **fixed))) == {}


def test_the_pattern_of_an_identifier_gives_only_its_system() -> None:
    pattern = {"patternIdentifier": {"system": "http://example.org"}}
    assert list(archive.counted(definition(must("Thing.identifier:npi", **pattern)))) == ["Thing.identifier:npi"]


def test_forbidden_elements_and_stand_ins_for_a_missing_value_do_not_count() -> None:
    made = definition({**must("Thing.gone"), "max": "0"}, must("Thing.dataAbsentReason"))
    assert archive.counted(made) == {}


def test_named_components_count_instead_of_the_value_and_of_nameless_ones() -> None:
    made = definition(
        must("Observation.value[x]"), must("Observation.component.code", 1),
        must("Observation.component:first"), must("Observation.component:first.value[x]"),
        type_="Observation",
    )  # fmt: skip
    assert list(archive.counted(made)) == ["Observation.component:first.value[x]"]


def test_extensions_and_the_parent_of_vital_signs_are_no_profiles_of_their_own(tmp_path: Path) -> None:
    parent = definition(must("Thing.code"), id_="us-core-vital-signs")
    extension = {**definition(must("Thing.code"), id_="us-core-race"), "kind": "complex-type"}
    path = packed(tmp_path, parent, extension, definition(must("Thing.code")))
    assert list(archive.profiles(path)) == ["us-core-thing"]


def test_the_printed_table_is_the_one_that_is_read(tmp_path: Path) -> None:
    path = packed(tmp_path, definition(must("Thing.code"), must("Thing.value[x]:valueString")))
    command = [sys.executable, "-m", "evaluation.fhir.archive", str(path)]
    printed = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert yaml.safe_load(printed) == archive.profiles(path)
    assert printed == archive.text(archive.profiles(path))


def test_the_committed_table_has_the_shape_that_is_printed() -> None:
    profiles = {
        id_: {"type": p.type, "url": p.url, "title": p.title, "elements": p.elements}
        for id_, p in crosswalk().profiles.items()
    }
    committed = (Path(__file__).parents[2] / "evaluation" / "fhir" / "profiles.yaml").read_text()
    assert committed.endswith("profiles:\n" + archive.text(profiles))
    assert list(profiles) == sorted(profiles)


def test_a_file_that_is_no_archive_is_refused(tmp_path: Path) -> None:
    (tmp_path / "no.tgz").write_text("no archive")
    with pytest.raises(tarfile.TarError):
        archive.profiles(tmp_path / "no.tgz")
