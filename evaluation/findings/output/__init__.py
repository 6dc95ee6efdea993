"""A report in the formats people and programs want. Every format is made from the same facts."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from .facts import Facts, Report, facts
from .machine import as_json, as_junit, as_sarif
from .markdown import as_markdown
from .terminal import as_terminal

FORMATS: Mapping[str, Callable[[Facts], str]] = {
    "terminal": as_terminal,
    "json": as_json,
    "junit": as_junit,
    "sarif": as_sarif,
    "md": as_markdown,
}

__all__ = ["FORMATS", "Facts", "Report", "as_terminal", "facts"]
