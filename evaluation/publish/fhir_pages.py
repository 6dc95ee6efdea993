"""What each column becomes in FHIR, and how much of US Core and USCDI that fills."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from evaluation.fhir import uscdi
from evaluation.fhir.coverage import us_core
from evaluation.fhir.load import crosswalk
from evaluation.fhir.model import PLANNED, ElementMap, ResourceMap, Target
from evaluation.fhir.names import of_contract
from mockserver.contract import Contract

from .markdown import cell, code, link, section, table
from .page import Page
from .words import codes

PATH = "reference/fhir.md"
HEAD = ["FHIR element", "from", "outcome", "how"]
OUTCOMES = {
    "exact": "carried over, code system known",
    "derived": "computed by a stated rule",
    "text": "as words, without a code",
    "assumed": "put in although no column says so",
    "absent": "left empty",
}


def pages(contract: Contract) -> Iterator[Page]:
    """One page of coverage; the mapping of each element stands on its own page."""
    yield Page(PATH, "FHIR", _page(contract), ("Reference",))


def _page(contract: Contract) -> str:
    mapping = crosswalk()
    columns = of_contract().read({e.path: frozenset(p.wire for p in e.properties) for e in contract.elements.values()})
    core, classes = us_core(mapping, columns), uscdi.coverage(uscdi.load(), columns)
    profiles = [[cell(one.profile.title), *map(str, one.counts.values())] for one in core.profiles]
    groups = [[cell(one.name), f"{len(one.homes)} of {len(one.elements)}", _without(one)] for one in classes.classes]
    return section(
        "# FHIR",
        f"**{core.filled} of the {core.total} elements that US Core 6.1.0 requires or expects can be filled exactly "
        f"or by a stated rule ({core.percent:.0f} %); {classes.homes} of {classes.total} data elements of USCDI v3 "
        "have a home.** Counted with every column of the contract, also those filled in by analogy. "
        f"The mapping of each element is on {link('its page', 'reference/elements/index.md', PATH)}.",
        "## What comes of an element",
        table(["outcome", "means"], [[name, told] for name, told in OUTCOMES.items()]),
        "## US Core profiles",
        table(["profile", *(str(outcome) for outcome in PLANNED)], profiles),
        f"{len(core.without)} more profiles get no rows at all: {codes(core.without)}.",
        "## USCDI v3 classes",
        table(["class", "with a home", "without"], groups),
        "## Rules",
        _sentences("rule", mapping.rules),
        "## Assumptions",
        _sentences("assumption", mapping.assumptions),
    )


def _sentences(kind: str, found: Mapping[str, str]) -> str:
    return table([kind, "what it says"], [[code(name), cell(told)] for name, told in found.items()])


def _without(group: uscdi.ClassCoverage) -> str:
    homes = set(group.homes)
    return cell(", ".join(element.name for element in group.elements if element not in homes))


def of_element(name: str, here: str) -> str:
    """The mapping of one element, for its page."""
    found = crosswalk().elements.get(name)
    if found is None:
        return "It is no part of the mapping."
    apart = f"No part of any coverage: {cell(found.not_counted)}." if found.not_counted else ""
    whole = f"How much of US Core that fills: {link('FHIR', PATH, here)}."
    return section(apart, *map(_resource, found.resources), _unmapped(found), whole)


def _resource(resource: ResourceMap) -> str:
    profile = f", profile `{resource.profile}`" if resource.profile else ""
    when = f", {cell(resource.when)}" if resource.when else ""
    note = f" ({cell(resource.note)})" if resource.note else ""
    head = f"### {resource.name.replace(':', ', ')}"
    rows = [[code(t.path), codes(t.columns), _outcome(t), _how(t)] for t in resource.targets]
    return section(head, f"From each row{when}{profile}{note}.", table(HEAD, rows))


def _outcome(target: Target) -> str:
    return f"{target.outcome}, else {target.fallback}" if target.fallback else str(target.outcome)


def _how(target: Target) -> str:
    parts = (
        code(target.value), f"rule {code(target.rule)}" if target.rule else "",
        f"system {codes(target.systems)}" if target.systems else "",
        f"assumption {code(target.assumption)}" if target.assumption else "", cell(target.note),
    )  # fmt: skip
    return "; ".join(part for part in parts if part)


def _unmapped(element: ElementMap) -> str:
    rows = [[code(column), cell(why)] for column, why in element.unmapped.items()]
    return section("### Columns without a home", table(["column", "why"], rows)) if rows else ""
