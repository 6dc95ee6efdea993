"""The mock in your own test suite: the fixture ``healthjump`` is a running server that every test finds fresh.

Choose what it serves per test, class or module: ``@pytest.mark.healthjump(world="clinic", quirks="none", per_page=7)``;
any setting of ``hjkit settings`` goes but those of the listener. Defaults come from the ini value ``healthjump``
(lines ``name = value``). Opt out of the plugin with ``-p no:healthjump``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from .settings import Settings
    from .testing import Healthjump, Server

_MARKER = "healthjump(**settings): serve these settings to the fixture healthjump, for example world, quirks, per_page"
_DEFAULTS = {"world": "sandbox"}


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addini("healthjump", "settings of the fixture healthjump, one `name = value` a line", type="linelist")


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", _MARKER)


@pytest.fixture(scope="session")
def healthjump_servers() -> Iterator[dict[Settings, Server]]:
    """The servers of this run by their settings; they start on first use and stop at the end."""
    servers: dict[Settings, Server] = {}
    yield servers
    for server in servers.values():
        server.stop()


@pytest.fixture
def healthjump(request: pytest.FixtureRequest, healthjump_servers: dict[Settings, Server]) -> Iterator[Healthjump]:
    """A running mock, reset: address, login, an authorised session, clock, journal, rows, failures.

    Settings that cannot be met fail the test with one sentence.
    """
    from .errors import InputError
    from .testing import Healthjump

    try:
        server = _server(request, healthjump_servers)
    except InputError as error:
        pytest.fail(str(error), pytrace=False)
    handle = Healthjump(server)
    yield handle
    handle.close()


def _server(request: pytest.FixtureRequest, servers: dict[Settings, Server]) -> Server:
    """The server of this test's settings, as it was when it started."""
    from .settings import Settings, from_text
    from .testing import Server

    given = from_text(_ini(request.config), "the ini value healthjump")
    settings = Settings(**{**_DEFAULTS, **given, **_marked(request)})
    if settings not in servers:
        servers[settings] = Server(settings)
    servers[settings].state.reset()
    return servers[settings]


def _ini(config: pytest.Config) -> Mapping[str, str]:
    pairs = (line.partition("=") for line in config.getini("healthjump"))
    return {name.strip(): value.strip() for name, _, value in pairs}


def _marked(request: pytest.FixtureRequest) -> dict[str, Any]:
    """Settings of all markers, the closest to the test winning. Raises InputError for what is none."""
    from .errors import InputError
    from .settings import refuse_unknown

    found: dict[str, Any] = {}
    for marker in request.node.iter_markers("healthjump"):
        if marker.args:
            valid = ['names, as in healthjump(world="clinic")']
            raise InputError(f"{marker.args[0]!r} has no name", "the marker healthjump", valid)
        refuse_unknown(marker.kwargs, "the marker healthjump")
        found = {**marker.kwargs, **found}
    return found
