"""The kit's readable worlds (``hjkit world build --readable``): what their mock serves at the world's own now."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from mockserver import contract
from mockserver.contract.wire import timestamp
from mockserver.errors import InputError
from mockserver.store import jsonio
from mockserver.worlds import MANIFEST

from ..model import Table
from . import files
from .fields import Gatherer

FORM: Final = "readable"
LISTING: Final = "client_ids"  # the list of practices is in the manifest, not in a file
CODE: Final = re.compile(r"[A-Za-z0-9]{1,20}")
VERSION: Final = {"from", "to", "row"}


def tables(folder: Path) -> Iterator[tuple[str, Table, str]]:
    """Resource name, table, and what was wrong with its file, empty for nothing; in the order of the contract.

    Raises InputError for a manifest that is none, and for a world that is built to be served.
    """
    manifest = _manifest(folder)
    known, now = contract.load(frozenset(manifest["quirks"])), timestamp(manifest["now"])
    for practice in sorted(manifest["practices"]):
        for element in known.elements.values():
            if element.name != LISTING:
                file = folder / practice / f"{element.name}.json"
                yield element.path, *_table(file, practice, now)


def _manifest(folder: Path) -> Mapping[str, Any]:
    path = folder / MANIFEST
    try:
        found = jsonio.exact(path.read_bytes())
    except (OSError, ValueError, RecursionError):
        found = None
    if not isinstance(found, dict) or "format" not in found:
        raise InputError("is no manifest of a world", str(path))
    if found["format"] != FORM:
        raise InputError("is a world to be served, not files of rows: build it with --readable", str(folder))
    kinds = {"quirks": list, "now": int, "practices": dict}
    for key, kind in kinds.items():
        if not isinstance(found.get(key), kind):
            raise InputError(f"{key} is missing or not {kind.__name__}", str(path))
    if not all(isinstance(id_, str) and id_ in contract.quirks.switchable() for id_ in found["quirks"]):
        raise InputError("quirks holds one that is not known", str(path), contract.quirks.switchable())
    if not all(CODE.fullmatch(practice) for practice in found["practices"]):
        raise InputError("practices holds what is no code of a practice", str(path), ["a code such as SBOX02"])
    return found


def _table(file: Path, practice: str, now: str) -> tuple[Table, str]:
    versions, rows = Gatherer(practice), Gatherer(practice)
    problem = files.fill(file, versions)
    if not problem and versions.size and set(versions.columns) != VERSION:
        problem = "does not hold versions of rows"
    columns = (versions.columns.get(key, []) for key in ("from", "to", "row"))
    rows.add([] if problem else [row for start, end, row in zip(*columns, strict=True) if _visible(start, end, now)])
    table = rows.table(complete=not problem, ordered=False)
    return table, f"{practice}/{file.name} {problem}" if problem else ""


def _visible(start: Any, end: Any, now: str) -> bool:
    """Whether a version is served. Instants sort as texts: their fractions only lose zeros at the end."""
    return isinstance(start, str) and start <= now and (end is None or (isinstance(end, str) and now < end))
