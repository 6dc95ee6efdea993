"""Keeping a copy in step by a timestamp that many rows share (HJ-027, HJ-028), or without one (HJ-023)."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Cursor:
    """How far a copy is: the newest instant it has, and the keys of the rows it has of that very instant."""

    at: str = ""
    seen: frozenset[Any] = frozenset()


def advance(cursor: Cursor, rows: Iterable[Row], key: str, modified: str) -> tuple[Cursor, list[Row]]:
    """The moved cursor, and the rows the copy does not have yet, oldest change first.

    Ask for rows changed at or after ``cursor.at``, equal included, and give the whole answer, however many pages it
    has: with the newest rows first, half an answer would move the cursor past the other half. Store the rows, then
    the cursor. Timestamps must sort as text, as ``2021-11-15 08:00:00.5`` does, all of one zone.
    """
    once = {(row[modified], row[key]): row for row in rows if row[modified] >= cursor.at}
    new = [once[mark] for mark in sorted(once) if mark[0] > cursor.at or mark[1] not in cursor.seen]
    at = max((mark[0] for mark in once), default=cursor.at)
    kept = cursor.seen if at == cursor.at else frozenset()
    return Cursor(at, kept | {number for instant, number in once if instant == at}), new


def changed(rows: Iterable[Row], known: Mapping[Any, str], key: str) -> tuple[dict[Any, str], list[Row]]:
    """For rows without a timestamp of change: prints of all rows by key, and the rows that are new or differ.

    Keep the prints for the next time; a key of ``known`` that is not among the new prints is a row that is gone.
    """
    listed = list(rows)
    prints = {row[key]: _print(row) for row in listed}
    return prints, [row for row in listed if known.get(row[key]) != prints[row[key]]]


def _print(row: Row) -> str:
    return hashlib.sha256(json.dumps(row, sort_keys=True).encode()).hexdigest()
