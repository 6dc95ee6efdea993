"""Fixtures: the mock over the shipped worlds, in process and over HTTP."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from mockserver.settings import Settings
from mockserver.web.app import default_library
from mockserver.web.library import Library

from ..clients import Server
from .client import Client

CODES = {"sandbox": "SBOX02", "clinic": "CLNC04"}
Open = Callable[..., Client]


@pytest.fixture(scope="session")
def shipped() -> Library:
    """Both shipped worlds, opened once."""
    return default_library(Settings())


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Library:
    """The sandbox alone under any quirks, built where the run's other files are."""
    return Library(("sandbox",), cache=tmp_path_factory.mktemp("cache"))


@pytest.fixture
def open_client(start: Callable[..., Server], shipped: Library) -> Open:
    """A client of a mock of its own, for one practice."""

    def opened(world: str, library: Library = shipped, **settings: Any) -> Client:
        return Client(replace(start(library, **settings), practice=CODES[world]))

    return opened
