"""Dated revisions of entries, and the movement that follows from them. Movement is never written down."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from pathlib import Path

from mockserver.errors import InputError

from . import frontmatter, schema
from .entry import RINGS

FOLDER = "revisions"
MOVEMENTS = ("new", "moved in", "moved out", "no change")


@dataclass(frozen=True)
class Revision:
    """What an entry said on a day. ``name`` is the file's, ``number`` counts from 1, ``errors`` are its own faults."""

    name: str
    entry: str
    number: int
    date: date
    ring: str
    changed: str
    basis: tuple[str, ...] = ()
    errors: tuple[str, ...] = ()
    body: str = ""


def read(path: Path) -> Revision:
    """One revision. Raises InputError that names file, line, key, value, what is valid and a guess."""
    front = frontmatter.read(path)
    values = schema.read(front, "revision")
    number = values.pop("revision")
    made = Revision(path.stem, number=number, body=front.body, **values)
    wanted = f"{made.entry}-{made.date}"
    if path.stem != wanted:
        raise InputError(f"entry and date do not fit the file's name, which would be {wanted}.md", front.at("entry"))
    return made


def load(folder: Path) -> tuple[Revision, ...]:
    """All revisions below a folder of entries, by entry and number. Raises InputError."""
    found = sorted((read(path) for path in sorted((folder / FOLDER).glob("*.md"))), key=lambda r: (r.entry, r.number))
    for before, after in pairwise(found):
        if before.entry == after.entry and (after.number != before.number + 1 or after.date <= before.date):
            raise InputError(
                f"revision {after.number} of {after.date} does not follow revision {before.number} of {before.date}",
                str(folder / FOLDER / f"{after.name}.md"),
            )
    return tuple(found)


def of_entry(slug: str, revisions: Iterable[Revision]) -> tuple[Revision, ...]:
    """The revisions of one entry, oldest first."""
    return tuple(revision for revision in revisions if revision.entry == slug)


def movement(history: Sequence[Revision]) -> str:
    """How the newest revision moved: one of MOVEMENTS. An entry with at most one revision is new."""
    if len(history) < 2:
        return "new"
    before, after = (RINGS.index(revision.ring) for revision in history[-2:])
    if after == before:
        return "no change"
    return "moved in" if after < before else "moved out"


def timeline(history: Sequence[Revision]) -> list[tuple[Revision, str]]:
    """Each revision with the movement it made, newest first."""
    return [(revision, movement(history[: index + 1])) for index, revision in enumerate(history)][::-1]
