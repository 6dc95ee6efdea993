"""The three servers that are measured, each pinned to one core and ended with its block."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from tools import PRISM, Missing

PATIENCE = 120.0
NGINX = """
daemon off; master_process off; pid {folder}/nginx.pid; error_log {folder}/nginx.log;
events {{ worker_connections 256; }}
http {{
  access_log off; sendfile on; tcp_nopush on; keepalive_requests 1000000000; default_type application/json;
  client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
  server {{ listen 127.0.0.1:{port}; root {folder}/www; }}
}}
"""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def pinned(core: int, command: Sequence[str], env: Mapping[str, str] | None = None) -> Iterator[int]:
    """A program on one core, in a process group of its own; gives its process id."""
    quiet: dict[str, Any] = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "start_new_session": True}
    environ = {**os.environ, **(env or {})}
    with subprocess.Popen(["taskset", "-c", str(core), *command], env=environ, **quiet) as process:
        try:
            yield process.pid
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


def until(sign: Callable[[], bool]) -> None:
    """Ask ``sign`` until it holds; OSError counts as no. Raises Missing when that takes too long."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        try:
            if sign():
                return
        except OSError:
            pass
        time.sleep(0.005)
    raise Missing(f"A server was not ready within {PATIENCE:.0f} seconds.")


def listens(port: int) -> bool:
    """Whether a port takes connections. Raises OSError if it does not."""
    with socket.create_connection(("127.0.0.1", port), timeout=5):
        return True


def answers(url: str) -> bool:
    """Whether a request gets a 2xx. Raises OSError if it does not."""
    with urllib.request.urlopen(url, timeout=5):
        return True


@dataclass(frozen=True)
class Target:
    """A server under load: its process, its address and the headers its requests need."""

    pid: int
    base: str
    headers: Mapping[str, str]

    def get(self, path: str) -> bytes:
        """The body of an answer."""
        request = urllib.request.Request(self.base + path, headers=dict(self.headers))
        with urllib.request.urlopen(request, timeout=30) as answer:
            body: bytes = answer.read()
        return body


def hjkit(*arguments: str) -> list[str]:
    """The command line of ``hjkit`` in this environment."""
    return [sys.executable, "-m", "mockserver.cli", *arguments]


@contextmanager
def mock(core: int, folder: Path, cache: Path, env: Mapping[str, str] | None = None) -> Iterator[Target]:
    """``hjkit serve`` as a user starts it, logged in to."""
    ready = folder / f"ready-{free_port()}.json"
    command = hjkit("serve", "--port", "0", "--cache-dir", str(cache), "--ready-file", str(ready))
    with pinned(core, command, env) as pid:
        until(ready.exists)
        facts = json.loads(ready.read_text(encoding="utf-8"))
        given = urlencode({"email": facts["email"], "password": facts["password"]}).encode()
        with urllib.request.urlopen(f"{facts['base_url']}/authenticate", given, timeout=30) as answer:
            token = json.load(answer)["token"]
        headers = {"Authorization": f"Bearer {token}", "Secretkey": facts["secret_key"], "Version": "3.0"}
        yield Target(pid, facts["base_url"], headers)


@contextmanager
def nginx(core: int, folder: Path, files: Mapping[str, bytes]) -> Iterator[Target]:
    """nginx in one process over static files."""
    (folder / "www").mkdir()
    for name, body in files.items():
        (folder / "www" / name).write_bytes(body)
    port, config, log = free_port(), folder / "nginx.conf", folder / "nginx.log"
    config.write_text(NGINX.format(folder=folder, port=port), encoding="utf-8")
    with pinned(core, ["nginx", "-e", str(log), "-c", str(config)]) as pid:
        target = Target(pid, f"http://127.0.0.1:{port}", {})
        until(lambda: answers(f"{target.base}/{next(iter(files))}"))
        yield target


@contextmanager
def prism(core: int, contract: Path, headers: Mapping[str, str]) -> Iterator[Target]:
    """``prism mock`` over a contract, as ``make prism`` starts it; nobody reads its log."""
    port = free_port()
    with pinned(core, [str(PRISM), "mock", "--host", "127.0.0.1", "--port", str(port), str(contract)]) as pid:
        until(lambda: listens(port))
        yield Target(pid, f"http://127.0.0.1:{port}", headers)


def contract_with(path: str, page: Any, file: Path) -> Path:
    """``hjkit contract`` with this page as the example of one path, written to ``file``."""
    document = json.loads(subprocess.run(hjkit("contract"), check=True, capture_output=True).stdout)
    answer = document["paths"][f"/hjdw/{{client_id}}/{path}"]["get"]["responses"]["200"]
    answer["content"]["application/json"]["example"] = page
    file.write_text(json.dumps(document), encoding="utf-8")
    return file
