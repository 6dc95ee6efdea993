"""Pages made from the code are what the code says today."""

from __future__ import annotations

import json
from pathlib import Path

from mockserver import contract, export
from mockserver.contract.difference import as_markdown

ROOT = Path(__file__).parents[2]
REFERENCE = ROOT / "docs" / "reference"


def test_the_difference_to_the_clean_twin_is_current() -> None:
    page = (REFERENCE / "clean-twin.md").read_text(encoding="utf-8")
    made = as_markdown(contract.load(), contract.load(frozenset()))
    assert page == made, "make it anew: hjkit contract --against none > docs/reference/clean-twin.md"


def test_the_row_counts_are_those_of_the_manifest() -> None:
    held = json.loads((ROOT / "fixtures" / "MANIFEST.json").read_text(encoding="utf-8"))
    page = (REFERENCE / "worlds.md").read_text(encoding="utf-8")
    made_anew = "hjkit world manifest --markdown > docs/reference/worlds.md"
    assert page == export.manifest_page(held), f"make it anew: {made_anew}"
