"""Run an example as its reader would: a copy of the file alone in a folder, and an address in HEALTHJUMP_URL."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from evaluation.publish.example_files import ROOT, Example

GUARD = Path(__file__).parent / "guard"
PORT = re.compile(r"127\.0\.0\.1:\d+")
SECONDS = re.compile(r"\bin \d+\.\d+s\b")
PATIENCE = 60.0
"""Seconds until a run that does not end counts as broken."""


@dataclass(frozen=True)
class Printed:
    """What a run left: exit code, both outputs with what differs from run to run masked, and whom it tried to ask."""

    code: int
    out: str
    err: str
    asked: list[str]


def require(program: str) -> None:
    """Skip the test where a program is missing; fail it where HJKIT_REQUIRE_TOOLS=1 says that it must be there."""
    if shutil.which(program):
        return
    missing = f"{program} is not installed: the examples written for it cannot be run."
    if os.environ.get("HJKIT_REQUIRE_TOOLS") == "1":
        pytest.fail(missing)
    pytest.skip(missing)


def example(one: Example, url: str, folder: Path) -> Printed:
    """All runs of an example in one folder; several are told apart by their command lines. Stops at a failed one."""
    shutil.copy(one.file, folder)
    commands = one.commands()
    done = Printed(0, "", "", [])
    for command in commands:
        run = program(command, url, folder)
        shown = f"$ {command}\n{run.out}" if len(commands) > 1 else run.out
        done = Printed(run.code, done.out + shown, done.err + run.err, done.asked + run.asked)
        if run.code != one.exit:
            break
    return done


def program(command: str, url: str, folder: Path) -> Printed:
    """One command line in ``folder``. What asks another machine is refused, and noted in ``asked``."""
    log = folder.with_name(folder.name + ".asked")
    log.write_text("", encoding="utf-8")
    first, *rest = shlex.split(command)
    words = [sys.executable if first == "python" else first, *rest]
    with trap() as caught:
        environ = _environment(url, folder, log, caught.port)
        done = subprocess.run(words, cwd=folder, env=environ, capture_output=True, text=True, timeout=PATIENCE)
    asked = log.read_text(encoding="utf-8").splitlines() + caught.asked
    return Printed(done.returncode, masked(done.stdout), masked(done.stderr), asked)


def masked(text: str) -> str:
    """The text with the port of the mock and durations replaced by fixed ones."""
    return SECONDS.sub("in 0.00s", PORT.sub("127.0.0.1:8420", text))


def _environment(url: str, folder: Path, log: Path, port: int) -> dict[str, str]:
    """No setting of this run; guards for Python and Node, and for the rest a proxy that leads into a trap."""
    own = {k: v for k, v in os.environ.items() if k in ("PATH", "LANG", "SYSTEMROOT", "TMPDIR", "HJKIT_CACHE_DIR")}
    proxy = f"http://127.0.0.1:{port}"
    proxies = dict.fromkeys(("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY"), proxy)
    guards = {
        "EXAMPLES_GUARD": str(log),
        "PYTHONPATH": str(GUARD),
        "NODE_OPTIONS": f'--require "{GUARD / "guard.cjs"}"',
        "no_proxy": "127.0.0.1",
    }
    python = {
        "PYTHONWARNINGS": "error",
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONUTF8": "1",
        "PYTEST_ADDOPTS": "-p no:cacheprovider",
        "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1",  # only ours: what else is installed here is no part of an example
        "PYTEST_PLUGINS": "mockserver.pytest_plugin",
    }
    return {**own, **proxies, **guards, **python, "HEALTHJUMP_URL": url, "HOME": str(folder)}


@dataclass
class Trap:
    """A proxy that answers nobody and keeps the first line of what it was asked."""

    port: int
    asked: list[str] = field(default_factory=list)


@contextmanager
def trap() -> Iterator[Trap]:
    """A trap as long as the block."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        caught = Trap(server.getsockname()[1])
        thread = threading.Thread(target=_catch, args=(server, caught), daemon=True)
        thread.start()
        yield caught
        socket.create_connection(server.getsockname()).close()  # an empty request ends it
        thread.join(timeout=5)


def _catch(server: socket.socket, caught: Trap) -> None:
    while True:
        connection, _ = server.accept()
        with connection:
            connection.settimeout(5)
            line = connection.recv(4096).decode("latin-1").partition("\r\n")[0]
        if not line:
            return
        caught.asked.append(line)


def how_to_refresh(one: Example) -> str:
    """What to do where the output is another one, for a message."""
    file = one.expected.relative_to(ROOT).as_posix()
    return f"{file} is not what {one.file.name} prints. If it should be: python -m tests.examples.refresh {one.id}"
