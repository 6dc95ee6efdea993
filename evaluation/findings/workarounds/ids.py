"""Ids: of several types, under several names, of two kinds in one row, or missing (HJ-001, 002, 004, 007, 008, 045)."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable, Mapping
from typing import Any

Row = Mapping[str, Any]


def key_of(value: Any) -> str | None:
    """An id as text, whatever type it came in: 17, 17.0, "17" and " 17 " are one id. Missing and empty give None.

    Leading zeros stay, because "017" may be another id. Raises TypeError for what is no id: true, a list, 1.5.
    """
    if value is None:
        return None
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, int | str):
        raise TypeError(f"an id is a number or text, not {type(value).__name__}")
    return str(value).strip() or None


def apart(row: Row, minted: str, source: str) -> dict[str, Any]:
    """A row with its two ids under names that cannot be mistaken: ``minted_id`` and ``source_id``, both as text.

    ``minted`` is the column of the API's own number, ``source`` that of the system behind it; joins go by the latter.
    Raises KeyError where a column is not there.
    """
    ids = {"minted_id": key_of(row[minted]), "source_id": key_of(row[source])}
    return {**ids, **{name: value for name, value in row.items() if name not in (minted, source)}}


def agreed(row: Row, *columns: str) -> str | None:
    """The id that several columns should say alike; those that are missing or empty have no vote.

    Raises ValueError where they differ; the message names columns and no value.
    """
    said = {key for column in columns if (key := key_of(row.get(column)))}
    if len(said) > 1:
        raise ValueError(f"{' and '.join(columns)} differ")
    return next(iter(said), None)


def looked_up(rows: Iterable[Row], records: Iterable[Row], by: str, key: str) -> list[tuple[Row, Row | None]]:
    """Each row with the record its id ``by`` leads to, found in the records' column ``key``, or None.

    Types may differ on the two sides. Rows of one practice only: source ids repeat in others. Of several records
    with one id the first counts.
    """
    found: dict[str, Row] = {}
    for record in records:
        id_ = key_of(record.get(key))
        if id_:
            found.setdefault(id_, record)
    return [(row, found.get(key_of(row.get(by)) or "")) for row in rows]


def names_by_id(rows: Iterable[Row], id_column: str, name_column: str) -> dict[str, str]:
    """A table of names for ids without a resource, from rows that carry both; the first name of an id counts."""
    found: dict[str, str] = {}
    for row in rows:
        id_, name = key_of(row.get(id_column)), row.get(name_column)
        if id_ and name:
            found.setdefault(id_, str(name))
    return found


def fingerprint(row: Row, ignore: Collection[str] = ()) -> str:
    """A key for a row that has none: 64 hexadecimal digits of its content without the columns of ``ignore``.

    It does not depend on the order of columns. Equal rows share it, and a changed row has a new one, so that the old
    one has to be removed: replace a whole listing rather than update it.
    """
    content = {name: value for name, value in row.items() if name not in ignore}
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()
