"""Snapshots of StructureDefinitions to columns, and bindings to lists of codes."""

from __future__ import annotations

from typing import Any

import pytest

from evaluation.findings.adapters.fhir_definitions import BASE, Definitions, json_type
from evaluation.findings.model import Field


def element(name: str, *codes: str, max_: str = "1", **more: Any) -> dict[str, Any]:
    return {"path": f"Patient.{name}", "min": 0, "max": max_, "type": [{"code": code} for code in codes], **more}


def definition(*elements: Any, url: str = f"{BASE}Patient", **more: Any) -> dict[str, Any]:
    top = {"resourceType": "StructureDefinition", "kind": "resource", "type": "Patient", "url": url}
    return {**top, "snapshot": {"element": [{"path": "Patient"}, *elements]}, **more}


def made(*elements: Any, codes: tuple[dict[str, Any], ...] = ()) -> dict[str, Field]:
    found = Definitions()
    for resource in (definition(*elements), *codes):
        found.add(resource)
    return {field.name: field for field in found.fields("Patient", ())}


@pytest.mark.parametrize(
    ("code", "type_"),
    [
        ("boolean", "boolean"), ("integer", "integer"), ("positiveInt", "integer"), ("unsignedInt", "integer"),
        ("decimal", "number"), ("string", "string"), ("code", "string"), ("base64Binary", "string"), ("id", "string"),
        ("instant", "string"), ("Reference", "object"), ("CodeableConcept", "object"), ("BackboneElement", "object"),
        ("String", "string"), ("Resource", "object"),
    ],
)  # fmt: skip
def test_types_of_fhir_in_json(code: str, type_: str) -> None:
    assert json_type(code) == type_


@pytest.mark.parametrize(
    ("code", "format_"), [("date", "date"), ("dateTime", "date-time"), ("instant", "date-time"), ("string", "")]
)
def test_formats(code: str, format_: str) -> None:
    assert made(element("when", code))["when"].format == format_
    assert made(element("when", code, max_="*"))["when"].format == ""


def test_the_id_has_a_type_of_its_own_kind() -> None:
    assert made(element("id", "http://hl7.org/fhirpath/System.String"))["id"].types == {"string"}


def test_a_choice_is_a_column_for_each_type() -> None:
    found = made(element("value[x]", "Quantity", "string", "dateTime", "string"))
    assert {name: set(field.types) for name, field in found.items()} == {
        "valueQuantity": {"object"}, "valueString": {"string"}, "valueDateTime": {"string"},
    }  # fmt: skip


def test_lists_elements_without_a_type_and_what_is_forbidden() -> None:
    names = element("name", "HumanName", max_="*")
    found = made(names, element("contact"), element("gone", "string", max_="0"), element("name.family", "string"))
    assert {name: set(field.types) for name, field in found.items()} == {"name": {"array"}, "contact": {"object"}}


def test_a_list_that_a_profile_limits_to_one_is_still_a_list() -> None:
    assert made(element("name", "HumanName", base={"max": "*"}))["name"].types == {"array"}


def test_slices_and_odd_elements_are_no_columns() -> None:
    odd = [element("extension", "Extension", sliceName="race"), element("QX name", "string"), {"path": 5}, None, {}]
    assert made(*odd, {"path": "Other.name", "type": []}) == {}


def test_what_it_says_is_the_short_text() -> None:
    assert made(element("a", "string", short="Short", definition="Long"))["a"].description == "Short"
    assert made(element("a", "string", definition="Long", short=7))["a"].description == "Long"


def test_the_profile_of_the_server_counts_before_the_base_and_others_together() -> None:
    found = Definitions()
    for name, url in (("b", "https://example.org/b"), ("a", "https://example.org/a"), ("own", f"{BASE}Patient")):
        found.add(definition(element(name, "string"), url=url))
    assert [f.name for f in found.fields("Patient", ["https://example.org/b"])] == ["b"]
    assert [f.name for f in found.fields("Patient", ["https://example.org/none"])] == ["own"]
    found.by_type["Patient"].pop(f"{BASE}Patient")
    assert [f.name for f in found.fields("Patient", [])] == ["a", "b"] and found.fields("Device", []) == ()


def test_definitions_that_describe_no_columns() -> None:
    found = Definitions()
    found.add(definition(element("a", "string"), kind="complex-type"))
    found.add(definition(element("a", "string"), abstract=True))
    found.add({**definition(), "snapshot": None, "differential": {"element": [1]}})
    found.add(definition(element("a", "string"), fhirVersion="5.0.0"))
    assert found.by_type == {} and found.unusable == 2
    found.add(definition(element("a", "string"), fhirVersion="4.3.0"))
    assert list(found.by_type) == ["Patient"] and found.unusable == 2


BOUND = {"strength": "required", "valueSet": "https://example.org/set|4.0.1"}
SET = {"resourceType": "ValueSet", "url": "https://example.org/set"}
SYSTEM = {"resourceType": "CodeSystem", "url": "https://example.org/system", "content": "complete"}
CONCEPTS = [{"code": "a", "concept": [{"code": "b"}]}, {"code": "c"}, {"display": "no code"}]


@pytest.mark.parametrize(
    ("parts", "codes"),
    [
        ([{"system": "x", "concept": [{"code": "a"}, {"code": "b"}]}], ("a", "b")),
        ([{"system": "https://example.org/system"}], ("a", "b", "c")),
        ([{"system": "x", "concept": [{"code": "z"}]}, {"system": "https://example.org/system"}], ("z", "a", "b", "c")),
        ([{"system": "https://example.org/system", "filter": [{"op": "is-a"}]}], ()),
        ([{"system": "https://example.org/other"}], ()),
        ([{"valueSet": ["https://example.org/more"]}], ()),
        ([], ()),
    ],
)
def test_codes_of_a_required_binding_if_all_of_them_are_there(parts: list[Any], codes: tuple[str, ...]) -> None:
    held = ({**SET, "compose": {"include": parts}}, {**SYSTEM, "concept": CONCEPTS})
    assert made(element("a", "code", binding=BOUND), codes=held)["a"].enum == codes


def test_codes_of_an_expansion() -> None:
    expansion = {"total": 2, "contains": [{"code": "a", "contains": [{"code": "b"}]}]}
    bound = element("a", "code", binding=BOUND)
    assert made(bound, codes=({**SET, "expansion": expansion},))["a"].enum == ("a", "b")
    assert made(bound, codes=({**SET, "expansion": {**expansion, "total": 3}},))["a"].enum == ()


def test_no_codes_where_the_list_is_open_or_not_plain() -> None:
    held = ({**SET, "compose": {"include": [{"concept": [{"code": "a"}]}]}},)
    assert made(element("a", "code", binding={**BOUND, "strength": "preferred"}), codes=held)["a"].enum == ()
    assert made(element("a", "CodeableConcept", binding=BOUND), codes=held)["a"].enum == ()
    excluding = ({**SET, "compose": {"include": held[0]["compose"]["include"], "exclude": [{"system": "x"}]}},)  # type: ignore[index]
    assert made(element("a", "code", binding=BOUND), codes=excluding)["a"].enum == ()
