"""Files of rows in a directory: which element they hold, and their rows as far as they are given.

``demographic.csv``, ``payer_dim.json``, ``MINE01/appointment.ndjson``: named after the element or its path, in
the directory or in one named after its practice. Every problem is noted and reading goes on.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

from ..contract import Contract, Element, Property
from ..errors import InputError

JSON = str | int | float | bool | None
PRACTICE = r"[A-Z]{4}[0-9]{2}"
SUFFIXES = (".csv", ".json", ".ndjson")
_NUMBER = re.compile(r"-?[0-9]{1,18}([.][0-9]{1,18})?")


@dataclass(slots=True)
class Problems:
    """Sentences in the order they were found, each once."""

    found: dict[str, None] = field(default_factory=dict)

    def add(self, what: str, where: str, valid: Sequence[str] = (), given: str = "") -> None:
        self.found.setdefault(InputError(what, where, valid, given=given).sentence())


@dataclass(frozen=True, slots=True)
class RowFile:
    """A file, how problems name it, and the practice its directory stands for, if it is in one."""

    path: Path
    label: str
    element: Element
    practice: str | None


@dataclass(frozen=True, slots=True)
class RawRow:
    """The known columns of a row. ``where`` names its place, ``header`` the place that names its columns."""

    file: RowFile
    where: str
    header: str
    cells: Mapping[str, JSON]


def raw_rows(directory: Path, contract: Contract, problems: Problems) -> Iterator[RawRow]:
    """The rows of all files, by name of the file."""
    for file in _files(directory, contract, problems):
        try:
            text = file.path.read_bytes().decode("utf-8-sig")
        except (OSError, UnicodeDecodeError) as error:
            problems.add(f"cannot be read as UTF-8 text ({type(error).__name__})", file.label)
        else:
            yield from _READERS[file.path.suffix.lower()](file, text, problems)


def _files(directory: Path, contract: Contract, problems: Problems) -> Iterator[RowFile]:
    for path in _visible(directory):
        if not path.is_dir():
            yield from _file(path, path.name, contract, None, problems)
        elif re.fullmatch(PRACTICE, path.name):
            for inner in _visible(path):
                yield from _file(inner, f"{path.name}/{inner.name}", contract, path.name, problems)
        else:
            valid = ("four capital letters and two digits, as in MINE01",)
            problems.add("the directory is named after no practice", f"{path.name}/", valid)


def _visible(directory: Path) -> list[Path]:
    return sorted(path for path in directory.iterdir() if not path.name.startswith("."))


def _file(path: Path, label: str, contract: Contract, practice: str | None, problems: Problems) -> Iterator[RowFile]:
    """The file with its element. Files that are neither named nor written like rows are passed over."""
    element = contract.elements.get(path.stem) or contract.paths.get(path.stem)
    known = path.suffix.lower() in SUFFIXES
    if element and known:
        yield RowFile(path, label, element, practice)
    elif element:
        problems.add("is no kind of file that can be read", label, SUFFIXES, given=path.suffix)
    elif known:
        names = dict.fromkeys([*contract.elements, *contract.paths])
        problems.add(f"{path.stem!r} is no element", label, list(names), given=path.stem)


def _csv(file: RowFile, text: str, problems: Problems) -> Iterator[RawRow]:
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        header = next(reader, [])
        _check_header(file, header, problems)
        for record in reader:
            where = f"{file.label} line {reader.line_num}"
            if len(record) == len(header):
                yield RawRow(file, where, f"{file.label} line 1", _cells(file.element, header, record))
            elif record:
                problems.add(f"{len(record)} cells under {len(header)} columns", where)
    except csv.Error as error:
        problems.add(f"is not CSV ({error})", f"{file.label} line {reader.line_num}")


def _check_header(file: RowFile, header: Sequence[str], problems: Problems) -> None:
    where = f"{file.label} line 1"
    if not header:
        problems.add("names no columns", where, list(file.element.by_wire))
    for name in header:
        if header.count(name) > 1:
            problems.add(f"column {name!r} stands twice", where)
    _check_names(file.element, header, where, problems)


def _cells(element: Element, header: Sequence[str], record: Sequence[str]) -> dict[str, JSON]:
    columns, pairs = element.by_wire, zip(header, record, strict=True)
    return {name: _typed(columns[name], cell) for name, cell in pairs if name in columns}


def _typed(prop: Property, cell: str) -> JSON:
    """A cell as the contract's type. What does not read as a number stays text, which is refused later."""
    if not cell and prop.nullable:
        return None
    if prop.number and _NUMBER.fullmatch(cell):
        return float(cell) if "." in cell else int(cell)
    return cell


def _json(file: RowFile, text: str, problems: Problems) -> Iterator[RawRow]:
    try:
        document = json.loads(text)
    except (ValueError, RecursionError) as error:
        problems.add("is not JSON", f"{file.label} line {getattr(error, 'lineno', 1)}")
        return
    rows = document.get("data") if isinstance(document, dict) else document
    if not isinstance(rows, list):
        problems.add("holds no rows", file.label, ["a list of rows", "an answer with such a list in data"])
        return
    for number, row in enumerate(rows, 1):
        yield from _object(file, f"{file.label} row {number}", row, problems)


def _ndjson(file: RowFile, text: str, problems: Problems) -> Iterator[RawRow]:
    for number, line in enumerate(text.split("\n"), 1):
        where = f"{file.label} line {number}"
        try:
            rows = [json.loads(line)] if line.strip() else []
        except (ValueError, RecursionError):
            problems.add("is not JSON", where)
        else:
            for row in rows:
                yield from _object(file, where, row, problems)


def _object(file: RowFile, where: str, row: object, problems: Problems) -> Iterator[RawRow]:
    if not isinstance(row, dict):
        problems.add("is not a JSON object", where)
        return
    _check_names(file.element, list(row), where, problems)
    yield RawRow(file, where, where, {name: row[name] for name in row if name in file.element.by_wire})


def _check_names(element: Element, names: Sequence[str], where: str, problems: Problems) -> None:
    for name in names:
        if name not in element.by_wire:
            problems.add(f"{element.path} has no column {name!r}", where, list(element.by_wire), given=name)


_READERS: Mapping[str, Callable[[RowFile, str, Problems], Iterator[RawRow]]] = MappingProxyType(
    {".csv": _csv, ".json": _json, ".ndjson": _ndjson}
)
