"""Real programs beside the tests: started in groups of their own, waited for until they answer, ended whole."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

PRISM = Path(__file__).parent / "node_modules" / ".bin" / "prism"
LISTENING = re.compile(r"Prism is listening on (http://[^\s\x1b]+)")
PATIENCE = 120.0
"""Seconds until a program that is not ready counts as broken: a cold cache builds two worlds first."""


def require_prism() -> None:
    """Skip the test where Prism or Node is missing; fail it where HJKIT_REQUIRE_TOOLS=1 says they must be there."""
    if PRISM.exists() and shutil.which("node"):
        return
    missing = "Stoplight Prism is not installed: `make setup` installs it wherever Node.js and npm are."
    if os.environ.get("HJKIT_REQUIRE_TOOLS") == "1":
        pytest.fail(missing)
    pytest.skip(missing)


@contextmanager
def running(command: Sequence[str], log: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A program in a process group of its own; the whole group ends with the block."""
    with log.open("wb") as out, subprocess.Popen(command, stdout=out, stderr=out, start_new_session=True) as process:
        try:
            yield process
        finally:
            _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is not None:
        return
    os.killpg(process.pid, signal.SIGTERM)
    try:
        process.wait(5)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)


def wait_for(process: subprocess.Popen[bytes], log: Path, sign: Callable[[], Any]) -> Any:
    """What ``sign`` finds, asked until it finds something. Fails with the log if the program ends or takes too long."""
    deadline = time.monotonic() + PATIENCE
    while not (found := sign()):
        if process.poll() is not None or time.monotonic() > deadline:
            pytest.fail(f"not ready: {process.args!r}\n{log.read_text(errors='replace')[-2000:]}")
        time.sleep(0.02)
    return found


@contextmanager
def prism(*arguments: str, log: Path, port: int = 0) -> Iterator[str]:
    """Prism with these arguments (``mock FILE`` or ``proxy FILE UPSTREAM``); gives its address."""
    command = [str(PRISM), *arguments, "--host", "127.0.0.1", "--port", str(port)]
    with running(command, log) as process:
        said = wait_for(process, log, lambda: LISTENING.search(log.read_text(errors="replace")))
        yield said.group(1)


@contextmanager
def mock(*flags: str, folder: Path) -> Iterator[dict[str, Any]]:
    """``hjkit serve`` on a free port; gives what it writes into its ready file."""
    ready, log = folder / "ready.json", folder / "serve.log"
    command = [sys.executable, "-m", "mockserver.cli", "serve", "--port", "0", "--ready-file", str(ready), *flags]
    with running(command, log) as process:
        wait_for(process, log, ready.exists)
        yield json.loads(ready.read_text(encoding="utf-8"))


def quiet_port() -> int:
    """A free port below those the system hands out by itself, so that nobody is given it before it is used."""
    for port in range(20_000 + os.getpid() % 10_000, 32_000):
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise OSError("no free port between 20000 and 32000")


def bundled(path: Path, *flags: str) -> Path:
    """``hjkit contract`` written to ``path``."""
    command = [sys.executable, "-m", "mockserver.cli", "contract", *flags]
    path.write_bytes(subprocess.run(command, check=True, capture_output=True, timeout=60).stdout)
    return path
