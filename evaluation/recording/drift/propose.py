"""What a person may change in the contract after a look at the differences: a patch to review, never applied here.

A grade is only ever raised by what the vendor itself answered, and only with a source of its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from mockserver.contract import Contract, Grade

from .compare import CONTRACT, fact
from .comparison import LIVE, RECORDING, Result
from .facts import AS_STATED, NOT_COMPARABLE, NOT_SEEN, Difference

Entry = dict[str, Any]
BEHAVIOURS = "behaviours.yaml"
REVIEW = (
    "Proposed by hjkit drift for a person to review; nothing of it has been applied. Files are those of the contract. "
    "What was seen is told without values: word the claims yourself."
)


def document(result: Result, contract: Contract, today: date) -> str:
    """The proposal as YAML."""
    import yaml

    source = _source(result, today)
    found: Entry = {"review": REVIEW, "origin": _origin(result)}
    if source:
        found["sources.yaml"] = {source: {"kind": "real API response", "channel": "api", "seen": source[5:]}}
    found["changes"] = [_change(d, contract, result, source) for d in result.differences]
    found["grades"] = list(_rises(result, contract, source)) if source else []
    text: str = yaml.safe_dump(found, sort_keys=False, allow_unicode=True, width=150)
    return text


def _origin(result: Result) -> str:
    return f"live, asked by {result.vendor}" if result.vendor == "live" else result.origin or "no recording"


def _source(result: Result, today: date) -> str:
    """The id of the new source; empty where the vendor was not heard."""
    day = today if result.vendor == "live" else result.recorded
    return f"live-{day.isoformat()}" if result.vendor and day else ""


def _change(difference: Difference, contract: Contract, result: Result, source: str) -> Entry:
    """One place of the contract, what it says now and what was seen. Evidence comes with the vendor's word only."""
    silent = (AS_STATED, NOT_SEEN, NOT_COMPARABLE)
    views = {n: said for n, said in difference.says.items() if said not in silent and n != CONTRACT}
    entry: Entry = {"file": file_of(difference.id, contract), "at": _at(difference.id, contract)}
    entry |= {"facet": difference.facet, "states": difference.says[CONTRACT], "seen": views}
    heard = next((name for name in (result.vendor, RECORDING, LIVE) if name in views), None)
    if heard is not None:
        evidence = {"x-evidence": _observed(source)} if heard == result.vendor else {}
        entry["patch"] = {**_patch(difference, views[heard], contract), **evidence}
    return entry


def file_of(id_: str, contract: Contract) -> str:
    """The contract file that states a fact."""
    return BEHAVIOURS if id_ in contract.behaviours else f"elements/{id_.partition('.')[0]}.yaml"


def _at(id_: str, contract: Contract) -> str:
    """The key in that file. Element files use the vendor's names of columns."""
    if id_ in contract.behaviours:
        return id_
    name, _, column = id_.partition(".")
    prop = contract.elements[name].by_wire.get(column)
    return f"properties.{prop.vendor if prop else column}"


def _observed(source: str) -> Entry:
    return {"grade": str(Grade.observed), "sources": [source]}


def _patch(difference: Difference, seen: str, contract: Contract) -> Entry:
    """Members to change, as far as a machine can word them."""
    if difference.facet == "status" and seen.removeprefix("status ").isdigit():
        return {"status": int(seen.removeprefix("status "))}
    if difference.id in contract.behaviours:
        return {"claim": f"(to be worded) Seen: {seen}."}
    return _column(difference, seen, contract)


def _column(difference: Difference, seen: str, contract: Contract) -> Entry:
    """Members of a property in an element file."""
    name, _, column = difference.id.partition(".")
    prop = contract.elements[name].by_wire.get(column)
    if prop is None:
        return {"add": True, "x-format": "(to be found)"}
    if seen == "missing":
        return {"remove": True}
    if seen.startswith("called "):
        return {"rename": seen.removeprefix("called ")}
    kinds = seen.split(" or ") if difference.facet == "types" else [*prop.types, "null"] if seen == "null" else []
    return {"type": kinds} if kinds else {"x-format": f"(to be found) Seen: {seen}."}


def _rises(result: Result, contract: Contract, source: str) -> Iterator[Mapping[str, Any]]:
    """Facts that the vendor was seen to keep and that are known less well."""
    broken = {d.id for d in result.differences}
    for id_ in result.confirmed[result.vendor]:
        known = fact(id_, contract)
        if known.grade < Grade.observed and id_ not in broken:
            at = _at(id_, contract)
            raised = {"from": str(known.grade), "to": str(Grade.observed), "add_source": source}
            yield {"file": file_of(id_, contract), "at": at, **raised}
