"""Runs the application: granian where it is installed, else Werkzeug's threaded server.

granian's worker is forked from a process that has the application ready, so worlds are opened once and a broken
setting stops the start instead of a worker. Before anything is loaded the process starts itself anew with allocator
settings under which joining large pages costs a quarter (tooling measurement in docs/reference/performance.md).
"""

from __future__ import annotations

import json
import os
import signal
import socket
import sys
import threading
import time
import urllib.request
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Any

from ..errors import InputError
from ..settings import Settings

if TYPE_CHECKING:
    from flask import Flask

ALLOCATOR = {
    "MALLOC_ARENA_MAX": "1",
    "MALLOC_MMAP_THRESHOLD_": "1073741824",
    "MALLOC_TRIM_THRESHOLD_": "1073741824",
}
LOOPBACK = ("127.0.0.1", "localhost", "::1")


def restart_tuned() -> None:
    """Replace this process by itself with the allocator settings, unless they are there or mean nothing here."""
    if sys.platform != "linux" or "MALLOC_ARENA_MAX" in os.environ:
        return
    os.execve(sys.executable, [sys.executable, *sys.orig_argv[1:]], {**os.environ, **ALLOCATOR})


@dataclass(frozen=True, slots=True)
class Address:
    """Where the mock listens, and how clients reach it."""

    host: str
    port: int
    scheme: str

    @property
    def url(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{self.scheme}://{host}:{self.port}"


@dataclass
class Loader:
    """Gives a worker the application; one that was not forked makes it anew."""

    settings: Settings
    app: Flask | None = field(default=None, compare=False)

    def __call__(self, target: object = None) -> Flask:
        from .app import create_app

        return self.app or create_app(self.settings)

    def __getstate__(self) -> dict[str, Any]:
        return {"settings": self.settings, "app": None}


def check_bind(settings: Settings) -> None:
    """Raises InputError for a bind beyond loopback without an admin token."""
    if settings.host not in LOOPBACK and not settings.admin_token:
        raise InputError(
            "others could reach the admin API; set --admin-token or HJKIT_ADMIN_TOKEN", f"--host {settings.host}"
        )


def free_port(host: str, port: int) -> int:
    """The port itself, or a free one for 0. Raises InputError if it is taken."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            what = f"cannot listen there ({error.strerror}); --port 0 picks a free one"
            raise InputError(what, f"{host}:{port}") from None
        return int(probe.getsockname()[1])


def run(settings: Settings, app: Flask, ready: Callable[[Address], None]) -> None:
    """Serve until SIGTERM or SIGINT; ``ready`` is called once the first request has been answered."""
    scheme = "https" if settings.tls else "http"
    address = Address(settings.host, free_port(settings.host, settings.port), scheme)
    tls = _certificate(settings) if settings.tls else None
    threading.Thread(target=_announce, args=(address, settings, ready, tls), daemon=True).start()
    try:
        import granian  # noqa: F401
    except ImportError:
        _run_werkzeug(app, address, tls)
    else:
        _run_granian(settings, app, address, tls)


@dataclass(frozen=True, slots=True)
class Certificate:
    """Files of the throw-away authority and the server certificate it signed."""

    authority: Path
    certificate: Path
    key: Path


def _certificate(settings: Settings) -> Certificate:
    from ..worlds import cache_folder
    from . import tls

    made = tls.ensure(cache_folder(settings.cache_dir) / "tls")
    return Certificate(made.ca, made.certificate, made.key)


def _run_granian(settings: Settings, app: Flask, address: Address, tls: Certificate | None) -> None:
    from granian.constants import Interfaces, SSLProtocols
    from granian.log import LogLevels
    from granian.server import Server

    files: dict[str, Any] = {}
    if tls is not None:
        files = {"ssl_cert": tls.certificate, "ssl_key": tls.key, "ssl_protocol_min": SSLProtocols.tls12}
    server = Server(
        "mockserver",
        address=address.host,
        port=address.port,
        interface=Interfaces.WSGI,
        workers=1,
        blocking_threads=4,
        websockets=False,
        log_level=LogLevels.error,
        workers_kill_timeout=1,
        **files,
    )
    server.serve(target_loader=Loader(settings, app), wrap_loader=False)


def _run_werkzeug(app: Flask, address: Address, tls: Certificate | None) -> None:
    """The fallback: slower, same answers."""
    from werkzeug.serving import make_server

    context = (str(tls.certificate), str(tls.key)) if tls else None
    server = make_server(address.host, address.port, app, threaded=True, ssl_context=context)

    def stop(number: int, frame: FrameType | None) -> None:
        threading.Thread(target=server.shutdown, daemon=True).start()

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    server.serve_forever()


def _announce(address: Address, settings: Settings, ready: Callable[[Address], None], tls: Certificate | None) -> None:
    """Ask for health until it answers, then say so."""
    headers = {"X-Admin-Token": settings.admin_token, "Host": f"localhost:{address.port}"}
    probe = Address("127.0.0.1" if address.host == "0.0.0.0" else address.host, address.port, address.scheme)
    for _ in range(600):
        try:
            request = urllib.request.Request(f"{probe.url}/__admin/health", headers=headers)
            with urllib.request.urlopen(request, timeout=5, context=_context(tls)):
                break
        except OSError:
            time.sleep(0.02)
    ready(address)


def _context(tls: Certificate | None) -> Any:
    if tls is None:
        return None
    import ssl

    return ssl.create_default_context(cafile=str(tls.authority))


def facts(settings: Settings, app: Flask, address: Address) -> Mapping[str, Any]:
    """What a script needs to use the mock that has just started."""
    state = app.extensions["healthjump"]
    login = next(iter(state.logins))
    return {
        "base_url": settings.public_url or address.url,
        "admin_url": f"{address.url}/__admin",
        "email": login.email,
        "password": login.password,
        "secret_key": login.secret_key,
        "practices": sorted(state.worlds.practices),
        "pid": os.getpid(),
    }


def write_ready(path: Path, content: Mapping[str, Any]) -> None:
    """Write the ready file whole or not at all, readable by its owner only."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    temporary.touch(mode=0o600)
    temporary.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")
    temporary.replace(path)
