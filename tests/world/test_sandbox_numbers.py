"""What a sandbox profile says when its numbers cannot be."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest

from mockserver.world import profiles, sandbox, sandbox_numbers
from mockserver.world.schema import ProfileError

SHIPPED: dict[str, Any] = dict(profiles.load("sandbox").sections["sandbox"])


def changed(section: str | None, key: str, value: object) -> dict[str, Any]:
    raw = deepcopy(SHIPPED)
    target = raw[section] if section else raw
    target[key] = value
    return raw


def test_the_shipped_numbers_are_read() -> None:
    numbers = sandbox_numbers.read(SHIPPED, "sandbox.yaml: sandbox")
    assert numbers.busy_day.bookings == 192
    assert numbers.test("4548-4").name == "Hemoglobin A1c"


def test_numbers_that_are_not_changed_are_not_touched() -> None:
    before = deepcopy(SHIPPED)
    sandbox_numbers.read(SHIPPED, "x")
    assert before == SHIPPED


@pytest.mark.parametrize(
    ("section", "key", "value", "says"),
    [
        ("busy_day", "rowz", 1, "did you mean rows"),
        ("busy_day", "rows", "many", "rows.*whole number"),
        (None, "details", [], "details"),
        ("busy_day", "night_begin", "1330", "a time at night"),
        (None, "details", ["Test", "Test"], "contradict.*two details"),
        ("busy_day", "patients", 200, "contradict.*patients between"),
        ("busy_day", "patients", 80, "contradict.*patients between"),
        ("busy_day", "deleted", 10, "contradict.*deleted between"),
        ("busy_day", "unresolved_rows", 100, "contradict.*up to half of rows"),
        ("busy_day", "unresolved_providers", 26, "contradict.*unresolved_providers up to"),
        ("busy_day", "off_grid_rows", 100, "contradict.*off_grid_rows"),
        ("busy_day", "backward_neighbours", 120, "contradict.*backward_neighbours"),
        ("busy_day", "largest_batch", 190, "contradict.*largest_batch"),
        ("busy_day", "listed_patients", 25, "contradict.*busy_day.listed_patients"),
        ("busy_day", "rows", 400, "contradict"),
    ],
)
def test_what_cannot_be_is_refused(section: str | None, key: str, value: object, says: str) -> None:
    with pytest.raises(ProfileError, match=says):
        sandbox_numbers.read(changed(section, key, value), "mine.yaml: sandbox")


def test_a_world_whose_now_lies_before_its_last_load_is_refused() -> None:
    early = changed("busy_day", "last_load", SHIPPED["busy_day"]["last_load"].replace(year=2023))
    profile = profiles.parse({"name": "mine", "maker": "sandbox", "sandbox": early}, "mine.yaml")
    with pytest.raises(ProfileError, match=r"mine.yaml: sandbox.busy_day.last_load: does not fit"):
        list(sandbox.histories(profile))


def test_other_numbers_make_another_world() -> None:
    fewer = changed("busy_day", "duplicates", 0)
    profile = profiles.parse({"name": "mine", "maker": "sandbox", "sandbox": fewer}, "mine.yaml")
    rows = [h for h in sandbox.histories(profile) if h.element == "appointment"]
    assert not any("Q14" in h.marks for h in rows)
    assert sum(str(h.versions[0].values["date"]) == "2021-11-15" for h in rows) == 193
