"""Fixtures of all rooms: a running mock over a small world, in process and over HTTP."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from mockserver.settings import Settings
from mockserver.web.app import create_app

from .clients import TRANSPORTS, Server, transport_to
from .handmade import PRACTICE, HandmadeLibrary
from .sites import build

Start = Callable[..., Server]
# Speed is measured in bench/, never by a test that a busy machine can fail.
settings.register_profile("untimed", parent=settings(), deadline=None)
settings.load_profile("untimed")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--transport", choices=(*TRANSPORTS, "both"), default="both", help="how tests reach the mock (default: both)"
    )


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Every test that talks to the mock runs once in process and once over HTTP."""
    if "transport" in metafunc.fixturenames:
        wanted = metafunc.config.getoption("--transport")
        metafunc.parametrize("transport", TRANSPORTS if wanted == "both" else (wanted,))


@pytest.fixture(scope="session")
def library(tmp_path_factory: pytest.TempPathFactory) -> HandmadeLibrary:
    """The small world under any quirks, made once per run."""
    return HandmadeLibrary(("handmade",), folder=tmp_path_factory.mktemp("handmade"))


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site as `make docs` builds it, made once per run."""
    return build(tmp_path_factory.mktemp("built") / "site")


@pytest.fixture
def start(transport: str, library: HandmadeLibrary) -> Iterator[Start]:
    """Starts mocks with settings of the test's own; they end with the test."""
    with ExitStack() as running:

        def started(library: HandmadeLibrary = library, **settings: Any) -> Server:
            app = create_app(Settings(**settings), library)
            return Server(app, running.enter_context(transport_to(app, transport)), PRACTICE)

        yield started


@pytest.fixture
def server(start: Start) -> Server:
    """A mock as it starts without any setting."""
    return start()


@pytest.fixture
def logins_file(tmp_path: Path) -> Path:
    """Two accounts; the second sees one practice only."""
    path = tmp_path / "logins.yaml"
    path.write_text(
        "logins:\n"
        "- {email: all@clinic.test, password: fake-all, secret_key: fakekeyall}\n"
        "- {email: one@clinic.test, password: fake-one, secret_key: fakekeyone, practices: [HAND02]}\n",
        encoding="utf-8",
    )
    return path
