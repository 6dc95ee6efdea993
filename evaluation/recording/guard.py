"""Refuses connections that leave this machine, in every thread of this process, whatever library makes them.

An audit hook of the interpreter sees each ``connect``, each datagram and each look-up of a name before it happens.
Programs started from here are not watched.
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from functools import lru_cache
from ipaddress import ip_address
from typing import Any

from mockserver.errors import KitError

WATCHED = {"socket.connect", "socket.sendto", "socket.sendmsg"}
LOOKUPS = {"socket.getaddrinfo", "socket.gethostbyname"}


class NetworkRefused(KitError):
    """Something tried to leave this machine. No OSError, so that no HTTP library takes it for a failure to retry."""


class Guard:
    """One span of time without network; ``refused`` counts the attempts. ``ports`` of this machine are refused too."""

    def __init__(self, ports: Collection[int] = ()) -> None:
        self.ports = frozenset(ports)
        self.refused = 0
        self._lock = threading.Lock()

    def check(self, host: object, port: object) -> None:
        """Raise NetworkRefused unless this is a place on this machine that may be reached."""
        if _here(host) and port not in self.ports:
            return
        with self._lock:
            self.refused += 1
        where = f"port {port} of this machine" if _here(host) else "another machine"
        raise NetworkRefused(f"a connection to {where} was refused: only recordings are answered here")


class _Switch:
    """The guards in force. The interpreter cannot remove a hook, so there is one, and it does nothing without them."""

    def __init__(self) -> None:
        self.guards: tuple[Guard, ...] = ()
        self._lock = threading.Lock()
        sys.addaudithook(self._watch)

    def change(self, add: Guard | None = None, remove: Guard | None = None) -> None:
        with self._lock:
            kept = tuple(guard for guard in self.guards if guard is not remove)
            self.guards = (*kept, add) if add else kept

    def _watch(self, event: str, arguments: tuple[Any, ...]) -> None:
        if not self.guards:
            return
        if event in WATCHED and isinstance(arguments[1], tuple):
            host, port = arguments[1][:2]
            self._check(host, port, arguments[0])
        elif event in LOOKUPS:
            self._check(arguments[0], None)

    def _check(self, host: object, port: object, socket: Any = None) -> None:
        try:
            for guard in self.guards:
                guard.check(host, port)
        except NetworkRefused:
            if socket is not None:  # whoever made it closes it after an OSError only
                socket.close()
            raise


@lru_cache(maxsize=1)
def _switch() -> _Switch:
    return _Switch()


@contextmanager
def loopback_only(refused_ports: Collection[int] = ()) -> Iterator[Guard]:
    """While it lasts no thread reaches another machine, nor these ports of this one. May be nested."""
    guard = Guard(refused_ports)
    _switch().change(add=guard)
    try:
        yield guard
    finally:
        _switch().change(remove=guard)


def _here(host: object) -> bool:
    """Whether an address can only be this machine; a name other than localhost could be anything."""
    name = host.decode("ascii", "replace") if isinstance(host, bytes) else host
    if name is None or name in ("", "localhost"):
        return True
    try:
        return ip_address(str(name).partition("%")[0]).is_loopback
    except ValueError:
        return False
