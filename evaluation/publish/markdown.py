"""Markdown pieces: tables, code, links between pages. Everything that comes from data is escaped here."""

from __future__ import annotations

import json
import posixpath
from collections.abc import Iterable, Sequence
from typing import Any

MARKUP = str.maketrans(
    {"&": "&amp;", "<": "&lt;", "{": "&#123;", **{mark: f"\\{mark}" for mark in ("\\", "|", "*", "_", "[")}}
)


def cell(text: object) -> str:
    """Text for a table cell: breaks no table and starts no markup."""
    return " ".join(str(text).translate(MARKUP).split())


def prose(text: str) -> str:
    """A paragraph that may hold Markdown but no markup."""
    return text.replace("<", "&lt;")


def code(text: object) -> str:
    """A name as inline code; nothing for an empty one. A table leaves a bar within code alone."""
    plain = " ".join(str(text).split())
    marks = "`"
    while marks in plain:
        marks += "`"
    pad = " " if "`" in plain else ""
    return f"{marks}{pad}{plain}{pad}{marks}" if plain else ""


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table of cells that are markup already."""
    lines = ["| " + " | ".join(head) + " |", "|" + " --- |" * len(head)]
    return "\n".join([*lines, *("| " + " | ".join(row) + " |" for row in rows)])


def fence(text: str, language: str = "") -> str:
    """A block of code; the fence is longer than any in the text."""
    marks = "```"
    while marks in text:
        marks += "`"
    return f"{marks}{language}\n{text.rstrip()}\n{marks}"


def as_json(value: Any) -> str:
    """JSON as people read it, keys in the order they came."""
    return json.dumps(value, indent=2, ensure_ascii=False)


def link(text: str, page: str, here: str) -> str:
    """A link from page to page, both as paths under docs/, with an anchor where ``page`` has one."""
    path, _, anchor = page.partition("#")
    target = posixpath.relpath(path, posixpath.dirname(here) or ".") if path != here else ""
    return f"[{text}]({target}{'#' + anchor if anchor else ''})"


def section(*parts: str) -> str:
    """Parts with a blank line between them; empty ones are left out."""
    return "\n\n".join(part.strip("\n") for part in parts if part.strip())
