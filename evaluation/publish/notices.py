"""What changed, and whose work is inside: pages made from the files at the top of the project."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from .page import Page

UNDER = ("About",)


def pages(root: Path) -> Iterator[Page]:
    """The changelog, and licences with attributions."""
    yield Page("changelog.md", "Changelog", (root / "CHANGELOG.md").read_text(encoding="utf-8"), UNDER)
    yield Page("licences.md", "Licences", _licences(root), UNDER)


def _licences(root: Path) -> str:
    notice = (root / "NOTICE").read_text(encoding="utf-8").strip()
    intro = "**The kit is licensed under Apache-2.0. Code systems inside are their owners', who ask for these words.**"
    lines = [f"    {line}" if line else "" for line in notice.splitlines()]
    return f"# Licences and attributions\n\n{intro}\n\n" + "\n".join(lines) + "\n"
