"""A cache the commands share, and ``hjkit`` in this process for what needs no process of its own."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from mockserver.cli import main

from .processes import Done, shared_cache

Hjkit = Callable[..., Done]


@pytest.fixture(scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return shared_cache(tmp_path_factory)


@pytest.fixture
def hjkit(cache: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Hjkit:
    """Runs ``hjkit`` with these arguments and variables; gives exit code and what was printed."""
    for name in [name for name in os.environ if name.startswith("HJKIT_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("HJKIT_CACHE_DIR", str(cache))
    monkeypatch.setenv("MALLOC_ARENA_MAX", "1")  # what serve starts itself anew for

    def run(*arguments: str, **environ: str) -> Done:
        for name, value in environ.items():
            monkeypatch.setenv(name, value)
        monkeypatch.setattr(sys, "argv", ["hjkit", *arguments])
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            main()
        code, captured = ended.value.code, capsys.readouterr()
        assert isinstance(code, int)
        return Done(code, captured.out, captured.err)

    return run
