"""Keeps the facts of an entry in step with the description they come from. The entry's own file is never touched."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from evaluation.findings import catalogue
from evaluation.recording.cassette import write_text
from mockserver.errors import InputError

from . import answers, described, entry
from .described import Described
from .draft import slug
from .entry import Entry

SHORT = 12  # digits of a digest that a reader compares


@dataclass(frozen=True, eq=False)
class Target:
    """The entry whose facts are read again, and their file. ``before`` is None where there were none to read."""

    entry: Entry
    facts: Path
    before: Described | None
    note: str = ""


def find(name: str, folder: Path) -> Target:
    """The entry of this name and the facts it has. Raises InputError where there is no such entry, or none to refresh.

    Facts that cannot be read are no obstacle: they are about to be replaced, and ``note`` says what was wrong.
    """
    page = folder / f"{slug(name)}.md"
    if not page.is_file():
        known = sorted(path.stem for path in folder.glob("*.md"))
        raise InputError("is no entry; hjkit radar new drafts one", str(page), known, page.stem)
    found = entry.read(page)
    if found.findings in answers.vendors():
        what = f"is {found.findings}, whose facts come with the kit and are not read from a description"
        raise InputError(what, f"{page}: findings")
    facts = described.path(folder, found.findings or found.slug)
    try:
        return Target(found, facts, described.read(facts) if facts.exists() else None)
    except InputError as error:
        return Target(found, facts, None, f"the facts that were there could not be read: {error}")


def write(target: Target, now: Described) -> None:
    """Replace the facts in one step. Raises InputError."""
    try:
        write_text(target.facts, described.text(now))
    except OSError as error:
        raise InputError(f"cannot be written ({error.strerror})", str(target.facts)) from None


def lines(target: Target, now: Described) -> list[str]:
    """What changed, for a terminal."""
    before = target.before
    told = [f"{target.facts}: written, from {now.source.title}"]
    if target.note:
        told.append(f"  {target.note}")
    changed = changes(before, now)
    if before is not None:
        told.append(f"  {_file(before, now, bool(changed))}")
    told += [f"  {check}: {was} -> {is_}" for check, was, is_ in changed]
    told.append(f"  {len(changed)} of {len(catalogue.load())} checks changed")
    if not target.entry.findings:
        told.append(f"  to use them, add this line to the top of {target.entry.where}: findings: {target.facts.stem}")
    return told


def changes(before: Described | None, now: Described) -> list[tuple[str, str, str]]:
    """Check, verdict before and verdict now of each check on which they differ, by id."""
    old = {id_: before.verdict(id_) if before else "unknown" for id_ in catalogue.load()}
    return [(id_, str(was), str(now.verdict(id_))) for id_, was in old.items() if str(was) != str(now.verdict(id_))]


def _file(before: Described, now: Described, changed: bool) -> str:
    was, is_ = before.source, now.source
    if was.sha256 == is_.sha256:
        why = ", but the checks, or files it refers to, are others" if changed else ""
        return f"the same file as on {was.read}{why}"
    return f"another file than on {was.read}: sha256 {was.sha256[:SHORT]}… then, {is_.sha256[:SHORT]}… now"
