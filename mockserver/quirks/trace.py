"""Versions that remember their clean values while quirks are applied to them.

Histories are rebuilt, never changed: several sets of quirks may read the same ones. They are rebuilt by their
constructors, because ``dataclasses.replace`` takes several times as long and a world has many rows.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from ..world.model import History, Value, Values, Version

Change = Callable[[Values], Mapping[str, Value]]
"""The new values of the columns that change; an empty mapping for none."""


@dataclass(slots=True)
class Traced(Version):
    """A version and the values it had before any quirk."""

    clean: Values


def traced(history: History) -> History:
    """A copy whose versions remember their values. A deletion that names only some columns gets the rest."""
    gone = history.deleted
    versions: list[Version] = [Traced(v.batch, v.jitter, v.values, v.values) for v in history.versions]
    return rebuilt(history, versions, gone and _traced(gone, _rest(history, gone)))


def untraced(history: History) -> History:
    """The same row in plain versions."""
    gone = history.deleted
    versions = [Version(v.batch, v.jitter, v.values) for v in history.versions]
    return rebuilt(history, versions, gone and Version(gone.batch, gone.jitter, gone.values))


def rewrite(history: History, change: Change) -> History:
    """The history with some values of each version, its deletion included, changed."""
    gone = history.deleted
    return rebuilt(history, [changed(v, change) for v in history.versions], gone and changed(gone, change))


def later(history: History, microseconds: int, slot: int, surrogate: int) -> History:
    """A copy of the row under another slot and surrogate, every instant of which lies that much later."""
    gone = history.deleted
    return History(
        history.element,
        history.index,
        slot,
        surrogate,
        history.created_batch + microseconds,
        history.created_jitter,
        [again(v, v.batch + microseconds, v.jitter) for v in history.versions],
        gone and again(gone, gone.batch + microseconds, gone.jitter),
        history.marks,
    )


def rebuilt(history: History, versions: list[Version], deleted: Version | None) -> History:
    """The same row with other versions."""
    return History(
        history.element,
        history.index,
        history.slot,
        history.surrogate,
        history.created_batch,
        history.created_jitter,
        versions,
        deleted,
        history.marks,
    )


def again(version: Version, batch: int, jitter: int) -> Version:
    """The version at another instant."""
    if isinstance(version, Traced):
        return Traced(batch, jitter, version.values, version.clean)
    return Version(batch, jitter, version.values)


def _traced(version: Version, values: Values) -> Version:
    return Traced(version.batch, version.jitter, values, values)


def _rest(history: History, gone: Version) -> Values:
    last = history.versions[-1].values
    # The flag is Q13's to set: without it the row has ended.
    return {**last, **gone.values, **{c: last[c] for c in ("delete_ind",) if c in last}}


def changed(version: Version, change: Change) -> Version:
    """The version with some values changed."""
    new = change(version.values)
    if not new:
        return version
    clean = version.clean if isinstance(version, Traced) else version.values
    return Traced(version.batch, version.jitter, {**version.values, **new}, clean)
