"""A cache of this run's own."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.processes import shared_cache


@pytest.fixture(scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return shared_cache(tmp_path_factory)


@pytest.fixture(autouse=True)
def own_cache(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HJKIT_CACHE_DIR", str(cache))
