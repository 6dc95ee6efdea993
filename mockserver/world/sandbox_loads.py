"""The loads that stored and changed the rows of the busy day, and ids that are not in order of time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from .sandbox_book import SECOND, fraction, instant
from .sandbox_numbers import BusyDay

NEAR = 20
"""Keys are put back by about so many places, so that ids still rise with time on the whole."""


@dataclass(frozen=True, slots=True)
class Stored:
    """When a row was first stored and last changed, as the instants of those loads in microseconds."""

    created: int
    changed: int


def stored(day: BusyDay, deleted: Sequence[bool], rng: Random) -> list[Stored]:
    """One for each booking of the day, then one for its duplicate, which is stored once and after the day.

    Live rows whose last load lies before the day may never have changed: then both instants are equal.
    """
    changes = _change_loads(day, rng)
    if day.duplicates:
        _put_late_one_last(changes, instant(day.day + timedelta(days=30)))
    loads = _create_loads(day, rng)
    rows = [_stored(changed, gone, day, loads, rng) for changed, gone in zip(changes, deleted, strict=False)]
    return [*rows, *(Stored(late, late) for late in changes[len(rows) :])]


def _stored(changed: int, gone: bool, day: BusyDay, loads: Sequence[int], rng: Random) -> Stored:
    if not gone and changed < instant(day.day) and rng.random() < 0.5:
        return Stored(changed, changed)
    return Stored(rng.choice([load for load in loads if load < changed]), changed)


def _change_loads(day: BusyDay, rng: Random) -> list[int]:
    """The load that last touched each row, in random order: one load a morning, as large as the sizes say."""
    sizes = [(size, True) for size in _sizes(day.short_fraction_rows, 5, rng)]
    rest = day.rows - day.largest_batch - day.short_fraction_rows
    sizes += [(size, False) for size in (day.largest_batch, *_sizes(rest, day.largest_batch - 3, rng))]
    mornings = _days(day.first_load + timedelta(days=45), day.last_load)
    loads: list[int] = []
    for (size, short), morning in zip(sizes, rng.sample(mornings, len(sizes)), strict=True):
        loads += [_at(morning, 6, rng, short=short)] * size
    rng.shuffle(loads)
    return loads


def _sizes(total: int, largest: int, rng: Random) -> list[int]:
    sizes: list[int] = []
    while total:
        sizes.append(min(total, rng.randint(1, min(largest, 10))))
        total -= sizes[-1]
    return sizes


def _create_loads(day: BusyDay, rng: Random) -> list[int]:
    """Afternoons on which bookings were stored, all before the day; the first lies before every change."""
    afternoons = _days(day.first_load + timedelta(days=1), day.day - timedelta(days=2))
    chosen = [day.first_load, *rng.sample(afternoons, min(40, len(afternoons)))]
    return sorted(_at(afternoon, 13, rng) for afternoon in chosen)


def _put_late_one_last(loads: list[int], after: int) -> None:
    """Move a load later than ``after``, but not the last of all, to the end."""
    latest = max(loads)
    found = next((n for n, load in enumerate(loads) if after < load < latest), loads.index(latest))
    loads.append(loads.pop(found))


def _days(first: date, last: date) -> list[date]:
    return [first + timedelta(days=n) for n in range((last - first).days)]


def _at(day: date, hour: int, rng: Random, *, short: bool = False) -> int:
    second = hour * 3600 + rng.randrange(4 * 3600)
    return instant(day) + second * SECOND + fraction(rng.randrange(10**6), short=short)


def order_with(keys: Sequence[int], wanted: int, rng: Random) -> list[int]:
    """Positions of ``keys`` in an order in which exactly ``wanted`` keys are smaller than the one before.

    Keys come in rising order; one that is put before a smaller key, where none went back yet, makes one
    more step back, and all others go to the end. Raises ValueError if too many keys are equal.
    """
    order: list[int] = []
    missing = wanted
    for done, position in enumerate(sorted(range(len(keys)), key=lambda n: keys[n])):
        gaps = _rising_gaps([keys[n] for n in order], keys[position])
        if gaps and rng.random() * (len(keys) - done) < missing:
            order.insert(rng.choice(gaps[-NEAR:]), position)
            missing -= 1
        else:
            order.append(position)
    if missing:
        raise ValueError(f"no order of {len(keys)} keys with {wanted} backward neighbours was found")
    return order


def _rising_gaps(ordered: Sequence[int], key: int) -> list[int]:
    """Places before a key smaller than ``key`` that is not itself smaller than the one before."""
    return [n for n, k in enumerate(ordered) if k < key and (n == 0 or ordered[n - 1] <= k)]
