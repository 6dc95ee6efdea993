"""Looks at files again: a cassette must have the form that scrubbing leaves, any other file no trace of people.

A finding says the file, the interaction, the place and what is wrong. It never holds a value.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

from mockserver import contract
from mockserver.errors import InputError

from .. import wireform
from . import bodies, messages, search
from .judge import Judge
from .scrubber import OPENERS, context

_CASSETTES = (".yaml", ".yml", ".json")
_SKIPPED = {".git", "__pycache__", "node_modules", ".venv"}


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """``interaction`` counts from 1, 0 outside a cassette. ``place``: a part and a JSON pointer, or a line."""

    file: str
    interaction: int
    place: str
    what: str

    def __str__(self) -> str:
        numbered = f": interaction {self.interaction}" if self.interaction else ""
        return f"{self.file}{numbered}: {self.place}: {self.what}"


def check(paths: Iterable[Path]) -> list[Finding]:
    """The findings in files, and in all files of folders. Raises InputError for a path that cannot be read."""
    return [finding for path in paths for file in _files(Path(path)) for finding in dict.fromkeys(_file(file))]


def _files(path: Path) -> Iterator[Path]:
    if not path.exists():
        raise InputError("does not exist", str(path))
    if path.is_file():
        yield path
        return
    yield from (p for p in sorted(path.rglob("*")) if p.is_file() and not _SKIPPED & set(p.parts))


def _file(path: Path) -> Iterator[Finding]:
    try:
        raw = bodies.unzipped(path.read_bytes())
    except OSError as error:
        raise InputError(f"cannot be read ({error.strerror})", str(path)) from None
    document = _document(path, raw)
    if isinstance(document, Mapping) and isinstance(document.get("interactions"), list):
        yield from _cassette(str(path), document)
        return
    for number, line in enumerate(raw.decode("utf-8", "replace").splitlines(), 1):
        yield from (Finding(str(path), 0, f"line {number}", what) for what in search.problems(line))


def _document(path: Path, raw: bytes) -> Any:
    """What a file with the ending of a cassette holds, None for anything else."""
    import yaml

    if path.suffix not in _CASSETTES:
        return None
    try:
        if path.suffix == ".json":
            return json.loads(raw)
        return yaml.load(raw, getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except (ValueError, RecursionError, yaml.YAMLError):
        return None


def _cassette(file: str, document: Mapping[Any, Any]) -> Iterator[Finding]:
    for place, text in _leaves({k: v for k, v in document.items() if k != "interactions"}):
        yield from (Finding(file, 0, place, what) for what in search.problems(text))
    judge = Judge(context(contract.load(), random=Random(0)), OPENERS)
    for number, entry in enumerate(document["interactions"], 1):
        try:
            given = wireform.exchange(entry, "interaction")
            judge.found.clear()
            messages.exchange(judge, given)
            yield from (Finding(file, number, place, what) for place, what in judge.found)
        except (InputError, ValueError, TypeError, AttributeError) as error:
            yield Finding(file, number, "interaction", f"cannot be read ({type(error).__name__})")


def _leaves(value: Any, place: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _leaves(inner, f"{place}/{key}")
    elif isinstance(value, list):
        for i, inner in enumerate(value):
            yield from _leaves(inner, f"{place}/{i}")
    elif isinstance(value, str | bytes):
        yield place, value.decode("latin-1") if isinstance(value, bytes) else value
