"""The site, built as `make docs` builds it, once for all tests of a run that look at it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
NODE_MODULES = ROOT / "tests" / "prism" / "node_modules"


def build(folder: Path, config: str = "mkdocs.yml", root: Path = ROOT, **environ: str) -> Path:
    """Build the site of the checkout ``root`` into ``folder``, strictly."""
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "-f", config, "--site-dir", str(folder)]
    told = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "PYTHONPATH": str(root), **environ}
    done = subprocess.run(command, cwd=root, env=told, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout + done.stderr == "", "a build says nothing"
    return folder


def pages(site: Path) -> list[str]:
    """Every page of a built site, as its path in it."""
    return [path.relative_to(site).as_posix() for path in sorted(site.rglob("*.html")) if path.name != "404.html"]
