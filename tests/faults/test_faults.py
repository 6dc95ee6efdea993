"""The queue of armed faults: which request takes which, how often, and in which order."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mockserver.faults import STATUSES, Fault, Faults


def armed(*given: Fault) -> Faults:
    faults = Faults()
    for fault in given:
        faults.arm(fault)
    return faults


def test_nothing_armed_nothing_fails() -> None:
    faults = Faults()
    assert faults.take("/hjdw/A/b", "A") is None
    assert faults.list() == []


def test_a_fault_is_used_up() -> None:
    faults = armed(Fault(times=2))
    taken = [faults.take("/p", "A") for _ in range(3)]
    assert [fault is not None for fault in taken] == [True, True, False]
    assert faults.list() == []


def test_what_is_left_is_shown() -> None:
    faults = armed(Fault(times=3, status=503, path="/x"), Fault(cut=5))
    faults.take("/x", "")
    assert [(fault["times"], fault["status"], fault["path"]) for fault in faults.list()] == [
        (2, 503, "/x"),
        (1, 500, ""),
    ]


def test_the_first_that_matches_is_taken() -> None:
    faults = armed(Fault(status=503, path="/vitals"), Fault(status=429, practice="B"), Fault(status=404))
    taken = [
        faults.take(path, practice) for path, practice in (("/x", "A"), ("/x", "B"), ("/vitals", "B"), ("/x", "B"))
    ]
    assert [fault.status if fault else None for fault in taken] == [404, 429, 503, None]


@pytest.mark.parametrize(
    ("path", "practice", "matches"),
    [("", "", True), ("/hjdw", "", True), ("appoint", "A", True), ("", "A", True), ("/vitals", "", False),
     ("", "B", False), ("/vitals", "A", False), ("/HJDW", "", False)],
)  # fmt: skip
def test_what_matches(path: str, practice: str, matches: bool) -> None:
    assert Fault(path=path, practice=practice).matches("/hjdw/A/appointment", "A") is matches


def test_clear_disarms() -> None:
    faults = armed(Fault(times=9))
    faults.clear()
    assert faults.take("/p", "A") is None


@pytest.mark.parametrize(
    ("fault", "name"),
    [(Fault(), "500"), (Fault(status=0, cut=0), "cut 0"), (Fault(status=503, delay_ms=20), "503 delay 20"),
     (Fault(status=0, delay_ms=5, cut=7), "delay 5 cut 7")],
)  # fmt: skip
def test_its_name_in_the_journal(fault: Fault, name: str) -> None:
    assert fault.name == name


@given(st.lists(st.builds(Fault, times=st.integers(1, 4), status=st.sampled_from(STATUSES)), max_size=5))
def test_as_many_fail_as_were_armed_in_order(given: list[Fault]) -> None:
    expected = [fault.status for fault in given for _ in range(fault.times)]
    faults = armed(*given)
    taken = [faults.take("/p", "") for _ in range(len(expected) + 1)]
    assert [fault.status if fault else None for fault in taken] == [*expected, None]


def test_threads_share_the_count() -> None:
    faults = armed(Fault(times=500))
    with ThreadPoolExecutor(8) as pool:
        taken = list(pool.map(lambda _: faults.take("/p", ""), range(800)))
    assert sum(fault is not None for fault in taken) == 500
