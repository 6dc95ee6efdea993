"""Tokens: names and types of the claims stay, values follow ``claims`` of rules.yaml, the signature is invented."""

from __future__ import annotations

import re
from base64 import urlsafe_b64decode, urlsafe_b64encode

from . import jsontext
from .jsontext import Path
from .rules import UNKNOWN, Rule
from .walker import Walker

JWT = re.compile(r"[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]*")
_BEARER = re.compile(r"(bearer)(\s*)(.+)", re.IGNORECASE | re.DOTALL)


def bearer(walker: Walker, text: str, place: str) -> str | None:
    """An Authorization header. Any other scheme is masked as a whole."""
    m = _BEARER.fullmatch(text)
    if m is None:
        return None
    rule = walker.context.rules.of("errors", "token") or UNKNOWN
    return m[1] + m[2] + walker.value(rule, m[3], place)


def token(walker: Walker, text: str, place: str) -> str | None:
    """A JWT with other claims; None for what is no JWT."""
    if not JWT.fullmatch(text):
        return None
    header, claims, signature = text.split(".")
    try:
        parts = [_part(walker, part, place) for part in (header, claims)]
    except ValueError:
        return None
    return ".".join([*parts, walker.signature(text, signature, place)])


def _part(walker: Walker, part: str, place: str) -> str:
    """One part of base64url. Raises ValueError if it is not JSON."""
    text = decoded(part).decode("utf-8")
    if not isinstance(jsontext.parsed(text), dict):
        raise ValueError("no object")
    return urlsafe_b64encode(claims(walker, text, place).encode()).rstrip(b"=").decode()


def decoded(part: str) -> bytes:
    """base64url without padding. Raises ValueError."""
    return urlsafe_b64decode(part + "=" * (-len(part) % 4))


def claims(walker: Walker, text: str, place: str, listed: str = "token") -> str:
    """A JSON document whose members follow the rules of the claims, at any depth; ``listed`` names unknown ones."""

    def leaf(path: Path, kind: str, value: str) -> str:
        rule = _rule(walker, path)
        if rule is None:
            walker.unknown(f"{listed}.{_name(path)}", kind, value)
        return walker.json(rule or UNKNOWN, kind, value, walker.place(place, path))

    def key(path: Path, name: str) -> str:
        known = walker.context.rules.of("claims", name)
        return name if known else walker.key(name, walker.place(place, path))

    return jsontext.rewrite(text, leaf, key)


def _rule(walker: Walker, path: Path) -> Rule | None:
    """By the innermost name; members of a list follow the list."""
    return walker.context.rules.of("claims", _name(path))


def _name(path: Path) -> str:
    return next((part for part in reversed(path) if isinstance(part, str)), "")


def nested(walker: Walker, text: str, place: str) -> str | None:
    """JSON inside a text, such as the contacts of a token: keys stay, values follow the claims' rules or are masked."""
    if text.strip()[:1] not in ("{", "["):
        return None
    try:
        jsontext.parsed(text)
    except ValueError:
        return None
    return claims(walker, text, place, "nested")
