"""Tokens with text inside text (HJ-035) and an odd issuer (HJ-036)."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlsplit


def as_list(claim: Any) -> list[Any]:
    """A claim that is a list, comma-joined text or JSON in a text, as a list. Null and empty text are no members.

    Never log a token or its claims: whoever reads the log reads them too.
    """
    if isinstance(claim, str) and claim.strip().startswith("["):
        claim = json.loads(claim)
    if isinstance(claim, str):
        return [part.strip() for part in claim.split(",") if part.strip()]
    return [] if claim is None else claim if isinstance(claim, list) else [claim]


def issued_by(issuer: str, service: str) -> bool:
    """Whether the issuer is the service that was asked over TLS, whatever scheme the token writes.

    Compares host and port. Use it in place of a library's own test for equality, never in place of the signature's.
    """
    one, other = urlsplit(issuer), urlsplit(service)
    return other.scheme == "https" and one.hostname == other.hostname and _port(one.port) == _port(other.port)


def _port(port: int | None) -> int | None:
    return None if port in (80, 443) else port
