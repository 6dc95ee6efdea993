"""Home: the verdict of the entry, the radar, and what is proven, each from its source."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

import pytest

from evaluation.findings.evaluate import Evaluation
from evaluation.publish import facts, home
from evaluation.radar import criteria_file, entries, scorecard
from mockserver.contract import load

from .reading import drawings

CLICKS = {
    "which id to store": "guide/two-ids.md",
    "how to sync": "guide/incremental-sync.md",
    "what is unproven": "reference/open-questions.md",
    "what would change the verdict": "radar/healthjump.md#what-would-move-it",
}


def test_everything_that_is_made_stands_there(texts: Mapping[str, str]) -> None:
    text = texts["index.md"]
    entry = entries.load(facts.DOCS / "radar")["healthjump"].entry
    card = scorecard.of_vendor("healthjump", criteria_file.load())
    assert f"**[Healthjump: {entry.ring}](radar/healthjump.md). {entry.opinion.partition('. ')[0]}.**" in text
    assert f"Score {card.score} of 100, at a confidence of {card.confidence}" in text
    assert "<!-- made:" not in text
    (drawing,) = drawings(text)
    assert [link.get("href") for link in drawing.findall("a")] == ["radar/healthjump.html"]


def test_counts_are_those_of_contract_and_run(texts: Mapping[str, str], runs: Mapping[str, Evaluation]) -> None:
    properties = [p for element in load().elements.values() for p in element.properties]
    seen = sum(1 for p in properties if str(p.evidence.grade) in ("observed", "consumed"))
    known = [r for r in runs["mock"].results if str(r.known.verdict) == "fail"]
    assert f"{seen} of {len(properties)} columns" in texts["index.md"]
    assert f"[{len(known)} findings](findings/index.md) are known of the vendor" in texts["index.md"]


def test_another_ring_changes_it(runs: Mapping[str, Evaluation]) -> None:
    blips = dict(entries.load(facts.DOCS / "radar"))
    card = scorecard.of_vendor("healthjump", criteria_file.load())
    entry = replace(blips["healthjump"].entry, ring="hold", opinion="Keep *away*. For now.")
    made = home.parts(entry, blips, card, runs["mock"], load())
    assert made["verdict"].startswith("**[Healthjump: hold](radar/healthjump.md). Keep \\*away\\*.** ")


@pytest.mark.parametrize("wanted", CLICKS)
def test_what_a_newcomer_asks_is_one_click_away(texts: Mapping[str, str], wanted: str) -> None:
    assert f"({CLICKS[wanted]})" in texts["index.md"]


def test_three_doors(texts: Mapping[str, str]) -> None:
    assert re.findall(r"^\| \*\*(\w+)\*\*", texts["index.md"], re.MULTILINE) == ["decide", "develop", "evaluate"]
