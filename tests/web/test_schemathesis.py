"""Schemathesis against both contracts as they are served, in all its phases."""

from __future__ import annotations

from typing import Any

import schemathesis
from schemathesis import engine
from schemathesis.config import SchemathesisConfig
from schemathesis.engine import events

from ..clients import InProcess, Server

CHECKS: dict[str, object] = {
    # No source shows what the vendor answers without credentials; test_access.py tries every combination instead.
    "ignored_auth": {"enabled": False},
    "missing_required_header": {"enabled": False},
}
REFUSABLE = {"expected-statuses": ["2xx", "401", "403", "404", "422"]}


def vendor(server: Server) -> dict[str, Any]:
    """No pattern says which days a month has, so a filter that fits its pattern may still get a 422."""
    return {
        "headers": server.access(),
        "parameters": {"path.client_id": server.practice},
        # NULs get a 400 wherever they stand, which test_misuse.py shows; no pattern of the contract speaks of them.
        "generation": {"max-examples": 3, "allow-x00": False},
        "checks": {**CHECKS, "positive_data_acceptance": REFUSABLE},
    }


def admin(server: Server) -> dict[str, Any]:
    """Which elements, columns and quirks there are is said by the vendor contract and the catalogue."""
    judged = {"include-path-regex": "^/(rows|quirks|truth)", "checks": {"positive_data_acceptance": REFUSABLE}}
    return {
        "parameters": {"practice": server.practice},
        "generation": {"max-examples": 15},
        "checks": CHECKS,
        "operations": [judged],
    }


def failures(server: Server, path: str, config: dict[str, Any], only: str = "") -> tuple[dict[str, int], list[str]]:
    """How many cases each phase tried, and what any check found, each with the request that shows it.

    ``only`` is a regular expression that paths must match.
    """
    settings = SchemathesisConfig.from_dict(
        {
            "seed": 1,
            "continue-on-failure": True,
            "warnings": False,
            **config,
            "generation": {**config["generation"], "deterministic": True},
        }
    )
    load = schemathesis.openapi
    schema = (
        load.from_wsgi(path, server.app, config=settings)
        if isinstance(server.transport, InProcess)
        else load.from_url(server.base_url + path, config=settings)
    )
    cases: dict[str, int] = {}
    found: list[str] = []
    for event in engine.from_schema(schema.include(path_regex=only) if only else schema).execute():
        assert not isinstance(event, events.NonFatalError | events.FatalError), event
        if isinstance(event, events.ScenarioFinished):
            cases[event.phase.value] = cases.get(event.phase.value, 0) + len(event.recorder.cases)
            found += described(event)
    return cases, found


def described(event: events.ScenarioFinished) -> list[str]:
    nodes = (node for nodes in event.recorder.checks.values() for node in nodes)
    return [
        f"{n.name}: {n.failure_info.failure.message}\n{n.failure_info.code_sample}" for n in nodes if n.failure_info
    ]


def report(found: list[str]) -> str:
    return "\n\n".join([f"{len(found)} failures, the first ten:", *found[:10]])


def test_the_vendor_contract(server: Server) -> None:
    """Every path in process; over HTTP, where a case costs twice as much, those that differ in kind."""
    only = "" if isinstance(server.transport, InProcess) else "authenticate|appointment|payer_dim|client_ids"
    cases, found = failures(server, "/__admin/openapi.json", vendor(server), only)
    assert not found, report(found)
    assert cases.keys() >= {"examples", "coverage", "fuzzing", "stateful"} and sum(cases.values()) > 500


def test_the_clean_contract(server: Server) -> None:
    server.token()
    server.told("PUT", "/quirks", {"quirks": "none"})
    cases, found = failures(server, "/__admin/openapi.json", vendor(server), "patient|location|practice_ids")
    assert not found, report(found)
    assert sum(cases.values()) > 300


def test_the_admin_contract(server: Server) -> None:
    cases, found = failures(server, "/__admin/admin.json", admin(server))
    assert not found, report(found)
    assert cases.keys() >= {"examples", "coverage", "fuzzing", "stateful"} and sum(cases.values()) > 300
