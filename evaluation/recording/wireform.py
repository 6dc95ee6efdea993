"""An exchange as an entry of a vcrpy cassette, and back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mockserver.errors import InputError

from .exchange import Exchange, Headers, Request, Response

Entry = dict[str, Any]


def interaction(exchange: Exchange) -> Entry:
    """The entry of one exchange: text where a body is UTF-8, bytes (``!!binary``) where it is not."""
    request, response = exchange.request, exchange.response
    return {
        "step": exchange.step,
        "request": {
            "method": request.method,
            "uri": request.url,
            "body": _text(request.body) if request.body else None,
            "headers": _grouped(request.headers),
        },
        "response": {
            "status": {"code": response.status, "message": response.reason},
            "headers": _grouped(response.headers),
            "body": {"string": _text(response.body)},
        },
    }


def exchange(entry: object, where: str) -> Exchange:
    """The exchange of one entry. Raises InputError that says which part is missing or of another type."""
    if not isinstance(entry, Mapping):
        raise InputError("must be a mapping", where, ["step", "request", "response"])
    request, response = _part(entry, "request", where), _part(entry, "response", where)
    status, body = _part(response, "status", f"{where}: response"), _part(response, "body", f"{where}: response")
    return Exchange(
        str(entry.get("step") or ""),
        Request(
            _value(request, "method", str, f"{where}: request"),
            _value(request, "uri", str, f"{where}: request"),
            _flat(_part(request, "headers", f"{where}: request")),
            _bytes(request.get("body"), f"{where}: request: body"),
        ),
        Response(
            _value(status, "code", int, f"{where}: response: status"),
            str(status.get("message") or ""),
            _flat(_part(response, "headers", f"{where}: response")),
            _bytes(body.get("string"), f"{where}: response: body: string"),
        ),
    )


def _grouped(headers: Headers) -> dict[str, list[str]]:
    """Header names in the order they came, each with its values; two spellings of one name stay two."""
    grouped: dict[str, list[str]] = {}
    for name, value in headers:
        grouped.setdefault(name, []).append(value)
    return grouped


def _flat(grouped: Mapping[Any, Any]) -> Headers:
    """vcrpy writes a list of values for a name, older versions one text."""
    lists = ((name, values if isinstance(values, list) else [values]) for name, values in grouped.items())
    return tuple((str(name), str(value)) for name, values in lists for value in values)


def _text(body: bytes) -> str | bytes:
    """YAML cannot hold every character as text: what it would have to change stays bytes."""
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError:
        return body
    return text if all(c.isprintable() or c in "\n\t" for c in text) else body


def _bytes(value: object, where: str) -> bytes:
    if value is None:
        return b""
    if isinstance(value, str):
        return value.encode("utf-8")
    if isinstance(value, bytes):
        return value
    raise InputError("must be text or !!binary", where)


def _part(entry: Mapping[Any, Any], key: str, where: str) -> Mapping[Any, Any]:
    found = entry.get(key)
    if not isinstance(found, Mapping):
        raise InputError(f"{key} is missing or no mapping", where)
    return found


def _value(entry: Mapping[Any, Any], key: str, kind: type, where: str) -> Any:
    found = entry.get(key)
    if not isinstance(found, kind):
        raise InputError(f"{key} is missing or not {kind.__name__}", where)
    return found
