"""The evidence as a table: what is graded how, by element, and what is not graded at all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from types import MappingProxyType
from typing import Any

from .load import Contract
from .model import Evidence, Grade
from .quirks import catalogue
from .source import document


@dataclass(frozen=True, slots=True)
class Line:
    """One graded fact. ``kind`` is property, behaviour, quirk, quirk-on-element, path or format."""

    kind: str
    element: str
    name: str
    grade: str
    sources: tuple[str, ...]


def lines(contract: Contract) -> Iterator[Line]:
    """Every fact of the contract with its grade, in a fixed order."""
    for element in contract.elements.values():
        yield _line("path", element.name, element.path, element.evidence)
        for prop in element.properties:
            yield _line("property", element.name, prop.wire, prop.evidence)
    for behaviour in contract.behaviours.values():
        yield _line("behaviour", "", behaviour.id, behaviour.evidence)
    for name, raw in document("formats.yaml").items():
        yield Line("format", "", name, raw["evidence"]["grade"], tuple(raw["evidence"]["sources"]))
    for quirk in catalogue().values():
        yield _line("quirk", "", quirk.id, quirk.evidence)
        for name, evidence in quirk.elements.items():
            yield _line("quirk-on-element", name, quirk.id, evidence)


def _line(kind: str, element: str, name: str, evidence: Evidence) -> Line:
    return Line(kind, element, name, str(evidence.grade), evidence.sources)


def ungraded(ledger: Iterable[Line]) -> list[str]:
    """Facts without a grade or a known source, as ``kind element.name``."""
    grades, known = {str(g) for g in Grade}, document("sources.yaml")
    bad = (x for x in ledger if x.grade not in grades or not x.sources or not set(x.sources) <= set(known))
    return [f"{x.kind} {x.element}.{x.name}" for x in bad]


STRONGEST: Mapping[str, Grade] = MappingProxyType(
    {
        "real API response": Grade.observed,
        "vendor documentation": Grade.observed,
        "public API client": Grade.observed,
        "model of a public API client": Grade.consumed,
        "interview task about the API": Grade.consumed,
        "radar entry": Grade.seed,
        "inference": Grade.inferred,
        "third-party guess": Grade.inferred,
    }
)
"""The strongest grade a kind of source can bear; kinds not named here belong to other channels: ``adjacent``."""


def unsupported(ledger: Iterable[Line]) -> list[str]:
    """Facts whose grade is stronger than any of their sources can bear, as ``kind element.name``."""
    known = document("sources.yaml")
    bears = {id_: STRONGEST.get(source["kind"], Grade.adjacent) for id_, source in known.items()}
    graded = (x for x in ledger if x.grade in Grade.__members__)
    bad = (x for x in graded if Grade[x.grade] > max((bears.get(s, Grade.inferred) for s in x.sources), default=-1))
    return [f"{x.kind} {x.element}.{x.name}" for x in bad]


def coverage(ledger: Iterable[Line]) -> dict[str, dict[str, int]]:
    """Columns by grade for each element, with a row ``all`` for everything together."""
    table: dict[str, Counter[str]] = {}
    for line in ledger:
        if line.kind == "property":
            table.setdefault(line.element, Counter())[line.grade] += 1
    table["all"] = sum(table.values(), Counter())
    return {name: {str(g): counts[str(g)] for g in sorted(Grade, reverse=True)} for name, counts in table.items()}


def as_json(contract: Contract) -> dict[str, Any]:
    """The whole ledger for machines: coverage, every line, and what is not graded or not by its sources."""
    ledger = list(lines(contract))
    amiss = {"ungraded": ungraded(ledger), "unsupported": unsupported(ledger)}
    return {"coverage": coverage(ledger), **amiss, "facts": [asdict(x) for x in ledger]}


def differences(ledger: Iterable[Line], expected: Iterable[Mapping[str, str]]) -> list[str]:
    """Where the ledger departs from rows with kind, element, name, grade and sources (blank-separated)."""
    own = {(x.kind, x.element, x.name): (x.grade, " ".join(x.sources)) for x in ledger}
    wanted = {(r["kind"], r["element"], r["name"]): (r["grade"], r["sources"]) for r in expected}
    lost = [f"{' '.join(key)}: not in the contract" for key in wanted if key not in own]
    other = [
        f"{' '.join(key)}: contract says {own[key]}, evidence {fact}"
        for key, fact in wanted.items()
        if key in own and own[key] != fact
    ]
    return [*lost, *other]
