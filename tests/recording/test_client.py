"""One request on the wire as it was spelled, one answer in memory as it was meant."""

from __future__ import annotations

import gzip
import http.client
import io
import ssl
from pathlib import Path
from typing import Any

import pytest
from werkzeug.wrappers import Response as Given

from evaluation.recording import client, target
from evaluation.recording.client import Client, Unreachable
from evaluation.recording.exchange import Request
from tests.recording.captures import decoy, free_port


def get(url: str, path: str = "/", headers: tuple[tuple[str, str], ...] = (), method: str = "GET") -> Any:
    return Client(target.parse(url), timeout=5).send(Request(method, url + path, headers))


def test_nothing_of_the_spelling_changes() -> None:
    with decoy(lambda asked: Given(asked.environ["QUERY_STRING"])) as (url, seen):
        answer = get(url, "/a?x=eq~1&y=%7E+%20&x=2", (("SecretKey", "k"), ("version", "3.0")))
    assert answer.body == b"x=eq~1&y=%7E+%20&x=2"
    assert b"Accept-Encoding" not in seen[0] and b"User-Agent" not in seen[0] and b"Cookie" not in seen[0]


@pytest.mark.parametrize("encoding", ["gzip", "GZIP", "identity", ""])
def test_bodies_are_decoded_and_measured_again(encoding: str) -> None:
    packed = gzip.compress(b'{"a": 1}') if encoding.lower() == "gzip" else b'{"a": 1}'
    headers = {"Content-Encoding": encoding} if encoding else {}
    with decoy(lambda asked: Given(packed, headers=headers)) as (url, _):
        answer = get(url)
    assert answer.body == b'{"a": 1}' and answer.header("Content-Length") == "8"
    assert answer.header("Content-Encoding") is None and answer.header("Connection") is None


def test_redirects_and_cookies_are_answers_like_others() -> None:
    def redirect(asked: Any) -> Given:
        return Given("", 302, headers={"Location": "http://127.0.0.1:1/elsewhere", "Set-Cookie": "a=b"})

    with decoy(redirect) as (url, seen):
        answer = get(url)
        get(url)
    assert answer.status == 302 and answer.header("Location") == "http://127.0.0.1:1/elsewhere"
    assert len(seen) == 2 and not any(b"Cookie" in one for one in seen)


def test_proxies_of_the_environment_are_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    with decoy(lambda asked: Given("proxy")) as (proxy, diverted), decoy(lambda asked: Given("there")) as (url, _):
        for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "https_proxy"):
            monkeypatch.setenv(name, proxy)
        monkeypatch.delenv("no_proxy", raising=False)
        assert get(url).body == b"there"
    assert diverted == []


@pytest.mark.parametrize("url", ["http://127.0.0.1:8421/", "http://127.0.0.1:84200/", "https://127.0.0.1:8420/"])
def test_another_host_is_held_back(url: str) -> None:
    with pytest.raises(Unreachable, match="held back"):
        Client(target.parse("http://127.0.0.1:8420")).send(Request("GET", url))


def test_a_server_that_is_not_there_is_one_sentence() -> None:
    with pytest.raises(Unreachable, match=r"^no answer from the server \(ConnectionRefusedError\)$"):
        get(f"http://127.0.0.1:{free_port()}", "/canary")


def test_an_answer_without_end_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client, "LARGEST", 10)
    with decoy(lambda asked: Given("canary" * 10)) as (url, _), pytest.raises(Unreachable) as failure:
        get(url)
    assert "canary" not in str(failure.value)


def test_a_broken_body_is_no_answer() -> None:
    def broken(asked: Any) -> Given:
        return Given(b"no gzip", headers={"Content-Encoding": "gzip"})

    with decoy(broken) as (url, _), pytest.raises(Unreachable, match="BadGzipFile"):
        get(url)


def test_headers_keep_order_spelling_and_repetition() -> None:
    class Raw:
        def makefile(self, mode: str) -> io.BytesIO:
            return io.BytesIO(b"HTTP/1.1 200 OK\r\nb-One: 1\r\nA-Two: 2\r\nb-One: 3\r\nContent-Length: 0\r\n\r\n")

    came = http.client.HTTPResponse(Raw())  # type: ignore[arg-type]
    came.begin()
    assert client.answer(came, "GET").headers[:3] == (("b-One", "1"), ("A-Two", "2"), ("b-One", "3"))


def test_tls_is_verified_and_its_keys_are_never_logged(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("SSLKEYLOGFILE", str(tmp_path / "keys"))
    made = client.context()
    assert made.verify_mode is ssl.CERT_REQUIRED and made.check_hostname
    assert made.keylog_filename is None and list(tmp_path.iterdir()) == []
