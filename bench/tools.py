"""What the benchmark needs of the machine: public programs and two cores."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from types import MappingProxyType

ROOT = Path(__file__).resolve().parent.parent
PRISM = ROOT / "tests" / "prism" / "node_modules" / ".bin" / "prism"
TOOLS: Mapping[str, str] = MappingProxyType(
    {
        "nginx": "Debian: apt-get install nginx-light",
        "wrk": "Debian: apt-get install wrk",
        "taskset": "Debian: apt-get install util-linux",
        "node": "Node.js 18.20 or newer",
    }
)


class Missing(Exception):
    """What the benchmark needs and cannot have, in one sentence."""


@dataclass(frozen=True)
class Cores:
    """One core for the server, another one for the client."""

    server: int
    client: int


def cores() -> Cores:
    """Two cores of those this process may use. Raises Missing."""
    usable = sorted(os.sched_getaffinity(0)) if sys.platform == "linux" else []
    if len(usable) < 2:
        raise Missing("The benchmark needs Linux and two cores, one for the server and one for the client.")
    return Cores(usable[0], usable[1])


def require() -> None:
    """Raises Missing, which names every tool that is not there and where it comes from."""
    missing = [f"{name} ({source})" for name, source in TOOLS.items() if shutil.which(name) is None]
    if not PRISM.exists():
        missing.append("Stoplight Prism (make setup)")
    if missing:
        raise Missing(f"The benchmark needs {', '.join(missing)}.")


def versions() -> dict[str, str]:
    """Version of everything that takes part."""
    asked = {"nginx": ["nginx", "-v"], "wrk": ["wrk", "-v"], "Node.js": ["node", "--version"]}
    said = {name: _said(command) for name, command in {**asked, "Prism": [str(PRISM), "--version"]}.items()}
    python = {name: version(name) for name in ("healthjump-kit", "flask", "granian")}
    return {"Python": sys.version.split()[0], **python, **said}


def _said(command: Sequence[str]) -> str:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    found = re.search(r"\d+(\.\d+)+", done.stdout + done.stderr)
    return found[0] if found else "unknown"
