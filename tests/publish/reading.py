"""Reads pages as a browser would: Markdown rendered, headings, tables and SVG found."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from xml.etree import ElementTree

import markdown

HEADING = re.compile(r"^(#{1,6}) ", re.MULTILINE)
FENCED = re.compile(r"^(`{3,}).*?^\1$", re.MULTILINE | re.DOTALL)
SVG = re.compile(r"<svg class=\"(?:radar|coverage)\".*?</svg>", re.DOTALL)


def rendered(text: str) -> str:
    """HTML of Markdown with the extensions of the site that change text."""
    return markdown.markdown(text, extensions=["tables", "attr_list", "pymdownx.superfences", "toc"])


def levels(text: str) -> list[int]:
    """The level of each heading of a page, code left out."""
    bare = FENCED.sub("", text.partition("\n---\n")[2] if text.startswith("---\n") else text)
    return [len(mark) for mark in HEADING.findall(bare)]


class Words(HTMLParser):
    """The text of HTML, a list by element of one name."""

    def __init__(self, wanted: str) -> None:
        super().__init__()
        self.wanted, self.inside, self.found = wanted, False, list[str]()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == self.wanted:
            self.inside = True
            self.found.append("")

    def handle_endtag(self, tag: str) -> None:
        self.inside = self.inside and tag != self.wanted

    def handle_data(self, data: str) -> None:
        if self.inside:
            self.found[-1] += data


def words(html: str, tag: str) -> list[str]:
    """The text of each element of this name."""
    reader = Words(tag)
    reader.feed(html)
    reader.close()
    return reader.found


def drawings(text: str) -> Iterator[ElementTree.Element]:
    """Every drawing of a page, parsed as XML. Raises ParseError."""
    for found in SVG.findall(text):
        yield ElementTree.fromstring(found)
