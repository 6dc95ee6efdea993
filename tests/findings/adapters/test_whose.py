"""Rows in files belong to the vendor whose names they bear, and else to nobody who is known."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from evaluation.findings.adapters import folder, whose
from evaluation.findings.model import Field, Resource
from mockserver import contract

ROOT = Path(__file__).parents[3]


def of(name: str, *columns: str) -> Resource:
    return Resource(name, tuple(Field(column) for column in columns))


@pytest.mark.parametrize("described", [contract.load(), contract.load(frozenset())], ids=["vendor", "none"])
def test_every_element_is_recognised_by_vendor_and_by_clean_names(described: contract.Contract) -> None:
    for element in described.elements.values():
        columns = [column.wire for column in element.properties]
        assert whose.vendor([of(element.path, *columns)]) == "healthjump", element.name


def test_the_names_of_another_vendor_are_not_taken_for_this_one() -> None:
    """A patient with a birth date is in every vendor's data."""
    stranger = of("patient", "id", "familyName", "givenName", "birthDate", "updatedAt", "patient_id")
    assert whose.vendor([stranger]) == ""
    assert whose.vendor([of("Patient", "patient_id", "first_name")]) == ""


def test_a_cut_with_columns_of_the_practice_is_still_the_vendors() -> None:
    cut = of("allergy", "allergy_pk", "patient_id", "severity", "our_note")
    assert whose.vendor([cut]) == "healthjump"


def test_nothing_is_nobodys() -> None:
    assert whose.vendor([]) == whose.vendor([of("allergy")]) == ""


def test_a_folder_of_a_stranger_is_told_nothing_of_this_vendor(tmp_path: Path) -> None:
    (tmp_path / "pets.json").write_text(json.dumps([{"petId": 1, "name": "Rex"}]), encoding="utf-8")
    assert folder.read(tmp_path).vendor == ""
    assert folder.read(ROOT / "fixtures" / "worlds" / "sandbox").vendor == "healthjump"
