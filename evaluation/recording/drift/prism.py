"""Prism, started on the contract for as long as it is asked, where it is installed."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from mockserver.contract import Contract
from mockserver.errors import InputError

LISTENING = re.compile(r"Prism is listening on (http://[^\s\x1b]+)")
PATIENCE = 60.0  # seconds until a Prism that says nothing counts as broken


def find(given: Path | None) -> Path | None:
    """The program that was named, or the one on the path; None where there is none. Raises InputError."""
    if given is None:
        found = shutil.which("prism")
        return Path(found) if found else None
    if not given.is_file():
        raise InputError("there is no such program", f"--prism {given}")
    return given


@contextmanager
def serving(program: Path, contract: Contract) -> Iterator[str]:
    """The address at which Prism answers for this contract. Raises InputError if it does not start."""
    with tempfile.TemporaryDirectory(prefix="hjkit-prism-") as folder:
        document, log = Path(folder) / "openapi.json", Path(folder) / "log"
        document.write_text(json.dumps(contract.openapi()), encoding="utf-8")
        command = [str(program), "mock", str(document), "--host", "127.0.0.1", "--port", "0"]
        with log.open("wb") as out, subprocess.Popen(command, stdout=out, stderr=out) as process:
            try:
                yield _address(process, log)
            finally:
                process.terminate()


def _address(process: subprocess.Popen[bytes], log: Path) -> str:
    deadline = time.monotonic() + PATIENCE
    while process.poll() is None and time.monotonic() < deadline:
        found = LISTENING.search(log.read_text(errors="replace"))
        if found:
            return found.group(1)
        time.sleep(0.05)
    raise InputError("Prism did not start", "--prism")
