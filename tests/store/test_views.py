"""Tables, overlays and views against a model that keeps everything in one list."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from mockserver.errors import InputError
from mockserver.store import Entry, MemoryTable, Order, Overlay, Table, View, write

FOREVER = 2**63 - 1
LAST = 12
instants = st.integers(0, LAST)
ends = st.one_of(instants, st.just(FOREVER))
numbers = st.integers(1, 6)
orders = st.sampled_from(["newest", "surrogate"])


@st.composite
def entries_of(draw: st.DrawFn, start: st.SearchStrategy[int] = instants) -> Entry:
    surrogate, text = draw(numbers), draw(st.text(max_size=3))
    row = f'{{"id":{surrogate},"text":"{text.encode().hex()}"}}'.encode()
    return Entry(draw(start), draw(ends), draw(instants), draw(instants), surrogate, row)


def served(entries: Sequence[Entry], order: Order) -> list[bytes]:
    def place(e: Entry) -> tuple[object, ...]:
        first = (-e.modified, -e.created, -e.surrogate) if order == "newest" else (e.surrogate,)
        return (*first, e.start, e.end, e.row)

    return [entry.row for entry in sorted(entries, key=place)]


def check(view: View, rows: list[bytes]) -> None:
    assert len(view) == len(rows)
    assert list(view.rows()) == rows
    for limit in (1, 2, 3, len(rows) + 1):
        pages = [view.page(offset, limit) for offset in range(0, len(rows), limit)]
        assert pages == [b",".join(rows[o : o + limit]) for o in range(0, len(rows), limit)]
    assert view.page(len(rows), 5) == b""
    assert view.page(0, 0) == b""


@given(entries=st.lists(entries_of(), max_size=12), order=orders, now=st.integers(-1, LAST + 1))
def test_a_view_shows_what_is_visible_at_its_instant(entries: list[Entry], order: Order, now: int) -> None:
    visible = [entry for entry in entries if entry.start <= now < entry.end]
    view = MemoryTable(entries, order).at(now)
    check(view, served(visible, order))
    for surrogate in range(8):
        rows = [entry.row for entry in visible if entry.surrogate == surrogate]
        assert view.find(surrogate) in rows if rows else view.find(surrogate) is None


@given(entries=st.lists(entries_of(), max_size=12), order=orders)
def test_a_table_on_disk_equals_one_in_memory(entries: list[Entry], order: Order) -> None:
    with tempfile.TemporaryDirectory() as name:
        write(Path(name), "vitals", entries, order)
        disk, memory = Table.open(Path(name), "vitals"), MemoryTable(entries, order)
        assert len(disk) == len(memory) == len(entries)
        assert disk.order == order
        assert [disk.row(i) for i in range(len(disk))] == [memory.row(i) for i in range(len(memory))]
        for now in range(-1, LAST + 2):
            assert disk.at(now).page(0, 99) == memory.at(now).page(0, 99)


class ByHand(RuleBasedStateMachine):
    """Rows put in by hand, in any order of instants, seen from every instant."""

    @initialize(base=st.lists(entries_of(), max_size=8), order=orders)
    def start(self, base: list[Entry], order: Order) -> None:
        self.base, self.order = base, order
        self.table, self.overlay = MemoryTable(base, order), Overlay()
        self.changes: list[tuple[int, int, int, Entry | None]] = []
        self.generations = [self.overlay.generation]

    @rule(entry=entries_of())
    def put(self, entry: Entry) -> None:
        self.overlay.put(entry)
        self.changes.append((entry.start, len(self.changes), entry.surrogate, entry))

    @rule(surrogate=numbers, at=instants)
    def remove(self, surrogate: int, at: int) -> None:
        self.overlay.remove(surrogate, at)
        self.changes.append((at, len(self.changes), surrogate, None))

    @rule()
    def clear(self) -> None:
        self.overlay.clear()
        self.changes = []

    @rule(now=instants)
    def look(self, now: int) -> None:
        """Views are remembered: an early look must not spoil a later one."""
        self.table.at(now, self.overlay)

    def visible(self, now: int) -> list[Entry]:
        latest: dict[int, Entry | None] = {}
        for at, _, surrogate, entry in sorted(self.changes, key=lambda change: change[:2]):
            if at <= now:
                latest[surrogate] = entry
        by_hand = [entry for entry in latest.values() if entry]
        base = [entry for entry in self.base if entry.surrogate not in latest]
        return [entry for entry in base + by_hand if entry.start <= now < entry.end]

    @invariant()
    def every_instant_shows_what_the_model_shows(self) -> None:
        for now in (0, LAST // 2, LAST):
            visible = self.visible(now)
            view = self.table.at(now, self.overlay)
            check(view, served(visible, self.order))
            for surrogate in range(8):
                rows = [entry.row for entry in visible if entry.surrogate == surrogate]
                assert view.find(surrogate) in rows if rows else view.find(surrogate) is None


ByHand.TestCase.settings = settings(max_examples=60, stateful_step_count=12, deadline=None)
TestByHand = ByHand.TestCase


def entry(surrogate: int, start: int = 0, end: int = FOREVER, word: str = "base") -> Entry:
    return Entry(start, end, start, start, surrogate, f'{{"id":{surrogate},"word":"{word}"}}'.encode())


def test_a_page_is_one_slice_wherever_its_rows_are_neighbours() -> None:
    table = MemoryTable([entry(n, end=5 if n == 50 else FOREVER) for n in range(100)], "surrogate")
    view = table.at(6)
    assert len(view) == 99
    assert len(list(view._slices(0, 50))) == 1
    assert len(list(view._slices(49, 60))) == 2
    assert len(list(view._slices(0, 99))) == 2


def test_views_of_instants_between_two_changes_are_one_view() -> None:
    table = MemoryTable([entry(1), entry(2, start=10)])
    assert table.at(3) is table.at(9)
    assert table.at(9) is not table.at(10)
    assert table.at(9).token != table.at(10).token


def test_old_views_are_forgotten() -> None:
    table = MemoryTable([entry(n, start=n * 10) for n in range(20)])
    first = table.at(5)
    for n in range(20):
        table.at(n * 10 + 5)
    assert table.at(5) is not first
    assert table.at(5).page(0, 9) == first.page(0, 9)


def test_an_overlay_without_changes_costs_nothing() -> None:
    table, overlay = MemoryTable([entry(1)]), Overlay()
    plain = table.at(5)
    overlay.put(entry(2, start=6))
    assert table.at(5, overlay) is plain
    assert table.at(6, overlay) is not plain
    overlay.clear()
    assert table.at(6, overlay) is plain


def test_two_overlays_on_one_table_do_not_meet() -> None:
    table, mine, yours = MemoryTable([entry(1)], "surrogate"), Overlay(), Overlay()
    mine.put(entry(1, word="mine"))
    yours.put(entry(1, word="yours"))
    assert b"mine" in table.at(0, mine).page(0, 1)
    assert b"yours" in table.at(0, yours).page(0, 1)
    assert b"base" in table.at(0).page(0, 1)


def test_tokens_differ_whenever_rows_by_hand_do() -> None:
    table, overlay = MemoryTable([entry(1)]), Overlay()
    tokens = [table.at(5, overlay).token]
    for change in (1, 2, 3):
        overlay.put(entry(2, start=5, word=str(change)))
        tokens.append(table.at(5, overlay).token)
    overlay.remove(2, 5)
    tokens.append(table.at(5, overlay).token)
    assert len(set(tokens)) == 5


def test_rows_that_are_not_json_are_an_input_error() -> None:
    table = MemoryTable([Entry(0, 9, 0, 0, 1, b"{oops}")])
    with pytest.raises(InputError, match="memory: holds rows that are not JSON"):
        list(table.parsed())


def test_parsed_gives_every_version_once_at_any_step() -> None:
    table = MemoryTable([entry(n) for n in range(7)], "surrogate")
    for step in (1, 3, 7, 100):
        assert [row["id"] for row in table.parsed(step)] == list(range(7))
