"""A print of every file that results depend on, so that results say which checks made them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import evaluation.findings

ROOM: Final = Path(evaluation.findings.__file__).parent
APART: Final = ("output", "workarounds", "vendors")  # folders in which nothing finds
KINDS: Final = (".py", ".yaml")
SHOWN: Final = 8  # digits of a print that are shown


def files(room: Path = ROOM) -> Iterator[Path]:
    """The files that results depend on: adapters, words, catalogue, checks and what they share, in order."""
    found = (path for path in room.rglob("*") if path.suffix in KINDS and path.is_file())
    yield from sorted(path for path in found if path.relative_to(room).parts[0] not in APART)


def fingerprint(room: Path = ROOM) -> str:
    """The sha256 over the names and contents of all of them."""
    every = hashlib.sha256()
    for path in files(room):
        content = hashlib.sha256(path.read_bytes()).hexdigest()
        every.update(f"{path.relative_to(room).as_posix()} {content}\n".encode())
    return every.hexdigest()
