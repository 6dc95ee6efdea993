"""Entries of a HAR file as plain data, whatever is missing or of another type in it."""

from __future__ import annotations

import re
from base64 import b64decode
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import parse_qsl, urlsplit

from .bodies import Budget, parsed
from .shape import mapping, members, text

JSON: Final = re.compile(r"[+/.-]json\b", re.IGNORECASE)
QUESTIONS: Final = 1000  # in the address of one request


@dataclass(frozen=True)
class Entry:
    """A request and its answer. Its ``repr`` shows no value.

    ``json``: the body is there and is JSON. ``missing``: it says it is JSON and is not there. ``broken``: it says so
    and is none.
    """

    method: str
    scheme: str = field(repr=False)
    host: str = field(repr=False)
    parts: tuple[str, ...] = field(repr=False)
    query: tuple[tuple[str, str], ...] = field(repr=False)
    status: int
    media: str = field(repr=False)
    body: str = field(repr=False)
    authorization: str = field(repr=False)
    json: bool
    missing: bool
    broken: bool

    @property
    def good(self) -> bool:
        """Whether it is an answer with rows, as far as method and status say."""
        return self.method == "GET" and 200 <= self.status < 300


def entries(found: Sequence[Any]) -> Iterator[Entry]:
    """The entries that have a request with an address; others cannot be placed.

    Raises Unreadable where their answers hold more than may be read.
    """
    budget = Budget()
    for entry in found:
        request, response = mapping(mapping(entry).get("request")), mapping(mapping(entry).get("response"))
        status = response.get("status")
        try:
            split = urlsplit(text(request.get("url")))
            query = tuple(parse_qsl(split.query, keep_blank_values=True, max_num_fields=QUESTIONS))
        except ValueError:
            continue
        if split.scheme in ("http", "https") and split.netloc and type(status) is int:
            parts = tuple(part for part in split.path.split("/") if part)
            host = f"{split.scheme}://{split.netloc.rpartition('@')[2].lower()}"
            method = text(request.get("method")).upper()
            auth = _header(request, "authorization")
            media, body = _body(response)
            state = _state(media, body, status, budget)
            yield Entry(method, split.scheme, host, parts, query, status, media, body, auth, *state)


def _header(message: Mapping[str, Any], name: str) -> str:
    headers = members(message.get("headers"))
    return next((text(one.get("value")) for one in headers if text(one.get("name")).lower() == name), "")


def _body(response: Mapping[str, Any]) -> tuple[str, str]:
    """The media type and the text of a body, decoded from base64 where it is kept so."""
    content = mapping(response.get("content"))
    media, body = text(content.get("mimeType")) or _header(response, "content-type"), text(content.get("text"))
    if text(content.get("encoding")).lower() == "base64":
        try:
            body = b64decode(body).decode("utf-8-sig", errors="replace")
        except ValueError:
            body = ""
    return media, body.removeprefix("\ufeff")


def _state(media: str, body: str, status: int, budget: Budget) -> tuple[bool, bool, bool]:
    """Whether the body is JSON, is missing, or is broken."""
    says = bool(JSON.search(media)) or (not media and body.lstrip()[:1] in ("{", "["))
    if not says or status == 204:
        return False, False, False
    if not body.strip():
        return False, True, False
    budget.take(body)
    made = parsed(body)
    return isinstance(made, dict | list), False, made is None and body.strip() != "null"
