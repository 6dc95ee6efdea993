"""Runs the application: granian where it is installed, else Werkzeug's threaded server.

granian's worker is forked from a process that has the application ready, so worlds are opened once and a broken
setting stops the start instead of a worker. Before anything is loaded the process starts itself anew with allocator
settings under which large pages cost less (measured in docs/reference/performance.md).
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
from types import FrameType, MappingProxyType
from typing import TYPE_CHECKING, Any

from ..errors import InputError
from ..settings import Settings

if TYPE_CHECKING:
    from flask import Flask
    from werkzeug.serving import WSGIRequestHandler

    from .state import State
    from .tls import Identity

ALLOCATOR = {
    "MALLOC_ARENA_MAX": "1",
    "MALLOC_MMAP_THRESHOLD_": "1073741824",
    "MALLOC_TRIM_THRESHOLD_": "1073741824",
}
THREADS = 16
"""Requests that can be in work at once; those that an armed failure makes wait hold one each."""
LOOPBACK = ("127.0.0.1", "localhost", "::1")
WILDCARDS = MappingProxyType({"0.0.0.0": "127.0.0.1", "::": "::1"})
GRACE: Any = 0.6
"""Seconds a request in flight may keep the server from ending; granian declares whole ones and takes any."""
PATIENCE = 30.0
"""Seconds a started server has to answer its first request."""


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
        """The address for clients; one that stands for all of this machine is shown as loopback."""
        reached = WILDCARDS.get(self.host, self.host)
        host = f"[{reached}]" if ":" in reached else reached
        return f"{self.scheme}://{host}:{self.port}"


@dataclass
class Loader:
    """Gives a worker the application; one that was not forked makes it anew."""

    settings: Settings
    app: Flask | None = field(default=None, compare=False)
    parent: int = field(default_factory=os.getpid)

    def __call__(self, target: object = None) -> Flask:
        from .app import create_app

        threading.Thread(target=_end_without, args=(self.parent,), daemon=True).start()
        return self.app or create_app(self.settings)

    def __getstate__(self) -> dict[str, Any]:
        return {"settings": self.settings, "app": None, "parent": self.parent}


def _end_without(parent: int) -> None:
    """End this worker once its parent is gone: one that was killed could not say so, and the port would stay taken."""
    while os.getppid() == parent:
        time.sleep(0.5)
    os._exit(1)


def check_bind(settings: Settings) -> None:
    """Raises InputError for a bind beyond loopback without an admin token."""
    if not settings.host:
        raise InputError("names no address", "--host", [*LOOPBACK, *WILDCARDS])
    if settings.host not in LOOPBACK and not settings.admin_token:
        raise InputError(
            "others could reach the admin API; set --admin-token or HJKIT_ADMIN_TOKEN", f"--host {settings.host}"
        )


def address_of(settings: Settings) -> Address:
    """Where to listen; port 0 becomes a free one. Raises InputError if nothing can listen there."""
    host, port = settings.host, settings.port
    try:
        found = sorted(socket.getaddrinfo(host, port, type=socket.SOCK_STREAM))  # IPv4 before IPv6
        family, place = found[0][0], found[0][4]
        with socket.socket(family) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(place)
            place = probe.getsockname()
    except OSError as error:
        what = f"cannot listen there ({error.strerror}); --port 0 picks a free one"
        raise InputError(what, f"{host}:{port}") from None
    return Address(str(place[0]), int(place[1]), "https" if settings.tls else "http")


def identity(settings: Settings) -> Identity:
    """The certificate files for ``--tls``, made on first use."""
    from ..worlds import cache_folder
    from . import tls

    return tls.ensure(cache_folder(settings.cache_dir))


def run(settings: Settings, app: Flask, address: Address, ready: Callable[[], None]) -> None:
    """Serve until SIGTERM or SIGINT; ``ready`` is called once the first request has been answered."""
    tls = identity(settings) if settings.tls else None
    threading.Thread(target=_announce, args=(address, settings, ready, tls), daemon=True).start()
    try:
        import granian  # noqa: F401
    except ImportError:
        _run_werkzeug(app, address, tls)
    else:
        _run_granian(settings, app, address, tls)


def _run_granian(settings: Settings, app: Flask, address: Address, tls: Identity | None) -> None:
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
        blocking_threads=THREADS,
        websockets=False,
        log_level=LogLevels.error,
        workers_kill_timeout=GRACE,
        **files,
    )
    server.serve(target_loader=Loader(settings, app), wrap_loader=False)


def quiet_handler() -> type[WSGIRequestHandler]:
    """How Werkzeug's server speaks: HTTP/1.1, and nothing is logged, for the journal has it."""
    from werkzeug.serving import WSGIRequestHandler

    class Quiet(WSGIRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True  # else the body waits until the client has acknowledged the head

        def log(self, type: str, message: str, *args: Any) -> None:
            """Nothing."""

    return Quiet


def _run_werkzeug(app: Flask, address: Address, tls: Identity | None) -> None:
    """The fallback: slower, same answers."""
    from werkzeug.serving import make_server

    context = (str(tls.certificate), str(tls.key)) if tls else None
    handler = quiet_handler()
    server = make_server(
        address.host, address.port, app, threaded=True, ssl_context=context, request_handler=handler
    )

    def stop(number: int, frame: FrameType | None) -> None:
        threading.Thread(target=server.shutdown, daemon=True).start()

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    server.serve_forever(poll_interval=0.05)


def _announce(address: Address, settings: Settings, ready: Callable[[], None], tls: Identity | None) -> None:
    """Ask for health until it answers, then say so."""
    headers = {"X-Admin-Token": settings.admin_token, "Host": f"localhost:{address.port}"}
    health = urllib.request.Request(f"{address.url}/__admin/health", headers=headers)
    until = time.monotonic() + PATIENCE
    direct = _direct(tls)
    while time.monotonic() < until:
        try:
            with direct.open(health, timeout=5):
                return ready()
        except OSError:
            time.sleep(0.02)
    print(f"hjkit: {address.url} does not answer", file=sys.stderr)
    return None


def _direct(tls: Identity | None) -> urllib.request.OpenerDirector:
    """Opens addresses without the proxies of the environment."""
    handlers: list[urllib.request.BaseHandler] = [urllib.request.ProxyHandler({})]
    if tls is not None:
        import ssl

        context = ssl.create_default_context(cafile=str(tls.ca))
        context.check_hostname = False  # it names the vendor and loopback, and this server may listen elsewhere
        handlers.append(urllib.request.HTTPSHandler(context=context))
    return urllib.request.build_opener(*handlers)


def facts(settings: Settings, app: Flask, address: Address) -> Mapping[str, Any]:
    """What a script needs to use the mock that has just started."""
    state: State = app.extensions["healthjump"]
    login = next(iter(state.logins))
    return {
        "base_url": settings.public_url.rstrip("/") or address.url,
        "admin_url": f"{address.url}/__admin",
        "email": login.email,
        "password": login.password,
        "secret_key": login.secret_key,
        "practices": [code for code in sorted(state.worlds.practices) if login.may_see(code)],
        "pid": os.getpid(),
    }


def write_ready(path: Path, content: Mapping[str, Any]) -> None:
    """Write the ready file whole or not at all, readable by its owner only. Raises OSError."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    temporary.touch(mode=0o600)
    temporary.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")
    temporary.replace(path)
