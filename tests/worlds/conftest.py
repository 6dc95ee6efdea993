"""Fixtures: the shipped worlds as built, opened once."""

from __future__ import annotations

import pytest

from mockserver import load_world
from mockserver.contract.quirks import VENDOR

from .served import Tables


@pytest.fixture(scope="session")
def clean_clinic() -> Tables:
    return Tables.of(load_world("clinic", frozenset()))


@pytest.fixture(scope="session")
def clean_sandbox() -> Tables:
    return Tables.of(load_world("sandbox", frozenset()))


@pytest.fixture(scope="session")
def vendor_clinic() -> Tables:
    return Tables.of(load_world("clinic", VENDOR))


@pytest.fixture(scope="session")
def vendor_sandbox() -> Tables:
    return Tables.of(load_world("sandbox", VENDOR))


@pytest.fixture(params=["sandbox", "clinic"])
def clean(request: pytest.FixtureRequest) -> Tables:
    """Both worlds as they should have been."""
    found: Tables = request.getfixturevalue(f"clean_{request.param}")
    return found


@pytest.fixture(params=["sandbox", "clinic"])
def vendor(request: pytest.FixtureRequest) -> Tables:
    """Both worlds as the vendor shows them."""
    found: Tables = request.getfixturevalue(f"vendor_{request.param}")
    return found
