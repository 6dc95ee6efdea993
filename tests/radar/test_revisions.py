"""Movement follows from revisions and is written nowhere."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.radar import revisions
from evaluation.radar.entry import RINGS
from evaluation.radar.revisions import Revision
from mockserver.errors import InputError

from .files import revision

ROOT = Path(__file__).parents[2]


def history(*rings: str) -> list[Revision]:
    return [Revision(f"e-{n}", "e", n, date(2020 + n, 1, 1), ring, "x") for n, ring in enumerate(rings, 1)]


@pytest.mark.parametrize(
    ("rings", "moved"),
    [
        ((), "new"),
        (("assess",), "new"),
        (("assess", "assess"), "no change"),
        (("assess", "trial"), "moved in"),
        (("hold", "adopt"), "moved in"),
        (("trial", "assess"), "moved out"),
        (("assess", "trial", "trial"), "no change"),
        (("assess", "trial", "hold"), "moved out"),
    ],
)
def test_movement_is_that_of_the_newest_revision(rings: tuple[str, ...], moved: str) -> None:
    assert revisions.movement(history(*rings)) == moved


@given(st.lists(st.sampled_from(RINGS), max_size=6))
def test_a_timeline_tells_every_movement_newest_first(rings: list[str]) -> None:
    told = revisions.timeline(history(*rings))
    assert [one.ring for one, _ in told] == rings[::-1]
    assert all(moved in revisions.MOVEMENTS for _, moved in told)
    if told:
        assert told[-1][1] == "new" and told[0][1] == revisions.movement(history(*rings))


@given(st.sampled_from(RINGS), st.sampled_from(RINGS))
def test_going_and_coming_back_are_opposite(one: str, other: str) -> None:
    opposite = {"moved in": "moved out", "moved out": "moved in", "no change": "no change"}
    assert revisions.movement(history(other, one)) == opposite[revisions.movement(history(one, other))]


def test_revisions_are_read_from_their_folder_in_order(tmp_path: Path) -> None:
    revision(tmp_path, 2, "2026-01-01", "trial", basis=["sandbox"], errors=["a", "b"])
    revision(tmp_path, 1, "2025-01-01", "caution")
    revision(tmp_path, 1, "2024-01-01", "adopt", "other")
    found = revisions.load(tmp_path)
    assert [(one.entry, one.number, one.ring) for one in found] == [
        ("engine", 1, "hold"), ("engine", 2, "trial"), ("other", 1, "adopt"),
    ]  # fmt: skip
    assert found[1].errors == ("a", "b") and found[1].basis == ("sandbox",)
    assert [one.name for one in revisions.of_entry("engine", found)] == ["engine-2025-01-01", "engine-2026-01-01"]


def test_a_folder_without_revisions_has_none(tmp_path: Path) -> None:
    assert revisions.load(tmp_path) == ()


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"ring": "tryal"}, "ring: is 'tryal'; valid: adopt, trial, assess, hold, caution; did you mean trial?"),
        ({"revision": 0}, "revision: is 0, not a whole number from 1"),
        ({"date": "yesterday"}, "date: is 'yesterday', not a day"),
        ({"moved": "in"}, "moved: is no key of this file"),
        ({"entry": "another"}, "would be another-2026-01-01.md"),
        ({"date": date(2026, 1, 2)}, "would be engine-2026-01-02.md"),
    ],
)
def test_what_is_wrong_with_a_revision_is_said(tmp_path: Path, changes: dict[str, Any], says: str) -> None:
    path = revision(tmp_path, 1, "2026-01-01", "trial", **changes)
    with pytest.raises(InputError) as caught:
        revisions.read(path)
    assert says in str(caught.value)


@pytest.mark.parametrize(("number", "day"), [(3, "2026-01-01"), (1, "2026-01-01"), (2, "2024-01-01")])
def test_numbers_and_days_must_follow_each_other(tmp_path: Path, number: int, day: str) -> None:
    revision(tmp_path, 1, "2025-01-01", "assess")
    revision(tmp_path, number, day, "trial")
    with pytest.raises(InputError, match="does not follow revision"):
        revisions.load(tmp_path)


def test_the_project_s_entry_has_two_revisions_and_the_first_lists_its_errors() -> None:
    first, second = revisions.of_entry("healthjump", revisions.load(ROOT / "docs" / "radar"))
    assert (first.number, str(first.date), first.ring) == (1, "2023-08-29", "assess")
    assert len(first.errors) >= 6 and "open-source" in first.errors[0]
    for claim in ("1", "2", "3", "4", "5", "6a", "6b", "6c", "6d", "6e", "7"):
        assert f"| {claim} |" in first.body
    assert (second.number, second.ring) == (2, "assess")
    assert revisions.movement([first, second]) == "no change"
