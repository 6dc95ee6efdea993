"""Pages made from the code are what the code says today."""

from __future__ import annotations

from pathlib import Path

from mockserver import contract
from mockserver.contract.difference import as_markdown

REFERENCE = Path(__file__).parents[2] / "docs" / "reference"


def test_the_difference_to_the_clean_twin_is_current() -> None:
    page = (REFERENCE / "clean-twin.md").read_text(encoding="utf-8")
    made = as_markdown(contract.load(), contract.load(frozenset()))
    assert page == made, "make it anew: hjkit contract --against none > docs/reference/clean-twin.md"
