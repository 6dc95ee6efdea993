"""The answer key is complete: undoing what it notes gives the clean twin, row by row and cell by cell."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pytest

from mockserver.contract.quirks import VENDOR, of_set, switchable
from mockserver.foundry import build
from mockserver.quirks import ROW_QUIRKS, applicable
from mockserver.world import profiles
from mockserver.worlds import open_world

from .restore import CREATED, MODIFIED, AnswerKey, Note, restored
from .served import DAY, Row, Tables

PATIENTS = 60
"""So many that every kind of dirt befalls somebody."""
NUMBERED = frozenset({"Q16", "Q17"})
"""The quirks whose effect no value tells. A twin that has them too has the same ids and timestamps."""
SELECTIONS = {"vendor": VENDOR, "vendor+feed": of_set("vendor+feed")}
CASES = [("sandbox", "vendor"), ("clinic", "vendor"), ("clinic", "vendor+feed")]
DAYS = (0, 1, 45)

Built = Mapping[tuple[str, frozenset[str]], Tables]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Both worlds under each selection and clean, from files that were written for the purpose."""
    folder, found = tmp_path_factory.mktemp("truth"), {}
    for name, patients in (("sandbox", None), ("clinic", PATIENTS)):
        profile = profiles.load(name).with_(patients=patients)
        for quirks in (frozenset[str](), NUMBERED, *SELECTIONS.values()):
            found[name, quirks] = _built(profile, quirks, folder / f"{name}{len(quirks)}")
    return found


def _built(profile: Any, quirks: frozenset[str], target: Path) -> Tables:
    build(profile, quirks, target)
    return Tables.of(open_world(target, wanted=quirks))


def frozen(row: Row, *without: str) -> tuple[tuple[str, Any], ...]:
    return tuple((column, value) for column, value in row.items() if column not in without)


def difference(
    shown: Tables, twin: Tables, notes: Iterable[Note], day: int, *only: str, numbered: bool = True
) -> list[str]:
    """Where the rows restored by the notes depart from the twin's; ids and timestamps count if ``numbered``."""
    key, at, found = AnswerKey.of(notes), shown.now + day * DAY, []
    for name in only or shown.versions:
        element = twin.contract.elements[name]
        assert element.surrogate is not None
        aside = () if numbered else (element.surrogate.clean, CREATED, MODIFIED)
        made = Counter(frozen(row, *aside) for row in restored(shown, key, twin.contract, element, at))
        there = {stored.surrogate: stored.row for stored in twin.versions[name] if stored.at(at)}
        wanted = Counter(frozen(row, *aside) for row in there.values())
        found += [f"{name}: {dict(row)} is not in the twin" for row in made - wanted]
        withheld = [number for about, number in key.withheld if about == name]
        lost = wanted - made
        if numbered:
            lost -= Counter(frozen(there[number]) for number in withheld if number in there)
            found += [f"{name}: {dict(row)} was lost" for row in lost]
        elif lost.total() != len(withheld):
            found.append(f"{name}: {lost.total()} rows were lost")
    return found


@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize(("world", "selection"), CASES)
def test_undoing_the_notes_gives_the_twin_to_the_last_cell(world: str, selection: str, day: int, built: Built) -> None:
    shown, twin = built[world, SELECTIONS[selection]], built[world, NUMBERED]
    assert difference(shown, twin, shown.practice.truth(), day) == []


@pytest.mark.parametrize(("world", "selection"), CASES)
def test_the_clean_twin_differs_in_ids_and_timestamps_alone(world: str, selection: str, built: Built) -> None:
    shown, twin = built[world, SELECTIONS[selection]], built[world, frozenset()]
    assert difference(shown, twin, shown.practice.truth(), 0, numbered=False) == []


@pytest.mark.parametrize(("world", "selection"), CASES)
def test_without_the_notes_of_any_one_quirk_the_twin_is_not_reached(world: str, selection: str, built: Built) -> None:
    shown, twin = built[world, SELECTIONS[selection]], built[world, NUMBERED]
    notes = list(shown.practice.truth())
    noted = {note["quirk"] for note in notes}
    assert noted == applicable(SELECTIONS[selection], world) & ROW_QUIRKS.keys()
    for quirk in sorted(noted - NUMBERED):
        kept = [note for note in notes if note["quirk"] != quirk]
        concerned = {note["element"] for note in notes if note["quirk"] == quirk}
        assert any(difference(shown, twin, kept, day, *concerned) for day in DAYS), quirk


@pytest.mark.parametrize(("world", "selection"), CASES)
def test_ids_and_timestamps_are_ruled_in_words(world: str, selection: str, built: Built) -> None:
    shown = built[world, SELECTIONS[selection]]
    rules = [note for note in shown.practice.truth() if note["note"] == "rule" and "text" in note]
    columns = {(note["quirk"], note["column"]) for note in rules}
    assert columns == {("Q16", "surrogate"), ("Q17", CREATED), ("Q17", MODIFIED)}
    expected = {name for name, versions in shown.versions.items() if versions}
    assert {note["element"] for note in rules} == expected


@pytest.mark.parametrize(("world", "selection"), CASES)
def test_every_note_names_a_quirk_in_force_and_an_element_it_is_graded_on(
    world: str, selection: str, built: Built
) -> None:
    shown = built[world, SELECTIONS[selection]]
    for note in shown.practice.truth():
        assert note["quirk"] in SELECTIONS[selection]
        assert note["element"] in switchable()[note["quirk"]].elements
        assert note["practice"] == shown.practice.code


@pytest.mark.parametrize("world", ["sandbox", "clinic"])
def test_the_clean_twin_has_nothing_to_confess(world: str, built: Built) -> None:
    assert list(built[world, frozenset()].practice.truth()) == []
