"""What a check returns: a verdict, why, and the places it is about. No values of rows anywhere."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Verdict(StrEnum):
    """``unknown`` is never counted as a pass."""

    fail = "fail"
    passed = "pass"
    unknown = "unknown"


@dataclass(frozen=True, order=True)
class Place:
    """Where something was seen. ``detail`` says what in words, counts and shapes, never with a value.

    ``row`` is the index in the practice's table, used to fetch an exchange with our own mock; -1 where none fits.
    """

    resource: str
    field: str = ""
    detail: str = ""
    practice: str = ""
    row: int = -1

    def __str__(self) -> str:
        return f"{self.resource}.{self.field}" if self.field else self.resource


@dataclass(frozen=True)
class Outcome:
    """What a check found. ``why`` is one sentence a reader can reject; ``looked_at`` counts what was examined."""

    verdict: Verdict
    why: str
    places: tuple[Place, ...] = ()
    looked_at: int = 0


def unknown(why: str) -> Outcome:
    """Nothing can be said, and why."""
    return Outcome(Verdict.unknown, why)


def judge(places: Iterable[Place], looked_at: int, failed: str, passed: str, complete: bool = True) -> Outcome:
    """Fail with places; pass without, if something was looked at and nothing is missing; else unknown.

    ``complete=False`` is for checks over rows where only some of them are there: finding nothing proves nothing.
    """
    found = tuple(sorted(set(places)))
    if found:
        return Outcome(Verdict.fail, failed, found, looked_at)
    if not looked_at:
        return unknown("there is nothing of this kind to judge")
    if not complete:
        return Outcome(Verdict.unknown, "nothing was found, but only some of the rows are there", (), looked_at)
    return Outcome(Verdict.passed, passed, (), looked_at)
