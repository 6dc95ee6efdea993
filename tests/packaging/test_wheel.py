"""The wheel in an empty environment: the command, the library and the plugin work there, from its files alone.

Nothing is downloaded: the environment sees the packages installed here behind its own, but no checkout.
"""

from __future__ import annotations

import ast
import json
import re
import subprocess
import sys
import sysconfig
import tomllib
import venv
import zipfile
from collections.abc import Iterator, Mapping
from email.parser import Parser
from pathlib import Path
from typing import Any

import pytest

from tests.cli.processes import Mock, environment, shared_cache, start, until

ROOT = Path(__file__).parents[2]
PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
TIMEOUT = 120


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    subprocess.run(command, check=True, capture_output=True, timeout=TIMEOUT)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def home(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An environment that holds the wheel; dependencies come from where the tests run."""
    home = tmp_path_factory.mktemp("empty") / "venv"
    venv.create(home)
    command = [sys.executable, "-m", "pip", "--python", str(home), "install", "--no-deps", "--no-index", str(wheel)]
    subprocess.run(command, check=True, capture_output=True, timeout=TIMEOUT)
    (packages,) = home.glob("lib/python*/site-packages")
    # Files of this kind are read in the environment's own folder only, so that of the editable install stays unread.
    (packages / "dependencies.pth").write_text(sysconfig.get_paths()["purelib"] + "\n", encoding="utf-8")
    return home


@pytest.fixture
def environ(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, str]:
    variables = environment(shared_cache(tmp_path_factory))
    return {name: value for name, value in variables.items() if not name.startswith(("PYTHON", "PYTEST", "VIRTUAL"))}


def ran(home: Path, cwd: Path, environ: Mapping[str, str], *command: str) -> str:
    """What a program of the environment prints; it must end well."""
    program = [str(home / "bin" / command[0]), *command[1:]]
    done = subprocess.run(program, cwd=cwd, env=dict(environ), capture_output=True, text=True, timeout=TIMEOUT)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_the_package_is_that_of_the_wheel(home: Path, tmp_path: Path, environ: Mapping[str, str]) -> None:
    code = "import mockserver, evaluation; print(mockserver.__file__); print(evaluation.__file__)"
    for line in ran(home, tmp_path, environ, "python", "-c", code).splitlines():
        assert Path(line).is_relative_to(home)


@pytest.fixture
def mock(home: Path, tmp_path: Path, environ: Mapping[str, str]) -> Iterator[Mock]:
    """``hjkit serve`` of the environment, ready."""
    ready = tmp_path / "ready.json"
    command = [str(home / "bin" / "hjkit"), "serve", "--world", "sandbox", "--port", "0", "--ready-file", str(ready)]
    with start(tmp_path, command, environ) as mock:
        until(ready.exists, mock)
        mock.facts = json.loads(ready.read_text(encoding="utf-8"))
        yield mock


def test_it_serves(mock: Mock) -> None:
    page = mock.get("/hjdw/SBOX02/demographic?first_name=eq~Patient_A").json()
    assert [row["first_name"] for row in page["data"]] == ["Patient_A"]
    assert mock.admin("GET", "/openapi.json").json()["openapi"].startswith("3.1")
    assert mock.admin("GET", "/admin.json").status_code == 200
    mock.stop()
    assert mock.process.returncode == 0 and "Traceback" not in mock.err


def test_its_data_is_there(home: Path, tmp_path: Path, environ: Mapping[str, str]) -> None:
    assert json.loads(ran(home, tmp_path, environ, "hjkit", "contract"))["paths"]
    assert ran(home, tmp_path, environ, "hjkit", "evidence").endswith("ungraded: 0\n")
    build = ("world", "build", "--profile", "clinic", "--patients", "3", "--out", "world")
    assert "seed" in ran(home, tmp_path, environ, "hjkit", *build)
    page = json.loads(ran(home, tmp_path, environ, "hjkit", "get", "/hjdw/CLNC04/demographic", "--world", "./world"))
    assert page["total"] >= 3


def test_it_gives_the_same_bytes_as_the_checkout(home: Path, tmp_path: Path, environ: Mapping[str, str]) -> None:
    command = ("world", "build", "--profile", "sandbox", "--out")
    ran(home, tmp_path, environ, "hjkit", *command, "wheel")
    here = [sys.executable, "-m", "mockserver.cli", *command, "checkout"]
    subprocess.run(here, cwd=tmp_path, env=environment(tmp_path), check=True, capture_output=True, timeout=TIMEOUT)
    built = [(tmp_path / name / "world.json").read_bytes() for name in ("wheel", "checkout")]
    assert built[0] == built[1]


def test_it_writes_a_customer_report_without_a_checkout(home: Path, tmp_path: Path, environ: Mapping[str, str]) -> None:
    """Style, rules of effort and the words of NOTICE are in it; the entry of the radar is not, and is not missed."""
    ran(home, tmp_path, environ, "hjkit", "report", "--customer", "Acme", "--out", "out", "--no-pdf")
    data = json.loads((tmp_path / "out" / "report.json").read_text(encoding="utf-8"))
    assert data["entry"] is None and data["effort"]["adapters"] > 100
    assert "not affiliated" in data["notice"]["independent"]
    assert {"LOINC", "UCUM"} <= {one["title"] for one in data["notice"]["licences"]}
    assert "@media print" in (tmp_path / "out" / "report.html").read_text(encoding="utf-8")


def test_its_plugin_is_found(home: Path, tmp_path: Path, environ: Mapping[str, str]) -> None:
    (tmp_path / "test_mine.py").write_text("def test_it(healthjump): assert healthjump.rows('provider')\n")
    only = {**environ, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    command = ("python", "-W", "error", "-m", "pytest", "-q", "-p", "healthjump", "-p", "no:cacheprovider")
    assert "1 passed" in ran(home, tmp_path, only, *command)


def test_a_fresh_install_needs_no_writable_home(home: Path, tmp_path: Path, environ: Mapping[str, str]) -> None:
    nowhere = {name: value for name, value in environ.items() if name != "HJKIT_CACHE_DIR"}
    nowhere |= {"HOME": str(tmp_path / "file"), "XDG_CACHE_HOME": str(tmp_path / "file")}
    (tmp_path / "file").touch()
    command = [str(home / "bin" / "hjkit"), "get", "/hjdw/SBOX02/provider", "--world", "sandbox"]
    done = subprocess.run(command, cwd=tmp_path, env=nowhere, capture_output=True, text=True, timeout=TIMEOUT)
    assert done.returncode == 2
    assert done.stderr.startswith("hjkit: ") and "file" in done.stderr and done.stderr.count("\n") == 1
    assert ran(home, tmp_path, nowhere, "hjkit", *command[1:], "--cache-dir", str(tmp_path / "cache"))


USER = """\
from mockserver import InputError, Library, Settings, World, create_app, load_world

app = create_app(Settings(world="sandbox"), Library(("sandbox",)))
world: World = load_world("sandbox", frozenset())
reveal_type(app)
reveal_type(world.practices["SBOX02"].name)
reveal_type(InputError("what", "where").guess)
create_app(Settings(per_page="7"))
"""


def test_it_is_typed_for_others(home: Path, tmp_path: Path, environ: Mapping[str, str]) -> None:
    (tmp_path / "mine.py").write_text(USER, encoding="utf-8")
    flags = ("--strict", "--no-incremental", "--cache-dir", "/dev/null", "--python-executable")
    command = [sys.executable, "-m", "mypy", *flags, str(home / "bin" / "python"), "mine.py"]
    done = subprocess.run(command, cwd=tmp_path, env=dict(environ), capture_output=True, text=True, timeout=TIMEOUT)
    assert 'Revealed type is "flask.app.Flask"' in done.stdout, done.stdout + done.stderr
    assert re.findall('Revealed type is "(.*)"', done.stdout)[1:] in (["str", "str | None"], ["builtins.str"] * 2)
    assert 'Argument "per_page" to "Settings" has incompatible type "str"' in done.stdout
    assert done.stdout.count("error:") == 1


def test_the_wheel_says_what_it_needs(wheel: Path) -> None:
    archive = zipfile.ZipFile(wheel)
    (name,) = [name for name in archive.namelist() if name.endswith(".dist-info/METADATA")]
    needs = Parser().parsestr(archive.read(name).decode()).get_all("Requires-Dist") or []
    declared = {_bare(need) for need in PROJECT["project"]["dependencies"]}
    assert {_bare(need) for need in needs if "extra ==" not in need} == declared
    extras = {_bare(need) for extra in PROJECT["project"]["optional-dependencies"].values() for need in extra}
    assert {_bare(need) for need in needs if "extra ==" in need} == extras


def test_the_wheel_carries_data_and_no_leftovers(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    for wanted in ("mockserver/py.typed", "mockserver/contract/openapi.yaml", "mockserver/contract/admin.yaml"):
        assert wanted in names
    for folder in ("contract/elements", "world/profiles", "world/pools", "world/codes"):
        assert [name for name in names if name.startswith(f"mockserver/{folder}/")], folder
    tops = {name.partition("/")[0] for name in names if ".dist-info/" not in name}
    assert tops == {"mockserver", "evaluation"}
    assert not [name for name in names if "__pycache__" in name or name.endswith((".pyc", ".tmp"))]


def _bare(need: str) -> str:
    found = re.match(r"[\w.-]+", need)
    assert found
    return found[0].lower()


# What a package is called when it is imported, where that is not the name it is installed by.
CALLED = {"pyyaml": "yaml"}
OPTIONAL = {"pytest", "requests"}
OTHERS = {"werkzeug", "_typeshed", "faker"}
"""Part of Flask's own interface; names for type checkers; the tool that drew the pools, which only a person starts."""


def test_every_import_of_the_kit_is_declared() -> None:
    declared = {CALLED.get(name, name) for name in map(_bare, PROJECT["project"]["dependencies"])}
    allowed = declared | OPTIONAL | OTHERS | set(sys.stdlib_module_names) | {"mockserver"}
    assert {(path.name, name) for path, name in _imports(ROOT / "mockserver") if name not in allowed} == set()
    assert {path.name for path, name in _imports(ROOT / "mockserver") if name in OPTIONAL} <= {
        "pytest_plugin.py", "testing.py",
    }  # fmt: skip


def _imports(folder: Path) -> Iterator[tuple[Path, str]]:
    for path in folder.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                yield from ((path, alias.name.partition(".")[0]) for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and node.level == 0:
                yield path, (node.module or "").partition(".")[0]
