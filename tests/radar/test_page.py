"""The entry's page says what is computed: score, confidence, ring, movement, criteria, blockers, threats."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from evaluation.radar import criteria_file, entries, scorecard, told
from evaluation.radar.entries import Blip

ROOT = Path(__file__).parents[2]
RADAR = ROOT / "docs" / "radar"


@pytest.fixture(scope="module")
def blip() -> Blip:
    return entries.load(RADAR)["healthjump"]


@pytest.fixture(scope="module")
def data(blip: Blip) -> dict[str, object]:
    card = scorecard.of_vendor(blip.entry.findings, criteria_file.load())
    return told.as_data(card, blip.entry.next_ring)


def row(blip: Blip, name: str) -> str:
    """The second cell of the row of the facts table with this name."""
    found = re.search(rf"^\| {name} \| (.*?) \|$", blip.entry.body, re.MULTILINE)
    assert found, f"docs/radar/healthjump.md has no row {name}"
    return found[1]


def section(blip: Blip, heading: str) -> str:
    return blip.entry.body.split(f"## {heading}\n")[1].split("\n## ")[0]


def test_the_numbers_of_the_page_are_the_computed_ones(blip: Blip, data: dict[str, int]) -> None:
    assert row(blip, "Ring").startswith(f"{data['ring']}: computed")
    assert row(blip, "Score") == f"{data['score']} of 100: what is proven against it takes {100 - data['score']}"
    assert row(blip, "Confidence").startswith(f"{data['confidence']} of 100")
    assert row(blip, "Proven well").startswith(f"{data['proven']} of 100")
    assert row(blip, "Movement") == blip.movement


def test_the_page_lists_every_revision(blip: Blip) -> None:
    cell = row(blip, "Revisions")
    assert re.findall(r"revisions/([\w-]+)\.md", cell) == [revision.name for revision in blip.history]


def test_the_review_day_is_that_of_the_front_matter(blip: Blip) -> None:
    assert blip.entry.review_by is not None and blip.entry.reviewed is not None
    assert row(blip, "Review due") == f"{blip.entry.review_by:%-d %B %Y}"
    assert blip.entry.reviewed == blip.history[-1].date


def test_the_table_of_criteria_is_the_computed_one(blip: Blip, data: dict[str, list[dict[str, int]]]) -> None:
    rows = [line for line in section(blip, "How the ring follows").splitlines() if line.startswith("| ")][2:]
    assert rows == [
        f"| {one['title']} | {one['weight']} | {one['score'] if one['fail'] or one['pass'] else 'unknown'} "
        f"| {one['confidence']} |"
        for one in data["criteria"]
    ]


def test_what_would_move_it_is_the_computed_list(blip: Blip, data: dict[str, list[str]]) -> None:
    text = section(blip, f"What would move it to {blip.entry.next_ring}")
    assert re.findall(r"^- (.*)$", text, re.MULTILINE) == [*data["blockers"], *data["threats"]]


def test_the_first_line_names_the_ring(blip: Blip) -> None:
    assert f"**{blip.entry.ring.capitalize()}** · Tools" in blip.entry.body


def test_alternatives_of_the_page_are_those_of_the_front_matter(blip: Blip) -> None:
    assert all(one.title in row(blip, "Alternatives") for one in blip.entry.alternatives)


def test_no_page_of_the_radar_calls_the_product_open_source_but_to_correct_it(blip: Blip) -> None:
    assert "open-source" not in blip.entry.business_model
    assert "so do we" in section(blip, "What was wrong with the entry of 2023")
