"""A folder of rows as an Api: ``<resource>.json``, ``.ndjson``, ``.jsonl`` or ``.csv``.

Files are named as their resources are served, and lie flat or in one subfolder for each practice. JSON is an array of
objects, or an object whose ``data`` is one. The inputs are paths, fields, samples, rows, all rows, texts, instants and
numbers; types and nulls too unless a file is CSV, in which all is text and an empty cell may be null. There is no
order: nobody knows how the files were made. A folder of the kit's own readable worlds is read as its mock serves it at
the world's now (world_folder.py).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from mockserver.errors import InputError
from mockserver.worlds import MANIFEST

from ..model import Api, Input, Origin, Resource, Table
from . import files, whose, world_folder
from .fields import LONG_NUMBER, NAME, Gatherer, resource

ROWS: Final = frozenset(
    {Input.paths, Input.fields, Input.samples, Input.rows, Input.texts, Input.instants, Input.numbers}
)
TYPED: Final = frozenset({Input.types, Input.nulls})
VALID: Final = ("<resource>.json", "<resource>.ndjson", "<resource>.csv", "a subfolder of them for each practice")


@dataclass(frozen=True)
class Part:
    """Rows of one file. ``problem`` is a sentence that begins with the file, empty for none."""

    resource: str
    table: Table
    typed: bool = True
    problem: str = ""


UNREAD: Final = frozenset({".gz", ".zip", ".zst", ".bz2", ".xz", ".parquet", ".tsv", ".xlsx", ".xml", ".jsonl"}) - set(
    files.FORMATS
)


def read(path: Path | str) -> Api:
    """The rows of a folder. ``partial`` tells of files by the names of their resources, and nothing of their content.

    Raises InputError where it is no folder or no file of it can be read.
    """
    place = Path(path)
    if not place.is_dir():
        raise InputError("is not a folder" if place.exists() else "does not exist", str(place), VALID)
    parts = list(_world(place) if (place / MANIFEST).is_file() else _plain(place))
    if not parts:
        raise InputError("holds no rows", str(place), VALID)
    if all(part.problem and not part.table.size for part in parts):
        raise InputError(f"holds no rows that can be read: {parts[0].problem}", str(place), VALID)
    resources = tuple(_resources(parts))
    partial = (*(part.problem for part in parts if part.problem), *_unread(place))
    inputs = _inputs(parts) - ({Input.all_rows} if partial else set())
    title = f"folder {place.resolve().name}"
    return Api(title, Origin.folder, inputs, resources, partial=partial, vendor=whose.vendor(resources))


def _unread(place: Path) -> Iterator[str]:
    """A sentence on files that may hold rows and were not looked at: packed ones, other formats, those further down."""
    if (place / MANIFEST).is_file():
        return
    below = [path for path in place.rglob("*") if path.is_file() and not path.name.startswith(".")]
    packed = sum(path.suffix.lower() in UNREAD for path in below)
    deep = sum(len(path.relative_to(place).parts) > 2 and path.suffix.lower() in files.FORMATS for path in below)
    if packed:
        formats = ", ".join(sorted(files.FORMATS))
        yield f"{packed} of its files, of other formats, left out; {formats} are read, unpacked"
    if deep:
        yield f"{deep} of its files, further down, left out; files of the folder and of its own subfolders are read"


def _inputs(parts: Sequence[Part]) -> frozenset[Input]:
    if not any(part.table.size for part in parts):
        return frozenset()
    complete = all(part.table.complete for part in parts)
    return ROWS | (TYPED if all(part.typed for part in parts) else set()) | ({Input.all_rows} if complete else set())


def _resources(parts: Sequence[Part]) -> Iterator[Resource]:
    for name in dict.fromkeys(part.resource for part in parts):
        mine = [part for part in parts if part.resource == name]
        yield resource(name, [part.table for part in mine], typed=all(part.typed for part in mine))


def _world(place: Path) -> Iterator[Part]:
    for name, table, problem in world_folder.tables(place):
        yield Part(name, table, problem=problem)


def _plain(place: Path) -> Iterator[Part]:
    """The files of a folder, then those of its subfolders, by name; a subfolder is ``practice 1`` and so on."""
    below = [folder for folder in sorted(place.iterdir()) if folder.is_dir() and _files(folder)]
    names: dict[str, str] = {}
    for number, folder in enumerate([place, *below]):
        seen: set[str] = set()
        for file in _files(folder):
            fits = NAME.fullmatch(file.stem) and not LONG_NUMBER.search(file.stem)
            name = file.stem if fits else names.setdefault(file.stem, f"resource {len(names) + 1}")
            shown = f"{name}{file.suffix.lower()}" + (f" of practice {number}" if number else "")
            if name in seen:
                yield Part(
                    name, Table("", {}, 0, False, False), problem=f"{shown} was left out: {name} is there already"
                )
                continue
            seen.add(name)
            yield _part(file, name, shown, f"practice {number}" if number else "")


def _files(folder: Path) -> list[Path]:
    kept = (path for path in sorted(folder.iterdir()) if path.suffix.lower() in files.FORMATS and path.is_file())
    return [path for path in kept if not path.name.startswith(".")]


def _part(file: Path, name: str, shown: str, practice: str) -> Part:
    gathered = Gatherer(practice, sparing=True)
    problem = files.fill(file, gathered)
    table = gathered.table(complete=not problem, ordered=False)
    return Part(name, table, files.FORMATS[file.suffix.lower()].typed, f"{shown} {problem}" if problem else "")
