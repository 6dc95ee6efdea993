"""The folder a capture is written to: there with everything in it, or not at all."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path

from mockserver.errors import InputError

from . import cassette

WHERE = "--out"
PENDING = "pending-rules.yaml"


def check(out: Path, overwrite: bool, private: bool) -> None:
    """Whether a capture may be written there; asked before the first request is sent.

    ``private``: what comes from an API that is not the mock stays out of repositories. Raises InputError.
    """
    if out.exists() and not out.is_dir():
        raise InputError("is a file", WHERE, ["a folder"])
    if out.is_dir() and any(out.iterdir()):
        if not overwrite:
            raise InputError("the folder is not empty", WHERE, ["another folder", "--overwrite"])
        _check_ours(out)
    if private and not _outside_git(out):
        raise InputError(
            "lies in a git work tree; what an API answered stays outside of repositories, even scrubbed",
            WHERE,
            ["a folder elsewhere, for example the one HJKIT_CASSETTES names", "a folder that git ignores"],
        )


def _check_ours(out: Path) -> None:
    """Only cassettes of this program are ever removed."""
    ours = {*cassette.files(out), out / PENDING}
    for path in out.iterdir():
        if path not in ours:
            raise InputError(f"holds {path.name}, which is no cassette, so it is not overwritten", WHERE)


def _outside_git(out: Path) -> bool:
    """Whether no repository would take the folder in. Without git to ask, being below a .git is enough to refuse."""
    place = out.resolve()
    if not any((folder / ".git").exists() for folder in (place, *place.parents)):
        return True
    existing = next(folder for folder in (place, *place.parents) if folder.is_dir())
    try:
        command = ["git", "-C", str(existing), "check-ignore", "--quiet", str(place / "any.yaml")]
        asked = subprocess.run(command, capture_output=True, timeout=30)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return asked.returncode == 0


def save(out: Path, texts: Mapping[str, str]) -> None:
    """Write files into a folder beside ``out`` and put that in its place in one step.

    Whenever this process ends, ``out`` is what it was, or absent, or complete. A folder that an ended process left
    behind is named ``.NAME.part-...``; it holds nothing that is not meant to be written, and the next run removes it.
    """
    out.parent.mkdir(parents=True, exist_ok=True)
    _sweep(out)
    part = Path(tempfile.mkdtemp(prefix=_prefix(out), dir=out.parent))
    try:
        for name, text in texts.items():
            cassette.write_text(part / name, text)
        part.chmod(0o755)
        _swap(part, out)
    finally:
        shutil.rmtree(part, ignore_errors=True)


def _swap(part: Path, out: Path) -> None:
    old = Path(tempfile.mkdtemp(prefix=_prefix(out), dir=out.parent)) if out.exists() else None
    if old is not None:
        out.replace(old / "old")
    part.replace(out)
    _sync(out.parent)
    if old is not None:
        shutil.rmtree(old)


def _sync(folder: Path) -> None:
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _prefix(out: Path) -> str:
    return f".{out.name}.part-"


def _sweep(out: Path) -> None:
    for left in out.parent.glob(f"{_prefix(out)}*"):
        shutil.rmtree(left, ignore_errors=True)
