"""One self-contained page: everything is in it, it asks for nothing, and no script can run in it.

The policy in its head allows this one style sheet, by its hash, and pictures that are in the page; nothing else.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Sequence
from functools import cache
from hashlib import sha256
from importlib.resources import files

from evaluation.html import Html, block, escape, tag

PAPERS = ("A4", "letter")
RUNNING = 80  # letters at the foot of a printed page
SIGNS = {
    "bad": tag("polygon", points="6,1 11.5,11 .5,11", fill="currentColor"),
    "warn": tag("polygon", points="6,.5 11.5,6 6,11.5 .5,6", fill="currentColor"),
    "note": tag("circle", cx=6, cy=6, r=4.5, fill="none", stroke="currentColor", stroke_width=2),
    "good": tag("path", d="M1 6.5 4.5 10 11 2", fill="none", stroke="currentColor", stroke_width=2.2),
    "unknown": tag("path", d="M1 6h2.5M5 6h2.5M9 6h2.5", fill="none", stroke="currentColor", stroke_width=2.2),
}
"""The sign of a kind of badge, in a box of 12 by 12."""


class Section(Html):
    """A section of the page; the list of contents names it."""

    id_: str
    heading: str


def section(id_: str, heading: str, *children: Html) -> Section:
    """A part of the page with a heading of its own. ``id_`` is unique within the page."""
    head = tag("h2", heading, id=f"{id_}-heading")
    made = Section(block("section", head, *children, id=id_, aria_labelledby=f"{id_}-heading"))
    made.id_, made.heading = id_, heading
    return made


def badge(word: str, kind: str) -> Html:
    """A word with a sign, so that no colour is needed. ``kind`` is one of SIGNS."""
    drawn = tag("svg", SIGNS[kind], viewbox="0 0 12 12", aria_hidden="true")
    return tag("span", drawn, word, class_=f"badge {kind}")


def wide(table: Html, label: str) -> Html:
    """A table with many columns, in a box that scrolls and that a keyboard reaches."""
    return block("div", table, class_="wide", role="region", aria_label=label, tabindex=0)


def page(
    title: str, *sections: Html, footer: Html, lead: Html | None = None, paper: str = "", running: str = "",
    maker: str = "hjkit",
) -> str:
    """The document. ``lead`` stands above the contents; ``paper`` is one of PAPERS for a print of that size.

    ``running`` is the text at the foot of every printed page, beside its number; ``maker`` the program's name.
    """  # fmt: skip
    style = sheet() + _paper(paper, running or title)
    head = block("head", *_head(title, style, maker))
    top = block("header", tag("h1", title), lead)
    body = block(
        "body", tag("a", "Skip to the content", href="#content", class_="skip"), _patterns(), top,
        _contents([one for one in sections if isinstance(one, Section)]),
        block("main", *sections, id="content"), block("footer", footer),
    )  # fmt: skip
    return f"<!DOCTYPE html>\n{block('html', head, body, lang='en')}\n"


@cache
def sheet() -> str:
    """The style sheet of every page."""
    return (files("evaluation.report") / "style.css").read_text(encoding="utf-8")


def _head(title: str, style: str, maker: str) -> list[Html]:
    source = f"'sha256-{b64encode(sha256(style.encode()).digest()).decode()}'"
    policy = f"default-src 'none'; style-src {source}; img-src data:; base-uri 'none'; form-action 'none'"
    return [
        tag("meta", charset="utf-8"),
        tag("meta", http_equiv="Content-Security-Policy", content=policy),
        tag("meta", name_="viewport", content="width=device-width, initial-scale=1"),
        tag("meta", name_="generator", content=maker),
        tag("meta", name_="referrer", content="no-referrer"),
        tag("meta", name_="robots", content="noindex"),
        tag("title", title),
        tag("style", Html(style)),
    ]


def _paper(paper: str, running: str) -> str:
    """Rules for the edge of printed pages. The text is written in escapes, so none of it is read as a rule."""
    size = f"size: {paper}; " if paper in PAPERS else ""
    line = " ".join(running.split())
    told = "".join(f"\\{ord(letter):06x}" for letter in (f"{line[: RUNNING - 1]}…" if len(line) > RUNNING else line))
    box = "color: #50565c; font: 8pt 'Liberation Sans', Arial, sans-serif"
    return (
        f"@page {{ {size}margin: 16mm 15mm 18mm; "
        f'@bottom-left {{ content: "{told}"; {box}; }} '
        f'@bottom-right {{ content: counter(page) " / " counter(pages); {box}; white-space: nowrap; }} }}\n'
    )


def _contents(sections: Sequence[Section]) -> Html | None:
    if len(sections) < 2:
        return None
    rows = [tag("li", tag("a", one.heading, href=f"#{one.id_}")) for one in sections]
    return block("nav", block("ol", *rows), aria_label="Contents")


def _patterns() -> Html:
    """What bars are filled with; charts.py names them."""
    paper = tag("rect", width=8, height=8, class_="paper")
    lines = tag("path", d="M-2 2 2-2M-2 10 10-2M6 10 10 6", class_="stroke")
    dot = tag("circle", cx=4, cy=4, r=1.7, class_="dot")
    size = {"width": 8, "height": 8, "patternUnits": "userSpaceOnUse"}
    drawn = [tag("pattern", paper, one, id=id_, **size) for id_, one in (("hatch", lines), ("dots", dot))]
    return tag("svg", tag("defs", *drawn), class_="patterns", aria_hidden="true", width=0, height=0)


def paragraph(*children: object, kind: str = "") -> Html:
    """A paragraph."""
    return tag("p", *children, class_=kind or None)


def items(rows: Sequence[object]) -> Html:
    """A list; nothing where it is empty."""
    return block("ul", *(tag("li", row) for row in rows)) if rows else escape("")
