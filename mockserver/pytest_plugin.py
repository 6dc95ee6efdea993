"""The mock in your own test suite: the fixture ``healthjump`` is a running server that every test finds fresh.

Choose what it serves per test, class or module: ``@pytest.mark.healthjump(world="clinic", quirks="none", per_page=7)``;
any setting of ``hjkit settings`` goes. Defaults come from the ini value ``healthjump`` (lines ``name = value``).
Opt out of the plugin with ``-p no:healthjump``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from .testing import Healthjump, Server

_MARKER = "healthjump(**settings): serve these settings to the fixture healthjump, for example world, quirks, per_page"
_DEFAULTS = {"world": "sandbox"}


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addini("healthjump", "settings of the fixture healthjump, one `name = value` a line", type="linelist")


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", _MARKER)


@pytest.fixture(scope="session")
def healthjump_servers() -> Iterator[dict[Any, Server]]:
    """The servers of this run by their settings; they start on first use and stop at the end."""
    servers: dict[Any, Server] = {}
    yield servers
    for server in servers.values():
        server.stop()


@pytest.fixture
def healthjump(request: pytest.FixtureRequest, healthjump_servers: dict[Any, Server]) -> Iterator[Healthjump]:
    """A running mock, reset: address, login, an authorised session, clock, journal, rows, failures."""
    from .settings import Settings, from_text
    from .testing import Healthjump, Server

    wanted = {**_DEFAULTS, **from_text(_ini(request.config)), **_marked(request)}
    settings = Settings(**wanted)
    if settings not in healthjump_servers:
        healthjump_servers[settings] = Server(settings)
    server = healthjump_servers[settings]
    server.state.reset()
    handle = Healthjump(server)
    yield handle
    handle.close()


def _ini(config: pytest.Config) -> Mapping[str, str]:
    pairs = (line.partition("=") for line in config.getini("healthjump"))
    return {name.strip(): value.strip() for name, _, value in pairs}


def _marked(request: pytest.FixtureRequest) -> dict[str, Any]:
    """Settings of all markers, the closest to the test winning."""
    found: dict[str, Any] = {}
    for marker in request.node.iter_markers("healthjump"):
        found = {**marker.kwargs, **found}
    return found
