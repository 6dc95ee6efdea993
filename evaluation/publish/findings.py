"""The overview of findings, worst first, and the pages of all checks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from evaluation.findings.evaluate import Evaluation
from evaluation.findings.grades import Proof

from . import facts, finding
from .markdown import cell, link, section, table
from .page import Page
from .words import count

INDEX = f"{finding.FOLDER}/index.md"
GRADES = (*(str(grade) for grade in sorted(Proof, reverse=True)), None)
LEVELS = ("high", "medium", "low", "")


def pages(runs: Mapping[str, Evaluation]) -> Iterator[Page]:
    """The overview and a page for each check, by id."""
    results = facts.results(runs["mock"])
    yield Page(INDEX, "All findings", _overview(list(results.values())), ("Findings",))
    for id_ in sorted(results):
        yield finding.page(results[id_], runs)


def worst_first(results: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Found ones by severity, then by how well they are known of the vendor."""

    def place(result: Mapping[str, Any]) -> tuple[int, int, str]:
        grade = result["known"]["grade"]
        return LEVELS.index(finding.severity(result)), GRADES.index(grade), result["id"]

    return sorted(results, key=place)


def known_of_vendor(results: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Those that are known to be so of the vendor, worst first."""
    return worst_first([r for r in results if r["known"]["verdict"] == "fail"])


def _overview(results: Sequence[Mapping[str, Any]]) -> str:
    known = known_of_vendor(results)
    ids = {r["id"] for r in known}
    others = [r for r in results if r["id"] not in ids]
    only_mock = worst_first([r for r in others if r["verdict"] == "fail"])
    rest = sorted((r for r in others if r["verdict"] != "fail"), key=lambda r: r["id"])
    return section(
        "# Findings",
        f"**{len(known)} of {count(len(results), 'check')} are known to find something in the vendor's API.** "
        f"{len(only_mock)} more find something in our mock, which proves only that the check works. "
        f"{len(rest)} find nothing there or cannot tell.",
        "## Known of the vendor",
        rows(known, INDEX),
        "## Found in the mock only",
        "What the mock shows here is filled in by analogy, or comes from another channel of the vendor.",
        rows(only_mock, INDEX),
        "## Not found, or not known",
        rows(rest, INDEX),
        "## Grades",
        finding.legend(),
        f"Each check on each kind of target: {link('the matrix', 'reference/findings-matrix.md', INDEX)}. "
        f"How severity follows: {link('evaluate an API', 'guide/evaluate.md#severity', INDEX)}.",
    )


def rows(found: Sequence[Mapping[str, Any]], here: str) -> str:
    """A table of findings."""
    head = ["finding", "severity", "in the mock", "of the vendor", "grade"]
    return table(head, [_row(result, here) for result in found]) if found else "None."


def _row(result: Mapping[str, Any], here: str) -> list[str]:
    known = result["known"]
    title = link(f"{result['id']} {cell(result['title'])}", finding.path(result["id"]), here)
    return [title, finding.severity(result) or "none", result["verdict"], known["verdict"], known["grade"] or "none"]
