"""Files of FHIR resources: Bundles, lines, versions of one resource, deletions, limits."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from evaluation.findings.adapters import fhir_files
from evaluation.findings.adapters.fhir_files import Source, gather
from mockserver.errors import InputError
from tests.findings.adapters.strangers import FHIR, put


def patient(id_: str = "1", updated: str = "", **more: Any) -> dict[str, Any]:
    meta = {"meta": {"lastUpdated": updated}} if updated else {}
    return {"resourceType": "Patient", "id": id_, **meta, **more}


def bundle(*resources: Any, **more: Any) -> dict[str, Any]:
    return {"resourceType": "Bundle", "entry": [{"resource": resource} for resource in resources], **more}


def rows(*found: Any) -> list[dict[str, Any]]:
    source = Source()
    for one in found:
        source.add(one)
    return [dict(row) for row in source.samples.get("Patient", {}).values()]


def test_resources_bundles_and_bundles_in_bundles() -> None:
    found = rows(patient("1"), bundle(patient("2"), bundle(patient("3"), None, 7)), {"resourceType": "Bundle"})
    assert [row["id"] for row in found] == ["1", "2", "3"]


def test_a_list_of_resources() -> None:
    source = Source()
    source.add([patient("1"), bundle(patient("2")), 7, [patient("3")]])
    assert list(source.samples["Patient"]) == ["1", "2"] and source.others == 2


def test_bundles_without_end_are_cut() -> None:
    deep: dict[str, Any] = patient()
    for _ in range(500):
        deep = bundle(deep)
    assert rows(deep) == []


def test_of_several_versions_the_last_change_counts() -> None:
    old, new = patient("1", "2026-01-01T00:00:00Z", a=1), patient("1", "2026-01-02T00:00:00Z", a=2)
    assert [row["a"] for row in rows(old, new)] == [row["a"] for row in rows(new, old)] == [2]
    assert [row["a"] for row in rows(patient(a=1), patient(a=2))] == [1]


def test_rows_without_an_id_are_all_kept() -> None:
    assert len(rows({"resourceType": "Patient"}, {"resourceType": "Patient", "id": 7})) == 2


def test_what_a_history_says_was_deleted_is_no_row() -> None:
    gone = {"request": {"method": "DELETE", "url": "Patient/1"}}
    history = {"resourceType": "Bundle", "type": "history", "entry": [gone, {"resource": patient("1")}]}
    assert rows(history) == []
    history["entry"] = [{"resource": patient("1")}, gone]
    assert len(rows(history)) == 1


def test_what_describes_a_server_is_no_row() -> None:
    source = Source()
    for type_ in fhir_files.DESCRIBING:
        source.add({"resourceType": type_})
    assert source.samples == {} and len(source.statements) == 1 and source.others == 0


@pytest.mark.parametrize("odd", [None, 7, "text", [], {}, {"resourceType": 5}, {"resourceType": "no type"}])
def test_what_is_no_resource_is_counted(odd: Any) -> None:
    source = Source()
    source.add(odd)
    assert source.others == 1 and source.samples == {}


def test_more_samples_than_are_read_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fhir_files, "MOST", 2)
    source = Source()
    for id_ in "12341":
        source.add(patient(id_))
    assert len(source.samples["Patient"]) == 2 and source.cut == {"Patient"}


def test_the_folder_of_this_test() -> None:
    source = gather(FHIR)
    assert len(source.statements) == 1 and len(source.samples) == 16 and source.problems == [] and source.others == 0


def test_lines_before_a_broken_one_are_read(tmp_path: Path) -> None:
    put(tmp_path, f"{json.dumps(patient('1'))}\n\n{json.dumps(patient('2'))}\n{{\n", "rows.NDJSON")
    put(tmp_path, "[1]", ".hidden.json")
    source = gather(tmp_path)
    assert len(source.samples["Patient"]) == 2 and source.others == 0
    assert source.problems == ["file 1 of 1, by name, is not JSON in line 4; only rows before it were read"]


def test_folders_below_are_read_too(tmp_path: Path) -> None:
    below = tmp_path / "a" / "b"
    below.mkdir(parents=True)
    put(below, patient())
    assert list(gather(tmp_path).samples) == ["Patient"]


def test_a_single_file_that_cannot_be_read_is_refused(tmp_path: Path) -> None:
    for text, name in (("{", "a.json"), ('{"a": 1}\n{', "a.ndjson"), ("\ufeff  <x/>", "a.json")):
        with pytest.raises(InputError):
            gather(put(tmp_path, text, name))


def test_limits_of_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fhir_files, "BYTES", 10)
    monkeypatch.setattr(fhir_files, "LINES_BYTES", 10)
    for name in ("a.json", "b.ndjson"):
        put(tmp_path, patient(), name)
    told = gather(tmp_path).problems
    assert [sentence.partition(", ")[0] for sentence in told] == ["file 1 of 2", "file 2 of 2"]
    assert all("is larger than the 10 bytes that are read" in sentence for sentence in told)


def test_a_line_nested_too_deep_ends_its_file(tmp_path: Path) -> None:
    deep = f'{{"resourceType": "Patient", "x": {"[" * 500}{"]" * 500}}}'
    put(tmp_path, f"{json.dumps(patient())}\n{deep}\n", "a.ndjson")
    source = gather(tmp_path)
    assert len(source.samples["Patient"]) == 1 and "is nested deeper than 200 levels" in source.problems[0]
