"""Everything that changes while serving, in one object that can be put back."""

from __future__ import annotations

import threading
from collections.abc import Hashable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from ..contract import Contract
from ..contract import quirks as quirk_selection
from ..errors import InputError, QueryError
from ..faults import Faults
from ..settings import Settings
from ..store import LRU, MemoryTable, Overlay, Table, View
from ..world.clock import MODES, Clock, parse_instant
from ..worlds import Practice, World
from .auth import Gate
from .journal import Journal
from .library import Library, WorldSet
from .logins import DEFAULT, Login, Logins, load
from .token import Tokens

PAGES = 32 * 2**20
"""Bytes of finished page bodies that are kept."""

Body = tuple[bytes, int]
PageKey = Hashable


class State:
    """One running mock. Methods may be called from several threads."""

    def __init__(self, settings: Settings, library: Library) -> None:
        self.settings = settings
        self.library = library
        self.lock = threading.RLock()
        self.faults = Faults()
        self.start_quirks = quirk_selection.parse_selection(settings.quirks, "--quirks")
        self.worlds: WorldSet = library.open(self.start_quirks)
        self.clock: Clock = start_clock(settings.clock, self.worlds.now)
        self.logins = start_logins(settings, self.worlds)
        self.journal = Journal(settings.journal_size, secrets(settings, self.logins))
        self.tokens = Tokens()
        self.issued = 0
        self._fresh()

    def _fresh(self) -> None:
        self.overlays: dict[tuple[str, str], Overlay] = {}
        self.lists: dict[str, View] = {}
        self.pages: LRU[PageKey, Body] = LRU(PAGES, lambda body: len(body[0]))
        self.gate = Gate(
            self.logins,
            self.worlds.quirks,
            bearer_lenient=self.settings.bearer_space == "optional",
            any_version=self.settings.unknown_version == "ignore",
            tokens=self.tokens,
        )

    def reset(self) -> None:
        """Back to how the mock started: clock, quirks, rows, faults, journal."""
        with self.lock:
            self.worlds = self.library.open(self.start_quirks)
            self.clock = start_clock(self.settings.clock, self.worlds.now)
            self.faults.clear()
            self.journal.clear()
            self._fresh()

    def switch_quirks(self, quirks: frozenset[str]) -> None:
        """Serve the same worlds under other quirks; rows put in by hand are dropped, for they fit no more."""
        with self.lock:
            self.worlds = self.library.open(quirks)
            self._fresh()

    @property
    def contract(self) -> Contract:
        return self.worlds.contract

    def world_of(self, practice: str) -> World:
        return self.worlds.world_of(practice)

    def practice(self, code: str) -> Practice:
        """Raises QueryError for a code that no world has."""
        found = self.worlds.practices.get(code)
        if found is None:
            raise QueryError("error.practice.unknown", code)
        return found

    def table(self, practice: str, element: str) -> Table:
        return self.practice(practice).tables[element]

    def overlay(self, practice: str, element: str) -> Overlay:
        """The rows put in by hand, made on first use."""
        return self.overlays.setdefault((practice, element), Overlay())

    def view(self, practice: str, element: str) -> View:
        """The rows of one element visible now."""
        return self.table(practice, element).at(self.clock.now(), self.overlays.get((practice, element)))

    def client_ids(self, login: Login) -> View:
        """The practices this login may read, as rows of element client_ids."""
        if login.email not in self.lists:
            rows = self.worlds.client_id_entries(login.practices)
            self.lists[login.email] = MemoryTable(rows).at(self.clock.now())
        return self.lists[login.email]

    def seconds(self) -> int:
        """Vendor time in whole seconds, as tokens count it."""
        return self.clock.now() // 1_000_000

    def next_issue(self) -> int:
        """Counts logins, so that no two tokens are alike; a reset does not set it back."""
        with self.lock:
            self.issued += 1
            return self.issued


def start_logins(settings: Settings, worlds: WorldSet) -> Logins:
    """The logins of ``--logins``, or the one fake login with what the settings change of it.

    Raises InputError for a file that is not one, and for a file and a single login together.
    """
    single: dict[str, Any] = {"email": settings.email, "password": settings.password, "secret_key": settings.secret_key}
    if not settings.logins:
        return Logins([replace(DEFAULT, **{key: value or getattr(DEFAULT, key) for key, value in single.items()})])
    if any(single.values()):
        raise InputError("a file of logins and a single login exclude each other", "--logins", ["one of them"])
    return load(Path(settings.logins), worlds.practices)


def secrets(settings: Settings, logins: Logins) -> Iterator[str]:
    """What no journal may show."""
    yield settings.admin_token
    for login in logins:
        yield from (login.password, login.secret_key)


def start_clock(setting: str, now: int) -> Clock:
    """The clock a ``--clock`` setting asks for. Raises InputError for one it cannot mean."""
    if setting in MODES:
        return Clock(now, setting)
    try:
        return Clock(parse_instant(setting), "frozen")
    except InputError as error:
        raise InputError(error.what, "--clock", [*MODES, "an instant"], given=setting) from None
