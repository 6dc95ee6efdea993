"""The site builds strictly, asks nobody outside for anything, and says nothing the program does not know."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from mockserver import settings
from mockserver.cli import cli

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
# Anything a browser fetches without being asked: sources, style sheets, icons, imports.
FETCHED = re.compile(
    r"""(?:\bsrc|\bsrcset|<link\b[^>]*\bhref)\s*=\s*["']?(?:https?:)?//[^"'\s>]+|url\(\s*["']?(?:https?:)?//|@import"""
)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(folder)]
    environ = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    done = subprocess.run(command, cwd=ROOT, env=environ, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return folder


def test_every_page_is_built(site: Path) -> None:
    for page in PAGES[1:]:
        built = site / page.relative_to(ROOT / "docs").with_suffix(".html")
        assert built.is_file(), f"{built} is missing"
        assert built.read_text(encoding="utf-8").count("<h1") == 1


def test_no_page_fetches_anything_from_outside(site: Path) -> None:
    found = [
        f"{path.relative_to(site)}: {match}"
        for path in sorted(site.rglob("*"))
        if path.suffix in {".html", ".css"}
        for match in FETCHED.findall(path.read_text(encoding="utf-8"))
    ]
    assert found == []


def test_the_check_for_outside_requests_can_fail() -> None:
    for text in (
        '<script src="https://cdn.test/x.js">',
        '<link rel="icon" href=//x.test/i>',
        "a{b:url(http://c.test)}",
    ):
        assert FETCHED.search(text)
    assert not FETCHED.search('<a href="https://www.healthjump.com/">')


def _mentioned(pattern: str) -> Iterator[tuple[str, str]]:
    for page in PAGES:
        for name in re.findall(pattern, page.read_text(encoding="utf-8")):
            yield page.name, name


def test_every_setting_in_the_pages_exists() -> None:
    known = set(_options(cli)) | {"--help", *OF_OTHERS}
    unknown = {found for found in _mentioned(r"(?<![-\w])(--[a-z][a-z-]+)") if found[1] not in known}
    assert unknown == set()


OF_OTHERS = {"--block-network", "--errors", "--record-mode", "--verbose", "--verboseLevel"}
OF_OTHERS |= {"--no-write", "--rounds", "--seconds"}
"""Options of other programs: Prism, pytest-recording, bench/run.py."""


def _options(command: click.Command) -> Iterator[str]:
    """Every option of a command and of the verbs below it."""
    for parameter in command.params:
        yield from (*parameter.opts, *parameter.secondary_opts)
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            below = command.get_command(context, name)
            assert below is not None
            yield from _options(below)


def test_every_variable_in_the_pages_exists() -> None:
    live = {f"HJKIT_LIVE_{name}" for name in ("HOST", "EMAIL", "PASSWORD", "SECRET_KEY")}
    variables = {row.variable for row in settings.table()} | set(settings.OTHER_VARIABLES) | live
    assert {found for found in _mentioned(r"\b(HJKIT_[A-Z_]*[A-Z])\b") if found[1] not in variables} == set()
