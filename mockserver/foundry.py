"""Makes a world's files: profile -> records -> histories -> quirks -> rows -> tables, in one direction."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from . import contract as contracts
from .contract import Contract, Element
from .contract.wire import RowWriter
from .quirks import Context, Truth, applicable, apply, end_of, rank
from .store import Entry
from .store.folders import fresh_folder
from .world.maker import histories
from .world.model import History
from .world.profiles import PracticeProfile, Profile
from .worlds import MANIFEST, TRUTH, Progress, silent, write_table

DAY = 86_400_000_000


def build(profile: Profile, quirks: frozenset[str], target: Path, progress: Progress = silent) -> None:
    """Write the world into ``target``, all or nothing. The same input gives the same bytes.

    Row quirks that the profile's maker knows nothing of change nothing.
    """
    contract = contracts.load(quirks)
    with fresh_folder(target) as folder:
        practices = {
            p.code: _practice(profile, p, contract, folder / p.code, progress) for p in profile.practices
        }
        end = profile.now + profile.horizon_days * DAY
        write_manifest(folder, profile.name, profile.maker, profile.seed, profile.now, end, quirks, practices)


def write_manifest(
    folder: Path, name: str, maker: str, seed: int, now: int, end: int, quirks: frozenset[str], practices: object
) -> None:
    """Write world.json last: a folder without it is no world."""
    facts = {"format": 1, "name": name, "maker": maker, "seed": seed, "now": now, "end": end}
    manifest = {**facts, "quirks": sorted(quirks), "practices": practices}
    (folder / MANIFEST).write_text(json.dumps(manifest, indent=1) + "\n", encoding="utf-8")


def _practice(
    profile: Profile, practice: PracticeProfile, contract: Contract, folder: Path, progress: Progress
) -> dict[str, Any]:
    folder.mkdir()
    truth = Truth(practice.code)
    made = _by_element(histories(profile, practice, progress))
    providers = tuple(str(p.versions[0].values["provider_id"]) for p in made["provider"])
    context = Context(profile.seed, practice.code, profile.maker, truth, providers)
    in_force = applicable(contract.quirks, profile.maker)
    elements = {}
    for element in contract.elements.values():
        if element.name == "client_ids":
            continue
        progress(f"{practice.code}: {element.name}")
        bent = list(apply(made.pop(element.name, []), in_force, context))
        ranked = rank(bent, truth) if "Q16" not in in_force else bent
        entries = list(_entries(element, ranked, in_force, practice.code))
        info = write_table(folder, element.name, entries, contract.quirks)
        rows = sum(1 for entry in entries if entry.start <= profile.now < entry.end)
        elements[element.name] = {"rows": rows, "versions": info.versions, "sha256": info.sha256}
    _write_truth(folder, truth)
    return {"name": practice.name, "elements": elements}


def _by_element(made: Iterable[History]) -> dict[str, list[History]]:
    groups: dict[str, list[History]] = defaultdict(list)
    for history in made:
        groups[history.element].append(history)
    return groups


@dataclass(frozen=True, slots=True)
class Span:
    """A version with the instants between which it is the row."""

    start: int
    end: int
    values: dict[str, object]


def _spans(history: History, in_force: frozenset[str]) -> Iterator[Span]:
    versions = history.versions
    ends = [*(following.at for following in versions[1:]), end_of(history, in_force)]
    for version, end in zip(versions, ends, strict=True):
        if version.at < end:
            yield Span(version.at, end, version.values)


def _entries(
    element: Element, made: Iterable[History], in_force: frozenset[str], practice: str
) -> Iterator[Entry]:
    writer = RowWriter(element, practice)
    for history in made:
        for span in _spans(history, in_force):
            row = writer.row(span.values, history.surrogate, history.created, span.start)
            yield Entry(span.start, span.end, span.start, history.created, history.surrogate, row)


def _write_truth(folder: Path, truth: Truth) -> None:
    with (folder / TRUTH).open("w", encoding="utf-8") as out:
        out.writelines(line + "\n" for line in truth.lines())
