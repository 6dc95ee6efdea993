"""Captures made with real parts, and a server that says what a test wants to hear."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from werkzeug.serving import WSGIRequestHandler, make_server
from werkzeug.wrappers import Request as Asked
from werkzeug.wrappers import Response as Given

from evaluation.recording import credentials, plan, target
from evaluation.recording.cassette import Cassette
from evaluation.recording.client import Client
from evaluation.recording.exchange import Request, Response
from evaluation.recording.recorder import Capture, Recorder
from mockserver import contract

ELEMENTS = [path for path in contract.load().paths if path != "client_ids"]
LIVE = {
    "HJKIT_LIVE_HOST": "api.canary-host.example",
    "HJKIT_LIVE_EMAIL": "canary-mail@canary.example",
    "HJKIT_LIVE_PASSWORD": "canary-password-Zq81",
    "HJKIT_LIVE_SECRET_KEY": "canarykey0zq81zq81zq81zq81zq81zq81zq81zq",
}


def default_plan(**changes: Any) -> plan.Plan:
    return replace(plan.load(None, ELEMENTS), **changes)


def plan_of(*steps: plan.Step, **changes: Any) -> plan.Plan:
    """A plan of these steps only."""
    return default_plan(steps=steps, **changes)


def capture(url: str, asked: plan.Plan | None = None, **how: Any) -> Capture:
    """Ask a server on this machine, as the mock's fake login."""
    where = target.parse(url)
    login = credentials.resolve(where, {}, None, False)
    return Recorder(asked or default_plan(), where.base, login, Client(where), lambda: None, **how).run()


def cassette_of(made: Capture) -> Cassette:
    steps = {step.id: step.unusual for step in default_plan().steps if step.unusual}
    return Cassette({"origin": "mock 0.1.0", "steps": steps, "cut": made.cut}, tuple(made.exchanges))


@dataclass
class Scripted:
    """A sender that gives prepared answers in turn, the last one for ever, and remembers what it was asked."""

    answers: Sequence[Response | Exception]
    asked: list[Request] = field(default_factory=list)

    def send(self, request: Request) -> Response:
        self.asked.append(request)
        answer = self.answers[min(len(self.asked), len(self.answers)) - 1]
        if isinstance(answer, BaseException):
            raise answer
        return answer


def said(body: bytes = b"{}", status: int = 200, headers: Mapping[str, str] | None = None) -> Response:
    return Response(status, "", tuple({"Content-Type": "application/json", **(headers or {})}.items()), body)


TOKEN = said(b'{"token": "aaa.bbb.ccc"}')


class _Quiet(WSGIRequestHandler):
    def log(self, type: str, message: str, *args: object) -> None:
        """Nothing."""


@contextmanager
def decoy(answer: Callable[[Asked], Given]) -> Iterator[tuple[str, list[bytes]]]:
    """A server on this machine that answers so; its address, and the bytes of what it was asked."""
    seen: list[bytes] = []

    @Asked.application
    def application(asked: Asked) -> Given:
        head = f"{asked.method} {asked.full_path}\n{asked.headers}".encode()
        seen.append(head + asked.get_data())
        return answer(asked)

    server = make_server("127.0.0.1", 0, application, threaded=True, request_handler=_Quiet)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.port}", seen
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def files_below(*folders: Path) -> list[Path]:
    return [path for folder in folders for path in folder.rglob("*") if path.is_file()]
