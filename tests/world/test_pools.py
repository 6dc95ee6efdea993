"""The pools: drawn again by the pinned Faker they are the same; the hand-written ones hold together."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import faker
import pytest

from mockserver.world import pools
from mockserver.world.pools import __main__ as drawing

POOLS = pools.load()


def test_a_new_draw_repeats_the_files(tmp_path: Path) -> None:
    drawing.main(tmp_path)
    for name, count in drawing.COUNTS.items():
        drawn = (tmp_path / f"{name}.csv").read_bytes()
        assert drawn == (pools.FOLDER / f"{name}.csv").read_bytes()
        assert drawn.count(b"\n") == count + 1


def test_another_faker_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(faker, "VERSION", "1.0")
    with pytest.raises(RuntimeError, match="the pools are drawn by Faker 40"):
        drawing.pools()


def test_worlds_are_made_without_faker() -> None:
    code = "import sys, mockserver.world.maker; print('faker' in sys.modules)"
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert shown.stdout.strip() == "False"


@pytest.mark.parametrize("name", sorted(drawing.COUNTS))
def test_drawn_values_are_plain_and_differ(name: str) -> None:
    values = pools.column(name)
    assert len(set(values)) == len(values) == drawing.COUNTS[name]
    assert all(value.isascii() and value == value.strip() and value for value in values)


def test_towns_fit_into_postal_codes() -> None:
    """A postal code ends in the number of the town, two digits."""
    assert len(POOLS.city) <= 100


def test_appointment_types_are_pairs_for_every_use() -> None:
    types = [each.type for each in POOLS.types]
    assert len(set(types)) == len({each.reason for each in POOLS.types}) == len(types)
    assert {each.use for each in POOLS.types} == {
        "wellness", "chronic", "cardiology", "acute", "followup", "new", "telehealth", "room",
    }  # fmt: skip
    assert all(each.type.isalnum() and each.type.isupper() and 2 <= len(each.type) <= 4 for each in POOLS.types)
    assert {each.minutes for each in POOLS.types} == {15, 20, 30}


@pytest.mark.parametrize("kind", ["wellness", "chronic", "acute", "followup"])
@pytest.mark.parametrize("years", range(0, 100, 3))
def test_every_age_has_a_type_and_a_complaint(kind: str, years: int) -> None:
    for sex in ("female", "male"):
        assert any(
            each.use == kind and each.from_age <= years <= each.to_age and each.sex in ("", sex) for each in POOLS.types
        )
    assert any(each.use == kind and each.from_age <= years <= each.to_age for each in POOLS.complaints)


def test_expectations_name_codes_and_percentages() -> None:
    for row in pools.rows("prevalence"):
        assert row["codes"].split()
        assert all(0 <= float(row[band]) <= 100 for band in ("under_40", "under_60", "older"))
        assert row["chronic"] in ("0", "1")
        assert row["mark"] in ("S", "K", "N")
