"""A connection that is kept, and that nobody can hold for ever."""

from __future__ import annotations

import http.client
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress

import pytest
from werkzeug.wrappers import Response as Given

from evaluation.findings.adapters.line import Line, Over, Patience
from evaluation.recording.client import Unreachable
from evaluation.recording.exchange import Request
from evaluation.recording.target import parse
from tests.findings.adapters.servers import dripping
from tests.recording.captures import decoy
from tests.recording.scrub.aviary_server import Answer, serving

OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"


def line(url: str, timeout: float = 5.0, budget: float = 60.0, **how: float) -> Line:
    return Line(parse(url), Patience(timeout, budget, **how))  # type: ignore[arg-type]


def get(url: str, path: str = "/") -> Request:
    return Request("GET", url + path)


@contextmanager
def answering(*replies: bytes) -> Iterator[tuple[str, list[int]]]:
    """Gives one reply on each connection, or closes it for an empty one; counts what was asked on each."""
    listener = socket.create_server(("127.0.0.1", 0))
    asked: list[int] = []

    def serve() -> None:
        for reply in replies:
            with suppress(OSError), listener.accept()[0] as connection:
                asked.append(len(connection.recv(65536)))
                connection.sendall(reply)

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}", asked
    finally:
        listener.close()
        thread.join(timeout=2)


@pytest.mark.parametrize("zipped", [False, True])
def test_one_connection_carries_many_requests(zipped: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[object] = []
    connect = http.client.HTTPConnection.connect

    def counted(self: http.client.HTTPConnection) -> None:
        opened.append(self)
        connect(self)

    monkeypatch.setattr(http.client.HTTPConnection, "connect", counted)
    with serving({"/": Answer(200, b"ok")}, zipped=zipped) as url, closing(line(url)) as kept:
        assert [kept.send(get(url)).body for _ in range(5)] == [b"ok"] * 5
        assert kept.send(get(url, "/none")).status == 404
    assert len(opened) == 1


def test_a_server_that_closes_each_time_is_asked_anew() -> None:
    with decoy(lambda asked: Given(asked.path)) as (url, seen), closing(line(url)) as kept:
        assert [kept.send(get(url, path)).body for path in ("/a", "/b")] == [b"/a", b"/b"]
    assert len(seen) == 2


def test_a_kept_connection_that_is_closed_is_opened_again() -> None:
    with answering(OK, OK) as (url, asked), closing(line(url)) as kept:
        assert kept.send(get(url)).body == b"ok"
        time.sleep(0.05)
        assert kept.send(get(url)).body == b"ok"
    assert len(asked) == 2


def test_a_new_connection_that_is_closed_is_no_answer() -> None:
    with answering(b"", OK) as (url, asked), closing(line(url)) as kept:
        with pytest.raises(Unreachable, match=r"^gave no answer that can be read \(RemoteDisconnected\)$"):
            kept.send(get(url))
        assert len(asked) == 1
        assert kept.send(get(url)).body == b"ok"


def test_another_host_is_held_back() -> None:
    with closing(line("http://127.0.0.1:8420")) as kept, pytest.raises(Unreachable, match="held back"):
        kept.send(get("http://127.0.0.1:84201"))


@pytest.mark.parametrize(
    ("head", "drop"),
    [
        (b"", b""),
        (b"HTTP/1.1 200 OK\r\n", b"X"),
        (b"HTTP/1.1 200 OK\r\nX: ", b"canary\r\nX: "),
        (b"HTTP/1.1 200 OK\r\n\r\n", b" "),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 99999\r\n\r\n", b" "),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", b"1\r\nx\r\n"),
        (b"HTTP/1.0 200 OK\r\nConnection: close\r\n\r\n{", b'"'),
        (b"HTTP/1.1 100 Continue\r\n\r\n", b"HTTP/1.1 100 Continue\r\n\r\n"),
    ],
)
def test_no_answer_takes_longer_than_it_may(head: bytes, drop: bytes) -> None:
    started = time.monotonic()
    with (
        dripping(head, drop, pause=0.02) as url,
        closing(line(url, timeout=0.3)) as kept,
        pytest.raises(Unreachable) as failure,
    ):
        kept.send(get(url))
    assert time.monotonic() - started < 3
    assert str(failure.value) == "gave no complete answer within 0.3 s"


def test_the_budget_shortens_an_answer_and_then_forbids_it() -> None:
    with dripping(b"") as url, closing(line(url, timeout=9.0, budget=0.3)) as kept:
        with pytest.raises(Unreachable, match=r"cut off: the 0\.3 s for the whole run"):
            kept.send(get(url))
        with pytest.raises(Over, match=r"^not asked: the 0\.3 s for the whole run were used up$"):
            kept.send(get(url))


def test_a_pause_lies_before_a_request() -> None:
    with answering(OK) as (url, _), closing(line(url, pause=0.2)) as kept:
        started = time.monotonic()
        kept.send(get(url))
    assert time.monotonic() - started >= 0.2


def test_failures_in_a_row_end_a_run_and_a_success_forgives() -> None:
    patience = Patience(1, 60)
    for status in (0, 0, 200, 0, 0, 500):
        patience.note(status)
    assert patience.seconds() == 1
    for status in (0, 0, 0):
        patience.note(status)
    with pytest.raises(Over, match="3 requests in a row had failed"):
        patience.seconds()


@pytest.mark.parametrize(("gentle", "statuses", "over"), [
    (True, (500, 502, 503), "in a row"), (True, (429,), "429"), (False, (500, 502, 503), ""), (False, (429,), ""),
])  # fmt: skip
def test_hosts_elsewhere_are_left_alone_sooner(gentle: bool, statuses: tuple[int, ...], over: str) -> None:
    patience = Patience(1, 60, gentle=gentle)
    for status in statuses:
        patience.note(status)
    if over:
        with pytest.raises(Over, match=over):
            patience.seconds()
    else:
        assert patience.seconds() == 1


def test_threads_share_one_patience() -> None:
    patience = Patience(1, 60)
    threads = [threading.Thread(target=lambda: [patience.note(200) for _ in range(1000)]) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert patience.seconds() == 1


def test_nothing_is_shown_of_an_answer_that_breaks() -> None:
    broken = b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 6\r\n\r\ncanary"
    with answering(broken) as (url, _), closing(line(url)) as kept, pytest.raises(Unreachable) as failure:
        kept.send(get(url))
    assert "canary" not in str(failure.value) and failure.value.__cause__ is None
