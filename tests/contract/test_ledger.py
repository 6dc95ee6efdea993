"""Every fact is graded, equals the evidence, and no grade can be lost or raised unnoticed."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Mapping
from copy import deepcopy
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from mockserver import contract as contracts
from mockserver.contract import Contract, Grade, ledger, patch, source
from mockserver.contract.ledger import Line, coverage, differences, ungraded, unsupported
from mockserver.contract.quirks import VENDOR, catalogue, switchable
from mockserver.contract.source import document, element_document, element_names

EVIDENCE = Path(__file__).with_name("ledger.csv")
STRONGER = {str(grade): str(Grade(grade + 1)) for grade in Grade if grade is not Grade.observed}


@pytest.fixture(scope="module")
def facts(vendor: Contract) -> list[Line]:
    return list(ledger.lines(vendor))


@pytest.fixture(scope="module")
def evidence() -> list[dict[str, str]]:
    """The grades of the evidence: kind, element, name, grade, sources."""
    with EVIDENCE.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_nothing_is_ungraded_under_any_selection() -> None:
    for chosen in (VENDOR, frozenset(), frozenset(switchable())):
        found = list(ledger.lines(contracts.load(chosen)))
        assert ungraded(found) == unsupported(found) == []


def test_the_ledger_equals_the_evidence(facts: list[Line], evidence: list[dict[str, str]]) -> None:
    assert differences(facts, evidence) == []


def test_the_evidence_has_every_column_once(facts: list[Line], evidence: list[dict[str, str]]) -> None:
    columns = sorted((row["element"], row["name"]) for row in evidence if row["kind"] == "property")
    assert columns == sorted((x.element, x.name) for x in facts if x.kind == "property")
    assert len(columns) == len(set(columns)) == 371


def test_the_evidence_has_every_quirk_but_the_half_split_off_for_feeds(evidence: list[dict[str, str]]) -> None:
    assert set(catalogue()) - {row["name"] for row in evidence if row["kind"] == "quirk"} == {"Q20-feed"}


def test_every_kind_of_fact_is_in_the_ledger(facts: list[Line], vendor: Contract) -> None:
    by_kind = {kind: [x for x in facts if x.kind == kind] for kind in dict.fromkeys(x.kind for x in facts)}
    assert {kind: len(found) for kind, found in by_kind.items()} == {
        "path": 20,
        "property": 371,
        "behaviour": len(vendor.behaviours),
        "format": len(document("formats.yaml")),
        "quirk": len(catalogue()),
        "quirk-on-element": sum(len(q.elements) for q in catalogue().values()),
    }


def test_columns_that_no_source_shows_are_inferred(clean: Contract) -> None:
    """The location element exists in the clean twin only, so nobody can have seen it."""
    location = clean.elements["location"]
    assert location.evidence.grade == Grade.inferred
    assert {p.evidence.grade for p in location.properties} == {Grade.inferred}


def test_coverage_counts_each_column_once(facts: list[Line]) -> None:
    table = coverage(facts)
    assert sum(table["all"].values()) == 371
    assert {n: sum(c.values()) for n, c in table.items() if n != "all"} == {
        e.name: len(e.properties) for e in contracts.load(VENDOR).elements.values()
    }
    assert table["appointment"]["observed"] == 17
    assert list(table["all"]) == ["observed", "consumed", "seed", "adjacent", "inferred"]


def test_machines_get_the_whole_ledger(vendor: Contract, facts: list[Line]) -> None:
    found = ledger.as_json(vendor)
    assert list(found) == ["coverage", "ungraded", "unsupported", "facts"]
    assert found["ungraded"] == [] and len(found["facts"]) == len(facts)


# --- proof that it can fail ------------------------------------------------------------------------------------------


def name_of(fact: Line) -> str:
    return f"{fact.kind} {fact.element}.{fact.name}"


def test_each_lost_grade_is_reported(facts: list[Line]) -> None:
    assert all(ungraded([replace(fact, grade="")]) == [name_of(fact)] for fact in facts)


def test_each_lost_source_is_reported(facts: list[Line]) -> None:
    assert all(ungraded([replace(fact, sources=())]) == [name_of(fact)] for fact in facts)


def test_each_unknown_source_is_reported(facts: list[Line]) -> None:
    for fact in facts:
        assert ungraded([replace(fact, sources=(*fact.sources, "client-99"))]) == [name_of(fact)]


def test_each_grade_raised_beyond_its_sources_is_reported(facts: list[Line]) -> None:
    for fact in facts:
        if not {"public API client", "real API response", "vendor documentation"} & _kinds(fact):
            assert unsupported([replace(fact, grade="observed")]) == [name_of(fact)]


def _kinds(fact: Line) -> set[str]:
    return {document("sources.yaml")[s]["kind"] for s in fact.sources}


def test_each_grade_raised_or_lowered_against_the_evidence_is_reported(
    facts: list[Line], evidence: list[dict[str, str]]
) -> None:
    known = {(row["kind"], row["element"], row["name"]): row for row in evidence}
    compared = [fact for fact in facts if (fact.kind, fact.element, fact.name) in known]
    assert len(compared) == len(evidence)
    for fact in compared:
        row = known[fact.kind, fact.element, fact.name]
        for grade in map(str, Grade):
            assert bool(differences([replace(fact, grade=grade)], [row])) == (grade != fact.grade)


def test_each_fact_that_is_gone_is_reported(facts: list[Line], evidence: list[dict[str, str]]) -> None:
    for row in evidence:
        without = [x for x in facts if (x.kind, x.element, x.name) != (row["kind"], row["element"], row["name"])]
        assert differences(without, [row]) == [f"{row['kind']} {row['element']} {row['name']}: not in the contract"]


Spoil = Callable[[dict[str, Any]], object]


def raise_grade(raw: dict[str, Any]) -> None:
    raw["x-evidence"]["grade"] = STRONGER[raw["x-evidence"]["grade"]]


def invent_source(raw: dict[str, Any]) -> None:
    raw["x-evidence"]["sources"] = ["client-99"]


def lose_evidence(raw: dict[str, Any]) -> None:
    del raw["x-evidence"]


def lose_grade(raw: dict[str, Any]) -> None:
    del raw["x-evidence"]["grade"]


def misspell_grade(raw: dict[str, Any]) -> None:
    raw["x-evidence"]["grade"] = "obvserved"


def columns() -> Iterator[tuple[str, str]]:
    for name in element_names():
        yield from ((name, column) for column in element_document(name)["properties"])


def complaints(
    monkeypatch: pytest.MonkeyPatch, element: str, column: str, spoil: Spoil, evidence: list[dict[str, str]]
) -> list[str]:
    """What is said about a contract in which one column's file entry was changed."""
    changed = deepcopy(document(f"elements/{element}.yaml"))
    spoil(changed["properties"][column])
    with monkeypatch.context() as patched:
        files = {f"elements/{element}.yaml": changed}
        patched.setattr(source, "document", lambda name: files.get(name) or document(name))
        chosen = frozenset[str]() if element == "location" else VENDOR
        try:
            made = patch.element(element, chosen)
        except KeyError as error:
            return [f"KeyError {error}"]
    assert made is not None
    found = list(ledger.lines(Contract(chosen, {element: made}, {})))
    expected = [row for row in evidence if row["kind"] == "property" and row["element"] == element]
    return [*ungraded(found), *unsupported(found), *differences(found, expected)]


@pytest.mark.parametrize("spoil", [lose_evidence, lose_grade, misspell_grade, invent_source, raise_grade])
def test_each_column_changed_in_its_file_is_reported(
    spoil: Spoil, evidence: list[dict[str, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    for element, column in columns():
        grade = document(f"elements/{element}.yaml")["properties"][column]["x-evidence"]["grade"]
        if spoil is not raise_grade or grade in STRONGER:
            assert complaints(monkeypatch, element, column, spoil, evidence), (element, column)


def test_an_unchanged_file_draws_no_complaint(evidence: list[dict[str, str]], monkeypatch: pytest.MonkeyPatch) -> None:
    def nothing(raw: Mapping[str, Any]) -> None:
        """Leave it as it is."""

    assert [c for e, column in columns() for c in complaints(monkeypatch, e, column, nothing, evidence)] == []
