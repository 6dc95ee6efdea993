"""``hjkit`` as a user runs it: a process of its own, with nothing of this run's environment that could change it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil
import pytest
import requests

HJKIT = (sys.executable, "-m", "mockserver.cli")
PATIENCE = 120.0
"""Seconds until a server that is not ready counts as broken."""


def shared_cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One cache for the run, whichever worker asks."""
    base = tmp_path_factory.getbasetemp()
    return (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "hjkit-cache"


def environment(cache: Path, **more: str) -> dict[str, str]:
    """The environment without settings and proxies, with this cache."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith("HJKIT_") and "proxy" not in k.lower()}
    return {**kept, "HJKIT_CACHE_DIR": str(cache), **more}


@dataclass(frozen=True)
class Done:
    """What a command that has ended left."""

    code: int
    out: str
    err: str


def run(cache: Path, *arguments: str, cwd: Path, **more: str) -> Done:
    """``hjkit`` to its end."""
    done = subprocess.run(
        [*HJKIT, *arguments], cwd=cwd, env=environment(cache, **more), capture_output=True, text=True, timeout=PATIENCE
    )
    return Done(done.returncode, done.stdout, done.stderr)


@dataclass
class Mock:
    """A running ``hjkit serve``: what its ready file says, what it prints, how it ends."""

    process: subprocess.Popen[bytes]
    folder: Path
    facts: Mapping[str, Any]

    @property
    def out(self) -> str:
        return (self.folder / "out").read_text(encoding="utf-8")

    @property
    def err(self) -> str:
        return (self.folder / "err").read_text(encoding="utf-8")

    @property
    def workers(self) -> list[psutil.Process]:
        return list(psutil.Process(self.process.pid).children(recursive=True))

    def printed(self, sign: str) -> str:
        """What stdout holds once it holds ``sign``; the ready file may be a moment ahead of it."""
        until(lambda: sign in self.out, self)
        return self.out

    def login(self, **given: Any) -> requests.Response:
        """The answer to the login of the ready file."""
        form = {"email": self.facts["email"], "password": self.facts["password"]}
        with session() as client:
            return client.post(f"{self.facts['base_url']}/authenticate", form, timeout=20, **given)

    def get(self, path: str, **given: Any) -> requests.Response:
        """The answer to one who has just logged in."""
        token = self.login(**given).json()["token"]
        headers = {"Authorization": f"Bearer {token}", "Secretkey": self.facts["secret_key"], "Version": "3.0"}
        with session() as client:
            return client.get(f"{self.facts['base_url']}{path}", headers=headers, timeout=20, **given)

    def admin(self, method: str, path: str, **given: Any) -> requests.Response:
        with session() as client:
            return client.request(method, f"{self.facts['admin_url']}{path}", timeout=20, **given)

    def stop(self, number: int = signal.SIGTERM) -> float:
        """Send the signal and wait; gives the seconds it took."""
        started = time.monotonic()
        self.process.send_signal(number)
        self.process.wait(timeout=30)
        return time.monotonic() - started


def session() -> requests.Session:
    """A client that asks no proxy."""
    made = requests.Session()
    made.trust_env = False
    return made


@contextmanager
def serving(folder: Path, cache: Path, *flags: str, world: str = "sandbox", **more: str) -> Iterator[Mock]:
    """``hjkit serve`` on a free port, ready; it ends with the block if it has not before."""
    ready = folder / "ready.json"
    ready.unlink(missing_ok=True)
    command = [*HJKIT, "serve", "--world", world, "--port", "0", "--ready-file", str(ready), *flags]
    with start(folder, command, environment(cache, **more)) as mock:
        until(ready.exists, mock)
        mock.facts = json.loads(ready.read_text(encoding="utf-8"))
        yield mock


@contextmanager
def start(folder: Path, command: Sequence[str], environ: Mapping[str, str]) -> Iterator[Mock]:
    """The command in a group of its own, which is ended whole."""
    with (folder / "out").open("wb") as out, (folder / "err").open("wb") as err:
        process = subprocess.Popen(
            command, cwd=folder, env=dict(environ), stdout=out, stderr=err, start_new_session=True
        )
        try:
            yield Mock(process, folder, {})
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()


def until(sign: Any, mock: Mock) -> None:
    deadline = time.monotonic() + PATIENCE
    while not sign():
        if mock.process.poll() is not None or time.monotonic() > deadline:
            pytest.fail(f"not ready:\n{mock.out[-1000:]}{mock.err[-2000:]}")
        time.sleep(0.01)
