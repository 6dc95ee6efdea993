"""Mocks that adapters read over HTTP."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from mockserver.settings import Settings
from mockserver.testing import Healthjump, Server


@pytest.fixture(scope="session")
def sandbox_server() -> Iterator[Server]:
    """The sandbox, 20 rows a page."""
    server = Server(Settings(world="sandbox", per_page=20))
    yield server
    server.stop()


@pytest.fixture
def sandbox(sandbox_server: Server) -> Iterator[Server]:
    """The same, as it started."""
    sandbox_server.state.reset()
    yield sandbox_server
    sandbox_server.state.reset()


@pytest.fixture
def steered(sandbox: Server) -> Iterator[Healthjump]:
    """A handle to make the sandbox fail."""
    handle = Healthjump(sandbox)
    yield handle
    handle.close()


@pytest.fixture(scope="session")
def both_worlds() -> Iterator[Server]:
    """The sandbox and the clinic, 1000 rows a page; two practices."""
    server = Server(Settings())
    yield server
    server.stop()
