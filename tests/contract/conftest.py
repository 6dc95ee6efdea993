"""Fixtures of the contract room: the contract as the vendor has it, and as it should have been."""

from __future__ import annotations

import pytest

from mockserver import contract as contracts
from mockserver.contract import Contract
from mockserver.contract.quirks import VENDOR


@pytest.fixture(scope="session")
def vendor() -> Contract:
    return contracts.load(VENDOR)


@pytest.fixture(scope="session")
def clean() -> Contract:
    return contracts.load(frozenset())
