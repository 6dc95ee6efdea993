"""What the contract and its mapping to FHIR know of the fields of an effort table."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence

from evaluation.fhir.coverage import outcome
from evaluation.fhir.load import crosswalk
from evaluation.fhir.model import PLANNED, ElementMap, Outcome
from evaluation.fhir.names import of_contract
from evaluation.findings.model import Api, Origin, Resource
from mockserver.contract import Grade, load

OURS = (Origin.contract, Origin.mock, Origin.recording)
FHIR = {
    Outcome.exact: "exact",
    Outcome.derived: "by rule",
    Outcome.text: "as words",
    Outcome.assumed: "as words",
    Outcome.absent: "no home",
}


def guessed(resources: Sequence[Resource], why: Mapping[str, Container[str]], api: Api) -> dict[str, int]:
    """How many fields our own contract filled in by analogy, and how many of those are in ``why``, by resource.

    None where the fields are not those of our contract.
    """
    found = [(one.name, field) for one in resources for field in _supposed(one)] if api.origin in OURS else []
    return {"fields": len(found), "adapters": sum(1 for name, field in found if field in why.get(name, ()))}


def _supposed(resource: Resource) -> list[str]:
    names, elements = of_contract(), load().elements
    element = names.elements.get(resource.name, "")
    if element not in elements:
        return []
    columns = {one.vendor for one in elements[element].properties if one.evidence.grade is Grade.inferred}
    return [field for field in resource.by_name if names.columns[element].get(field) in columns]


def of_fhir(resource: Resource, vendor: str) -> dict[str, int] | None:
    """Fields by what the mapping makes of them; None where there is no mapping of the resource."""
    names, mapping = of_contract(), crosswalk()
    element = names.elements.get(resource.name, "")
    if vendor != mapping.vendor or element not in mapping.elements:
        return None
    columns = names.columns[element]
    served = frozenset(columns[field] for field in resource.by_name if field in columns)
    made = dict.fromkeys(FHIR.values(), 0)
    for field in resource.by_name:
        made[FHIR[_best(mapping.elements[element], columns.get(field, ""), served)]] += 1
    return made


def _best(element: ElementMap, column: str, served: frozenset[str]) -> Outcome:
    targets = (target for resource in element.resources for target in resource.targets if column in target.columns)
    return min((outcome(target, served) for target in targets), key=PLANNED.index, default=Outcome.absent)
