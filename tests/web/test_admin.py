"""The admin API over the wire: what it shows, and that its contract says so."""

from __future__ import annotations

import re

import pytest

from mockserver.contract.admin import admin_document
from mockserver.web import admin as routes
from mockserver.web.admin_facts import FAULT_FIELDS

from ..clients import Server
from ..conftest import Start
from ..handmade import PATIENTS
from .admin_contract import DOCUMENT, START, fits

READS = [
    "/health",
    "/clock",
    "/quirks",
    "/fail",
    "/worlds",
    "/journal",
    "/assumptions",
    "/truth",
    "/openapi.json",
    "/admin.json",
]


# --- the contract ----------------------------------------------------------------------------------------------------


def test_the_contract_names_exactly_what_is_served() -> None:
    served = {(method.lower(), re.sub(r"<(?:int:)?(\w+)>", r"{\1}", path)) for method, path, _ in routes._routes()}
    methods = {"get", "put", "post", "delete"}
    told = {(method, path) for path, item in DOCUMENT["paths"].items() for method in item if method in methods}
    assert told == served


def test_every_status_is_named_and_every_object_closed() -> None:
    for item in DOCUMENT["paths"].values():
        for operation in (value for value in item.values() if isinstance(value, dict) and "responses" in value):
            assert all(re.fullmatch(r"[2-4]\d\d", status) for status in operation["responses"])
            assert {"200", "401", "403"} <= set(operation["responses"])
    open_ = {
        name
        for name, s in DOCUMENT["components"]["schemas"].items()
        if s["type"] == "object" and "additionalProperties" not in s
    }
    assert open_ == {"Document"}


def test_the_contract_offers_what_a_fault_takes() -> None:
    properties = DOCUMENT["components"]["schemas"]["ArmFault"]["properties"]
    assert list(properties) == list(FAULT_FIELDS)
    assert tuple(properties["status"]["enum"]) == FAULT_FIELDS["status"].choices


def test_the_caller_may_change_its_copy() -> None:
    admin_document()["paths"].clear()
    assert admin_document() == DOCUMENT


@pytest.mark.parametrize("path", READS)
def test_reads_are_as_the_contract_says(server: Server, path: str) -> None:
    server.data("demographic", "city=eq~x")
    server.told("POST", "/fail", {"times": 2, "path": "x"})
    answer = server.admin("GET", path)
    assert answer.status == 200 and answer.headers["Cache-Control"] == "no-store"
    fits(answer.json, path)


# --- facts -----------------------------------------------------------------------------------------------------------


def test_health(server: Server) -> None:
    told = server.told("GET", "/health")
    version = told.pop("version")
    assert re.match(r"\d+\.\d+", version)
    served = {"practices": ["HAND01", "HAND02"], "quirks": "vendor", "per_page": 1000}
    assert told == {"status": "ready", **served, "now": START["now"]}


def test_worlds(server: Server) -> None:
    (world,) = server.told("GET", "/worlds")["worlds"]
    elements = world["practices"]["HAND01"]["elements"]
    assert (world["name"], world["now"], world["end"]) == ("handmade", START["now"], START["end"])
    assert (elements["demographic"]["versions"], elements["payer"]["versions"]) == (PATIENTS + 1, 0)
    assert "client_ids" not in elements


def test_truth_is_found_by_practice_element_and_quirk(server: Server) -> None:
    everything = server.told("GET", "/truth")
    assert everything["total"] == len(everything["notes"]) == 6
    assert {"element": "demographic", "column": "client_patient_id", "clean_column": "patient_id"} in everything[
        "columns"
    ]
    counts = {
        query: server.told("GET", f"/truth?{query}")["total"]
        for query in (
            "practice=HAND01",
            "quirk=Q24",
            "quirk=Q24&practice=HAND02",
            "element=vitals",
            "element=appointment",
        )
    }
    assert list(counts.values()) == [3, 2, 1, 0, 6]
    assert {c["element"] for c in server.told("GET", "/truth?element=appointment")["columns"]} == {"appointment"}
    one = server.told("GET", "/truth?limit=1&offset=5")
    assert (one["total"], one["offset"], one["notes"]) == (6, 5, everything["notes"][5:])


@pytest.mark.parametrize("query", ["practice=NONE00", "element=nope", "quirk=Q99", "limit=x", "offset=-1", "row=1"])
def test_truth_refuses_what_it_cannot_find(server: Server, query: str) -> None:
    answer = server.admin("GET", f"/truth?{query}")
    assert answer.status == 422
    fits(answer.json, "/truth", status="422")


def test_both_contracts_are_served(start: Start) -> None:
    server = start(public_url="https://mock.test")
    vendor = server.told("GET", "/openapi.json")
    assert vendor["servers"][0]["url"] == "https://mock.test"
    assert set(vendor["paths"]) == {
        "/authenticate",
        *(f"/hjdw/{{client_id}}/{p}" for p in server.state.contract.paths),
    }
    assert server.told("GET", "/admin.json") == DOCUMENT
    server.told("PUT", "/quirks", {"quirks": "none"})
    assert "/hjdw/{client_id}/location" in server.told("GET", "/openapi.json")["paths"]
