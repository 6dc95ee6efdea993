"""The small scripts of the site: they filter, they say stale, and they ask nobody for anything."""

from __future__ import annotations

import re
from typing import Any

import pytest

from .scripts import ASSETS, call

OWN = ("radar.js", "scorecard.js", "stale.js")
ENGINE = {"text": "Café Engine\n reads EHRs", "ring": "assess", "quadrant": "Tools"}


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ({}, True),
        ({"text": "engine"}, True),
        ({"text": "  EHRS   cafe "}, True),
        ({"text": "engine redox"}, False),
        ({"ring": "assess"}, True),
        ({"ring": "hold"}, False),
        ({"ring": "assess", "quadrant": "Platforms"}, False),
        ({"text": "reads", "ring": "assess", "quadrant": "Tools"}, True),
    ],
)
def test_entries_are_found_by_words_ring_and_quadrant(wanted: dict[str, str], found: bool) -> None:
    assert call("radar.js", "matches", [[ENGINE, wanted]]) == [found]


def test_an_entry_is_stale_from_its_day_on() -> None:
    calls: list[list[Any]] = [["2027-05-22", day] for day in ("2027-05-21", "2027-05-22", "2027-12-01", "2026-12-31")]
    assert call("stale.js", "stale", calls) == [False, True, True, False]


@pytest.mark.parametrize("name", OWN)
def test_a_script_asks_nobody_and_writes_no_markup(name: str) -> None:
    text = (ASSETS / name).read_text(encoding="utf-8")
    assert not re.search(r"\b(fetch|XMLHttpRequest|import|eval|innerHTML|insertAdjacentHTML|localStorage)\b", text)
    assert "http" not in text
    assert '"use strict";' in text


def test_a_style_sheet_asks_nobody() -> None:
    text = (ASSETS / "radar.css").read_text(encoding="utf-8")
    assert "url(" not in text and "@import" not in text
    assert re.search(r"transition", text.partition("prefers-reduced-motion: no-preference")[0]) is None
