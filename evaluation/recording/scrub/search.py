"""What must not stand in any text: secrets, addresses and numbers of people, also wrapped in encodings."""

from __future__ import annotations

import base64
import binascii
import gzip
import json
import re
import zlib
from collections.abc import Iterator
from urllib.parse import unquote

from . import kinds, letters, numbers, texts
from .token import JWT, decoded

_KEY = re.compile(r"(?<![\w+/=-])(?=[a-z0-9]*\d)(?=[a-z0-9]*[a-z])[a-z0-9]{40}(?![\w+/=-])")
_TEN = re.compile(r"(?<![\w.])\d{10}(?![\w.])")
_BASE64 = re.compile(r"[A-Za-z0-9+/_-]{16,}={0,2}")
_BEARER = re.compile(r"\b(?:bearer|basic)\s+(?!token\b)([\w.~+/=-]{8,})", re.IGNORECASE)
_COOKIE = re.compile(r"""\b(?:set-)?cookie["']?\s*:\s*["'\[]*[\w-]+=""", re.IGNORECASE)
_DEEPEST = 4  # wrappings inside each other that are opened


def problems(text: str, depth: int = 0) -> Iterator[str]:
    """What is wrong with a text, one sentence each and never a value."""
    yield from dict.fromkeys(_plain(text))
    if depth < _DEEPEST:
        for how, inner in _opened(text):
            yield from (f"{what} (inside {how})" for what in problems(inner, depth + 1))


def _plain(text: str) -> Iterator[str]:
    tokens = [m[0] for m in JWT.finditer(text) if _is_jwt(m[0])]
    if any(not t.split(".")[2].startswith(kinds.SIGNATURE_MARK) for t in tokens):
        yield "a token with a signature of its own"
    if any(not key.startswith(kinds.KEY_MARK) for key in _KEY.findall(text)):
        yield "40 letters and digits, as a key has them"
    if any(not _is_token_of_ours(m[1]) for m in _BEARER.finditer(text)):
        yield "a login in a header"
    if _COOKIE.search(text):
        yield "a cookie"
    yield from _people(text)


def _people(text: str) -> Iterator[str]:
    if any(not texts.SAFE_DOMAIN.search(mail) and not letters.is_masked(mail) for mail in texts.EMAIL.findall(text)):
        yield "an e-mail address"
    if any(numbers.is_ssn(re.sub(r"\D", "", m[0])) for m in texts.SSN.finditer(text)):
        yield "a social security number"
    if any(numbers.is_phone("".join(m.groups())) for m in texts.PHONE.finditer(text)):
        yield "a telephone number"
    if any(numbers.is_npi(m) for m in _TEN.findall(text) if not _is_instant(m)):
        yield "a number with the check digit of an NPI"


def _is_instant(digits: str) -> bool:
    """Seconds since 1970 of the years 2013 to 2033, which tokens and logs are full of."""
    return digits.startswith(("14", "15", "16", "17", "18", "19")) and digits < "2000000000"


def _is_jwt(text: str) -> bool:
    try:
        return isinstance(json.loads(decoded(text.split(".")[0])), dict)
    except ValueError:
        return False


def _is_token_of_ours(text: str) -> bool:
    parts = text.split(".")
    return letters.is_masked(text) or (len(parts) == 3 and parts[2].startswith(kinds.SIGNATURE_MARK))


def _opened(text: str) -> Iterator[tuple[str, str]]:
    """The texts wrapped in a text."""
    if "%" in text and (plain := unquote(text)) != text:
        yield "percent escapes", plain
    if "\\" in text and (unescaped := re.sub(r"\\u([0-9a-fA-F]{4})", lambda m: chr(int(m[1], 16)), text)) != text:
        yield "JSON escapes", unescaped
    for m in _BASE64.finditer(text):
        inner = _unwrapped(m[0])
        if inner:
            yield "base64", inner


def _unwrapped(text: str) -> str | None:
    """The text that base64, plain or of gzip, holds; None if it holds none."""
    standard = text.rstrip("=").replace("-", "+").replace("_", "/")
    try:
        raw = base64.b64decode(standard + "=" * (-len(standard) % 4), validate=True)
        raw = gzip.decompress(raw) if raw.startswith(b"\x1f\x8b") else raw
        plain = raw.decode("utf-8")
    except (binascii.Error, ValueError, OSError, EOFError, zlib.error):
        return None
    return plain if plain.isprintable() or "\n" in plain else None
