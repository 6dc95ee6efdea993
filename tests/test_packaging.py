"""What people install is whole: the wheel, the locks, the Makefile, and the examples of the first pages."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
import tomllib
import urllib.request
import zipfile
from collections.abc import Iterator
from email.parser import Parser
from pathlib import Path
from typing import Any

import pytest

import mockserver
from mockserver.testing import Server

ROOT = Path(__file__).parents[1]
PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
LOCKS = ("requirements.lock", "requirements-dev.lock")


def _tool(name: str) -> str:
    """The path of a program; without it the test is skipped, or fails where every tool is required."""
    found = shutil.which(name)
    if found is None:
        (pytest.fail if os.environ.get("HJKIT_REQUIRE_TOOLS") == "1" else pytest.skip)(
            f"{name} is not installed"
        )
    return str(found)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    subprocess.run(command, check=True, capture_output=True)
    (built,) = folder.glob("*.whl")
    return built


def test_the_wheel_holds_every_file_of_the_packages(wheel: Path) -> None:
    shipped = set(zipfile.ZipFile(wheel).namelist())
    wanted = {
        path.relative_to(ROOT).as_posix()
        for package in ("mockserver", "evaluation")
        for path in (ROOT / package).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert wanted - shipped == set()
    assert {name.split("/")[0] for name in shipped if ".dist-info" not in name} == {
        "mockserver",
        "evaluation",
    }


def test_the_wheel_declares_command_plugin_and_licence(wheel: Path) -> None:
    archive = zipfile.ZipFile(wheel)
    texts = {
        Path(name).name: archive.read(name).decode() for name in archive.namelist() if ".dist-info/" in name
    }
    assert "hjkit = mockserver.cli:main" in texts["entry_points.txt"]
    assert "healthjump = mockserver.pytest_plugin" in texts["entry_points.txt"]
    assert {"LICENSE", "NOTICE"} <= set(texts)
    metadata = Parser().parsestr(texts["METADATA"])
    assert metadata["Version"] == mockserver.__version__
    assert metadata["Requires-Python"] == ">=3.11"


def test_the_installed_wheel_serves(wheel: Path, tmp_path: Path) -> None:
    """From another folder, with the wheel's own files before the checkout's."""
    target, ready = tmp_path / "in stalled", tmp_path / "ready.json"
    zipfile.ZipFile(wheel).extractall(target)
    environ = {**os.environ, "PYTHONPATH": str(target)}
    where = [sys.executable, "-P", "-c", "import mockserver; print(mockserver.__file__)"]
    found = subprocess.run(
        where, cwd=tmp_path, env=environ, check=True, capture_output=True, text=True
    ).stdout
    assert Path(found.strip()).is_relative_to(target)
    command = [sys.executable, "-P", "-m", "mockserver.cli", "serve", "--world", "sandbox", "--port", "0"]
    log = (tmp_path / "log").open("w")
    server = subprocess.Popen(
        [*command, "--ready-file", str(ready)], cwd=tmp_path, env=environ, stdout=log, stderr=log
    )
    try:
        facts = _wait_for(ready, server)
        with urllib.request.urlopen(f"{facts['admin_url']}/health", timeout=10) as answer:
            assert json.load(answer)["status"] == "ready"
    finally:
        server.send_signal(signal.SIGTERM)
        started = time.monotonic()
        server.wait(timeout=20)
        log.close()
    assert time.monotonic() - started < 5  # a second on an idle machine


def _wait_for(ready: Path, server: subprocess.Popen[bytes]) -> dict[str, Any]:
    for _ in range(1200):
        if ready.exists():
            facts: dict[str, Any] = json.loads(ready.read_text(encoding="utf-8"))
            return facts
        assert server.poll() is None, "the server ended before it was ready"
        time.sleep(0.05)
    raise AssertionError("the server was not ready within a minute")


def test_versions_agree() -> None:
    assert PROJECT["project"]["version"] == mockserver.__version__
    assert f"\n## {mockserver.__version__}" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def _requirements(lock: str) -> Iterator[tuple[str, str]]:
    """Name and version of each package, asserting that each has a hash."""
    text = (ROOT / lock).read_text(encoding="utf-8")
    for block in re.split(r"\n(?=[a-z])", text):
        if not block.startswith("#"):
            name, version = re.match(r"([\w.-]+)==([\w.]+)", block).groups()  # type: ignore[union-attr]
            assert "--hash=sha256:" in block, f"{name} has no hash"
            yield name, version


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_pins_all_and_names_no_place(lock: str) -> None:
    assert len(list(_requirements(lock))) > 5
    assert "://" not in (ROOT / lock).read_text(encoding="utf-8")


def test_the_locks_agree_and_cover_the_project() -> None:
    run, dev = (set(_requirements(lock)) for lock in LOCKS)
    assert run <= dev
    names = {name for name, _ in run}
    assert {re.split(r"[<>=]", need)[0] for need in PROJECT["project"]["dependencies"]} <= names


def test_prism_is_pinned_and_its_lock_names_no_place() -> None:
    package = json.loads((ROOT / "tests/prism/package.json").read_text(encoding="utf-8"))
    lock = json.loads((ROOT / "tests/prism/package-lock.json").read_text(encoding="utf-8"))["packages"]
    pinned = package["dependencies"]["@stoplight/prism-cli"]
    assert re.fullmatch(r"\d+\.\d+\.\d+", pinned)
    assert lock["node_modules/@stoplight/prism-cli"]["version"] == pinned
    assert [name for name, facts in lock.items() if "resolved" in facts] == []
    assert [name for name, facts in lock.items() if name and "integrity" not in facts] == []


def _make(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environ = {
        name: value for name, value in os.environ.items() if name not in ("MAKEFLAGS", "MAKELEVEL", "MFLAGS")
    }
    return subprocess.run(
        [_tool("make"), *arguments], cwd=folder, env=environ, capture_output=True, text=True
    )


def test_make_prints_its_targets() -> None:
    printed = _make(ROOT).stdout
    for target in ("serve", "test", "setup", "lint", "docs", "prism", "bench", "wheel", "clean"):
        assert f"make {target} " in printed


@pytest.mark.parametrize(
    ("program", "said"),
    [
        (None, "needs Python 3.11 or newer"),
        ('[ "$1" = --version ] && echo Python 3.8.1; exit 1', "Python 3.8.1, too old"),
        ('case "$2" in *ensurepip*) exit 1;; esac', "apt-get install python3-venv"),
    ],
)
def test_make_says_what_is_wrong_with_python(tmp_path: Path, program: str | None, said: str) -> None:
    folder = tmp_path / "a check out"
    folder.mkdir()
    shutil.copy(ROOT / "Makefile", folder)
    python = tmp_path / "python"
    if program is not None:
        python.write_text(f"#!/bin/sh\n{program}\n", encoding="utf-8")
        python.chmod(0o755)
    done = _make(folder, "serve", f"PYTHON={python}")
    assert done.returncode == 2
    assert said in done.stderr
    assert not (folder / ".venv").exists()


@pytest.mark.parametrize(("required", "code"), [("", 0), ("1", 2)])
def test_make_says_that_chromium_is_missing(tmp_path: Path, required: str, code: int) -> None:
    """On a machine without it where nobody is root: an error only where every tool is required."""
    shutil.copy(ROOT / "Makefile", tmp_path)
    programs = tmp_path / "bin"
    programs.mkdir()
    for name in ("sh", "cat", "test"):
        (programs / name).symlink_to(_tool(name))
    environ = {"PATH": str(programs), "HJKIT_REQUIRE_TOOLS": required}
    command = [_tool("make"), "browser"]
    done = subprocess.run(command, cwd=tmp_path, env=environ, capture_output=True, text=True)
    assert "No Chromium found: the browser tests cannot run." in done.stderr
    assert done.returncode == code


@pytest.mark.parametrize("name", ["axe-core", "html-validate", "iframe-worker", "swagger-ui-dist"])
def test_programs_of_the_site_are_pinned(name: str) -> None:
    package = json.loads((ROOT / "tests/prism/package.json").read_text(encoding="utf-8"))
    lock = json.loads((ROOT / "tests/prism/package-lock.json").read_text(encoding="utf-8"))["packages"]
    assert re.fullmatch(r"\d+\.\d+\.\d+", package["dependencies"][name])
    assert lock[f"node_modules/{name}"]["version"] == package["dependencies"][name]


def test_no_node_package_runs_a_program_while_it_is_installed() -> None:
    assert "npm ci --prefix $(NODE_DIR) --ignore-scripts" in (ROOT / "Makefile").read_text(encoding="utf-8")


def _fences(page: str, language: str) -> list[str]:
    text = (ROOT / page).read_text(encoding="utf-8")
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Server]:
    running = Server(mockserver.Settings(world="sandbox"))
    yield running
    running.stop()


@pytest.mark.parametrize("page", ["README.md", "docs/quickstart.md"])
def test_the_shell_examples_work_as_printed(page: str, sandbox: Server) -> None:
    _tool("curl")
    sandbox.state.reset()
    outputs = []
    for fence in _fences(page, "sh"):
        if "curl" in fence:
            # -f turns every refusal into a failure of the example.
            script = fence.replace("http://127.0.0.1:8420", sandbox.url).replace("curl -s", "curl -sf")
            command = ["bash", "-euo", "pipefail", "-c", script]
            outputs.append(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    assert '"Patient_A"' in outputs[0]
    assert json.loads(outputs[0])["total"] == 1


@pytest.mark.parametrize("page", ["README.md", "docs/quickstart.md"])
def test_the_python_examples_pass(page: str, tmp_path: Path) -> None:
    (tmp_path / "test_page.py").write_text("\n\n".join(_fences(page, "python")), encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--rootdir", str(tmp_path)]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
