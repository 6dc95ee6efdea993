"""The address the mock is reached at, as page URLs and the token's issuer show it."""

from __future__ import annotations

from urllib.parse import quote

from flask import Request

from ..settings import Settings

LOOPBACK = ("localhost", "127.0.0.1", "[::1]")
"""Host names under which a browser on this machine reaches us, and no page of another site does."""

PATH = "/!$&'()*+,:;=@~"


def base_url(request: Request, settings: Settings) -> str:
    """Scheme and host of the request (envelope.urls), unless a public address is set; no slash at the end.

    Where the mock is mounted under a prefix of another application, the prefix follows.
    """
    if settings.public_url:
        return settings.public_url.rstrip("/")
    prefix = quote(request.root_path, safe=PATH) if request.root_path else ""
    return f"{request.scheme}://{request.host}{prefix}"


def host_name(request: Request) -> str:
    """The Host that was asked for, without its port."""
    name, _, port = request.host.rpartition(":")
    return name if port.isdigit() else request.host
