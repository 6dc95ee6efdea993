"""The address the mock is reached at, as page URLs and the token's issuer show it."""

from __future__ import annotations

from flask import Request

from ..settings import Settings


def base_url(request: Request, settings: Settings) -> str:
    """Scheme and host of the request (envelope.urls), unless a public address is set; no slash at the end."""
    if settings.public_url:
        return settings.public_url.rstrip("/")
    return f"{request.scheme}://{request.host}"
