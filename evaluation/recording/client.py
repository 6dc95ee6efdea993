"""Sends one request exactly as spelled and reads its answer into memory.

The standard library's client, because it changes nothing: no proxies, no redirects, no retries, no cookies, no
rewriting of ``~`` or ``%7E``, nothing from the environment, no temporary files.
"""

from __future__ import annotations

import gzip
import http.client
import ssl
import zlib
from typing import Protocol

from mockserver.errors import KitError

from .exchange import Headers, Request, Response
from .target import Target

TIMEOUT = 60.0  # seconds to wait for the server at any one time
LARGEST = 64_000_000  # bytes of an answer that are read; a page of 1000 rows has about one million
HOP_BY_HOP = {"connection", "keep-alive", "transfer-encoding", "content-encoding"}
_WINDOWS = {"gzip": zlib.MAX_WBITS + 16, "x-gzip": zlib.MAX_WBITS + 16, "deflate": zlib.MAX_WBITS}


class Unreachable(KitError):
    """The server could not be reached or broke off. The message names the kind of failure and no value."""


class Sender(Protocol):
    """Anything that turns a request into an answer."""

    def send(self, request: Request) -> Response: ...


class Client:
    """Sends requests to one target and refuses any other address."""

    def __init__(self, target: Target, timeout: float = TIMEOUT) -> None:
        self._target = target
        self._timeout = timeout
        self._context = context() if target.scheme == "https" else None

    def send(self, request: Request) -> Response:
        """The answer of the target. Raises Unreachable."""
        if not request.url.startswith(f"{self._target.base}/"):
            raise Unreachable("a request to another host than the one that is recorded was held back")
        connection = self._connection()
        try:
            return self._exchange(connection, request)
        except (OSError, http.client.HTTPException, EOFError, zlib.error, ValueError) as error:
            raise Unreachable(f"no answer from the server ({type(error).__name__})") from None
        finally:
            connection.close()

    def _connection(self) -> http.client.HTTPConnection:
        address, port = self._target.address, self._target.port
        if self._context is None:
            return http.client.HTTPConnection(address, port, timeout=self._timeout)
        return http.client.HTTPSConnection(address, port, timeout=self._timeout, context=self._context)

    def _exchange(self, connection: http.client.HTTPConnection, request: Request) -> Response:
        target = request.path + (f"?{request.query}" if request.query else "")
        connection.putrequest(request.method, target, skip_host=True, skip_accept_encoding=True)
        connection.putheader("Host", self._target.netloc)
        for name, value in request.headers:
            connection.putheader(name, value)
        if request.body or request.method == "POST":
            connection.putheader("Content-Length", str(len(request.body)))
        connection.endheaders(request.body or None)
        with connection.getresponse() as came:
            return answer(came, request.method)


def answer(came: http.client.HTTPResponse, method: str) -> Response:
    """The decoded answer: what only one connection knows is left out, the length is that of the decoded body."""
    body = came.read(LARGEST + 1)
    if len(body) > LARGEST:
        raise ValueError("the answer is too long")
    headers = tuple(came.getheaders())
    encoding = (came.headers.get("Content-Encoding") or "identity").strip().lower()
    decoded = _unpacked(body, _WINDOWS[encoding]) if body and encoding in _WINDOWS else body
    length = str(len(decoded)) if method != "HEAD" else None
    return Response(came.status, came.reason or "", _kept(headers, length), decoded)


def _unpacked(body: bytes, window: int) -> bytes:
    """The body as it was before packing, members one after another, and never more than LARGEST of it."""
    found = b""
    while body:
        if window > zlib.MAX_WBITS and not body.startswith(b"\x1f\x8b"):
            raise gzip.BadGzipFile
        unpacker = zlib.decompressobj(window)
        found += unpacker.decompress(body, LARGEST + 1 - len(found))
        if len(found) > LARGEST:
            raise ValueError("the answer is too long")
        if not unpacker.eof:
            raise EOFError("the answer ends early")
        body = unpacker.unused_data.lstrip(b"\0")
    return found


def _kept(headers: Headers, length: str | None) -> Headers:
    return tuple(
        (name, length if length is not None and name.lower() == "content-length" else value)
        for name, value in headers
        if name.lower() not in HOP_BY_HOP
    )


def context() -> ssl.SSLContext:
    """Verifying TLS. Unlike ``ssl.create_default_context`` it never logs keys, whatever ``SSLKEYLOGFILE`` says."""
    made = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    made.minimum_version = ssl.TLSVersion.TLSv1_2
    made.load_default_certs()
    return made
