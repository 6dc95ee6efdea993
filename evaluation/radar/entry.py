"""An entry of the radar: one Markdown file whose front matter is data."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from mockserver.errors import InputError

from . import frontmatter, schema
from .frontmatter import Front

RINGS = ("adopt", "trial", "assess", "hold")
"""From the centre outwards. Thoughtworks renamed hold to caution in 2026, which is read as hold."""

QUADRANTS = {
    "languages-and-frameworks": "Languages & Frameworks",
    "techniques": "Techniques",
    "platforms": "Platforms",
    "tools": "Tools",
}


@dataclass(frozen=True)
class Alternative:
    """What an entry names to compare with; ``ring`` and ``quadrant`` are empty where the radar has none."""

    title: str
    ring: str = ""
    quadrant: str = ""
    note: str = ""


@dataclass(frozen=True)
class Entry:
    """Keys of entry.schema.yaml in our spelling; ``slug`` is the file's name. Empty or None: not given."""

    slug: str
    title: str
    description: str
    opinion: str
    link: str
    ring: str
    quadrant: str
    business_model: tuple[str, ...] = ()
    project_ids: tuple[str, ...] = ()
    reviewed: date | None = None
    review_by: date | None = None
    basis: tuple[str, ...] = ()
    alternatives: tuple[Alternative, ...] = ()
    next_ring: str = ""
    history: tuple[str, ...] = ()
    findings: str = ""
    public: bool = True
    where: str = ""
    body: str = ""

    def stale(self, today: date) -> bool:
        """Whether its review is due."""
        return self.review_by is not None and today >= self.review_by


SPELLED = {"businessModel": "business_model", "projectIds": "project_ids"}


def read(path: Path) -> Entry:
    """One entry. Raises InputError that names file, line, key, value, what is valid and a guess."""
    for problem in problems(path):
        raise problem
    return _entry(path, frontmatter.read(path))


def problems(path: Path) -> list[InputError]:
    """Everything that is wrong with an entry's file."""
    try:
        front = frontmatter.read(path)
    except InputError as error:
        return [error]
    found = [*_name(path), *schema.problems(front, "entry")]
    return found or _dates(_entry(path, front), front)


def _entry(path: Path, front: Front) -> Entry:
    values: dict[str, Any] = {SPELLED.get(k, k): v for k, v in schema.read(front, "entry").items()}
    others = tuple(Alternative(**item) for item in values.pop("alternatives", ()))
    return Entry(path.stem, alternatives=others, where=str(path), body=front.body, **values)


def _name(path: Path) -> list[InputError]:
    if schema.SLUG.fullmatch(path.stem):
        return []
    return [InputError("the file's name must be lower-case words joined by hyphens", str(path))]


def _dates(entry: Entry, front: Front) -> list[InputError]:
    if entry.reviewed and entry.review_by and entry.review_by <= entry.reviewed:
        return [InputError(f"is {entry.review_by}, not behind reviewed ({entry.reviewed})", front.at("review_by"))]
    if entry.next_ring == entry.ring:
        return [InputError(f"is {entry.ring}, which is its ring already", front.at("next_ring"), RINGS)]
    return []
