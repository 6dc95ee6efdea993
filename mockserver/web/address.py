"""The address the mock is reached at, as page URLs and the token's issuer show it."""

from __future__ import annotations

from urllib.parse import quote

from flask import Request

from ..settings import Settings

PATH = "/!$&'()*+,:;=@~"


def base_url(request: Request, settings: Settings) -> str:
    """Scheme and host of the request (envelope.urls), unless a public address is set; no slash at the end.

    Where the mock is mounted under a prefix of another application, the prefix follows.
    """
    if settings.public_url:
        return settings.public_url.rstrip("/")
    prefix = quote(request.root_path, safe=PATH) if request.root_path else ""
    return f"{request.scheme}://{request.host}{prefix}"
