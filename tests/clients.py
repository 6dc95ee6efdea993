"""A running mock and a client for it, in process or over real HTTP, behind one face."""

from __future__ import annotations

import http.client
import json
import threading
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Protocol
from urllib.parse import unquote_to_bytes, urlsplit

from flask import Flask
from werkzeug.datastructures import Headers
from werkzeug.serving import BaseWSGIServer, WSGIRequestHandler, make_server
from werkzeug.test import EnvironBuilder, run_wsgi_app

from mockserver.web.logins import Login
from mockserver.web.state import State

HeaderLines = Mapping[str, str] | Iterable[tuple[str, str]]
TRANSPORTS = ("inprocess", "http")


@dataclass(frozen=True)
class Answer:
    """What came back, whatever the transport."""

    status: int
    headers: Headers
    body: bytes

    @property
    def json(self) -> Any:
        assert self.headers["Content-Type"] == "application/json", self.headers
        return json.loads(self.body)

    @property
    def error(self) -> str:
        """The slug of a refusal, which is always JSON."""
        found: str = self.json["error"]
        return found


class Transport(Protocol):
    """Sends one request to ``target``, the path and query exactly as they are to stand on the wire."""

    base_url: str

    def send(self, method: str, target: str, headers: Headers, body: bytes) -> Answer: ...


class InProcess:
    """Calls the application itself, with the environment a server would make of the request."""

    base_url = "http://127.0.0.1:8420"

    def __init__(self, app: Flask) -> None:
        self.app = app

    def send(self, method: str, target: str, headers: Headers, body: bytes) -> Answer:
        path, _, query = target.partition("?")
        headers.setdefault("Host", urlsplit(self.base_url).netloc)
        builder = EnvironBuilder(method=method, base_url=self.base_url, headers=headers, data=body or None)
        environ = builder.get_environ()
        builder.close()
        environ["PATH_INFO"] = unquote_to_bytes(path).decode("latin-1")
        environ.update(QUERY_STRING=query, RAW_URI=target, REQUEST_URI=target, HTTP_HOST=headers["Host"])
        chunks, status, found = run_wsgi_app(self.app, environ, buffered=True)
        return Answer(int(status.split()[0]), found, b"".join(chunks))


class OverHttp:
    """Speaks HTTP/1.1 to a server on this machine, one connection per request."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.base_url = f"http://127.0.0.1:{port}"

    def send(self, method: str, target: str, headers: Headers, body: bytes) -> Answer:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            connection.putrequest(method, target, skip_host="Host" in headers, skip_accept_encoding=True)
            if (body or method in ("POST", "PUT")) and "Content-Length" not in headers:
                connection.putheader("Content-Length", str(len(body)))
            for name, value in headers:
                connection.putheader(name, value)
            connection.endheaders(body)
            response = connection.getresponse()
            return Answer(response.status, Headers(response.getheaders()), response.read())
        finally:
            connection.close()


class _Quiet(WSGIRequestHandler):
    def log(self, type: str, message: str, *args: object) -> None:
        """The mock's own log is what tests look at, not that of this server."""


@contextmanager
def transport_to(app: Flask, kind: str) -> Iterator[Transport]:
    """A transport of that kind, and over HTTP a server that lives as long as the block."""
    if kind == "inprocess":
        yield InProcess(app)
        return
    server: BaseWSGIServer = make_server("127.0.0.1", 0, app, threaded=True, request_handler=_Quiet)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield OverHttp(server.port)
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@dataclass
class Server:
    """A running mock as tests use it: raw requests, and the usual ones made short."""

    app: Flask
    transport: Transport
    practice: str
    _tokens: dict[str, str] = field(default_factory=dict, repr=False)

    @property
    def state(self) -> State:
        """The state behind the HTTP face; for what no request can show or set."""
        found: State = self.app.extensions["healthjump"]
        return found

    @property
    def base_url(self) -> str:
        return self.transport.base_url

    @property
    def login(self) -> Login:
        return next(iter(self.state.logins))

    def request(
        self, method: str, target: str, headers: HeaderLines = (), body: bytes = b"", json: object = None
    ) -> Answer:
        """``json``, where given, becomes the body; no header is added but its Content-Type."""
        given = Headers(list(headers.items()) if isinstance(headers, Mapping) else list(headers))
        if json is not None:
            body = _dumped(json)
            given.setdefault("Content-Type", "application/json")
        return self.transport.send(method, target, given, body)

    def get(self, target: str, headers: HeaderLines = ()) -> Answer:
        return self.request("GET", target, headers)

    def post(self, target: str, headers: HeaderLines = (), body: bytes = b"", json: object = None) -> Answer:
        return self.request("POST", target, headers, body, json)

    def token(self, login: Login | None = None) -> str:
        """A token of this login, asked for once."""
        login = login or self.login
        if login.email not in self._tokens:
            given = {"email": login.email, "password": login.password}
            answer = self.post("/authenticate", json=given)
            assert answer.status == 200, answer.body
            self._tokens[login.email] = answer.json["token"]
        return self._tokens[login.email]

    def access(self, login: Login | None = None) -> dict[str, str]:
        """The headers a data request needs."""
        login = login or self.login
        return {"Authorization": f"Bearer {self.token(login)}", "Secretkey": login.secret_key, "Version": "3.0"}

    def path(self, element: str, query: str = "", practice: str = "") -> str:
        return f"/hjdw/{practice or self.practice}/{element}" + (f"?{query}" if query else "")

    def data(self, element: str, query: str = "", practice: str = "", **headers: str) -> Answer:
        """One page with good headers and those given on top."""
        return self.get(self.path(element, query, practice), {**self.access(), **headers})

    def rows(self, element: str, query: str = "", practice: str = "") -> list[dict[str, Any]]:
        answer = self.data(element, query, practice)
        assert answer.status == 200, answer.body
        found: list[dict[str, Any]] = answer.json["data"]
        return found

    def rows_now(self, element: str, query: str = "") -> list[dict[str, Any]]:
        """The rows with a token of this moment: the clock may have outrun the one before."""
        self._tokens.clear()
        return self.rows(element, query)

    def walk(self, element: str, query: str = "") -> list[dict[str, Any]]:
        """All rows, by following next_page_url to null."""
        target: str | None = self.path(element, query)
        found: list[dict[str, Any]] = []
        while target is not None:
            answer = self.get(target, self.access())
            assert answer.status == 200, answer.body
            found += answer.json["data"]
            following = answer.json["next_page_url"]
            target = following and following.removeprefix(self.base_url)
        return found

    def admin(self, method: str, path: str, json: object = None, **headers: str) -> Answer:
        return self.request(method, f"/__admin{path}", headers, json=json)

    def told(self, method: str, path: str, json: object = None) -> Any:
        """The answer to an admin request that must succeed."""
        answer = self.admin(method, path, json)
        assert answer.status == 200, answer.body
        return answer.json


def _dumped(value: object) -> bytes:
    return json.dumps(value).encode()
