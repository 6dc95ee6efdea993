"""Imports run the way docs/architecture.md draws them, lazy ones included. Sources are read by ``ast``."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
CORE = {"errors", "contract"}
LIBRARY = CORE | {"settings", "store", "world", "quirks", "worlds", "faults", "web"}

# Which rooms a room may import. `mockserver` is the package's own front door, __init__.py.
ARROWS: dict[str, set[str]] = {
    "errors": set(),
    "settings": {"errors"},
    "contract": {"errors"},
    "store": {"errors"},
    "faults": {"errors"},
    "world": CORE,
    "quirks": CORE | {"world"},
    "worlds": CORE | {"store", "world", "quirks"},
    "web": LIBRARY - {"web"},
    "mockserver": LIBRARY,
    "cli": LIBRARY | {"mockserver"},
    "pytest_plugin": LIBRARY | {"mockserver"},
    "recording": LIBRARY | {"mockserver", "cli", "pytest_plugin"},
    "schema": {"errors"},
    "html": set(),
    "fhir": CORE | {"schema"},
    "findings": LIBRARY | {"schema", "mockserver", "recording", "fhir"},
    "radar": CORE | {"schema", "mockserver", "recording", "findings"},
    "publish": LIBRARY
    | {"schema", "html", "mockserver", "cli", "pytest_plugin", "recording", "findings", "fhir", "radar"},
    "targets": {"errors", "findings"},
    "report": CORE
    | {"schema", "html", "mockserver", "recording", "findings", "fhir", "radar", "publish", "targets"},
    "evaluation": CORE | {"mockserver", "recording", "findings", "radar", "targets", "report"},
}
# Checks see an API through the neutral model and nothing else, so that any vendor can be judged.
NEUTRAL = "evaluation.findings.checks."
STRANGERS = ("mockserver", "evaluation.recording", "evaluation.findings.adapters", "evaluation.radar")
# Modules that share a room: worlds.py opens what foundry.py builds and export.py writes.
ROOM_OF = {
    "foundry": "worlds",
    "export": "worlds",
    "serving": "cli",
    "verbs": "cli",
    "testing": "pytest_plugin",
}
# Accelerators and heavy packages, each behind one seam; what the serve path never imports.
SEAMS = {"granian": {"web"}, "orjson": {"contract", "store", "web"}, "cryptography": {"web"}}
NEVER = {"jsonschema", "hypothesis", "schemathesis", "numpy", "evaluation", "tests", "bench"}
PURE = {"contract", "world", "quirks", "store", "faults", "errors", "settings"}


def modules() -> dict[str, Path]:
    """Dotted name -> file, for everything that is shipped."""
    files = [
        path for package in ("mockserver", "evaluation") for path in sorted((ROOT / package).rglob("*.py"))
    ]
    named = {".".join(path.relative_to(ROOT).with_suffix("").parts): path for path in files}
    return {name.removesuffix(".__init__"): path for name, path in named.items()}


MODULES = modules()


def room(module: str) -> str:
    """The room a module is in. ``mockserver.web.app`` is in web, ``mockserver`` itself is the front door."""
    parts = module.split(".")
    if len(parts) == 1:
        return parts[0]
    if parts[0] == "evaluation":
        return parts[1] if parts[1] in ARROWS else parts[0]
    return ROOM_OF.get(parts[1], parts[1])


def imported(module: str, nodes: Iterator[ast.AST]) -> Iterator[str]:
    """Dotted names of what the import statements among ``nodes`` name, as far down as there is a module."""
    for node in nodes:
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = _absolute(module, node)
            for alias in node.names:
                if alias.name == "__version__":
                    continue
                full = f"{base}.{alias.name}"
                yield full if full in MODULES else base


def _absolute(module: str, node: ast.ImportFrom) -> str:
    if node.level == 0:
        return node.module or ""
    package = module if MODULES[module].name == "__init__.py" else module.rpartition(".")[0]
    for _ in range(node.level - 1):
        package = package.rpartition(".")[0]
    return f"{package}.{node.module}" if node.module else package


def tree(module: str) -> ast.Module:
    return ast.parse(MODULES[module].read_text(encoding="utf-8"))


def ours(name: str) -> bool:
    return name.partition(".")[0] in ("mockserver", "evaluation")


@pytest.mark.parametrize("module", MODULES)
def test_a_module_imports_only_from_rooms_its_own_may_import(module: str) -> None:
    here = room(module)
    assert here in ARROWS, f"{module} is in a room that nobody drew"
    allowed = ARROWS[here] | {here}
    strays = {
        name for name in imported(module, ast.walk(tree(module))) if ours(name) and room(name) not in allowed
    }
    assert not strays, f"{module} points back at {sorted(strays)}"


@pytest.mark.parametrize("module", [name for name in MODULES if name.startswith(NEUTRAL)])
def test_checks_know_no_vendor(module: str) -> None:
    names = {name for name in imported(module, ast.walk(tree(module))) if name.startswith(STRANGERS)}
    assert not names, f"{module} looks past the neutral model at {sorted(names)}"


def test_rooms_make_no_circle() -> None:
    assert list(TopologicalSorter(ARROWS).static_order())


def test_modules_make_no_circle_at_import() -> None:
    """Top-level imports only: an import inside a function may close a circle on purpose."""
    graph: dict[str, set[str]] = {}
    for module in MODULES:
        names = {name for name in imported(module, iter(tree(module).body)) if name in MODULES}
        graph[module] = {name for name in names if not module.startswith(name)}
    assert list(TopologicalSorter(graph).static_order())


@pytest.mark.parametrize("module", [name for name in MODULES if name.startswith("mockserver")])
def test_heavy_packages_stay_behind_their_seam(module: str) -> None:
    names = {name.partition(".")[0] for name in imported(module, ast.walk(tree(module)))}
    assert not names & NEVER
    # Faker draws the committed pools, as a tool that only a person starts.
    assert "faker" not in names or module.endswith(".__main__")
    for package, rooms in SEAMS.items():
        assert package not in names or room(module) in rooms, f"{module} imports {package}"
    if room(module) in PURE:
        assert not names & {"flask", "werkzeug", "requests", "click"}, (
            f"{module} knows HTTP or the command line"
        )


def test_the_map_names_every_room() -> None:
    page = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    table = set(re.findall(r"^\| `(?:\w+/)?(\w+)(?:\.py)?` \|", page, re.MULTILINE))
    assert {"contract", "web", "evaluation"} <= table
    assert table <= set(ARROWS), f"in the table but not in this test: {sorted(table - set(ARROWS))}"
    missing = {name for name in ARROWS if name != "mockserver" and not re.search(rf"\b{name}\b", page)}
    assert not missing, f"not on the map: {sorted(missing)}"


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("from .model import Grade", "mockserver.contract.model"),
        ("from . import wire", "mockserver.contract.wire"),
        ("from ..errors import InputError", "mockserver.errors"),
        ("from mockserver import contract", "mockserver.contract"),
        ("import flask.json", "flask.json"),
        ("def later():\n    from ..errors import KitError", "mockserver.errors"),
    ],
)
def test_the_reader_resolves_imports(source: str, expected: str) -> None:
    assert list(imported("mockserver.contract.load", ast.walk(ast.parse(source)))) == [expected]
