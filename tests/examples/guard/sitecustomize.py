"""Loaded by every Python that an example starts: a connection to anything but this machine is noted and refused."""

from __future__ import annotations

import os
import sys
from pathlib import Path


def _away(host: object) -> bool:
    """Whether this is the name or number of another machine; None is this one."""
    text = host.decode() if isinstance(host, bytes) else host
    return isinstance(text, str) and text not in ("", "localhost", "::1") and not text.startswith("127.")


def _watch(event: str, given: tuple[object, ...]) -> None:
    host: object = None
    if event in ("socket.connect", "socket.sendto"):
        address = given[1]
        host = address[0] if isinstance(address, tuple) else None
    elif event in ("socket.getaddrinfo", "socket.gethostbyname"):
        host = given[0]
    if _away(host):
        with Path(os.environ["EXAMPLES_GUARD"]).open("a", encoding="utf-8") as log:
            log.write(f"{event} {host!r}\n")
        raise PermissionError(f"an example may not ask {host!r}")


if "EXAMPLES_GUARD" in os.environ:
    sys.addaudithook(_watch)
