"""The commands of a guide, run as they stand there, print what the guide shows."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
GUIDES = ROOT / "docs" / "guide"
BLOCK = re.compile(r"^```console\n\$ (.*?)^```$", re.DOTALL | re.MULTILINE)
LEFT_OUT = "…"  # a line of the guide that stands for any lines of the output
SHOWN = [path for path in sorted(GUIDES.glob("*.md")) if BLOCK.search(path.read_text(encoding="utf-8"))]


def commands(page: str) -> Iterator[tuple[str, list[str]]]:
    """Each command of a page with the lines it shows."""
    for block in BLOCK.findall(page):
        command, *shown = block.splitlines()
        yield command, shown


def agrees(shown: list[str], printed: list[str]) -> str:
    """The first line of the guide that the output does not have where it should be; empty if all agree."""
    at, anywhere = 0, False
    for line in shown:
        if line == LEFT_OUT:
            anywhere = True
            continue
        if not anywhere and printed[at : at + 1] != [line]:
            return line
        if line not in printed[at:]:
            return line
        at, anywhere = printed.index(line, at) + 1, False
    return "" if anywhere or at == len(printed) else f"the end, but there is more: {printed[at]}"


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A folder as a reader of the guides has it: the invented description, and a radar of their own."""
    shutil.copy(GUIDES / "another-vendor" / "quillmark.yaml", tmp_path)
    shutil.copytree(ROOT / "docs" / "radar", tmp_path / "docs" / "radar")
    return tmp_path


@pytest.mark.parametrize("page", SHOWN, ids=lambda page: page.stem)
def test_a_guide_shows_what_its_commands_print(page: Path, desk: Path) -> None:
    for command, shown in commands(page.read_text(encoding="utf-8")):
        name, *rest = shlex.split(command)
        assert name == "hjkit"
        done = subprocess.run(
            [sys.executable, "-m", "mockserver.cli", *rest],
            cwd=desk, env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, text=True, timeout=120,
        )  # fmt: skip
        assert done.returncode == 0, f"{command}: {done.stderr}"
        assert not (wrong := agrees(shown, done.stdout.splitlines())), f"{command}: {wrong}"


def test_both_new_guides_are_held() -> None:
    assert {"another-vendor", "hand-over"} <= {page.stem for page in SHOWN}


@pytest.mark.parametrize(
    ("shown", "wrong"),
    [
        (["a", "b", "c"], ""),
        (["a", "…"], ""),
        (["…", "b", "…"], ""),
        (["a", "c"], "c"),
        (["…", "b", "c", "d"], "d"),
        (["…", "c", "b"], "b"),
        (["a"], "the end, but there is more: b"),
    ],
)
def test_lines_may_only_be_left_out_where_the_guide_says_so(shown: list[str], wrong: str) -> None:
    assert agrees(shown, ["a", "b", "c"]) == wrong
