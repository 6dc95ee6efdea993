"""Keeps what is in memory there: no core dump of this process, no value in the report of a defect."""

from __future__ import annotations

import ctypes
import sys
import traceback
from pathlib import Path

_PR_SET_DUMPABLE = 4


def seal() -> None:
    """Forbid core dumps, also those the kernel pipes to a program. Does nothing where the system has no such switch."""
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)


def place(error: BaseException) -> str:
    """The kind of an error and the line it came from; never its message, which may quote a value."""
    frames = traceback.extract_tb(error.__traceback__)
    where = f" at {Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
    return f"{type(error).__name__}{where}"
