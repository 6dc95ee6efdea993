"""The e-mail address and password of a login, however a client wraps them.

Real clients send a form, JSON or multipart, with charset parameters, bare percent signs and content types
that do not fit (sources: client-01 to client-10). So the content type is tried first and the look of the body
second, and nothing here raises: what cannot be read is missing.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple
from urllib.parse import unquote_to_bytes

LIMIT = 1_000_000  # bytes; larger bodies are refused before anything reads them

FORM, JSON, MULTIPART = "login.form", "login.json", "login.multipart"
CHARSET, BARE_PERCENT = "login.charset", "login.bare-percent"

_BARE_PERCENT = re.compile(rb"%(?![0-9A-Fa-f]{2})")
_MOST_PARTS = 50


class Credentials(NamedTuple):
    """What a body holds; ``behaviours``: the wrapping in which it was found, and what was tolerated."""

    email: str | None = None
    password: str | None = None
    behaviours: tuple[str, ...] = ()


Fields = Mapping[str, Any]
Parser = Callable[[bytes, str], Fields]


def parse(content_type: str | None, body: bytes) -> Credentials:
    """The credentials of a login body. A field that is absent, empty or no text is None.

    Text is UTF-8 whatever charset is named, and Latin-1 where it is no UTF-8. A body longer than ``LIMIT`` is
    not looked at.
    """
    if len(body) > LIMIT:
        return Credentials()
    kind, options = _content_type(content_type or "")
    for wrapping in dict.fromkeys(filter(None, (_named(kind), _sniffed(body)))):
        fields = _PARSERS[wrapping](body, options.get("boundary", ""))
        email, password = _email(fields.get("email")), _text(fields.get("password"))
        if email is not None or password is not None:
            return Credentials(email, password, (wrapping, *_tolerated(wrapping, body, options)))
    return Credentials()


def _tolerated(wrapping: str, body: bytes, options: Mapping[str, str]) -> Iterator[str]:
    if "charset" in options:
        yield CHARSET
    if wrapping == FORM and _BARE_PERCENT.search(body):
        yield BARE_PERCENT


def _content_type(text: str) -> tuple[str, Mapping[str, str]]:
    from werkzeug.http import parse_options_header

    kind, options = parse_options_header(text)
    return kind.lower(), options


def _named(kind: str) -> str | None:
    if kind == "application/json" or kind.endswith("+json"):
        return JSON
    return {"application/x-www-form-urlencoded": FORM, "multipart/form-data": MULTIPART}.get(kind)


def _sniffed(body: bytes) -> str:
    start = body.lstrip()
    if start.startswith((b"{", b"\xef\xbb\xbf{")):
        return JSON
    return MULTIPART if start.startswith(b"--") else FORM


def _form(body: bytes, _: str) -> Fields:
    """PHP's way: a percent sign that starts no escape is itself, a plus a blank, a later field wins."""
    pairs = (pair.partition(b"=") for pair in body.strip(b"\r\n").split(b"&"))
    return {_unescaped(name): _unescaped(value) for name, _, value in pairs}


def _unescaped(text: bytes) -> str:
    return _decoded(unquote_to_bytes(text.replace(b"+", b" ")))


def _decoded(text: bytes) -> str:
    try:
        return text.decode()
    except UnicodeDecodeError:
        return text.decode("latin-1")


def _json(body: bytes, _: str) -> Fields:
    try:
        value = json.loads(_decoded(body).removeprefix("\ufeff"))
    except (ValueError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}


def _multipart(body: bytes, boundary: str) -> Fields:
    """By the boundary of the content type, and if that finds nothing by the first line of the body."""
    first = body.lstrip().partition(b"\n")[0].rstrip().removeprefix(b"--")
    for candidate in filter(None, dict.fromkeys((boundary.encode("utf-8", "replace"), first))):
        fields = {name: _decoded(value) for name, value in _parts(body, candidate)}
        if fields:
            return fields
    return {}


def _parts(body: bytes, boundary: bytes) -> Iterator[tuple[str, bytes]]:
    """Name and value of each complete field; files are passed over, and the first broken part ends it."""
    from werkzeug.exceptions import RequestEntityTooLarge
    from werkzeug.sansio.multipart import Data, Epilogue, Field, File, MultipartDecoder, NeedData

    decoder = MultipartDecoder(boundary, max_form_memory_size=LIMIT, max_parts=_MOST_PARTS)
    name, value = None, b""
    try:
        decoder.receive_data(body.lstrip())
        decoder.receive_data(None)
        while not isinstance(event := decoder.next_event(), Epilogue | NeedData):
            if isinstance(event, Field | File):
                name, value = (event.name if isinstance(event, Field) else None), b""
            elif isinstance(event, Data):
                value += event.data
                if name is not None and not event.more_data:
                    yield name, value
    except (ValueError, RequestEntityTooLarge):
        return


_PARSERS: Mapping[str, Parser] = {FORM: _form, JSON: _json, MULTIPART: _multipart}


def _email(value: object) -> str | None:
    """Blanks around it do not count, as in the inferred backend, which trims every field but passwords."""
    text = _text(value)
    return (text.strip() or None) if text else None


def _text(value: object) -> str | None:
    """Text that can be written in UTF-8. A number in JSON is its digits, as PHP compares it."""
    if type(value) is int:
        value = str(value)
    if not isinstance(value, str) or not value:
        return None
    return value.encode("utf-8", "replace").decode("utf-8")
