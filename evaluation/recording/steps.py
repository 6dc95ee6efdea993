"""A step and the values known so far make a request; an answer yields values for later steps."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import quote, quote_plus, urlencode, urlsplit

from mockserver import __version__
from mockserver.errors import KitError

from .credentials import Credentials
from .exchange import Headers, Request, Response
from .plan import NAME, Step

USER_AGENT = f"healthjump-kit/{__version__} (record)"
BOUNDARY = "7d1b2f60c94e4f5a9b3c8e21d0a6f753"  # hexadecimal, as common clients make it
WRONG = Credentials("nobody@healthjump-kit.invalid", "invented-and-wrong", "0" * 40)
"""A login and key nobody has: an invented address cannot lock anybody's account."""


class NotAsked(KitError):
    """A step that cannot be asked; the message says what is missing, by name."""


@dataclass(frozen=True, slots=True)
class Access:
    """What requests are made of besides the step: the address, the credentials, values taken from answers."""

    base: str
    credentials: Credentials
    values: Mapping[str, str]


def request(step: Step, access: Access) -> Request:
    """The first request of a step. Raises NotAsked where a value is missing."""
    path = _filled(step.path, access.values)
    query = "&".join(_filled(part, access.values) for part in step.query)
    if step.token == "query":
        query += f"&token={quote(_token(step, access), safe='')}"
    url = access.base + path + (f"?{query}" if query else "")
    if step.login:
        kind, body = _login(step.login, access.credentials)
        return Request("POST", url, (("Content-Type", kind), *_common()), body)
    return Request(step.method, url, (*_headers(step, access), *_common(), *step.headers.items()))


def following(previous: Request, response: Response, base: str) -> Request | None:
    """The request for the next page, None at the last one or where the page URL leads to another host."""
    url = _at(_json(response), "next_page_url")
    if not isinstance(url, str):
        return None
    parts = urlsplit(url)
    if parts.netloc != urlsplit(base).netloc or not parts.path.startswith("/"):
        return None
    return replace(previous, url=base + parts.path + (f"?{parts.query}" if parts.query else ""))


def taken(places: Sequence[str], response: Response, kept: int) -> str | None:
    """The first usable value at any of these places of a JSON answer: text that is not empty, or a whole number.

    A place is keys with dots between them; ``*`` is every member of a list, ``kept`` the last row that is kept,
    ``#2`` at the end the second value that differs from the first.
    """
    document = _json(response)
    for place in places:
        path, _, which = place.partition("#")
        usable = dict.fromkeys(str(v) for v in _found(document, path.split("."), kept) if _usable(v))
        if len(usable) >= int(which or 1):
            return list(usable)[int(which or 1) - 1]
    return None


def rows(response: Response) -> list[Any]:
    """The rows of a page; none where the answer is something else."""
    data = _at(_json(response), "data")
    return data if isinstance(data, list) else []


def _filled(text: str, values: Mapping[str, str]) -> str:
    def value(name: str, plus: str) -> str:
        if name not in values:
            raise NotAsked(f"no value for {name}")
        return quote_plus(values[name]) if plus else quote(values[name], safe="")

    return NAME.sub(lambda match: value(match[1], match[2]), text)


def _login(encoding: str, credentials: Credentials) -> tuple[str, bytes]:
    """Content type and body of a login."""
    sent = WRONG if encoding == "wrong" else credentials
    fields = {"email": sent.email, "password": sent.password}
    if encoding == "json":
        return "application/json", json.dumps(fields).encode()
    if encoding == "multipart":
        head = f"--{BOUNDARY}\r\nContent-Disposition: form-data; name="
        parts = "".join(f'{head}"{name}"\r\n\r\n{value}\r\n' for name, value in fields.items())
        return f"multipart/form-data; boundary={BOUNDARY}", f"{parts}--{BOUNDARY}--\r\n".encode()
    return "application/x-www-form-urlencoded", urlencode(fields).encode()


def _headers(step: Step, access: Access) -> Iterator[tuple[str, str]]:
    if step.token not in ("none", "query"):
        yield "Authorization", _authorization(step, access)
    if step.key != "none":
        yield "Secretkey", (WRONG if step.key == "wrong" else access.credentials).secret_key
    if step.version != "none":
        yield "Version", step.version


def _authorization(step: Step, access: Access) -> str:
    token = _token(step, access)
    if step.token == "garbled":
        head, dot, signature = token.rpartition(".")
        token = head + dot + signature[::-1]
    return {"no-space": "Bearer", "lower-case": "bearer "}.get(step.token, "Bearer ") + token


def _token(step: Step, access: Access) -> str:
    name = "later" if step.token == "later" else "token"
    if name not in access.values:
        raise NotAsked("no token")
    return access.values[name]


def _common() -> Headers:
    return ("Accept", "application/json"), ("User-Agent", USER_AGENT)


def _json(response: Response) -> Any:
    try:
        return json.loads(response.body)
    except (ValueError, RecursionError):
        return None


def _at(document: Any, key: str) -> Any:
    return document.get(key) if isinstance(document, dict) else None


def _found(document: Any, path: Sequence[str], kept: int) -> Iterator[Any]:
    if not path:
        yield document
    elif isinstance(document, list):
        yield from (v for member in _members(document, path[0], kept) for v in _found(member, path[1:], kept))
    else:
        yield from _found(_at(document, path[0]), path[1:], kept)


def _members(document: list[Any], which: str, kept: int) -> list[Any]:
    if which == "*":
        return document
    if which == "kept":
        return document[: kept or None][-1:]
    return document[int(which) :][:1] if which.isdigit() else []


def _usable(value: Any) -> bool:
    """A tilde would separate; a value that is only blanks proves nothing."""
    return (isinstance(value, str) and bool(value.strip()) and "~" not in value) or type(value) is int
