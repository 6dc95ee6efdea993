"""A mock with small pages that captures are made of, and one such capture."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from evaluation.recording.cassette import Cassette
from mockserver.settings import Settings
from mockserver.testing import Server
from tests.recording import captures


@pytest.fixture(scope="session")
def small_pages() -> Iterator[Server]:
    """The sandbox, five rows a page."""
    server = Server(Settings(world="sandbox", per_page=5))
    yield server
    server.stop()


@pytest.fixture
def mock(small_pages: Server) -> Iterator[Server]:
    """The same, as it started."""
    small_pages.state.reset()
    yield small_pages
    small_pages.state.reset()


@pytest.fixture(scope="session")
def captured(small_pages: Server) -> Cassette:
    """What the default plan gets from that mock, unscrubbed: every value in it is invented."""
    small_pages.state.reset()
    return captures.cassette_of(captures.capture(small_pages.url))
