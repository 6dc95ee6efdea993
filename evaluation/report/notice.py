"""The words of NOTICE: that the project is independent, and what owners of code systems ask to be said."""

from __future__ import annotations

import re
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import Any

PACKAGE = "healthjump-kit"
CHECKOUT = Path(__file__).parents[2] / "NOTICE"
INDEPENDENT = "not affiliated with"
ELSEWHERE = frozenset({"Programs in the built site"})  # no report shows them


def as_data() -> dict[str, Any]:
    """``independent`` is the sentence on that, ``licences`` a title and text for each code system."""
    paragraphs = re.split(r"\n\s*\n", text())
    said = next((one for one in paragraphs if INDEPENDENT in one), "")
    return {"independent": _line(said), "licences": _licences(paragraphs)}


def _licences(paragraphs: list[str]) -> list[dict[str, str]]:
    """Each title with the indented lines below it, over as many paragraphs as there are."""
    made: list[dict[str, str]] = []
    for one in paragraphs:
        title, _, told = one.partition("\n")
        if told.startswith("  ") and not title.startswith(" "):
            made.append({"title": title.strip(), "text": _line(told)})
        elif one.startswith("  ") and made:
            made[-1]["text"] += f" {_line(one)}"
    return [one for one in made if one["title"] not in ELSEWHERE]


def text() -> str:
    """The file, from the checkout or from the installed package."""
    if CHECKOUT.is_file():
        return CHECKOUT.read_text(encoding="utf-8")
    try:
        return distribution(PACKAGE).read_text("licenses/NOTICE") or ""
    except PackageNotFoundError:
        return ""


def _line(told: str) -> str:
    return " ".join(told.split())
