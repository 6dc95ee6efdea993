"""Captures of mocks, clean and lying, made once each."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache

import pytest

from evaluation.recording.drift import asking
from evaluation.recording.drift.asking import Asked
from evaluation.recording.plan import Plan, load
from mockserver import contract as contracts
from mockserver.contract.quirks import parse_selection
from mockserver.faults.mutations import mutated_server
from mockserver.testing import Server

Captures = Callable[..., Asked]


def plan_of(quirks: str = "vendor") -> Plan:
    """The plan of the package."""
    paths = contracts.load(parse_selection(quirks)).paths
    return load(None, [path for path in paths if paths[path].name != "client_ids"])


def lying(names: Iterable[str]) -> asking.Serve:
    """What starts a mock that tells these lies."""
    return lambda settings: mutated_server(Server, settings, names)


@pytest.fixture(scope="session")
def capture() -> Captures:
    """The view of a fresh mock that tells the lies of these names."""

    @cache
    def captured(*names: str, quirks: str = "vendor") -> Asked:
        return asking.ask_mock(plan_of(quirks), quirks, lying(names))

    return captured
