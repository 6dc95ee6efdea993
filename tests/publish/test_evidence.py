"""Ledger, chart, sources and open questions say what the contract says."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from evaluation.publish import coverage_chart, evidence, facts
from mockserver.contract import Contract, Evidence, Grade, load
from mockserver.contract.ledger import coverage, lines
from mockserver.contract.source import document
from mockserver.errors import InputError

from .reading import drawings, rendered, words


def pages(contract: Contract, docs: Path = facts.DOCS) -> dict[str, str]:
    return {page.path: page.text for page in evidence.pages(contract, docs)}


def regraded(grade: Grade) -> Contract:
    """The contract if the first column of the first element had another grade."""
    contract = load()
    name, element = next(iter(contract.elements.items()))
    first, *rest = element.properties
    changed = replace(first, evidence=Evidence(grade, ("seed",)))
    return replace(contract, elements={**contract.elements, name: replace(element, properties=(changed, *rest))})


def test_table_and_chart_hold_the_numbers_of_the_ledger(texts: Mapping[str, str]) -> None:
    text = texts[evidence.LEDGER]
    found = coverage(lines(load()))
    (drawing,) = drawings(text)
    numbers = [int(one.text or "") for one in drawing.iter("text") if (one.get("class") or "").startswith("on-")]
    every = sorted(count for name, counts in found.items() if name != "all" for count in counts.values() if count)
    assert set(numbers) <= set(every)
    bars = [one for one in drawing.iter("rect") if one.get("height") == str(coverage_chart.BAR)]
    assert len(bars) == len(every)
    for name, counts in found.items():
        row = " | ".join([*map(str, counts.values()), str(sum(counts.values()))])
        assert f"| {row} |" in text, name


def test_bars_are_as_long_as_their_numbers() -> None:
    drawn = coverage_chart.chart(
        {"a": dict.fromkeys(coverage_chart.GRADES, 2), "all": dict.fromkeys(coverage_chart.GRADES, 2)}
    )
    assert set(re.findall(r'width="([\d.]+)" height="16"', drawn)) == {"124.0"}


def test_the_chart_is_labelled(texts: Mapping[str, str]) -> None:
    (drawing,) = drawings(texts[evidence.LEDGER])
    named = {child.get("id"): child.text for child in drawing if child.tag in ("title", "desc")}
    assert [bool(named[id_]) for id_ in (drawing.get("aria-labelledby") or "").split()] == [True, True]
    assert drawing.get("role") == "img"
    legend = {one.text for one in drawing.iter("text")}
    assert {str(grade) for grade in Grade} <= legend and set(load().elements) <= legend


def test_a_changed_grade_changes_table_and_chart() -> None:
    before, after = pages(load()), pages(regraded(Grade.seed))
    assert before[evidence.LEDGER] != after[evidence.LEDGER]
    assert "39 of 371" in after[evidence.LEDGER]
    assert before[evidence.SOURCES] != after[evidence.SOURCES]


def test_every_source_has_an_anchor_and_what_it_shows(texts: Mapping[str, str]) -> None:
    html = rendered(texts[evidence.SOURCES])
    cells = words(html, "td")
    for id_, source in document("sources.yaml").items():
        assert html.count(f'<a id="{id_}"></a>') == 1
        assert " ".join(source["what"].split()) in cells


def test_every_open_behaviour_is_listed_once(texts: Mapping[str, str]) -> None:
    ids = re.findall(r"^\| `([\w.-]+)`", texts[evidence.QUESTIONS], re.MULTILINE)
    wanted = [b.id for b in load().behaviours.values() if b.unknown or b.open_question]
    assert sorted(ids) == sorted(wanted)


def test_every_question_stands_as_it_is_asked(texts: Mapping[str, str]) -> None:
    asked = evidence.asked(facts.DOCS / evidence.LIMITS)
    for number in {b.open_question for b in load().behaviours.values() if b.open_question}:
        assert f"## Question {number}\n\n{asked[number]}\n" in texts[evidence.QUESTIONS]


def test_a_question_that_nobody_asks_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "limits.md").write_text("| 1 | Why? | so |\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"question \d+ is not asked"):
        pages(load(), tmp_path)
