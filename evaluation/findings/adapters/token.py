"""The structure of an access token, read on this machine: names and shapes, never a value."""

from __future__ import annotations

import re
from base64 import urlsafe_b64decode
from collections.abc import Iterator, Mapping
from typing import Any, Final

from ..model import Claim, Token
from .body import parsed
from .fields import JSON_TYPES, LONG_NUMBER

NAME: Final = re.compile(r"[A-Za-z_$@][A-Za-z0-9_$:/.-]{0,63}")
ALGORITHM: Final = re.compile(r"none|[HREP]S(256|384|512)|ES256K|EdDSA")
DEEPEST: Final = 4  # objects in objects that are looked into
_WORD = r"[\w.\-/]+"
_LIST = re.compile(rf"{_WORD}(, ?{_WORD})+")
_ERROR = re.compile(r"error|exception|failure|fault", re.IGNORECASE)


def structure(text: str, refresh: bool | None = None, service: str = "https") -> Token | None:
    """What a token shows to anybody who holds it; None for one that is no JWT with readable claims.

    ``refresh`` says whether the login gave something to renew it with; None where that is not known. ``service`` is
    the scheme the service itself was asked by: where that is http, an http issuer says nothing, and is left out.
    """
    parts = text.split(".")
    header, claims = (_object(part) for part in (parts[:2] if len(parts) == 3 else ("", "")))
    if header is None or claims is None:
        return None
    found = tuple(_claims(claims, "", DEEPEST))
    algorithm = header.get("alg")
    known = isinstance(algorithm, str) and ALGORITHM.fullmatch(algorithm)
    scheme = _scheme(claims.get("iss"))
    shown = "" if scheme == service == "http" else scheme
    return Token(str(algorithm) if known else "other", found, shown, _life(claims), refresh)


def _object(part: str) -> dict[str, Any] | None:
    """A part of base64url that holds a JSON object."""
    try:
        found = parsed(urlsafe_b64decode(part + "=" * (-len(part) % 4)))
    except ValueError:
        return None
    return found if isinstance(found, dict) else None


def _claims(claims: Mapping[str, Any], above: str, depth: int) -> Iterator[Claim]:
    """Each claim and, below it, those of an object. A key that could be a value is counted instead of named."""
    for number, (key, value) in enumerate(claims.items(), 1):
        fits = NAME.fullmatch(key) is not None and not LONG_NUMBER.search(key)
        name = above + (key if fits else f"claim {number}")
        yield Claim(name, JSON_TYPES.get(type(value), "null"), holds(key, value))
        if isinstance(value, dict) and depth > 1:
            yield from _claims(value, f"{name}.", depth - 1)


def holds(name: str, value: object) -> str:
    """``json as text``, ``error text`` or ``list as text`` for a text that holds more than it should, else ``plain``.

    Two members joined by a comma may be a name; they make a list only where the claim has a plural name.
    """
    if not isinstance(value, str) or not value.strip():
        return "plain"
    if value.strip()[0] in "[{" and parsed(value.encode(errors="replace")) is not None:
        return "json as text"
    if _ERROR.search(name):
        return "error text"
    many = 1 if name.lower().endswith(("s", "list")) else 2
    return "list as text" if _LIST.fullmatch(value) and value.count(",") >= many else "plain"


def _scheme(issuer: object) -> str:
    """``http``, ``https``, ``other`` for another address, or nothing for an issuer that is none."""
    if not isinstance(issuer, str) or "://" not in issuer:
        return ""
    scheme = issuer.partition("://")[0].lower()
    return scheme if scheme in ("http", "https") else "other"


def _life(claims: Mapping[str, Any]) -> int | None:
    """Seconds from issue to end, as far as the token says."""
    issued, ends = claims.get("iat", claims.get("nbf")), claims.get("exp")
    plain = isinstance(issued, int | float) and isinstance(ends, int | float)
    return int(ends) - int(issued) if plain else None  # type: ignore[arg-type]
