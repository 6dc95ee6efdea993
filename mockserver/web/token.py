"""JSON Web Tokens as the vendor makes them: typ before alg, RS256 with 4096 bits, one hour (client-07).

How a bad token is refused is unknown; that the reasons are told apart follows the inferred backend.
"""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping
from functools import cached_property
from threading import Lock
from types import MappingProxyType
from typing import Any

from mockserver.errors import AuthError
from mockserver.web.keys import FAKE_TEST_KEY, RsaKey
from mockserver.web.rsa import Rs256, rs256

TTL_SECONDS = 3600
EXPIRED = "error.token.expired"
INVALID = "error.token.invalid"

_HEADER = {"typ": "JWT", "alg": "RS256"}
_LONGEST = 16_384  # characters; a token with every claim has about 3,000

Claims = Mapping[str, Any]


class Tokens:
    """Issues and checks tokens with one key, and remembers whose signature it has already checked.

    A 4096-bit check takes longer than serving a small page, so it is done once per token. Only the signature
    is remembered: the times are judged on every call, so the clock may go where it likes. Threads may share
    it.
    """

    def __init__(self, key: RsaKey = FAKE_TEST_KEY, rsa: Rs256 | None = None, capacity: int = 4096) -> None:
        self._key = key
        self._given = rsa
        self._capacity = capacity
        self._seen: dict[str, Claims] = {}
        self._lock = Lock()

    @cached_property
    def _rsa(self) -> Rs256:
        return self._given or rs256(self._key)

    def __len__(self) -> int:
        """How many tokens are remembered, at most the capacity."""
        return len(self._seen)

    def issue(self, claims: Claims) -> str:
        """The token for these claims, in their order: three parts of base64url joined by dots."""
        signed = f"{_encode(_json(_HEADER))}.{_encode(_json(claims))}"
        return f"{signed}.{_encode(self._rsa.sign(signed.encode()))}"

    def verify(self, token: str, now: int) -> Claims:
        """The claims of a token that is good at ``now`` (vendor clock, unix seconds).

        Raises AuthError: ``error.token.expired`` from ``exp`` on, ``error.token.invalid`` for all else amiss.
        """
        claims = self._seen.get(token)
        if claims is None:
            claims = self._checked(token)
            self._remember(token, claims, now)
        if claims["exp"] <= now:
            self._forget(token)
            raise AuthError(EXPIRED, "the token is past its exp")
        if claims.get("nbf", now) > now:
            raise AuthError(INVALID, "the token is used before its nbf")
        return claims

    def _remember(self, token: str, claims: Claims, now: int) -> None:
        with self._lock:
            if len(self._seen) >= self._capacity:
                self._seen = {text: kept for text, kept in self._seen.items() if kept["exp"] > now}
            while len(self._seen) >= self._capacity:
                del self._seen[next(iter(self._seen))]
            self._seen[token] = claims

    def _forget(self, token: str) -> None:
        with self._lock:
            self._seen.pop(token, None)

    def _checked(self, token: str) -> Claims:
        """The claims behind a good signature, checked before any JSON is read, whatever ``alg`` says."""
        parts = token.split(".") if len(token) <= _LONGEST and token.isascii() else []
        if len(parts) != 3:
            raise AuthError(INVALID, "the token is not three parts of base64url")
        header, payload, signature = map(_decode, parts)
        if not self._rsa.verify(".".join(parts[:2]).encode(), signature):
            raise AuthError(INVALID, "the signature of the token is not ours")
        if _object(header).get("alg") != "RS256":
            raise AuthError(INVALID, "the token does not name RS256")
        return _timed(_object(payload))


def _timed(claims: dict[str, Any]) -> Claims:
    if type(claims.get("exp")) is not int or type(claims.get("nbf", 0)) is not int:
        raise AuthError(INVALID, "exp and nbf of a token are whole numbers, and exp must be there")
    return MappingProxyType(claims)


def _json(value: Mapping[str, Any]) -> bytes:
    return json.dumps(dict(value), separators=(",", ":")).encode()


def _object(text: bytes) -> dict[str, Any]:
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        value = None
    if not isinstance(value, dict):
        raise AuthError(INVALID, "a part of the token is not a JSON object")
    return value


def _encode(data: bytes) -> str:
    return urlsafe_b64encode(data).rstrip(b"=").decode()


def _decode(text: str) -> bytes:
    """Only the spelling that encoding gives: Python's decoder lets foreign characters and spare bits pass."""
    try:
        data = urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except ValueError:
        data = b""
    if not data or _encode(data) != text:
        raise AuthError(INVALID, "a part of the token is not base64url")
    return data
