"""Filters that may be ignored (HJ-039)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

Row = Mapping[str, Any]


def obeyed(rows: Iterable[Row], column: str, keeps: Callable[[Any], bool]) -> Iterator[Row]:
    """The rows as they come, each looked at: does it pass the filter that was asked for?

    Raises ValueError at the first that does not; the message names the column and no value.
    """
    for row in rows:
        if column not in row or not keeps(row[column]):
            raise ValueError(f"the filter on {column} was not applied")
        yield row
