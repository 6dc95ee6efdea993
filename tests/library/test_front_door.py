"""``import mockserver``: the names others may rely on, and what it costs to have them."""

from __future__ import annotations

import ast
import inspect
import subprocess
import sys
from pathlib import Path

import pytest

import mockserver
from mockserver import InputError, KitError, Library, Settings, World, create_app, load_world
from tests.cli.processes import environment


def test_the_names_are_these() -> None:
    assert set(mockserver.__all__) == {
        "InputError", "KitError", "Library", "Settings", "World", "__version__", "create_app", "load_world",
    }  # fmt: skip


@pytest.mark.parametrize("name", sorted(set(mockserver.__all__) - {"__version__"}))
def test_each_name_is_there_and_documented(name: str) -> None:
    value = getattr(mockserver, name)
    assert value.__module__.startswith("mockserver.")
    assert len(inspect.getdoc(value) or "") > 20


def test_star_brings_them_all() -> None:
    scope: dict[str, object] = {}
    exec("from mockserver import *", scope)
    assert set(mockserver.__all__) <= set(scope)


def test_type_checkers_see_the_same_names() -> None:
    """The lazy names, those for type checkers and the public ones cannot drift apart."""
    tree = ast.parse(Path(mockserver.__file__).read_text(encoding="utf-8"))
    guarded = next(node for node in tree.body if isinstance(node, ast.If))
    seen = {alias.name for node in guarded.body if isinstance(node, ast.ImportFrom) for alias in node.names}
    assert seen == set(mockserver._HOMES) == set(mockserver.__all__) - {"__version__"}


def test_signatures_are_typed() -> None:
    for function in (create_app, load_world):
        signature = inspect.signature(function)
        assert signature.return_annotation is not inspect.Parameter.empty
        assert all(p.annotation is not inspect.Parameter.empty for p in signature.parameters.values())


def test_other_names_are_refused_as_usual() -> None:
    with pytest.raises(AttributeError, match="no attribute 'worldz'"):
        mockserver.worldz  # noqa: B018
    with pytest.raises(ImportError):
        exec("from mockserver import nothing_such")


def test_errors_are_one_family() -> None:
    assert issubclass(InputError, KitError) and issubclass(KitError, Exception)
    assert isinstance(Settings(), Settings) and inspect.isclass(World) and inspect.isclass(Library)


def test_importing_it_loads_nothing(tmp_path: Path) -> None:
    code = "import sys, mockserver; print([n for n in sys.modules if n.startswith('mockserver')])"
    done = subprocess.run([sys.executable, "-c", code], env=environment(tmp_path), capture_output=True, text=True)
    assert done.stdout == "['mockserver']\n", done.stderr


def test_rows_can_be_read_without_flask(cache: Path) -> None:
    code = (
        "import sys\nfrom mockserver import load_world\nworld = load_world('sandbox')\n"
        "print(len(world.practices['SBOX02'].tables['demographic'].at(world.now)))\n"
        "print([n for n in ('flask', 'werkzeug', 'click', 'granian') if n in sys.modules])\n"
    )
    done = subprocess.run([sys.executable, "-c", code], env=environment(cache), capture_output=True, text=True)
    assert done.stdout == "24\n[]\n", done.stderr
