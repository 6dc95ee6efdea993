"""Names of columns: several for one thing, short forms, numbers instead of lists (HJ-003, 005, 006, 016, 043)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

Row = Mapping[str, Any]


def renamed(row: Row, names: Mapping[str, str]) -> dict[str, Any]:
    """A row under the names of a table; columns that are not in it keep theirs, and their order.

    Raises ValueError where two columns would get one name.
    """
    found = {names.get(name, name): value for name, value in row.items()}
    if len(found) < len(row):
        raise ValueError("two columns would have one name")
    return found


def first_of(row: Row, *columns: str) -> Any:
    """The first value that is there under any of several names of one thing; None where none is.

    Null and empty text count as not there, so that zero and false are kept.
    """
    return next((row[column] for column in columns if row.get(column) not in (None, "")), None)


def gathered(row: Row, pattern: str) -> list[Any]:
    """The values of numbered columns as a list, by number, without missing ones: ``gathered(row, "dx#_code")``.

    ``#`` stands for the number. Raises ValueError without exactly one of it.
    """
    if pattern.count("#") != 1:
        raise ValueError("the pattern has to have one #")
    before, after = map(re.escape, pattern.split("#"))
    numbered = re.compile(f"{before}([0-9]+){after}")
    found = {int(match[1]): value for name, value in row.items() if (match := numbered.fullmatch(name))}
    return [found[number] for number in sorted(found) if found[number] not in (None, "")]
