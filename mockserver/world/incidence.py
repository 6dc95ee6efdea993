"""When a condition begins and ends in a life, given its curve of prevalence and a level of the person.

A lifelong condition is there while its curve lies above one level, so that new cases come with the rise of
the curve. A condition that comes and goes is settled anew every few years: the curve may then be flat and
new cases are spread over all ages. Either way the share of those who have it is the curve's at every age.
"""

from __future__ import annotations

from itertools import pairwise
from math import erfc, sqrt
from random import Random
from statistics import NormalDist
from typing import NamedTuple

from mockserver.world import seeds
from mockserver.world.bodies import Curve, interpolate
from mockserver.world.model import Person

FRAILTY = 0.35
"""Correlation of a person's frailty with each condition: it makes conditions cluster in some people."""

RECURRENCE = 0.5
"""Weight of what stays with the person from one spell to the next."""

NOTICED_YEARS = (0.1, 2.4)
"""The onset a chart tells lies this long before the diagnosis: at least, and at most in addition."""

LAST_AGE = 105.0
_NORMAL = NormalDist()


class Span(NamedTuple):
    """Ages: it begins, is said to have begun, is charted (None for never), is over (None for never)."""

    began: float
    onset: float
    charted: float | None
    resolved: float | None


def level(seed: int, person: Person, key: str) -> float:
    """Uniform over people, lower for the frail."""
    return _mixed(person, _NORMAL.inv_cdf(min(max(seeds.share(seed, "condition", person.index, key), 1e-9), 1 - 1e-9)))


def _mixed(person: Person, own: float) -> float:
    return 0.5 * erfc((FRAILTY * person.frailty + sqrt(1 - FRAILTY**2) * own) / sqrt(2))


def lifelong(seed: int, person: Person, key: str, curve: Curve, hidden: float) -> list[Span]:
    """At most one span; ``curve`` is of those diagnosed, ``hidden`` how many have it per one of these."""
    own = level(seed, person, key)
    span = crossing(tuple((age, rate * hidden) for age, rate in curve), own)
    if span is None:
        return []
    known = crossing(curve, own)
    return [told(seeds.draws(seed, "onset", person.index, key), span[0], known and known[0], span[1], curve[0][0])]


def spells(seed: int, person: Person, key: str, curve: Curve, years: float) -> list[Span]:
    """Spells of a condition that is settled anew about every so many years; neighbours run together."""
    rng = seeds.draws(seed, "spells", person.index, key)
    found: list[Span] = []
    for start, end in _joined(_windows(rng, person, curve, years)):
        floor = found[-1].resolved if found else None
        found.append(told(rng, start, start, end, max(curve[0][0], floor or 0.0)))
    return found


def _windows(rng: Random, person: Person, curve: Curve, years: float) -> list[tuple[float, float]]:
    """The stretches of life, in order, in which the person has it."""
    stays, start, found = rng.gauss(0, 1), curve[0][0] - years * rng.random(), []
    while start < LAST_AGE:
        end = start + years * (0.5 + rng.random())
        own = RECURRENCE * stays + sqrt(1 - RECURRENCE**2) * rng.gauss(0, 1)
        if end > curve[0][0] and interpolate(curve, (start + end) / 2) >= _mixed(person, own):
            found.append((max(start, curve[0][0]), end))
        start = end
    return found


def _joined(windows: list[tuple[float, float]]) -> list[tuple[float, float]]:
    found: list[tuple[float, float]] = []
    for start, end in windows:
        if found and found[-1][1] == start:
            start = found.pop()[0]
        found.append((start, end))
    return found


def told(rng: Random, began: float, charted: float | None, resolved: float | None, floor: float) -> Span:
    """A span whose onset, if it is charted, lies shortly before that, but not before an age."""
    if charted is None:
        return Span(began, began, None, resolved)
    least, more = NOTICED_YEARS
    onset = max(charted - least - more * rng.random() ** 2, min(floor, charted))
    return Span(min(began, onset), onset, charted, resolved)


def crossing(curve: Curve, own: float) -> tuple[float, float | None] | None:
    """The ages at which a curve first reaches a level and then falls below it; None if it never does."""
    onset: float | None = curve[0][0] if curve[0][1] >= own else None
    for (left, low), (right, high) in pairwise(curve):
        if onset is None and high >= own > low:
            onset = left + (right - left) * (own - low) / (high - low)
        elif onset is not None and high < own <= low:
            return onset, left + (right - left) * (low - own) / (low - high)
    return None if onset is None else (onset, None)
