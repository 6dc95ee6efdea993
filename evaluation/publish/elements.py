"""A page for each element: its columns with grade and source, a row of the mock, the oddities that touch it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from mockserver.contract import Contract, Element, Property, Quirk
from mockserver.contract.quirks import catalogue

from . import fhir_pages
from .markdown import as_json, cell, code, fence, link, section, table
from .mock import Mock
from .page import Page
from .words import count

FOLDER = "reference/elements"
SECTION = ("Reference", "Elements")
HEAD = ("column", "type", "notation", "grade", "sources", "meaning")


def pages(contract: Contract, mock: Mock) -> Iterator[Page]:
    """The overview and a page for each element of the contract."""
    yield Page(f"{FOLDER}/index.md", "All elements", _overview(contract), SECTION)
    for element in contract.elements.values():
        path = f"{FOLDER}/{element.name}.md"
        yield Page(path, element.name, _element(element, mock, path), SECTION)


def _overview(contract: Contract) -> str:
    here = f"{FOLDER}/index.md"
    rows = [
        [
            link(code(e.name), f"{FOLDER}/{e.name}.md", here),
            code(f"/hjdw/{{client_id}}/{e.path}"),
            *_counts(e),
            cell(e.description),
        ]
        for e in contract.elements.values()
    ]
    head = ["element", "path", "columns", "seen or read", "inferred", "what it holds"]
    known = (
        "**Columns that nobody has seen are filled in by analogy, so that a connector has something to work with.** "
        "The grade of each column says which."
    )
    return section("# Elements", known, table(head, rows))


def _counts(element: Element) -> list[str]:
    grades = Counter(str(p.evidence.grade) for p in element.properties)
    proven = grades["observed"] + grades["consumed"]
    return [str(len(element.properties)), str(proven), str(grades["inferred"])]


def _element(element: Element, mock: Mock, here: str) -> str:
    grades = Counter(str(p.evidence.grade) for p in element.properties)
    told = ", ".join(f"{count} {grade}" for grade, count in grades.most_common())
    return section(
        f"# {element.name}",
        f"{cell(element.description)} Served at `/hjdw/{{client_id}}/{element.path}`.",
        f"**How well its {len(element.properties)} columns are known:** {told}. "
        f"The element itself is {element.evidence.grade} ({_sources(element.evidence.sources, here)}).",
        "## Columns",
        table(HEAD, [_column(p, here) for p in element.properties]),
        "## A row of the mock",
        _row(element, mock),
        "## Oddities",
        _oddities(element, here),
        "## In FHIR",
        fhir_pages.of_element(element.name, here),
    )


def _column(column: Property, here: str) -> list[str]:
    types = " or ".join(column.types)
    evidence = column.evidence
    return [
        code(column.wire),
        types,
        link(code(column.format), f"reference/notations.md#{column.format}", here) if column.format else "",
        str(evidence.grade),
        _sources(evidence.sources, here),
        cell(column.description),
    ]


def _sources(sources: tuple[str, ...], here: str) -> str:
    return ", ".join(link(code(source), f"reference/sources.md#{source}", here) for source in sources)


def _row(element: Element, mock: Mock) -> str:
    answer = mock.get(element.path)
    rows = answer.body["data"]
    if not rows:
        return f"The sandbox has no rows here: `{answer.request}` answers the empty envelope.\n\n" + fence(
            as_json(answer.body), "json"
        )
    told = f"`{answer.request}` answers {count(answer.body['total'], 'row')}. The first:"
    return f"{told}\n\n{fence(as_json(rows[0]), 'json')}"


def _oddities(element: Element, here: str) -> str:
    found = [quirk for quirk in catalogue().values() if element.name in quirk.elements]
    if not found:
        return "None is known."
    rows = [
        [link(q.id, f"reference/quirks.md#{q.id.lower()}", here), cell(q.title), _grade(q, element), q.set]
        for q in found
    ]
    return table(["quirk", "what", "grade here", "in selection"], rows)


def _grade(quirk: Quirk, element: Element) -> str:
    return str(quirk.elements[element.name].grade)
