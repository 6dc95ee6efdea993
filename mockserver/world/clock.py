"""Vendor time: one clock that stands, runs, or keeps its distance from real time.

Instants are microseconds since 1970 without a zone, the way Healthjump writes them. Durations are
microseconds too. The notations are ISO 8601: ``P30D``, ``PT1H30M``, ``P2W`` and ``2022-08-01 12:00:00``.
"""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Literal, get_args

from mockserver.errors import InputError

Mode = Literal["frozen", "running", "offset"]
MODES: tuple[Mode, ...] = get_args(Mode)

SECOND = 1_000_000
DAY = 86_400 * SECOND
LATEST = 32_503_680_000 * SECOND - 1
"""The last microsecond of the year 2999: the vendor's timestamps have four-digit years from 1000."""

_EPOCH = datetime(1970, 1, 1)
_DURATION = re.compile(
    r"P(?:(?P<W>\d+)W|(?:(?P<D>\d+)D)?(?:T(?:(?P<H>\d+)H)?(?:(?P<M>\d+)M)?(?:(?P<S>\d+)(?:\.(?P<F>\d{1,6}))?S)?)?)"
)
_UNITS = {"W": 7 * DAY, "D": DAY, "H": 3600 * SECOND, "M": 60 * SECOND, "S": SECOND}
_INSTANT = re.compile(r"(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d:\d\d)(?:\.(\d{1,6}))?Z?", re.ASCII)


def parse_duration(text: str) -> int:
    """Microseconds of an ISO 8601 duration in weeks, or in days, hours, minutes and seconds.

    Raises InputError; years and months are refused because their length varies.
    """
    match = _DURATION.fullmatch(text.strip()) if text.isascii() else None
    if not match or not any(match.groups()) or text.strip().endswith("T"):
        raise InputError(f"{text!r} is not a duration", "duration", ("P30D", "PT1H30M", "PT0.5S", "P2W"))
    whole = sum(int(match[unit] or 0) * size for unit, size in _UNITS.items())
    return _within(whole + int((match["F"] or "0").ljust(6, "0")), "duration")


def parse_instant(text: str) -> int:
    """Microseconds of ``2022-08-01 12:00:00``, perhaps with ``T``, fraction and ``Z``. Raises InputError."""
    match = _INSTANT.fullmatch(text.strip())
    try:
        whole = datetime.fromisoformat(f"{match[1]} {match[2]}") if match else None
    except ValueError:
        whole = None
    if match is None or whole is None:
        valid = ("2022-08-01 12:00:00", "2022-08-01T12:00:00.5Z")
        raise InputError(f"{text!r} is not an instant", "instant", valid)
    return _within(of_datetime(whole) + int((match[3] or "0").ljust(6, "0")), "instant")


def of_datetime(moment: datetime) -> int:
    """The instant of a datetime without zone."""
    return (moment - _EPOCH) // timedelta(microseconds=1)


def to_datetime(us: int) -> datetime:
    """The datetime without zone of an instant."""
    return _EPOCH + timedelta(microseconds=us)


def format_instant(us: int) -> str:
    """``2022-08-01 12:00:00``, with six digits of fraction unless they are all zero."""
    return to_datetime(us).isoformat(" ")


def _within(us: int, where: str) -> int:
    if not 0 <= us <= LATEST:
        valid = ("1970-01-01 00:00:00 to 2999-12-31 23:59:59",)
        raise InputError("the clock would leave its range", where, valid)
    return us


def _utc() -> int:
    return of_datetime(datetime.now(UTC).replace(tzinfo=None))


def _monotonic() -> int:
    return time.monotonic_ns() // 1000


@dataclass(frozen=True, slots=True)
class ClockState:
    """What ``Clock.restore`` needs: the instant, or in mode offset the distance from real time."""

    mode: Mode
    value: int


class Clock:
    """The one clock of a server, safe to use from several threads.

    ``frozen`` stands at ``now``. ``running`` starts at ``now`` and goes with a monotonic clock, so a
    change of the machine's time does not move it. ``offset`` shows real UTC plus a constant distance,
    0 at first, so that a client which compares ``exp`` with its own clock sees it ahead.
    """

    def __init__(
        self,
        now: int,
        mode: Mode = "frozen",
        *,
        utc: Callable[[], int] = _utc,
        monotonic: Callable[[], int] = _monotonic,
    ) -> None:
        self._utc = utc
        self._monotonic = monotonic
        self._lock = threading.Lock()
        self._base = _within(now, "clock")
        self._anchor = 0
        self._mode: Mode = "frozen"
        self.switch(mode)

    @property
    def mode(self) -> Mode:
        return self._mode

    def now(self) -> int:
        """Microseconds of vendor time."""
        with self._lock:
            return self._read()

    def advance(self, us: int) -> int:
        """Moves the clock on and returns the new instant. Raises InputError for a step back or too far."""
        if us < 0:
            raise InputError("the clock is moved back by setting it", "advance", ("zero or more",))
        with self._lock:
            return self._move(self._read() + us)

    def set(self, us: int) -> int:
        """Puts the clock at an instant, in mode offset by changing the distance. Raises InputError."""
        with self._lock:
            return self._move(us)

    def switch(self, mode: str, offset: int = 0) -> int:
        """Changes the mode: offset jumps to real time plus ``offset``, the others go on from now."""
        known = next((each for each in MODES if each == mode), None)
        if known is None:
            raise InputError(f"{mode!r} is not a mode", "clock mode", MODES, given=mode)
        with self._lock:
            instant = self._utc() + offset if known == "offset" else self._read()
            _within(instant, "clock")
            self._mode = known
            return self._move(instant)

    def snapshot(self) -> ClockState:
        """The state to return to."""
        with self._lock:
            return ClockState(self._mode, self._base if self._mode == "offset" else self._read())

    def restore(self, state: ClockState) -> None:
        """Returns to a snapshot: the same instant, or in mode offset the same distance."""
        with self._lock:
            self._mode = state.mode
            self._base = state.value
            self._anchor = self._monotonic()

    def _read(self) -> int:
        if self._mode == "running":
            return self._base + self._monotonic() - self._anchor
        return self._base + self._utc() if self._mode == "offset" else self._base

    def _move(self, us: int) -> int:
        self._base = _within(us, "clock") - (self._utc() if self._mode == "offset" else 0)
        self._anchor = self._monotonic()
        return us
