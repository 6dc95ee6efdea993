"""A cassette as a server on the vendor's paths, for programs in any language."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from .asked import document
from .cassette import Cassette
from .exchange import Exchange, Request, Response
from .matching import Library, Miss

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

# What belongs to one connection, or is worked out anew for it.
LEFT_OUT = {"connection", "keep-alive", "transfer-encoding", "content-encoding", "content-length"}
PAGE_URLS = ("path", "next_page_url", "prev_page_url")
LARGEST_BODY = 1_000_000
LABEL = "X-Hjkit-Recorded"


class Replay:
    """The WSGI application. Answers depend on the request only, so any number of threads may ask."""

    def __init__(self, cassette: Cassette) -> None:
        self._library = Library(cassette.exchanges)
        self._origin = cassette.origin
        self._bases = sorted(bases(cassette.exchanges), key=len, reverse=True)

    def __call__(self, environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        request = _request(environ)
        found = self._library.find(request)
        response = missed(found) if isinstance(found, Miss) else found.response
        step = "" if isinstance(found, Miss) else f"; step={found.step}" * bool(found.step)
        body = self._rewritten(response.body, f"{environ['wsgi.url_scheme']}://{environ['HTTP_HOST']}".encode())
        headers = [(n, v) for n, v in response.headers if n.lower() not in LEFT_OUT]
        headers += [("Content-Length", str(len(body))), (LABEL, f"{self._origin}{step}")]
        start(f"{response.status} {response.reason or 'Recorded'}", headers)
        return [] if request.method == "HEAD" else [body]

    def _rewritten(self, body: bytes, here: bytes) -> bytes:
        """The recorded server's address becomes this one's, also where JSON escapes its slashes."""
        for base in self._bases:
            body = body.replace(base, here).replace(base.replace(b"/", b"\\/"), here.replace(b"/", b"\\/"))
        return body


def bases(exchanges: Iterable[Exchange]) -> set[bytes]:
    """The addresses that were recorded: of the requests, and those that page URLs name."""
    return {f"{urlsplit(url).scheme}://{urlsplit(url).netloc}".encode() for e in exchanges for url in _urls(e)}


def _urls(exchange: Exchange) -> Iterator[str]:
    yield exchange.request.url
    found = document(exchange.response)
    if isinstance(found, dict):
        yield from (url for key in PAGE_URLS if isinstance(url := found.get(key), str) and "://" in url)


def _request(environ: WSGIEnvironment) -> Request:
    """The request as it was spelled."""
    headers = tuple((k[5:].replace("_", "-").title(), str(v)) for k, v in environ.items() if k.startswith("HTTP_"))
    kind = (("Content-Type", environ["CONTENT_TYPE"]),) if environ.get("CONTENT_TYPE") else ()
    length = environ.get("CONTENT_LENGTH") or "0"
    body = environ["wsgi.input"].read(min(int(length), LARGEST_BODY)) if length.isdigit() else b""
    path = str(environ.get("RAW_URI") or environ.get("PATH_INFO") or "/").partition("?")[0]
    query = environ.get("QUERY_STRING")
    url = f"http://{environ.get('HTTP_HOST', 'localhost')}{path}" + (f"?{query}" if query else "")
    return Request(environ["REQUEST_METHOD"], url, (*headers, *kind), body)


def missed(miss: Miss) -> Response:
    """404 with the nearest recording and what differed."""
    said: dict[str, Any] = {"error": "not_recorded", "message": "no recording fits this request"}
    if miss.nearest is not None:
        request = miss.nearest.request
        target = request.path + (f"?{request.query}" if request.query else "")
        said["nearest"] = {"step": miss.nearest.step, "method": request.method, "target": target}
    said["differs"] = list(miss.differs)
    return Response(404, "Not Recorded", (("Content-Type", "application/json"),), json.dumps(said, indent=1).encode())


class ReplayServer:
    """A cassette served by threads of this process on a port of 127.0.0.1."""

    def __init__(self, cassette: Cassette, port: int = 0) -> None:
        from werkzeug.serving import WSGIRequestHandler, make_server

        class Quiet(WSGIRequestHandler):
            protocol_version = "HTTP/1.1"

            def log(self, type: str, message: str, *args: Any) -> None:
                """Nothing: a request may hold what should not be shown."""

        self._server = make_server("127.0.0.1", port, Replay(cassette), threaded=True, request_handler=Quiet)
        self._server.daemon_threads = True  # type: ignore[attr-defined]
        self.url = f"http://127.0.0.1:{self._server.server_port}"

    def __enter__(self) -> ReplayServer:
        self._thread = threading.Thread(target=self.serve, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()
        self._thread.join(timeout=5)
        self._server.server_close()

    def serve(self) -> None:
        """Serve until ``stop``."""
        self._server.serve_forever(poll_interval=0.05)

    def stop(self) -> None:
        """End ``serve``; called from another thread."""
        self._server.shutdown()
