"""What is served between two switches of quirks or resets: worlds, rows by hand, and what is remembered of them.

A request takes the whole of it once, so that a switch in its middle cannot mix one contract with another's rows.
"""

from __future__ import annotations

from collections.abc import Hashable

from ..contract import Contract
from ..errors import QueryError
from ..store import LRU, MemoryTable, Overlay, View
from ..worlds import Practice
from .auth import Gate
from .library import WorldSet
from .logins import Login

PAGES = 32 * 2**20
"""Bytes of finished page bodies that are kept."""

Body = tuple[bytes, int]


class Served:
    """Worlds under one set of quirks, with the rows put in by hand since. Threads may share it."""

    def __init__(self, worlds: WorldSet, gate: Gate) -> None:
        self.worlds = worlds
        self.gate = gate
        self.pages: LRU[Hashable, Body] = LRU(PAGES, lambda body: len(body[0]))
        self.last_change = 0
        """The instant of the last change by hand, in microseconds of vendor time."""
        self._overlays: dict[tuple[str, str], Overlay] = {}
        self._lists: dict[str, View] = {}

    @property
    def contract(self) -> Contract:
        return self.worlds.contract

    def practice(self, code: str) -> Practice:
        """Raises QueryError for a code that no world has."""
        found = self.worlds.practices.get(code)
        if found is None:
            raise QueryError("error.practice.unknown", code)
        return found

    def overlay(self, practice: str, element: str) -> Overlay:
        """The rows put in by hand, made on first use."""
        return self._overlays.setdefault((practice, element), Overlay())

    def view(self, practice: str, element: str, now: int) -> View:
        """The rows of one element visible at an instant."""
        return self.practice(practice).tables[element].at(now, self._overlays.get((practice, element)))

    def client_ids(self, login: Login, now: int) -> View:
        """The practices this login may read, as rows of element client_ids."""
        if login.email not in self._lists:
            self._lists[login.email] = MemoryTable(self.worlds.client_id_entries(login.practices)).at(now)
        return self._lists[login.email]
