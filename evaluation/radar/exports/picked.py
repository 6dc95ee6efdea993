"""What leaves the house: entries picked for a public or an internal export, internal names dropped from the former."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from mockserver.errors import InputError

from ..entries import Blip
from ..entry import QUADRANTS, Entry
from ..revisions import timeline


@dataclass(frozen=True)
class Moment:
    """The entry on a day: its ring, how it moved there (one of revisions.MOVEMENTS), and what changed."""

    day: date
    ring: str
    moved: str
    changed: str


@dataclass(frozen=True)
class Shown:
    """An entry as any export may show it. ``text`` is Markdown on one line; ``past`` has the newest moment first."""

    slug: str
    title: str
    link: str
    ring: str
    quadrant: str
    movement: str
    text: str
    past: tuple[Moment, ...]


def picked(blips: Iterable[Blip], public: bool) -> tuple[Shown, ...]:
    """Entries by title. Raises InputError where none is left."""
    found = [_shown(blip, public) for blip in blips if blip.entry.public or not public]
    if not found:
        raise InputError("every entry says public: false, so nothing is left", "radar export --public")
    return tuple(sorted(found, key=lambda shown: (shown.title.casefold(), shown.slug)))


def _shown(blip: Blip, public: bool) -> Shown:
    entry = blip.entry
    past = tuple(Moment(r.date, r.ring, moved, line(r.changed)) for r, moved in timeline(blip.history))
    seen = entry.reviewed or (blip.facts.source.read if blip.facts else None)
    if not past and seen:
        past = (Moment(seen, entry.ring, "new", ""),)
    text = line(f"{entry.description} {entry.opinion} {'' if public else _projects(entry)}")
    return Shown(entry.slug, line(entry.title), entry.link, entry.ring, entry.quadrant, blip.movement, text, past)


def _projects(entry: Entry) -> str:
    return f"Projects: {', '.join(entry.project_ids)}." if entry.project_ids else ""


def line(text: str) -> str:
    """A text on one line."""
    return " ".join(text.split())


def missing_quadrants(shown: Iterable[Shown]) -> list[str]:
    """Quadrants without an entry: build-your-own-radar draws nothing unless all four have one."""
    used = {one.quadrant for one in shown}
    return [name for slug, name in QUADRANTS.items() if slug not in used]
