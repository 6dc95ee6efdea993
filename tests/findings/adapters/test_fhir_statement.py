"""CapabilityStatements: versions, types that can be read, what is promised of changes."""

from __future__ import annotations

from typing import Any

import pytest

from evaluation.findings.adapters.fhir_statement import Served, chosen, served, version
from mockserver.errors import InputError
from tests.findings.adapters.test_fhir import served as resource
from tests.findings.adapters.test_fhir import statement


def one(made: Any, **rest: Any) -> Served:
    (only,) = served(statement(made, **rest))
    return only


def test_types_that_can_be_read_in_their_order() -> None:
    found = served(statement(
        resource("Patient", "read"), resource("AuditEvent", "create"), resource("Encounter", "search-type"),
        {"type": "Location"}, resource("Patient", "search-type"), resource("no type", "read"), {"type": 5}, None,
    ))  # fmt: skip
    assert [(s.type, s.listed) for s in found] == [("Patient", False), ("Encounter", True), ("Location", None)]


@pytest.mark.parametrize(
    ("how", "rest", "cursor"),
    [
        ({}, {}, False), ({"versioning": "no-version"}, {}, False), ({"versioning": "versioned"}, {}, True),
        ({"versioning": "versioned-update"}, {}, True), ({"searchParam": [{"name": "_lastUpdated"}]}, {}, True),
        ({}, {"searchParam": [{"name": "_lastUpdated"}]}, True), ({"searchParam": [{"name": "name"}]}, {}, False),
    ],
)  # fmt: skip
def test_the_time_of_change(how: dict[str, Any], rest: dict[str, Any], cursor: bool) -> None:
    assert one(resource("Patient", **how), **rest).cursor is cursor


@pytest.mark.parametrize(
    ("does", "everywhere", "told"),
    [
        (("read",), [], False), (("read", "delete"), [], False), (("read", "history-instance"), [], False),
        (("read", "history-type"), [], True), (("read",), [{"code": "history-system"}], True),
    ],
)  # fmt: skip
def test_deletions_are_told_by_a_listing_and_not_by_asking_one_by_one(does: Any, everywhere: Any, told: bool) -> None:
    assert one(resource("Patient", *does), interaction=everywhere).deletions is told


def test_the_profile_is_named_without_its_version() -> None:
    assert one(resource("Patient", profile="https://example.org/p|1.0")).profiles == ("https://example.org/p",)
    assert one(resource("Patient", profile=5)).profiles == ()


def test_a_server_is_chosen_before_a_client_and_an_instance_before_a_model() -> None:
    model, client = {**statement(), "kind": "capability"}, {**statement(), "rest": [{"mode": "client"}]}
    instance = statement(resource("Patient"))
    assert chosen([client, model, instance], "x") == (instance, 0)
    assert chosen([client, model], "x") == (model, 0)
    assert chosen([instance, statement(), model], "x") == (instance, 1)
    for nothing in ([], [client]):
        with pytest.raises(InputError):
            chosen(nothing, "x")


@pytest.mark.parametrize("given", ["4.0.1", "4.0.0", "4.3.0"])
def test_versions_that_are_read(given: str) -> None:
    assert version({"fhirVersion": given}, "x") == given


@pytest.mark.parametrize("given", ["5.0.0", "1.0.2", "4.6.0", "6.0.0-ballot2"])
def test_versions_that_are_named_and_refused(given: str) -> None:
    with pytest.raises(InputError, match=f"is of FHIR {given}, which is not read"):
        version({"fhirVersion": given}, "x")


@pytest.mark.parametrize("given", [None, 4, "", "R4", "4.0.1; QX"])
def test_versions_that_are_none(given: object) -> None:
    with pytest.raises(InputError, match="names no FHIR version"):
        version({"fhirVersion": given}, "x")
