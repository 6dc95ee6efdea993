"""Worlds to read and compare: one row a line, and the manifest of what the shipped worlds hold."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from . import contract, foundry
from .contract.wire import timestamp
from .store import Entry, Table
from .store.folders import fresh_folder
from .world import FOREVER, Profile, importer, profiles
from .world.describe import Description, describe
from .worlds import MANIFEST, TRUTH, Practice, Progress, World, is_folder, load_world, open_world, write_table


def write_readable(profile: Profile, quirks: frozenset[str], out: Path, progress: Progress) -> None:
    """Write ``<practice>/<element>.json``: every version of every row, with the instants between which it is served.

    The folder is made whole or not at all; the same input gives the same bytes.
    """
    with fresh_folder(out) as folder:
        binary = folder / ".build"
        foundry.build(profile, quirks, binary, progress)
        world = open_world(binary)
        for practice in world.practices.values():
            (folder / practice.code).mkdir()
            for name, table in practice.tables.items():
                _write_lines(folder / practice.code / f"{name}.json", versions(table))
        _move_manifest(binary, folder)


def _write_lines(path: Path, lines: Iterator[str]) -> None:
    body = ",\n".join(lines)
    path.write_text(f"[\n{body}\n]\n" if body else "[]\n", encoding="utf-8")


def versions(table: Table) -> Iterator[str]:
    """Each version of a table in serving order, as one JSON object: from, to (null while it lasts), row."""
    index = table.index
    for place in range(len(table)):
        end = index.end[place]
        to = "null" if end == FOREVER else f'"{timestamp(end)}"'
        yield f'{{"from":"{timestamp(index.start[place])}","to":{to},"row":{table.row(place).decode()}}}'


def _move_manifest(binary: Path, folder: Path) -> None:
    for practice in [p for p in binary.iterdir() if p.is_dir()]:
        (practice / TRUTH).rename(folder / practice.name / TRUTH)
    facts = json.loads((binary / MANIFEST).read_text(encoding="utf-8"))
    (folder / MANIFEST).write_text(json.dumps({**facts, "format": "readable"}, indent=1) + "\n", encoding="utf-8")
    shutil.rmtree(binary)


def manifest(world: World) -> dict[str, Any]:
    """What a world holds under its quirks: rows at its now, versions and a hash of the content, by element."""
    facts = world.manifest
    return {"seed": facts["seed"], "quirks": list(facts["quirks"]), "practices": facts["practices"]}


def manifests(quirks: frozenset[str], progress: Progress) -> dict[str, Any]:
    """The manifest of each shipped world; ``fixtures/MANIFEST.json`` holds it for the vendor's quirks."""
    return {name: manifest(load_world(name, quirks, progress=progress)) for name in profiles.names()}


def manifest_page(found: dict[str, Any]) -> str:
    """The row counts of the shipped worlds as a page of the site."""
    worlds = {name: practice for name, world in found.items() for practice in world["practices"].values()}
    codes = [f"{name} ({next(iter(found[name]['practices']))})" for name in worlds]
    lines = [
        "# Rows of the worlds\n",
        "Rows at the instant the worlds share as now, under the quirks `vendor`; behind the stroke, all versions of",
        "them up to the end of the future. `hjkit world manifest` adds hashes, `hjkit world describe` shares.\n",
        f"| element | {' | '.join(codes)} |",
        f"| --- |{' --- |' * len(codes)}",
    ]
    for element in next(iter(worlds.values()))["elements"]:
        cells = [practice["elements"][element] for practice in worlds.values()]
        shown = " | ".join(f"{cell['rows']} / {cell['versions']}" for cell in cells)
        lines.append(f"| {element} | {shown} |")
    return "\n".join(lines) + "\n"


def import_world(directory: Path, name: str, practice: str, quirks: frozenset[str], out: Path) -> dict[str, int]:
    """Make a world of a user's own rows; returns rows by element.

    All rows are there from the start and never change; now is the instant the shipped worlds share. Raises
    importer.RowsRefused if the rows break the contract; nothing is written then.
    """
    known = contract.load(quirks)
    rows = importer.read(directory, known, practice or importer.PRACTICE)
    now = max(profiles.load("sandbox").now, *(row.modified_us for row in rows))
    codes = sorted({row.practice for row in rows})
    with fresh_folder(out) as folder:
        facts = {code: {"name": f"Imported {code}", "elements": _imported(folder, code, rows, known)} for code in codes}
        foundry.write_manifest(folder, name, "import", 0, now, now, quirks, facts)
    return {e: sum(1 for row in rows if row.element == e) for e in known.elements if e != "client_ids"}


def _imported(
    folder: Path, code: str, rows: list[importer.ImportedRow], known: contract.Contract
) -> dict[str, dict[str, Any]]:
    """Write the tables of one practice, empty ones too."""
    (folder / code).mkdir()
    (folder / code / TRUTH).touch()
    written = {}
    for element in [name for name in known.elements if name != "client_ids"]:
        entries = [_entry(row) for row in rows if (row.practice, row.element) == (code, element)]
        info = write_table(folder / code, element, entries, known.quirks)
        written[element] = {"rows": info.rows, "versions": info.versions, "sha256": info.sha256}
    return written


def _entry(row: importer.ImportedRow) -> Entry:
    text = json.dumps(row.row, separators=(",", ":"), ensure_ascii=False).encode()
    return Entry(row.modified_us, FOREVER, row.modified_us, row.created_us, row.surrogate, text)


def describe_world(source: str, quirks: frozenset[str] | None, progress: Progress) -> dict[str, Description]:
    """What the practices of a world hold at its now, by practice; quirks None are those of the folder, or vendor.

    What is expected comes from the world's profile; worlds that have none are held against ``clinic``.
    """
    if quirks is None and is_folder(source):
        world = open_world(Path(source))
    else:
        world = load_world(source, contract.quirks.VENDOR if quirks is None else quirks, progress=progress)
    known = source if not is_folder(source) else world.name if world.name in profiles.names() else "clinic"
    profile = replace(profiles.load(known), now=world.now)
    return {code: describe(profile, _clean_rows(world, practice)) for code, practice in world.practices.items()}


def _clean_rows(world: World, practice: Practice) -> Iterator[tuple[str, dict[str, Any]]]:
    """Rows under the clean names of their columns, whatever the quirks in force call them."""
    for name, table in practice.tables.items():
        names = {wire: prop.clean for wire, prop in world.contract.elements[name].by_wire.items()}
        for text in table.at(world.now).rows():
            yield name, {names[wire]: value for wire, value in json.loads(text).items()}
