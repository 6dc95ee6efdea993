"""The report as one self-contained page, from its data."""

from __future__ import annotations

from typing import Any

from evaluation.html import Html, block, tag

from .data import MAKER
from .page import page, paragraph
from .parts.alternatives import alternatives
from .parts.closing import legal, method, versions
from .parts.effort import effort
from .parts.findings import findings
from .parts.gaps import gaps
from .parts.relied import relied
from .parts.verdict import scorecard, verdict

SECTIONS = (verdict, scorecard, findings, gaps, relied, effort, alternatives, method, versions, legal)
"""In the order they are read."""


def as_html(data: dict[str, Any], paper: str = "") -> str:
    """The page; ``paper`` is the size for which it is printed, empty for that of whoever prints it."""
    subject = data["verdict"]["subject"]
    title = f"{subject}: an evaluation for {data['customer']}"
    footer = paragraph(f"Made by healthjump-kit {data['versions']['kit']}. Not affiliated with any vendor.")
    made = [one(data) for one in SECTIONS]
    return page(title, *made, footer=footer, lead=_lead(data), paper=paper, running=title, maker=MAKER)


def _lead(data: dict[str, Any]) -> Html:
    when = f"Dated {data['date']}. " if data["date"] else ""
    kind = "For the public." if data["public"] else "Confidential: for the customer named above."
    return block("div", tag("p", f"{when}{kind} Independent: not affiliated with any vendor.", class_="soft"))
