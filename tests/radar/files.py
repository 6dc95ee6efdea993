"""Entries and revisions written for a test."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import yaml

EIGHT: dict[str, Any] = {
    "title": "Some Engine",
    "description": "An engine.",
    "link": "https://engine.test/",
    "ring": "assess",
    "quadrant": "tools",
    "opinion": "Look closer.",
    "businessModel": ["saas"],
    "projectIds": ["some-project"],
}


def page(front: dict[str, Any], body: str = "# Page\n") -> str:
    """A page with this front matter."""
    return f"---\n{yaml.safe_dump(front, sort_keys=False, allow_unicode=True)}---\n\n{body}"


def entry(folder: Path, slug: str = "engine", **changes: Any) -> Path:
    """An entry's file; a key changed to None is left out."""
    front = {key: value for key, value in {**EIGHT, **changes}.items() if value is not None}
    path = folder / f"{slug}.md"
    path.write_text(page(front), encoding="utf-8")
    return path


def revision(folder: Path, number: int, day: str, ring: str, slug: str = "engine", /, **changes: Any) -> Path:
    """A revision's file beside the entries of a folder."""
    front = {"entry": slug, "revision": number, "date": date.fromisoformat(day), "ring": ring, "changed": "Something."}
    below = folder / "revisions"
    below.mkdir(exist_ok=True)
    path = below / f"{slug}-{day}.md"
    path.write_text(page({**front, **changes}), encoding="utf-8")
    return path
