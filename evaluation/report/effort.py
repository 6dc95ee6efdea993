"""How many fields need code of their own, and why, by element; and what a mapping to FHIR makes of each field.

It counts fields. How long one takes depends on people, and nobody here knows them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from evaluation.findings import catalogue
from evaluation.findings.evaluate import Evaluation
from evaluation.findings.model import Resource
from evaluation.findings.outcome import Verdict
from evaluation.findings.output.facts import name
from evaluation.schema import Node, bundled
from mockserver.errors import InputError

from .effort_contract import guessed, of_fhir


@dataclass(frozen=True)
class Reason:
    """Why a field needs an adapter, what that does, and the checks that find it."""

    id: str
    title: str
    does: str
    checks: tuple[str, ...]


@cache
def reasons() -> tuple[Reason, ...]:
    """The reasons of effort.yaml, in its order. Raises InputError."""
    return read(bundled("evaluation/report/effort.yaml"))


def read(top: Node) -> tuple[Reason, ...]:
    """The reasons of a file. Raises InputError where a check is not known or stands in two places."""
    known = catalogue.load()
    found = top.allow("reasons", "whole").node("reasons").nodes("title", "does", "checks")
    made = tuple(_reason(id_, node, known) for id_, node in found)
    placed: set[str] = set()
    for id_ in (*(id_ for one in made for id_ in one.checks), *top.texts("whole", valid=known)):
        if id_ in placed:
            raise InputError(f"{id_} stands in two places", top.where)
        placed.add(id_)
    return made


def _reason(id_: str, node: Node, known: Mapping[str, object]) -> Reason:
    return Reason(id_, node.text("title"), node.text("does"), node.texts("checks", valid=known, some=True))


def as_data(evaluation: Evaluation) -> dict[str, Any]:
    """The table, in the order of the API; resources of which no field is known are only counted."""
    known = [resource for resource in evaluation.api.resources if resource.fields]
    why = _why(evaluation)
    rows = [_row(resource, why.get(resource.name, {}), of_fhir(resource, evaluation.api.vendor)) for resource in known]
    return {
        "elements": rows,
        "fields": sum(row["fields"] for row in rows),
        "adapters": sum(row["adapters"] for row in rows),
        "reasons": [_told(one, rows) for one in reasons()],
        "guessed": guessed(known, why, evaluation.api),
        "mapped": any(row["fhir"] is not None for row in rows),
        "empty": len(evaluation.api.resources) - len(known),
    }


def _told(reason: Reason, rows: list[dict[str, Any]]) -> dict[str, Any]:
    count = sum(row["reasons"].get(reason.id, 0) for row in rows)
    return {"id": reason.id, "title": reason.title, "does": reason.does, "fields": count}


def _why(evaluation: Evaluation) -> dict[str, dict[str, set[str]]]:
    """By resource and field, the ids of the reasons."""
    of_check = {id_: one.id for one in reasons() for id_ in one.checks}
    found: dict[str, dict[str, set[str]]] = {}
    for result in evaluation.results:
        if result.outcome.verdict is Verdict.fail and result.id in of_check:
            for place in result.outcome.places:
                if place.field:
                    fields = found.setdefault(place.resource, {})
                    fields.setdefault(place.field, set()).add(of_check[result.id])
    return found


def _row(resource: Resource, why: Mapping[str, set[str]], fhir: dict[str, int] | None) -> dict[str, Any]:
    hit = {field: why[field] for field in resource.by_name if field in why}
    counts = {one.id: sum(1 for ids in hit.values() if one.id in ids) for one in reasons()}
    return {
        "element": name(resource.name),
        "fields": len(resource.fields),
        "adapters": len(hit),
        "reasons": {id_: count for id_, count in counts.items() if count},
        "fhir": fhir,
    }
