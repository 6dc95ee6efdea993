"""Walks over listings that move while they are read (HJ-029), and counters that go wrong (HJ-046)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

Row = Mapping[str, Any]


def settled(walk: Callable[[], Iterable[Row]], key: str, modified: str, most: int = 5) -> list[Row]:
    """Walk a listing until two walks in a row give the same rows: then nothing moved in between.

    ``walk`` reads all pages anew. Each row comes once, as it was seen last. Raises RuntimeError after ``most`` walks;
    then ask for a closed range of time instead, whose end lies in the past.
    """
    before: dict[Any, Row] | None = None
    for _ in range(most):
        now = {row[key]: row for row in walk()}
        marks = {number: row[modified] for number, row in now.items()}
        if before is not None and marks == {number: row[modified] for number, row in before.items()}:
            return list(now.values())
        before = now
    raise RuntimeError(f"the listing changed in each of {most} walks")


def pages(fetch: Callable[[int], Mapping[str, Any]]) -> Iterator[list[Row]]:
    """The rows of each page from 1 on; ``fetch`` gets the envelope of a page number.

    Ends at the page the envelope calls the last, or at one without rows. Raises RuntimeError if an envelope is of
    another page than the one asked for, as where a number is not understood.
    """
    number, last = 1, 1
    while number <= last:
        envelope = fetch(number)
        if envelope["current_page"] != number:
            raise RuntimeError("the answer is another page than the one asked for")
        if not envelope["data"]:
            return
        yield envelope["data"]
        number, last = number + 1, envelope["last_page"]
