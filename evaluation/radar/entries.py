"""A radar: a folder of entries with their revisions. Adding an entry is adding a file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from mockserver.errors import InputError

from . import answers, described, revisions
from . import entry as entries
from .described import Described
from .entry import Alternative, Entry
from .revisions import Revision

NO_ENTRIES = frozenset({"index.md"})


@dataclass(frozen=True)
class Blip:
    """An entry with its past, and with the facts that its radar brings of its vendor; None where the kit has them."""

    entry: Entry
    history: tuple[Revision, ...] = ()
    facts: Described | None = None

    @property
    def movement(self) -> str:
        """new, moved in, moved out or no change."""
        return revisions.movement(self.history)


def load(folder: Path) -> Mapping[str, Blip]:
    """Every entry of a folder by slug. Raises the first InputError of ``problems``."""
    return {path.stem: one(path) for path in paths(folder)}


def one(path: Path) -> Blip:
    """One entry with its revisions. Raises InputError."""
    for problem in problems(path):
        raise problem
    return _blip(path)


def paths(folder: Path) -> list[Path]:
    """The files of a folder that are entries. Raises InputError where there are none."""
    if folder.is_file():
        return [folder]
    found = sorted(path for path in folder.glob("*.md") if path.name not in NO_ENTRIES)
    if not found:
        raise InputError("holds no entry (a Markdown file with front matter)", str(folder))
    return found


def problems(path: Path) -> list[InputError]:
    """Everything that is wrong with an entry's file and with its revisions."""
    found = entries.problems(path)
    if found:
        return found
    try:
        blip = _blip(path)
    except InputError as error:
        return [error]
    return list(_disagreements(blip))


def _blip(path: Path) -> Blip:
    entry = entries.read(path)
    return Blip(entry, revisions.of_entry(path.stem, revisions.load(path.parent)), _facts(entry, path.parent))


def _facts(entry: Entry, folder: Path) -> Described | None:
    """The facts beside an entry. Raises InputError where it names a vendor of whom nothing is written."""
    if not entry.findings:
        return None
    file, known = described.path(folder, entry.findings), answers.vendors()
    if file.is_file() and entry.findings in known:
        raise InputError(f"the kit brings facts of {entry.findings} along; this file needs another name", str(file))
    if file.is_file():
        return described.read(file)
    if entry.findings not in known:
        valid = [*known, *sorted(path.stem for path in file.parent.glob("*.yaml"))]
        what = f"is {entry.findings}, of whom nothing is written"
        raise InputError(what, f"{entry.where}: findings", valid, entry.findings)
    return None


def alternatives(blip: Blip, radar: Mapping[str, Blip]) -> list[tuple[Alternative, Blip | None]]:
    """What an entry names to compare with, each with the entry of that title on the same radar, if there is one."""
    by_title = {other.entry.title.casefold(): other for other in radar.values() if other.entry.slug != blip.entry.slug}
    return [(one, by_title.get(one.title.casefold())) for one in blip.entry.alternatives]


def _disagreements(blip: Blip) -> Iterable[InputError]:
    entry, names = blip.entry, tuple(revision.name for revision in blip.history)
    if entry.history and entry.history != names:
        yield InputError(f"history lists {_listed(entry.history)}, the folder has {_listed(names)}", entry.where)
    if blip.history and blip.history[0].number != 1:
        yield InputError(f"its first revision has number {blip.history[0].number}, not 1", entry.where)
    if blip.history and blip.history[-1].ring != entry.ring:
        last = blip.history[-1]
        what = f"ring is {entry.ring}, but {last.name} says {last.ring}; a move needs a revision"
        yield InputError(what, entry.where)


def _listed(names: Iterable[str]) -> str:
    return ", ".join(names) or "none"
