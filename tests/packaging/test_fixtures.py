"""What lies in ``fixtures/`` is what the kit makes now: rebuilt, not believed."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from mockserver import export
from mockserver.contract.quirks import VENDOR
from mockserver.world import profiles

FIXTURES = Path(__file__).parents[2] / "fixtures"
SANDBOX = FIXTURES / "worlds" / "sandbox"
REBUILD = "is out of date: run the commands of fixtures/README.md and note the change in CHANGELOG.md"


@pytest.fixture(scope="module")
def rebuilt(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("fixtures") / "sandbox"
    export.write_readable(profiles.load("sandbox"), VENDOR, folder, lambda message: None)
    return folder


def test_the_sandbox_has_the_files_it_should(rebuilt: Path) -> None:
    made, kept = (sorted(path.relative_to(root).as_posix() for path in root.rglob("*")) for root in (rebuilt, SANDBOX))
    assert made == kept, f"fixtures/worlds/sandbox {REBUILD}"


def test_the_sandbox_is_rebuilt_byte_for_byte(rebuilt: Path) -> None:
    for path in sorted(rebuilt.rglob("*")):
        if path.is_file():
            name = path.relative_to(rebuilt).as_posix()
            assert (SANDBOX / name).read_bytes() == path.read_bytes(), f"fixtures/worlds/sandbox/{name} {REBUILD}"


def test_the_manifest_is_rebuilt_byte_for_byte() -> None:
    """Both worlds come from the cache of this machine, whose keys hold every source they are made from."""
    found = export.manifests(VENDOR, lambda message: None)
    kept = (FIXTURES / "MANIFEST.json").read_text(encoding="utf-8")
    assert kept == json.dumps(found, indent=1) + "\n", f"fixtures/MANIFEST.json {REBUILD}"


def _manifest() -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((FIXTURES / "MANIFEST.json").read_text(encoding="utf-8"))
    return loaded


def test_the_manifest_agrees_with_the_readable_world() -> None:
    world = json.loads((SANDBOX / "world.json").read_text(encoding="utf-8"))
    assert _manifest()["sandbox"]["practices"] == world["practices"]
    for name, facts in world["practices"]["SBOX02"]["elements"].items():
        lines = json.loads((SANDBOX / "SBOX02" / f"{name}.json").read_text(encoding="utf-8"))
        assert len(lines) == facts["versions"]


def test_both_worlds_are_as_large_as_they_say() -> None:
    (clinic,) = _manifest()["clinic"]["practices"].values()
    rows = {name: facts["rows"] for name, facts in clinic["elements"].items()}
    assert len(rows) == 19 and min(rows.values()) > 0 and max(rows.values()) > 1000
    sandbox = _manifest()["sandbox"]["practices"]["SBOX02"]["elements"]
    assert (sandbox["demographic"]["rows"], sandbox["payer"]["rows"]) == (24, 0)


def test_rows_stand_on_a_line_each() -> None:
    """So that a change of one row is one line of a diff."""
    for path in (SANDBOX / "SBOX02").glob("*.json"):
        lines = path.read_text(encoding="utf-8").splitlines()
        assert lines == ["[]"] or (lines[0], lines[-1]) == ("[", "]")
        for line in lines[1:-1]:
            assert set(json.loads(line.rstrip(","))) == {"from", "to", "row"}


def test_the_readme_says_how_they_are_made() -> None:
    text = (FIXTURES / "README.md").read_text(encoding="utf-8")
    commands = re.findall(r"^hjkit .*$", text, re.MULTILINE)
    assert commands == [
        "hjkit world build --profile sandbox --readable --out fixtures/worlds/sandbox",
        "hjkit world manifest > fixtures/MANIFEST.json",
    ]
    assert "invented" in text


def test_fixtures_are_no_package() -> None:
    assert not list(FIXTURES.rglob("*.py"))
