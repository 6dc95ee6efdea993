"""A cassette in this process: HTTP libraries get its answers, from any number of threads, and no network at all.

vcrpy does the replaying. It lifts its patches for the whole process while one thread builds a connection, so that
requests of other threads would go out meanwhile: here they wait for each other, and a guard refuses what still leaves.
"""

from __future__ import annotations

import functools
import importlib
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from pathlib import Path
from typing import Any
from unittest import mock
from urllib.parse import urlsplit

from mockserver.errors import InputError

from . import cassette, wireform
from .exchange import Exchange, Request
from .guard import Guard, loopback_only
from .matching import Library, Miss
from .target import PORTS

# Where a request of each library begins and ends, its connection included.
SENDERS = (("requests", "Session.send"), ("urllib3", "HTTPConnectionPool.urlopen"), ("httpx", "Client.send"))
Key = tuple[str, str, frozenset[tuple[str, str]], bytes]


@contextmanager
def use(path: Path) -> Iterator[Guard]:
    """Answer every request from this cassette (a file or a folder) and let nothing out of this machine.

    Yields the guard, whose ``refused`` counts what tried to get out. Raises InputError for a file that is no cassette
    and where vcrpy is not installed. A request that was not recorded raises vcrpy's
    ``CannotOverwriteExistingCassetteException``.
    """
    found = cassette.read(path)
    vcr = _vcr()
    recorder = vcr.VCR(record_mode="none", match_on=("method", "recording"))
    recorder.register_matcher("recording", _Matcher(Library(found.exchanges)).recording)
    recorder.register_persister(_persister(found))
    with ExitStack() as stack:
        guard = stack.enter_context(loopback_only(_ports(found)))
        stack.enter_context(_one_at_a_time())
        stack.enter_context(recorder.use_cassette(str(path), allow_playback_repeats=True))
        yield guard


def _vcr() -> Any:
    try:
        return importlib.import_module("vcr")
    except ImportError:
        fix = "pip install './healthjump-kit[recording]', with the path of your checkout"
        raise InputError("vcrpy is not installed", "replay", [fix]) from None


def _ports(found: cassette.Cassette) -> set[int]:
    """Ports of this machine that were recorded: the server may still be there, and must not be asked."""
    urls = (urlsplit(exchange.request.url) for exchange in found.exchanges)
    return {url.port for url in urls if url.port and url.hostname in ("127.0.0.1", "localhost", "::1")}


def _persister(found: cassette.Cassette) -> type:
    """Gives vcrpy the exchanges that were read, and writes nothing."""

    class Persister:
        @staticmethod
        def load_cassette(cassette_path: str, serializer: Any) -> tuple[list[Any], list[Any]]:
            request = importlib.import_module("vcr.request").Request
            entries = [wireform.interaction(exchange) for exchange in found.exchanges]
            requests = [request(**{**entry["request"], "body": entry["request"]["body"]}) for entry in entries]
            bodies = (exchange.response.body for exchange in found.exchanges)
            pairs = zip(entries, bodies, strict=True)
            return requests, [{**entry["response"], "body": {"string": body}} for entry, body in pairs]

        @staticmethod
        def save_cassette(cassette_path: str, cassette_dict: Any, serializer: Any) -> None:
            """Nothing: what is replayed is not changed."""

    return Persister


class _Matcher:
    """vcrpy compares a request with every recorded one; here the first comparison decides for all."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._keys: dict[int, Key] = {}
        self._last: tuple[Any, Exchange | Miss, str] = (None, Miss(None, ()), "")

    def recording(self, sent: Any, recorded: Any) -> None:
        """Raise AssertionError, as vcrpy expects it, unless this recorded request is the one to answer with."""
        last = self._last
        if last[0] is not sent:
            request = _ours(sent)
            last = self._last = (sent, self._library.find(request), _host(request.url))
        _, found, host = last
        if isinstance(found, Miss):
            raise AssertionError("; ".join(found.differs))
        assert self._key(recorded) == _key(found.request), "another recording fits better"
        assert host == _host(found.request.url), "another host"

    def _key(self, recorded: Any) -> Key:
        if id(recorded) not in self._keys:  # vcrpy keeps them for as long as the cassette is in use
            self._keys[id(recorded)] = _key(_ours(recorded))
        return self._keys[id(recorded)]


def _host(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.hostname}:{parts.port or PORTS.get(parts.scheme)}"


def _ours(request: Any) -> Request:
    headers = tuple((str(name), _plain(value)) for name, value in request.headers.items())
    body = request.body if isinstance(request.body, bytes) else b""
    return Request(request.method, request.uri, headers, body)


def _plain(value: Any) -> str:
    """vcrpy keeps lists of values as they stand in a file, libraries send bytes or text."""
    one = value[0] if isinstance(value, list) else value
    return one.decode("latin-1") if isinstance(one, bytes) else str(one)


def _key(request: Request) -> Key:
    return request.method, request.url, frozenset((n.lower(), v) for n, v in request.headers), request.body


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    """Requests of all threads pass one by one, for as long as this lasts."""
    lock = threading.RLock()
    with ExitStack() as stack:
        for library, name in SENDERS:
            try:
                module = importlib.import_module(library)
            except ImportError:
                continue
            kind, method = name.split(".")
            stack.enter_context(mock.patch.object(getattr(module, kind), method, _locked(lock, module, kind, method)))
        yield


def _locked(lock: AbstractContextManager[Any], module: Any, kind: str, method: str) -> Callable[..., Any]:
    original = getattr(getattr(module, kind), method)

    @functools.wraps(original)
    def send(*args: Any, **kwargs: Any) -> Any:
        with lock:
            return original(*args, **kwargs)

    return send
