"""Rows put in by hand, as versions on top of a table that itself never changes."""

from __future__ import annotations

from bisect import bisect_right, insort
from threading import Lock

from mockserver.store.entries import Entry

Stamp = tuple[int, int]


class Overlay:
    """Changes by surrogate and instant. From its instant on, a change hides what the table or an earlier
    change says about that row. Of two changes at one instant the later made counts.

    ``generation`` grows with every change and with ``clear``, and never falls. Safe to share between threads.
    """

    def __init__(self) -> None:
        self.generation = 0
        self._changes: dict[int, list[tuple[int, Entry | None]]] = {}
        self._instants: list[int] = []
        self._lock = Lock()

    def put(self, entry: Entry) -> None:
        """Show ``entry`` from its start to its end; after its end the row is gone."""
        self._change(entry.surrogate, entry.start, entry)

    def remove(self, surrogate: int, at: int) -> None:
        """Show no row of that number from ``at`` on."""
        self._change(surrogate, at, None)

    def _change(self, surrogate: int, at: int, entry: Entry | None) -> None:
        with self._lock:
            insort(self._changes.setdefault(surrogate, []), (at, entry), key=lambda change: change[0])
            for instant in (at, entry.end) if entry else (at,):
                insort(self._instants, instant)
            self.generation += 1

    def clear(self) -> None:
        """Forget every change."""
        with self._lock:
            self._changes = {}
            self._instants = []
            self.generation += 1

    def stamp(self, now: int) -> Stamp:
        """Equal stamps of one overlay show the same; ``(0, 0)`` if nothing is changed at ``now``."""
        with self._lock:
            return self._stamp(now)

    def _stamp(self, now: int) -> Stamp:
        passed = bisect_right(self._instants, now)
        return (self.generation, passed) if passed else (0, 0)

    def at(self, now: int) -> tuple[Stamp, dict[int, Entry | None]]:
        """The stamp, and each row changed by ``now``: its entry, or None where it shows no row."""
        with self._lock:
            shown: dict[int, Entry | None] = {}
            for surrogate, changes in self._changes.items():
                place = bisect_right(changes, now, key=lambda change: change[0])
                if place:
                    entry = changes[place - 1][1]
                    shown[surrogate] = entry if entry and now < entry.end else None
            return self._stamp(now), shown
