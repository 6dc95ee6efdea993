"""Puts a report into its folder: all files or none, and no file that somebody else wrote is replaced."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Mapping
from pathlib import Path

from mockserver.errors import InputError

from .data import MAKER

HTML, PDF, JSON = "report.html", "report.pdf", "report.json"
NAMES = (HTML, PDF, JSON)
WHERE = "--out"
MARKS = {HTML: f'<meta name="generator" content="{MAKER}">'.encode(), PDF: f"/Creator ({MAKER}".encode()}
HEAD = 4000  # bytes of a file in which its mark stands


def check(folder: Path) -> None:
    """Raises InputError where the folder cannot be one, or where a file in the way is not a report of this program."""
    try:
        if folder.exists() and not folder.is_dir():
            raise InputError("is a file, not a folder", WHERE)
        for name in NAMES:
            if os.path.lexists(folder / name) and not _ours(folder, name):
                what = f"holds a {name} that {MAKER} did not write; name another folder, or move it away"
                raise InputError(what, WHERE)
    except (OSError, ValueError) as error:
        raise InputError(f"cannot be used ({_why(error)})", WHERE) from None


def _why(error: Exception) -> str:
    return getattr(error, "strerror", None) or "no such name"


def _ours(folder: Path, name: str) -> bool:
    """A page by its mark, a PDF by its creator, data by its maker."""
    path = folder / name
    if path.is_symlink() or not path.is_file():
        return False
    if name == JSON:
        return _made_by(path) == MAKER
    with path.open("rb") as file:
        return MARKS[name] in file.read(HEAD)


def _made_by(path: Path) -> object:
    try:
        data = json.loads(path.read_bytes())
    except (ValueError, RecursionError):
        return None
    return data.get("made_by") if isinstance(data, dict) else None


def write(folder: Path, files: Mapping[str, bytes]) -> None:
    """The files in one go: all are written under other names first. A report file that is not among them is removed.

    Raises InputError.
    """
    check(folder)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        parts = _parts(folder, files)
    except (OSError, ValueError) as error:
        raise InputError(f"cannot be written to ({_why(error)})", WHERE) from None
    for name, part in parts.items():
        part.replace(folder / name)
    for name in set(NAMES) - set(files):
        (folder / name).unlink(missing_ok=True)


def _parts(folder: Path, files: Mapping[str, bytes]) -> dict[str, Path]:
    made: dict[str, Path] = {}
    try:
        for name, data in files.items():
            made[name] = _part(folder, name, data)
    except BaseException:
        for part in made.values():
            part.unlink(missing_ok=True)
        raise
    return made


def _part(folder: Path, name: str, data: bytes) -> Path:
    handle, part = tempfile.mkstemp(prefix=f".{name}.", suffix=".part", dir=folder)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(part).chmod(0o644)
    except BaseException:
        Path(part).unlink(missing_ok=True)
        raise
    return Path(part)
