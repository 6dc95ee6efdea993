"""The kit's contract as an Api: what it declares of the vendor, under any quirks."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from evaluation.findings.adapters import contract
from evaluation.findings.model import CAUSES, Api, Input, Origin
from mockserver import contract as contracts
from mockserver.errors import InputError

INPUTS = {Input.paths, Input.fields, Input.types, Input.nulls, Input.samples, Input.refusals}


@pytest.fixture(scope="module", params=["vendor", "none", "vendor+feed"])
def quirks(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def api(quirks: str) -> Api:
    return contract.read(quirks)


@pytest.fixture(scope="module")
def known(quirks: str) -> contracts.Contract:
    return contracts.load(contracts.quirks.of_set(quirks))


def test_it_says_what_it_is(api: Api, quirks: str) -> None:
    assert (api.title, api.origin, api.vendor) == (f"the contract ({quirks})", Origin.contract, "healthjump")
    assert api.inputs == INPUTS
    assert not api.partial and not api.asked and not api.probes and api.token is None


def test_every_path_is_a_resource_in_its_order(api: Api, known: contracts.Contract) -> None:
    assert [resource.name for resource in api.resources] == list(known.paths)


def test_every_column_is_a_field_in_its_order(api: Api, known: contracts.Contract) -> None:
    for path, element in known.paths.items():
        assert [field.name for field in api.by_name[path].fields] == [p.wire for p in element.properties]


def test_types_and_null_are_those_of_the_contract(api: Api, known: contracts.Contract) -> None:
    for path, element in known.paths.items():
        for prop in element.properties:
            field = api.by_name[path].by_name[prop.wire]
            assert field.types == set(prop.types) - {"null"}
            assert field.nullable is ("null" in prop.types)


def test_examples_are_samples_and_fit_their_patterns(api: Api, known: contracts.Contract) -> None:
    for path, element in known.paths.items():
        for prop in element.properties:
            field = api.by_name[path].by_name[prop.wire]
            assert json.dumps(field.samples) == json.dumps([] if prop.example is None else [prop.example])
            assert all(re.search(field.pattern, text) for text in field.samples if isinstance(text, str))


def test_it_has_no_rows(api: Api) -> None:
    assert all(not resource.tables and not resource.complete and not resource.empty for resource in api.resources)


def test_our_own_notations_are_no_formats(api: Api) -> None:
    assert {field.format for resource in api.resources for field in resource.fields} == {""}


def test_everything_is_described(api: Api) -> None:
    assert all(resource.description for resource in api.resources)
    assert all(field.description for resource in api.resources for field in resource.fields)


def test_every_documented_refusal_with_a_known_cause_is_there(api: Api) -> None:
    expected = {
        "login wrong": (401, "invalid_credentials"),
        "login incomplete": (401, "invalid_credentials"),
        "token missing": (400, "token_not_provided"),
        "token invalid": (400, "token_invalid"),
        "token expired": (401, "token_expired"),
        "key missing": (401, "secretkey_not_provided"),
        "key wrong": (401, "secretkey_invalid"),
        "resource unknown": (404, "resource_not_found"),
        "tenant unknown": (404, "client_not_found"),
        "tenant forbidden": (403, "client_forbidden"),
        "path unknown": (404, "not_found"),
        "filter column unknown": (422, "filter_column_unknown"),
        "filter operator unknown": (422, "filter_operator_unknown"),
        "filter value wrong": (422, "filter_value_invalid"),
        "page wrong": (422, "page_invalid"),
        "version unknown": (400, "version_not_supported"),
    }
    assert {refusal.cause: (refusal.status, refusal.code) for refusal in api.refusals} == expected
    assert len(api.refusals) == len(expected) and expected.keys() <= set(CAUSES)


def test_refusals_are_json_with_an_error(api: Api) -> None:
    assert {(refusal.media_type, refusal.keys) for refusal in api.refusals} == {
        ("application/json", ("error", "message"))
    }


def test_refusals_agree_with_the_behaviours() -> None:
    by_code: dict[Any, set[int | None]] = {}
    for behaviour in contracts.load().behaviours.values():
        if behaviour.kind == "error":
            by_code.setdefault(behaviour.body["error"], set()).add(behaviour.status)
    assert all(refusal.status in by_code[refusal.code] for refusal in contract.read().refusals)


def test_two_readings_are_alike(quirks: str, api: Api) -> None:
    again = contract.read(quirks)
    shown = [[(r.name, [vars(f) for f in r.fields]) for r in one.resources] for one in (api, again)]
    assert shown[0] == shown[1] and api.refusals == again.refusals


def test_quirks_change_what_it_says() -> None:
    vendor, none = contract.read(), contract.read("none")
    assert vendor.by_name["appointment"].by_name["appointmentid"].types == {"integer"}
    assert none.by_name["appointment"].by_name["hj_appointment_id"].types == {"string"}
    assert "payer_dim" in vendor.by_name and "payer" in none.by_name


def test_several_types_and_empty_texts_stay_as_declared() -> None:
    appointment = contract.read().by_name["appointment"]
    assert re.fullmatch(appointment.by_name["provider_id"].pattern, "")
    assert appointment.by_name["provider_clinician_name"].nullable


def test_single_quirks_can_be_chosen() -> None:
    assert contract.read("vendor,-Q14").title == "the contract (vendor,-Q14)"


def test_an_unknown_quirk_is_one_sentence() -> None:
    with pytest.raises(InputError, match="contract: 'Q99' is no quirk"):
        contract.read("Q99")
