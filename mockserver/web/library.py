"""The worlds a mock serves, under any set of quirks: opened once, kept."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from ..contract import Contract
from ..contract import quirks as quirk_selection
from ..errors import InputError
from ..store import Entry
from ..world.model import FOREVER
from ..worlds import Practice, Progress, World, check_source, load_world, silent


@dataclass(frozen=True)
class WorldSet:
    """Worlds served side by side under the same quirks."""

    worlds: tuple[World, ...]
    practices: Mapping[str, Practice]

    @property
    def contract(self) -> Contract:
        return self.worlds[0].contract

    @property
    def quirks(self) -> frozenset[str]:
        return self.worlds[0].quirks

    @property
    def now(self) -> int:
        """The instant the worlds share as now."""
        return max(world.now for world in self.worlds)

    @property
    def end(self) -> int:
        """The instant after which nothing happens any more."""
        return max(world.end for world in self.worlds)

    def world_of(self, practice: str) -> World:
        return next(world for world in self.worlds if practice in world.practices)

    def client_id_entries(self, allowed: frozenset[str] | None) -> Iterator[Entry]:
        """Rows of client_ids for the practices a login may read (None: all)."""
        code, name = (p.wire for p in self.contract.elements["client_ids"].properties)
        for number, practice in enumerate(sorted(self.practices)):
            if allowed is None or practice in allowed:
                row = {code: practice, name: self.practices[practice].name}
                text = json.dumps(row, separators=(",", ":"), ensure_ascii=False)
                yield Entry(0, FOREVER, 0, 0, -number, text.encode())


@dataclass
class Library:
    """Opens world sets by quirks and remembers them. ``sources`` are profile names or folders."""

    sources: tuple[str, ...]
    practices: tuple[str, ...] = ()
    cache: Path | None = None
    progress: Progress = silent
    _open: dict[frozenset[str], WorldSet] = field(default_factory=dict)

    def open(self, quirks: frozenset[str]) -> WorldSet:
        """The worlds under these quirks. Raises InputError if a world cannot show them."""
        if quirks not in self._open:
            self._open[quirks] = self._load(quirks)
        return self._open[quirks]

    def _load(self, quirks: frozenset[str]) -> WorldSet:
        self._check_sources()
        worlds = tuple(load_world(s, quirks, cache=self.cache, progress=self.progress) for s in self.sources)
        _refuse_invisible(quirks, worlds)
        found = {code: practice for world in worlds for code, practice in world.practices.items()}
        if len(found) < sum(len(world.practices) for world in worlds):
            raise InputError("two worlds have a practice of the same code", "--world")
        return WorldSet(worlds, self._chosen(found))

    def _check_sources(self) -> None:
        """Tell what is wrong before the first world is built."""
        if not self.sources:
            raise InputError("names no world", "--world", ["sandbox,clinic", "sandbox", "clinic"])
        for source in self.sources:
            if self.sources.count(source) > 1:
                raise InputError(f"{source!r} stands twice", "--world")
            check_source(source, "--world")

    def _chosen(self, found: dict[str, Practice]) -> dict[str, Practice]:
        for code in self.practices:
            if code not in found:
                raise InputError(f"no world has practice {code!r}", "--practice", found, given=code)
        return {code: p for code, p in found.items() if not self.practices or code in self.practices}


def _refuse_invisible(quirks: frozenset[str], worlds: tuple[World, ...]) -> None:
    """Dirt that none of the worlds shows would be a switch without effect."""
    makers = {world.manifest.get("maker") for world in worlds}
    for id_ in sorted(quirks):
        shown = quirk_selection.switchable()[id_].worlds
        if shown and None not in makers and not makers & set(shown):
            raise InputError(f"{id_} shows only in world {' or '.join(shown)}", "--quirks")
