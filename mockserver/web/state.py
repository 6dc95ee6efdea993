"""Everything that changes while serving, in one object that can be put back."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

from ..contract import Contract
from ..contract import quirks as quirk_selection
from ..errors import InputError
from ..faults import Faults
from ..settings import Settings
from ..store import View
from ..world.clock import MODES, Clock, parse_instant
from ..worlds import Practice
from .auth import Gate
from .journal import Journal
from .library import Library, WorldSet
from .logins import Logins, load, single
from .served import Served
from .token import Tokens


class State:
    """One running mock. Methods may be called from several threads."""

    def __init__(self, settings: Settings, library: Library) -> None:
        self.settings = settings
        self.library = library
        self.lock = threading.RLock()
        self.faults = Faults()
        self.start_quirks = quirk_selection.parse_selection(settings.quirks, "--quirks")
        worlds = library.open(self.start_quirks)
        self.clock: Clock = start_clock(settings.clock, worlds.now)
        self.logins = start_logins(settings, worlds)
        self.journal = Journal(settings.journal_size, secrets(settings, self.logins))
        self.tokens = Tokens()
        self.issued = 0
        self.served = self._serve(worlds)

    def _serve(self, worlds: WorldSet) -> Served:
        gate = Gate(
            self.logins,
            worlds.quirks,
            bearer_lenient=self.settings.bearer_space == "optional",
            any_version=self.settings.unknown_version == "ignore",
            tokens=self.tokens,
        )
        return Served(worlds, gate)

    def reset(self) -> None:
        """Back to how the mock started: clock, quirks, rows, faults, journal."""
        with self.lock:
            self.served = self._serve(self.library.open(self.start_quirks))
            self.clock = start_clock(self.settings.clock, self.worlds.now)
            self.faults.clear()
            self.journal.clear()

    def switch_quirks(self, quirks: frozenset[str]) -> None:
        """Serve the same worlds under other quirks; rows put in by hand are dropped, for they fit no more."""
        with self.lock:
            self.served = self._serve(self.library.open(quirks))

    @property
    def worlds(self) -> WorldSet:
        return self.served.worlds

    @property
    def contract(self) -> Contract:
        return self.served.contract

    def practice(self, code: str) -> Practice:
        """Raises QueryError for a code that no world has."""
        return self.served.practice(code)

    def view(self, practice: str, element: str) -> View:
        """The rows of one element visible now."""
        return self.served.view(practice, element, self.clock.now())

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
    given = (settings.email, settings.password, settings.secret_key)
    if not settings.logins:
        return Logins([single(*given)])
    if any(given):
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
