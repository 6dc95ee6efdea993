"""Worlds: practices, people, visits, codes and time, as clean records and their versions.

Nothing here knows quirks, HTTP or how a value is written on the wire.
"""

from __future__ import annotations

from mockserver.world.clock import Clock, format_instant, parse_duration, parse_instant
from mockserver.world.model import FOREVER, SLOTS, Change, History, Record, Values, Version
from mockserver.world.profiles import PracticeProfile, Profile, load, names
from mockserver.world.schema import ProfileError
from mockserver.world.timeline import ORDER, Schedule, history

__all__ = [
    "FOREVER",
    "ORDER",
    "SLOTS",
    "Change",
    "Clock",
    "History",
    "PracticeProfile",
    "Profile",
    "ProfileError",
    "Record",
    "Schedule",
    "Values",
    "Version",
    "format_instant",
    "history",
    "load",
    "names",
    "parse_duration",
    "parse_instant",
]
