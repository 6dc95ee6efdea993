"""The scrubber in the places where vcrpy lets one in, for suites that record with pytest-recording."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ..exchange import Headers, Request
from ..exchange import Response as Answer
from .scrubber import Scrubber

Hooks = dict[str, Any]
MARK = "X-Scrubbed"


def vcr_hooks(scrubber: Scrubber, *, recording: bool = True) -> Hooks:
    """Arguments for ``vcr.VCR`` or the fixture ``vcr_config``. Pass ``recording=False`` in record mode ``none``.

    vcrpy calls its hooks when it loads a cassette as well: what is scrubbed already is marked and passes. While it only
    replays, requests must stay as they are, because they are compared with scrubbed ones.
    """
    if not recording:
        return {"decode_compressed_response": True}
    hooks = _Hooks(scrubber)
    # Functions, because pytest-recording copies methods together with their object, and a table must stay one.
    return {
        "before_record_request": lambda given: hooks.request(given),
        "before_record_response": lambda given: hooks.response(given),
        "decode_compressed_response": True,
    }


class _Hooks:
    """One recording. An answer belongs to the request before it, for vcrpy does not say to which.

    Only requests are asked for the mark: clients do not send it, and what a server sends is not to be trusted.
    """

    def __init__(self, scrubber: Scrubber) -> None:
        self._scrubber = scrubber
        self._element: str | None = None
        self._loading = False

    def request(self, request: Any) -> Any:
        """A copy of vcrpy's request."""
        self._loading = bool(request.headers.get(MARK))
        if self._loading:
            return request
        given = Request(request.method, request.uri, _pairs(request.headers), _bytes(request.body))
        self._element = self._scrubber.element(given)
        made = self._scrubber.request(given)
        headers = {**dict(made.headers), MARK: "healthjump-kit"}
        return type(request)(made.method, made.url, made.body or None, headers)

    def response(self, response: Mapping[str, Any]) -> Mapping[str, Any]:
        """A copy of vcrpy's answer."""
        if self._loading:
            return response
        status = response["status"]
        given = Answer(
            status["code"], status["message"] or "", _pairs(response["headers"]), _bytes(response["body"]["string"])
        )
        made = self._scrubber.response(given, self._element)
        status = {"code": made.status, "message": made.reason}
        return {"status": status, "headers": _grouped(made.headers), "body": {"string": made.body}}


def _pairs(headers: Mapping[str, Any]) -> Headers:
    lists = ((name, value if isinstance(value, list | tuple) else [value]) for name, value in headers.items())
    return tuple((_text(name), _text(one)) for name, values in lists for one in values)


def _grouped(headers: Headers) -> dict[str, list[str]]:
    grouped: dict[str, list[str]] = {}
    for name, value in headers:
        grouped.setdefault(name, []).append(value)
    return grouped


def _text(value: Any) -> str:
    return value.decode("latin-1") if isinstance(value, bytes) else str(value)


def _bytes(body: Any) -> bytes:
    """Text, bytes, nothing, or a file or an iterator that is read."""
    if body is None:
        return b""
    if isinstance(body, str):
        return body.encode("utf-8")
    if isinstance(body, bytes | bytearray):
        return bytes(body)
    read: Callable[[], bytes] | None = getattr(body, "read", None)
    return read() if read else b"".join(body)


__all__ = ["MARK", "vcr_hooks"]
