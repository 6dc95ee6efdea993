"""The bundled OpenAPI document: the frame of openapi.yaml, filled in from elements and behaviours."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from typing import TYPE_CHECKING, Any

from .model import Behaviour, Element, Evidence, Property
from .quirks import describe
from .source import document

if TYPE_CHECKING:
    from .load import Contract

JsonObject = dict[str, Any]


def bundle(contract: Contract) -> JsonObject:
    """One document with vendor paths only; every ``$ref`` is local. Callers may change it."""
    frame: JsonObject = deepcopy(document("openapi.yaml"))
    operation, envelope = frame.pop("x-data-operation"), frame.pop("x-envelope")
    frame["info"]["x-quirks"] = describe(contract.quirks)
    for part in (frame, operation, envelope):
        _grade(part, contract.behaviours)
    _resolve(frame["paths"]["/authenticate"]["post"], contract.behaviours)
    for element in contract.elements.values():
        frame["paths"][f"/hjdw/{{client_id}}/{element.path}"] = _path_item(element, operation, contract)
        frame["components"]["schemas"][element.path] = row_schema(element)
        frame["components"]["schemas"][f"{element.path}_page"] = _page_schema(element, envelope)
    return frame


def row_schema(element: Element) -> JsonObject:
    """The flat, closed schema of one row: every column, no others."""
    return {
        "type": "object",
        "description": element.description,
        "additionalProperties": False,
        "required": [p.wire for p in element.properties],
        "properties": {p.wire: _property_schema(p) for p in element.properties},
    }


def _property_schema(prop: Property) -> JsonObject:
    schema = {key: deepcopy(value) for key, value in prop.schema.items() if _fits(key, prop)}
    if prop.vendor != prop.wire:
        schema["x-vendor-name"] = prop.vendor
    return schema if prop.example is None else {**schema, "examples": [prop.example]}


def _fits(key: str, prop: Property) -> bool:
    """A pattern means nothing to a number, a bound nothing to text."""
    if key == "pattern":
        return "string" in prop.types
    return key not in ("minimum", "maximum") or prop.number


def _page_schema(element: Element, envelope: JsonObject) -> JsonObject:
    schema: JsonObject = deepcopy(envelope)
    schema["properties"]["data"]["items"] = {"$ref": f"#/components/schemas/{element.path}"}
    return schema


def example_page(element: Element) -> JsonObject:
    """A page whose one row holds each column's example: what a server made from the contract alone answers."""
    return {
        "current_page": 1,
        "data": [{p.wire: p.example for p in element.properties}],
        "from": 1,
        "last_page": 1,
        "next_page_url": None,
        "path": f"https://api.healthjump.com/hjdw/SBOX02/{element.path}",
        "per_page": 1000,
        "prev_page_url": None,
        "to": 1,
        "total": 1,
    }


def _path_item(element: Element, template: JsonObject, contract: Contract) -> JsonObject:
    operation = deepcopy(template)
    _resolve(operation, contract.behaviours)
    page = {"$ref": f"#/components/schemas/{element.path}_page"}
    content = {"application/json": {"schema": page, "example": example_page(element)}}
    leaned_on = {id_: deepcopy(e) for id_, e in operation["x-behaviours"].items() if id_.startswith("envelope.")}
    answer = {"description": "One page of rows.", "content": content, "x-behaviours": leaned_on}
    operation["responses"] = {"200": answer, **operation["responses"]}
    get = {
        "operationId": f"list_{element.path}",
        "summary": f"Rows of {element.name}",
        "description": element.description,
        "x-element": element.name,
        "x-evidence": _plain(element.evidence),
        "parameters": list(_parameters(element, contract.behaviours)),
        **operation,
    }
    shared = [{"$ref": f"#/components/parameters/{name}"} for name in ("client_id", "Secretkey", "Version")]
    return {"parameters": shared, "get": get}


def _parameters(element: Element, behaviours: Mapping[str, Behaviour]) -> Iterator[JsonObject]:
    yield {"$ref": "#/components/parameters/page"}
    operators = [id_.removeprefix("filter.") for id_ in operator_ids(behaviours)]
    for prop in element.properties:
        behaviour = behaviours["filter.grammar" if prop.vendor in FILTERED else "filter.any-column"]
        yield {
            "name": prop.wire,
            "in": "query",
            "required": False,
            "description": f"Filter on {prop.wire}: operator~value.",
            "schema": {"type": "string", "pattern": f"^({'|'.join(operators)})~"},
            "x-behaviour": behaviour.id,
            "x-evidence": _plain(behaviour.evidence),
        }


def operator_ids(behaviours: Mapping[str, Behaviour]) -> list[str]:
    """The behaviour ids of the filter operators, in the order of the file."""
    return [id_ for id_, b in behaviours.items() if b.kind == "filter" and id_.removeprefix("filter.") in OPERATORS]


OPERATORS = ("eq", "btwn", "lt", "eqf", "gt", "gte", "lte", "ne", "like", "in")
FILTERED = ("client_patient_id", "date", "first_name", "hj_modify_timestamp")
"""The vendor's names of the columns that clients were seen to filter (filter.any-column)."""


def _resolve(operation: JsonObject, behaviours: Mapping[str, Behaviour]) -> None:
    """Replace ``x-behaviours`` by evidence and ``x-errors`` by bodies."""
    responses = operation["responses"]
    for part in (operation, *responses.values()):
        if "x-behaviours" in part:
            part["x-behaviours"] = {id_: _plain(behaviours[id_].evidence) for id_ in part["x-behaviours"]}
    for status in list(responses):
        if "x-errors" in responses[status]:
            matching = [behaviours[i] for i in responses[status]["x-errors"] if behaviours[i].status == int(status)]
            responses[status] = _error_response(matching)
    operation["responses"] = {status: r for status, r in responses.items() if r}


def _error_response(behaviours: Sequence[Behaviour]) -> JsonObject:
    if not behaviours:
        return {}
    slugs = sorted({b.body["error"] for b in behaviours})
    schema = {
        "type": "object",
        "additionalProperties": False,
        "required": ["error"],
        "properties": {"error": {"type": "string", "enum": slugs}, "message": {"type": "string"}},
    }
    return {
        "description": " ".join(b.title.rstrip(".") + "." for b in behaviours),
        "content": {"application/json": {"schema": schema}},
        "x-behaviours": {b.id: _plain(b.evidence) for b in behaviours},
    }


def _grade(part: Any, behaviours: Mapping[str, Behaviour]) -> None:
    """Put the evidence of the behaviour it names beside each ``x-behaviour``."""
    for inner in list(part.values()) if isinstance(part, dict) else part if isinstance(part, list) else ():
        _grade(inner, behaviours)
    if isinstance(part, dict) and isinstance(part.get("x-behaviour"), str):
        part["x-evidence"] = _plain(behaviours[part["x-behaviour"]].evidence)


def _plain(evidence: Evidence) -> JsonObject:
    return {"grade": str(evidence.grade), "sources": list(evidence.sources)}
