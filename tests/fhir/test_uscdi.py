"""The USCDI v3 table: complete, of columns that exist, with the figures of the facts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.fhir import names, uscdi
from evaluation.fhir.load import crosswalk
from evaluation.fhir.uscdi import HOMES, DataElement, Uscdi
from mockserver import contract
from mockserver.contract import quirks

TABLE = uscdi.load()
FULL = names.full(crosswalk())
NOTHING = {
    "Assessment and Plan of Treatment", "Clinical Notes", "Clinical Tests", "Diagnostic Imaging", "Goals",
    "Unique Device Identifier(s) for a Patient's Implantable Device(s)",
}  # fmt: skip
WELL = {
    "Patient Demographics/Information": (14, 23), "Problems": (4, 4), "Vital Signs": (8, 12), "Laboratory": (3, 4),
    "Immunizations": (1, 1), "Encounter Information": (4, 5), "Health Insurance Information": (2, 7),
}  # fmt: skip


def test_there_are_94_elements_in_19_classes() -> None:
    assert len(TABLE.elements) == 94
    assert len({element.group for element in TABLE.elements}) == 19
    assert len({(element.group, element.name) for element in TABLE.elements}) == 94


@pytest.mark.parametrize("element", [e for e in TABLE.elements if e.columns], ids=lambda e: e.name)
def test_every_column_named_is_one_of_the_vendor(element: DataElement) -> None:
    elements = contract.load().elements
    for name, column in element.columns:
        places = elements.values() if name == "*" else [elements[name]]
        assert any(column == p.vendor for place in places for p in place.properties)


@pytest.mark.parametrize("element", [e for e in TABLE.elements if e.verdict in HOMES], ids=lambda e: e.name)
def test_what_has_a_home_is_used_by_the_mapping_too(element: DataElement) -> None:
    elements = crosswalk().elements
    used = [c in e.used for name, c in element.columns for n, e in elements.items() if name in ("*", n)]
    assert any(used)


@pytest.mark.parametrize(
    "element", [e for e in TABLE.elements if e.verdict not in ("yes", "absent")], ids=lambda e: e.name
)
def test_less_than_yes_is_explained(element: DataElement) -> None:
    assert element.note or element.verdict == "text"


def test_the_figures_of_the_contract() -> None:
    found = uscdi.coverage(TABLE, FULL)
    assert (found.homes, found.total, round(found.percent, 1)) == (51, 94, 54.3)
    by_name = {group.name: (len(group.homes), len(group.elements)) for group in found.classes}
    assert {name for name, (homes, _) in by_name.items() if not homes} == NOTHING
    assert WELL.items() <= by_name.items()


def test_what_could_be_computed_from_growth_charts_is_no_home() -> None:
    computable = {e.name for e in TABLE.elements if e.verdict == "computable"}
    assert computable == {"BMI Percentile (2 - 20 years)", "Weight-for-length Percentile (Birth - 24 Months)"}
    homes = {e.name for group in uscdi.coverage(TABLE, FULL).classes for e in group.homes}
    assert not homes & computable


def small(*elements: DataElement) -> Uscdi:
    return Uscdi("USCDI", "acme", elements, 80)


def test_one_of_the_columns_is_enough() -> None:
    table = small(DataElement("A", "x", "yes", (("e", "c"), ("e", "d"))), DataElement("B", "y", "absent", ()))
    found = uscdi.coverage(table, {"e": frozenset({"d"})})
    assert [(g.name, len(g.homes), len(g.elements)) for g in found.classes] == [("A", 1, 1), ("B", 0, 1)]
    assert found.percent == 50.0


@pytest.mark.parametrize(("columns", "homes"), [({"f": {"c"}}, 1), ({"f": {"d"}}, 0), ({}, 0)])
def test_a_star_is_any_element(columns: dict[str, set[str]], homes: int) -> None:
    table = small(DataElement("A", "x", "derived", (("*", "c"),)))
    assert uscdi.coverage(table, {e: frozenset(c) for e, c in columns.items()}).homes == homes


def test_a_table_without_elements_covers_nothing() -> None:
    assert uscdi.coverage(small(), FULL).percent == 0.0


@given(st.sets(st.sampled_from(sorted(FULL))))
def test_fewer_resources_never_cover_more(some: set[str]) -> None:
    assert uscdi.coverage(TABLE, {name: FULL[name] for name in some}).homes <= 51


@pytest.mark.parametrize("off", sorted(quirks.VENDOR))
def test_quirks_change_no_figure(off: str) -> None:
    elements = contract.load(quirks.VENDOR - {off}).elements.values()
    seen = names.of_contract().read({e.path: frozenset(e.by_wire) for e in elements})
    assert uscdi.coverage(TABLE, seen) == uscdi.coverage(TABLE, FULL)
