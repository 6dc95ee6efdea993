"""Search without a server: a page opened from a file may start no worker, and a shim runs it in a frame instead."""

from __future__ import annotations

from pathlib import Path
from typing import Final

PACKAGE: Final = "iframe-worker"
FILES: Final = {"assets/iframe-worker/shim.js": "shim/index.js", "assets/iframe-worker/LICENSE.txt": "LICENSE"}


def vendored(node_modules: Path) -> dict[str, Path]:
    """The files of the shim by their path in the site; none where npm did not install them."""
    found = {path: node_modules / PACKAGE / name for path, name in FILES.items()}
    return found if all(path.is_file() for path in found.values()) else {}
