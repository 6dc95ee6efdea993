"""Rows put in by hand: what counts when, and that threads may share an overlay."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from mockserver.store import Entry, MemoryTable, Overlay

FOREVER = 2**63 - 1


def row(surrogate: int, start: int, end: int = FOREVER, text: str = "") -> Entry:
    return Entry(start, end, start, start, surrogate, f'{{"id":{surrogate},"text":"{text}"}}'.encode())


def test_a_change_counts_from_its_instant_on() -> None:
    overlay, entry = Overlay(), row(1, 10)
    overlay.put(entry)
    assert overlay.at(9)[1] == {}
    assert overlay.at(10)[1] == {1: entry}


def test_the_latest_instant_counts_whatever_was_put_last() -> None:
    overlay, late, early = Overlay(), row(1, 20, text="late"), row(1, 10, text="early")
    overlay.put(late)
    overlay.put(early)
    assert overlay.at(15)[1] == {1: early}
    assert overlay.at(25)[1] == {1: late}


def test_of_two_changes_at_one_instant_the_later_made_counts() -> None:
    overlay, first, second = Overlay(), row(1, 10, text="first"), row(1, 10, text="second")
    overlay.put(first)
    overlay.put(second)
    assert overlay.at(10)[1] == {1: second}
    overlay.remove(1, 10)
    assert overlay.at(10)[1] == {1: None}
    overlay.put(first)
    assert overlay.at(10)[1] == {1: first}


def test_a_row_that_ended_does_not_bring_back_the_one_it_hid() -> None:
    table, overlay = MemoryTable([row(1, 0, text="base")]), Overlay()
    overlay.put(row(1, 10, 20, text="hand"))
    assert [table.at(now, overlay).find(1) for now in (9, 10, 20)] == [
        row(1, 0, text="base").row,
        row(1, 10, 20, "hand").row,
        None,
    ]


def test_removing_a_row_nobody_has_changes_nothing_to_see() -> None:
    table, overlay = MemoryTable([row(1, 0)]), Overlay()
    overlay.remove(99, 5)
    assert table.at(6, overlay).page(0, 9) == table.at(6).page(0, 9)


def test_the_generation_only_grows() -> None:
    overlay = Overlay()
    seen = [overlay.generation]
    overlay.put(row(1, 1))
    seen.append(overlay.generation)
    overlay.remove(1, 2)
    seen.append(overlay.generation)
    for _ in range(2):
        overlay.clear()
        seen.append(overlay.generation)
    assert seen == sorted(set(seen))


def test_the_stamp_moves_with_changes_and_with_the_clock() -> None:
    overlay = Overlay()
    assert overlay.stamp(100) == (0, 0)
    overlay.put(row(1, 10, 20))
    stamps = [overlay.stamp(now) for now in (9, 10, 19, 20)]
    assert stamps[0] == (0, 0)
    assert stamps[1] == stamps[2] != stamps[3]
    overlay.clear()
    assert overlay.stamp(10) == (0, 0)


def test_threads_lose_no_row() -> None:
    table, overlay = MemoryTable([]), Overlay()

    def put(surrogate: int) -> int:
        overlay.put(row(surrogate, 1))
        return len(table.at(1, overlay))

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(put, range(400)))
    assert len(table.at(1, overlay)) == overlay.generation == 400
