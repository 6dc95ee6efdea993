"""Folders that are made whole or not at all."""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

SCRATCH = ".hjkit-build-"
SETTLED = 60.0
"""Seconds after which a scratch folder that nobody has locked has been left by a maker that was killed."""


@contextmanager
def fresh_folder(target: Path) -> Iterator[Path]:
    """A folder that becomes ``target`` when the block ends well, and vanishes when it does not.

    What a maker left that was killed is cleared away by the next one beside it. Raises OSError as the disk does.
    """
    target = target.absolute()
    target.parent.mkdir(parents=True, exist_ok=True)
    _sweep(target.parent)
    with _scratch(target) as scratch:
        folder = scratch / "new"
        folder.mkdir()
        yield folder
        if target.exists():
            target.rename(scratch / "old")
        folder.rename(target)


@contextmanager
def _scratch(target: Path) -> Iterator[Path]:
    """A folder beside ``target``, locked while its maker lives."""
    scratch = Path(tempfile.mkdtemp(prefix=f"{SCRATCH}{target.name}-", dir=target.parent))
    handle = _hold(scratch)
    try:
        yield scratch
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
        _release(handle)


def _sweep(parent: Path) -> None:
    """Remove the scratch folders of makers that are no more."""
    for left in parent.glob(f"{SCRATCH}*"):
        with suppress(FileNotFoundError):
            if left.stat().st_mtime < time.time() - SETTLED and (handle := _hold(left)) is not None:
                shutil.rmtree(left, ignore_errors=True)
                _release(handle)


def _hold(folder: Path) -> int | None:
    """A handle that locks the folder until it is closed; None where another holds it or folders have no locks."""
    try:
        import fcntl

        handle = os.open(folder, os.O_RDONLY)
    except (ImportError, OSError):
        return None
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(handle)
        return None
    return handle


def _release(handle: int | None) -> None:
    if handle is not None:
        os.close(handle)
