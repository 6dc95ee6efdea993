"""Elements, quirks, protocol, filters and settings are told as contract and mock have them."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import replace

import pytest

from evaluation.publish import elements, oddities, protocol
from evaluation.publish.mock import Mock
from mockserver.contract import Contract, Evidence, Grade, Property, load
from mockserver.contract.quirks import catalogue
from mockserver.settings import table as settings_table

from .reading import rendered, words

ELEMENTS = tuple(load().elements)


@pytest.fixture(scope="module")
def mock() -> Mock:
    return Mock()


def regraded(grade: Grade) -> Contract:
    """The contract if a column of payer had another grade and meaning."""
    contract = load()
    payer = contract.elements["payer"]
    first, *rest = payer.properties
    changed = replace(first, evidence=Evidence(grade, ("client-07",)), description="A *new* | meaning_of_it.")
    return replace(contract, elements={**contract.elements, "payer": replace(payer, properties=(changed, *rest))})


def told(column: Property) -> tuple[str, ...]:
    """A column's row on its page."""
    evidence = column.evidence
    known = (str(evidence.grade), ", ".join(evidence.sources))
    return (column.wire, " or ".join(column.types), column.format, *known, " ".join(column.description.split()))


@pytest.mark.parametrize("name", ELEMENTS)
def test_every_column_stands_with_type_grade_and_meaning(texts: Mapping[str, str], name: str) -> None:
    cells = words(rendered(texts[f"reference/elements/{name}.md"]), "td")
    rows = [tuple(cells[start : start + 6]) for start in range(0, 6 * len(load().elements[name].properties), 6)]
    assert rows == [told(p) for p in load().elements[name].properties]


@pytest.mark.parametrize("name", ELEMENTS)
def test_the_example_row_is_the_first_of_the_mock(texts: Mapping[str, str], mock: Mock, name: str) -> None:
    answer = mock.get(load().elements[name].path).body
    example = texts[f"reference/elements/{name}.md"].partition("## A row of the mock")[2]
    shown = json.loads(example.partition("```json\n")[2].partition("\n```")[0])
    assert shown == (answer["data"][0] if answer["data"] else answer)


@pytest.mark.parametrize("name", ELEMENTS)
def test_every_quirk_of_an_element_is_linked(texts: Mapping[str, str], name: str) -> None:
    oddities_ = texts[f"reference/elements/{name}.md"].partition("## Oddities")[2].partition("\n## ")[0]
    wanted = [id_ for id_, quirk in catalogue().items() if name in quirk.elements]
    assert re.findall(r"^\| \[([^\]]+)\]\(\.\./quirks\.md#", oddities_, re.MULTILINE) == wanted


def test_a_changed_grade_changes_the_element_s_page(mock: Mock, texts: Mapping[str, str]) -> None:
    pages = {page.path: page.text for page in elements.pages(regraded(Grade.observed), mock)}
    here = "reference/elements/payer.md"
    assert pages[here] != texts[here] and "1 observed" in pages[here]
    assert "A *new* | meaning_of_it." in words(rendered(pages[here]), "td")
    overview = "reference/elements/index.md"
    assert pages[overview] != texts[overview]


def test_every_quirk_says_what_it_does_and_how_well_it_is_known(texts: Mapping[str, str]) -> None:
    page = rendered(texts[oddities.PATH])
    paragraphs = [" ".join(text.split()) for text in words(page, "p")]
    for quirk in catalogue().values():
        assert any(" ".join(quirk.claim.split()) in text for text in paragraphs), quirk.id
        assert f'id="{quirk.id.lower()}"' in page


def test_rows_with_and_without_a_quirk_differ(texts: Mapping[str, str]) -> None:
    sides = re.findall(
        r"with the quirk:\n\n```json\n(.*?)\n```\n\nand without:\n\n```json\n(.*?)\n```",
        texts[oddities.PATH],
        re.DOTALL,
    )
    assert len(sides) >= 5
    assert all(json.loads(left) != json.loads(right) for left, right in sides)


def test_only_what_differs_is_shown() -> None:
    assert oddities._differing({"a": 1, "b": 2}, {"a": 1, "b": "2"}) == ({"b": 2}, {"b": "2"})
    assert oddities._differing({"a": 1}, {"c": 1}) == ({"a": 1}, {"c": 1})
    assert oddities._differing({"a": 1}, {"a": 1}) is None
    assert oddities._differing({}, {"a": 1}) is None


def test_every_behaviour_says_its_claim(texts: Mapping[str, str]) -> None:
    cells = {path: words(rendered(texts[f"reference/{path}.md"]), "td") for path in ("protocol", "filters")}
    for behaviour in load().behaviours.values():
        found = cells["filters" if behaviour.kind == "filter" else "protocol"]
        assert f"{' '.join(behaviour.title.split())}. {' '.join(behaviour.claim.split())}" in found, behaviour.id


def test_examples_of_filters_are_what_the_mock_answers(texts: Mapping[str, str], mock: Mock) -> None:
    for title, element, query in protocol.EXAMPLES:
        answer = mock.get(element, query)
        text = texts["reference/filters.md"].partition(f"### {title}\n")[2].partition("\n### ")[0]
        assert f"`{answer.request}` answers {answer.status}" in text
        shown = json.loads(text.partition("```json\n")[2].partition("\n```")[0])
        assert shown == (answer.body["data"][0] if answer.status == 200 and answer.body["data"] else answer.body)


def test_every_setting_stands_with_flag_variable_and_help(texts: Mapping[str, str]) -> None:
    cells = words(rendered(texts["reference/settings.md"]), "td")
    for row in settings_table():
        at = cells.index(f"--{row.name.replace('_', '-')}")
        assert cells[at + 1] == f"HJKIT_{row.name.upper()}"
        assert cells[at + 3] == " ".join(row.help.split())
