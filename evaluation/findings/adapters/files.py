"""Reads one file of rows: JSON, NDJSON or CSV. No content of a file is in any message or chained error."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final, TextIO

from mockserver.store import jsonio

from .fields import NAME, Gatherer

BATCH: Final = 1000  # rows that are read before they become columns
LINE: Final = 32_000_000  # bytes of one row of NDJSON
DELIMITERS: Final = ",;\t|"
MARK: Final = b"\xef\xbb\xbf"
_LOOKED_AT = 100  # rows a header is compared with
_WORD, _DIGITS = re.compile(r"[^\W\d_]+"), re.compile(r"\d+")


class Unreadable(Exception):
    """A file, or the rest of it, that cannot be read; the message has neither its name nor anything of it."""


@dataclass(frozen=True)
class Format:
    """How files of an ending are read: row by row, raising Unreadable; whether types and null are in them."""

    rows: Callable[[Path], Iterator[Any]]
    typed: bool = True


def fill(path: Path, gathered: Gatherer) -> str:
    """Add the rows of a file, and say why these are not all: without a subject, empty if they are.

    Never raises for what is in a file; what came before the trouble stays.
    """
    batch: list[Any] = []
    problem = ""
    try:
        for row in FORMATS[path.suffix.lower()].rows(path):
            batch.append(row)
            if len(batch) == BATCH:
                gathered.add(batch)
                batch = []
    except Unreadable as error:
        problem = str(error)
    except OSError as error:
        problem = f"cannot be read ({error.strerror})"
    except UnicodeDecodeError:
        problem = "is not UTF-8"
    gathered.add(batch)
    odd = f"holds {gathered.odd} entries that are no rows; they were left out" if gathered.odd else ""
    return problem or odd


def _json(path: Path) -> Iterator[Any]:
    """An array of objects, or an object whose ``data`` is one; with a larger ``total`` it is a page of more."""
    found = _parsed(_bytes(path), "is not JSON")
    rows = found.get("data") if isinstance(found, dict) else found
    if not isinstance(rows, list):
        raise Unreadable("holds neither an array of rows nor an object with data")
    yield from rows
    total = found.get("total") if isinstance(found, dict) else None
    if type(total) is int and total > len(rows):
        raise Unreadable(f"holds {len(rows)} rows of more")


def _bytes(path: Path) -> bytes:
    return path.read_bytes().removeprefix(MARK) or b"[]"


def _ndjson(path: Path) -> Iterator[Any]:
    """One object a line; blank lines count for nothing."""
    with path.open("rb") as file:
        for number, line in enumerate(iter(lambda: file.readline(LINE + 1), b""), 1):
            if len(line) > LINE:
                long = f"{LINE // 1_000_000} MB in line {number}"
                raise Unreadable(f"has a row longer than {long}; only rows before it were read")
            text = line.removeprefix(MARK) if number == 1 else line
            if text.strip():
                yield _parsed(text, f"is not JSON in line {number}; only rows before it were read")


def _parsed(raw: bytes, otherwise: str) -> Any:
    """Parsed JSON. The parser's own error holds the text, so it is let go before another one is raised."""
    try:
        return jsonio.exact(raw)
    except (ValueError, RecursionError):
        pass
    raise Unreadable(otherwise)


def _csv(path: Path) -> Iterator[Any]:
    """Rows as objects by the header; one with another number of cells is none. All is text."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = _lists(file)
        names = next(rows, [])
        first, trouble = _first(rows)
        if names and not is_header(names, first):
            raise Unreadable("has no header: its first line does not look like names of columns")
        for row in chain(first, rows):
            yield dict(zip(names, row, strict=True)) if len(row) == len(names) else row
        if trouble:
            raise Unreadable(trouble)


def _first(rows: Iterator[list[str]]) -> tuple[list[list[str]], str]:
    """The first rows, and what was wrong with the one behind them."""
    found: list[list[str]] = []
    try:
        for row in islice(rows, _LOOKED_AT):
            found.append(row)
    except Unreadable as error:
        return found, str(error)
    return found, ""


def _lists(file: TextIO) -> Iterator[list[str]]:
    """The lines of a CSV file that are not blank, split at the sign that its first line has most of."""
    delimiter = max(DELIMITERS, key=file.readline().count)
    file.seek(0)
    reader = csv.reader(file, delimiter=delimiter, strict=True)
    broken = False
    while not broken:
        row: list[str] | None = None
        try:
            row = next(reader, None)
        except csv.Error:
            broken = True
        if row is None:
            break
        if row:
            yield row
    if broken:
        raise Unreadable(f"is not CSV in line {reader.line_num}; only rows before it were read")


def is_header(names: list[str], rows: list[list[str]]) -> bool:
    """Whether a first line can be names of columns, so that no values are taken for names.

    Names are there, differ, mostly look like names, begin with no digit, are no value of their own column, and are
    not all written the way the values below them are.
    """
    if len(set(names)) < len(names) or any(not name.strip() or name.strip()[0] in "0123456789+-" for name in names):
        return False
    if 2 * sum(NAME.fullmatch(name) is not None for name in names) < len(names):
        return False
    below = [[row[i] for row in rows if i < len(row)] for i in range(len(names))]
    if any(name in cells for name, cells in zip(names, below, strict=True)):
        return False
    alike = (_shape(name) in set(map(_shape, cells)) for name, cells in zip(names, below, strict=True))
    return not rows or not all(alike)


def _shape(text: str) -> str:
    """How a text is written: ``Aa`` for a word with a capital, ``a`` for one without, ``9`` for digits."""
    words = _WORD.sub(lambda m: "A" if m[0].isupper() else "a" if m[0].islower() else "Aa", text)
    return _DIGITS.sub("9", words)


FORMATS: Final[Mapping[str, Format]] = MappingProxyType(
    {
        ".json": Format(_json),
        ".ndjson": Format(_ndjson),
        ".jsonl": Format(_ndjson),
        ".csv": Format(_csv, typed=False),
    }
)
"""By the ending of a file's name, lower case."""
