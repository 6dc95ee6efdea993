"""The same input gives the same bytes, and a patient's rows do not depend on who else there is."""

from __future__ import annotations

import os
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import pytest

from mockserver import contract as contracts
from mockserver.contract.quirks import VENDOR, describe, of_set
from mockserver.foundry import build
from mockserver.store import Entry
from mockserver.world import profiles
from mockserver.world.model import History

from .made import Made, clinic

SCRIPT = """
import sys
from pathlib import Path
from mockserver.contract.quirks import parse_selection
from mockserver.foundry import build
from mockserver.world import profiles
build(profiles.load(sys.argv[1]).with_(patients=4), parse_selection(sys.argv[2]), Path(sys.argv[3]))
"""


def digests(folder: Path) -> dict[str, str]:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): sha256(path.read_bytes()).hexdigest() for path in files}


@pytest.mark.parametrize("quirks", [frozenset[str](), VENDOR, of_set("vendor+feed")], ids=describe)
@pytest.mark.parametrize("name", ["sandbox", "clinic"])
def test_a_world_is_built_to_the_same_bytes_by_any_process(name: str, quirks: frozenset[str], tmp_path: Path) -> None:
    """Another process has another hash seed, another order of sets and its own time."""
    build(profiles.load(name).with_(patients=4), quirks, tmp_path / "here")
    environment = {**os.environ, "PYTHONHASHSEED": "4242", "TZ": "Pacific/Auckland"}
    arguments = [name, describe(quirks), str(tmp_path / "there")]
    subprocess.run([sys.executable, "-c", SCRIPT, *arguments], check=True, env=environment)
    assert digests(tmp_path / "here") == digests(tmp_path / "there")
    assert len(digests(tmp_path / "here")) > 38


def test_another_seed_makes_other_rows(tmp_path: Path) -> None:
    for seed in (7, 8):
        build(profiles.load("clinic").with_(patients=2, seed=seed), VENDOR, tmp_path / str(seed))
    one, other = digests(tmp_path / "7"), digests(tmp_path / "8")
    rows = [name for name in one if name.endswith(".rows") and "/location" not in name]
    assert rows and all(one[name] != other[name] for name in rows)


def entries_by_patient(made: Made, element: str, quirks: frozenset[str]) -> dict[int, list[Entry]]:
    """Versions by patient index; the Healthjump id says whose row it is."""
    numbers = {history.surrogate: history.index for history in made.histories[element]}
    found: dict[int, list[Entry]] = {}
    for entry in made.entries(contracts.load(quirks).elements[element], quirks):
        if entry.surrogate in numbers:
            found.setdefault(numbers[entry.surrogate], []).append(entry)
    return found


@pytest.mark.parametrize("quirks", [VENDOR, of_set("vendor+feed")], ids=describe)
def test_a_patients_rows_are_the_same_among_four_and_among_nine(quirks: frozenset[str]) -> None:
    few, many = clinic(4), clinic(9)
    for element in few.histories.keys() & contracts.load(quirks).elements.keys():
        alone, among = (entries_by_patient(made, element, quirks) for made in (few, many))
        assert alone, element
        assert {index: among[index] for index in alone} == alone, element


def test_histories_do_not_depend_on_the_number_of_patients() -> None:
    def by_key(made: Made) -> dict[tuple[str, int, int], History]:
        return {(h.element, h.index, h.slot): h for group in made.histories.values() for h in group}

    few, many = by_key(clinic(4)), by_key(clinic(9))
    assert few == {key: many[key] for key in few}
    assert {key for key in many if key[1] < 4} == few.keys()
