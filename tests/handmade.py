"""A small world made by hand, so that tests know every row: two practices, few elements, a known future."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from mockserver import contract as contracts
from mockserver.contract import Contract, Element
from mockserver.contract.quirks import VENDOR
from mockserver.contract.wire import timestamp
from mockserver.store import Entry
from mockserver.web.library import Library, WorldSet
from mockserver.world.clock import parse_instant
from mockserver.world.model import FOREVER
from mockserver.worlds import MANIFEST, World, open_world, write_table

PRACTICE, OTHER = "HAND01", "HAND02"
NOW = parse_instant("2022-08-01 12:00:00")
DAY = 86_400_000_000
END = NOW + 120 * DAY
PATIENTS = 23
APPOINTMENTS = 9
APPOINTMENTS_LATER = 3

_Rows = Iterator[Entry]


@dataclass(frozen=True)
class Maker:
    """Makes rows of one practice in the notation of a contract. Instants are microseconds of vendor time."""

    contract: Contract
    practice: str

    def entry(self, name: str, number: int, created: int, start: int, end: int = FOREVER, **clean: object) -> Entry:
        """One version: the contract's examples, with the columns given by their clean names."""
        row = self.row(self.contract.elements[name], number, created, start, **clean)
        text = json.dumps(row, separators=(",", ":"), ensure_ascii=False)
        return Entry(start, end, start, created, number, text.encode())

    def row(self, element: Element, number: int, created: int, modified: int, **clean: object) -> dict[str, Any]:
        fixed = "Q18" not in self.contract.quirks
        stamps = {"hj_create_timestamp": created, "hj_modify_timestamp": modified}
        clean |= {name: timestamp(at, fixed=fixed) for name, at in stamps.items()}
        clean["practice_id"] = self.practice
        row = {p.wire: clean.get(p.clean, p.example) for p in element.properties}
        if element.surrogate is not None:
            row[element.surrogate.wire] = number if element.surrogate.number else str(number)
        return row


def patients(make: Maker) -> _Rows:
    """Modified one a minute, number 1 last; every fifth without city; number 3 changes its city in ten days."""
    for number in range(1, PATIENTS + 1):
        at = NOW - 30 * DAY + number * 60_000_000 + number * 100_000
        city = None if number % 5 == 0 else f"Town {number % 3}"
        facts = {"patient_id": str(number), "first_name": f"Patient_{chr(64 + number)}", "city": city}
        later = NOW + 10 * DAY
        yield make.entry("demographic", 100_000_000 + number, at, at, later if number == 3 else FOREVER, **facts)
        if number == 3:
            yield make.entry("demographic", 100_000_003, at, later, **facts | {"city": "Newtown"})


def appointments(make: Maker) -> _Rows:
    """Nine now and three a day apart from tomorrow; number 1 has neither provider nor name."""
    provider: object = "" if "Q04" in make.contract.quirks else None
    for number in range(1, APPOINTMENTS + APPOINTMENTS_LATER + 1):
        ahead = number - APPOINTMENTS
        at = NOW + ahead * DAY if ahead > 0 else NOW - 20 * DAY + number * 1_500_000
        none = {"provider_id": provider, "provider_name": provider} if number == 1 else {}
        facts = {"patient_id": str(number), "appointment_id": str(500 + number), "reason": "FOLLOW UP 15", **none}
        yield make.entry("appointment", 200_000_000 + number, at, at, **facts)


def notes(practice: str) -> Iterator[dict[str, Any]]:
    """The answer key: one note of each kind."""
    of = {"practice": practice, "element": "appointment"}
    yield {"note": "rule", **of, "column": "type", "quirk": "Q11", "map": [["FU", "FU15"], [None, ""]]}
    yield {"note": "row", **of, "surrogate": 200_000_001, "quirk": "Q24", "what": "duplicate", "of": 200_000_002}
    yield {
        "note": "cell", **of, "surrogate": 200_000_001, "modified": ["2022-07-12 12:00:01.500000"],
        "column": "provider_id", "quirk": "Q04", "clean": None, "dirty": "",
    }  # fmt: skip


def build(folder: Path, quirks: frozenset[str] = VENDOR) -> World:
    """Write the world under these quirks and open it."""
    contract = contracts.load(quirks)
    practices = {code: _practice(folder / code, Maker(contract, code)) for code in (PRACTICE, OTHER)}
    manifest = {
        "format": 1, "name": "handmade", "maker": None, "seed": None, "now": NOW, "end": END,
        "quirks": sorted(quirks), "practices": practices,
    }  # fmt: skip
    (folder / MANIFEST).write_text(json.dumps(manifest), encoding="utf-8")
    return open_world(folder, wanted=quirks)


def _practice(folder: Path, make: Maker) -> dict[str, Any]:
    folder.mkdir(parents=True)
    filled = {"demographic": patients, "appointment": appointments} if make.practice == PRACTICE else {}
    elements = {}
    for name in make.contract.elements:
        if name != "client_ids":
            rows = filled[name](make) if name in filled else iter(())
            info = write_table(folder, name, rows, make.contract.quirks)
            elements[name] = {"rows": info.rows, "versions": info.versions, "sha256": info.sha256}
    lines = (json.dumps(note) + "\n" for note in notes(make.practice))
    (folder / "truth.ndjson").write_text("".join(lines), encoding="utf-8")
    return {"name": f"Handmade {make.practice}", "elements": elements}


@dataclass
class HandmadeLibrary(Library):
    """Writes the world under each set of quirks when it is first asked for."""

    folder: Path = field(default_factory=Path)

    def _load(self, quirks: frozenset[str]) -> WorldSet:
        world = build(self.folder / f"world{len(self._open)}", quirks)
        return WorldSet((world,), self._chosen(dict(world.practices)))
