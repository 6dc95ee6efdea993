"""Names, types and paths under every quirk and every pair of quirks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import combinations
from typing import Any

import pytest

from mockserver import contract as contracts
from mockserver.contract import Contract, Element, Grade, Property
from mockserver.contract.quirks import VENDOR, switchable
from mockserver.contract.source import document, element_document, element_names
from mockserver.store.jsonio import dumps

STANDARD = (
    "allergy", "appointment", "attribution", "charge", "demographic", "diagnosis", "encounter", "immunization",
    "lab_order", "lab_result", "medication", "medsurg_history", "payer", "procedure", "provider", "quality_data",
    "social_history", "transaction", "vitals",
)  # fmt: skip
SWITCHES = tuple(switchable())
UNSURE = ("allergy_pk", "demographicid")
STAMPS = ["hj_create_timestamp", "hj_modify_timestamp"]


def selections() -> Iterator[frozenset[str]]:
    """None, vendor and everything, then vendor with one and with two switches the other way."""
    yield from (frozenset(), VENDOR, frozenset(SWITCHES))
    for count in (1, 2):
        for toggled in combinations(SWITCHES, count):
            yield VENDOR ^ frozenset(toggled)


def flaws(contract: Contract) -> Iterator[str]:
    """What is wrong with the shape of a contract."""
    paths = Counter(e.path for e in contract.elements.values())
    yield from (f"path {path} is used {n} times" for path, n in paths.items() if n > 1)
    for element in contract.elements.values():
        for names in ([p.wire for p in element.properties], [p.clean for p in element.properties]):
            yield from (f"{element.name}: {name} occurs {n} times" for name, n in Counter(names).items() if n > 1)
        yield from (f"{element.name}.{p.wire}: {p.types}" for p in element.properties if not _flat(p))
    if ("location" in contract.elements) == ("Q09" in contract.quirks):
        yield "location exists without Q09, and only then"


def _flat(prop: Property) -> bool:
    """One scalar type, perhaps null as well; the two Healthjump ids of unknown type have two."""
    scalars = [t for t in prop.types if t != "null"]
    known = set(scalars) <= {"string", "integer", "number"}
    return known and (len(scalars) == 1 or (prop.format == "surrogate" and prop.vendor in UNSURE))


def test_the_vendor_has_19_elements_and_a_list_of_practices(vendor: Contract) -> None:
    assert tuple(vendor.elements) == (*STANDARD, "client_ids")
    assert sum(len(e.properties) for e in vendor.elements.values()) == 371


def test_payer_alone_has_another_path_than_its_name(vendor: Contract) -> None:
    assert {e.name: e.path for e in vendor.elements.values() if e.name != e.path} == {"payer": "payer_dim"}
    assert vendor.paths["payer_dim"] is vendor.elements["payer"]


def test_the_clean_twin_moves_three_paths_and_adds_locations(clean: Contract, vendor: Contract) -> None:
    moved = {e.name: e.path for e in clean.elements.values() if e.name != e.path}
    assert moved == {"demographic": "patient", "client_ids": "practice_ids"}
    assert clean.elements.keys() - vendor.elements.keys() == {"location"}
    assert clean.elements["payer"].path == "payer"


@pytest.mark.parametrize("name", STANDARD)
def test_rows_begin_with_the_healthjump_id_and_end_with_the_practice(name: str, vendor: Contract) -> None:
    element = vendor.elements[name]
    names = [p.wire for p in element.properties]
    assert element.surrogate is element.properties[0]
    assert names[-1] == "client_id" or "client" in names[-2:]
    assert [n for n in names if n in STAMPS] == STAMPS


def test_wire_order_is_that_of_the_element_files(vendor: Contract) -> None:
    for name, element in vendor.elements.items():
        assert [p.vendor for p in element.properties] == list(element_document(name)["properties"])


def test_under_vendor_every_column_has_the_vendors_name(vendor: Contract) -> None:
    assert all(p.wire == p.vendor for e in vendor.elements.values() for p in e.properties)


def test_in_the_clean_twin_every_column_has_its_clean_name(clean: Contract) -> None:
    assert all(p.wire == p.clean for e in clean.elements.values() for p in e.properties)


def test_every_combination_of_one_or_two_switches_has_a_flat_shape_with_unique_names() -> None:
    found = {problem for chosen in selections() for problem in flaws(contracts.load(chosen))}
    assert found == set()


def test_clean_names_do_not_depend_on_the_quirks_in_force() -> None:
    expected = {e.name: {p.vendor: p.clean for p in e.properties} for e in contracts.load(VENDOR).elements.values()}
    for chosen in (VENDOR ^ {id_} for id_ in SWITCHES):
        for element in contracts.load(chosen).elements.values():
            for prop in element.properties:
                assert expected.get(element.name, {}).get(prop.vendor, prop.clean) == prop.clean


@pytest.mark.parametrize("id_", SWITCHES)
def test_a_patch_changes_the_elements_it_names_and_no_other(id_: str) -> None:
    by_base = [changed_elements(base | {id_}, base - {id_}) for base in (VENDOR, frozenset())]
    assert set().union(*by_base) == set(_named(switchable()[id_].schema))


@pytest.mark.parametrize("id_", SWITCHES)
def test_a_switch_changes_only_elements_on_which_its_quirk_is_graded(id_: str) -> None:
    assert changed_elements(VENDOR | {id_}, VENDOR - {id_}) <= switchable()[id_].elements.keys()


def changed_elements(one: frozenset[str], other: frozenset[str]) -> set[str]:
    before, after = contracts.load(one).elements, contracts.load(other).elements
    return {n for n in (*before, *after) if shape(before.get(n)) != shape(after.get(n))}


def shape(element: Element | None) -> object:
    if element is None:
        return None
    return element.path, [(p.wire, p.types, p.format, dumps(p.schema)) for p in element.properties]


def _named(schema: Mapping[str, Any]) -> Iterator[str]:
    for key in ("rename", "formats", "drop", "nullable", "path"):
        yield from schema.get(key, {})
    yield from schema.get("add", ())


def test_patches_name_elements_columns_and_formats_that_exist() -> None:
    for quirk in switchable().values():
        for key in ("rename", "formats", "drop", "nullable"):
            for name, columns in quirk.schema.get(key, {}).items():
                assert name in element_names(), (quirk.id, name)
                if key != "rename":
                    assert set(columns) <= set(element_document(name)["properties"]), (quirk.id, name)
                if key == "formats":
                    assert set(columns.values()) <= set(document("formats.yaml")), (quirk.id, name)


def test_every_rename_takes_effect_in_some_selection() -> None:
    """A rename starts from a vendor name or from the outcome of another rename."""
    seen = {e.name: {p.wire for p in e.properties} for e in contracts.load(VENDOR).elements.values()}
    seen["location"] = {p.vendor for p in contracts.load(frozenset()).elements["location"].properties}
    for quirk in switchable().values():
        for name, renames in quirk.schema.get("rename", {}).items():
            reachable = seen[name] | {new for q in switchable().values() for new in _renames(q.schema, name)}
            assert set(renames) <= reachable, (quirk.id, name)


def _renames(schema: Mapping[str, Any], name: str) -> list[str]:
    return list(schema.get("rename", {}).get(name, {}).values())


def test_the_weakest_grade_of_an_element_is_that_of_its_weakest_column(vendor: Contract) -> None:
    assert vendor.elements["appointment"].weakest == Grade.observed
    assert vendor.elements["charge"].weakest == Grade.inferred


def test_grades_have_an_order_and_their_names_as_text() -> None:
    assert [str(g) for g in sorted(Grade)] == ["inferred", "adjacent", "seed", "consumed", "observed"]


def test_the_list_of_practices_has_no_healthjump_id(vendor: Contract) -> None:
    assert vendor.elements["client_ids"].surrogate is None


def test_a_contract_is_compiled_once_for_each_selection() -> None:
    assert contracts.load(VENDOR) is contracts.load(frozenset(VENDOR))
