"""A cache that all child runs of pytest share."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.processes import environment, shared_cache


@pytest.fixture(scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return shared_cache(tmp_path_factory)


@pytest.fixture(autouse=True)
def settings_of_children(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Child runs see no setting of this run but the cache, and a proxy that must not be asked."""
    wanted = environment(cache)
    for name in wanted.keys() & {"HJKIT_CACHE_DIR"}:
        monkeypatch.setenv(name, wanted[name])
    for name in ("http_proxy", "HTTP_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
