"""Cassettes: exchanges in a YAML file that vcrpy replays as it is, and that says where it comes from.

vcrpy reads ``version`` and of each interaction ``request`` and ``response``; it leaves alone what is ours, the key
``healthjump`` at the top and ``step`` in an interaction. Reading is done by the safe loader.

``meta`` holds ``origin`` (``mock <version>``, ``live <date>`` or ``loopback <date>`` for another server on this
machine), ``recorded`` (the day), ``kit`` (version), ``plan``, ``area``, ``quirks``, ``worlds`` and ``per_page`` (as a
mock was set), ``pending`` (unknown columns), ``cut`` (step -> rows that came where fewer were kept), ``steps`` (step ->
what it sent that is not the usual) and ``stopped`` (why the plan was not finished, or absent).
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mockserver.errors import InputError

from . import wireform
from .exchange import Exchange

KEY = "healthjump"
LONGEST = 100  # characters of a first line that are looked at
NEVER_FOLDED = 2**31 - 1  # characters a line: a value that is searched for is found on one


@dataclass(frozen=True)
class Cassette:
    """Recorded exchanges in the order they were made, and where they come from."""

    meta: Mapping[str, Any]
    exchanges: tuple[Exchange, ...]

    @property
    def origin(self) -> str:
        """``mock 0.1.0``, ``live 2026-01-31``, ``loopback 2026-01-31``, or ``unknown`` where the file says nothing."""
        return str(self.meta.get("origin", "unknown"))

    @property
    def raises_grades(self) -> bool:
        """Whether it may be a source for the contract: only what the vendor itself answered may."""
        return self.origin.startswith("live ")


def dumps(cassette: Cassette) -> str:
    """The text of a cassette file."""
    import yaml

    dumper = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
    interactions = [wireform.interaction(exchange) for exchange in cassette.exchanges]
    document = {"version": 1, KEY: dict(cassette.meta), "interactions": interactions}
    text: str = yaml.dump(document, Dumper=dumper, sort_keys=False, allow_unicode=True, width=NEVER_FOLDED)
    return text


def write(path: Path, cassette: Cassette) -> None:
    """Write it whole or not at all: what stands at ``path`` is never half a cassette."""
    write_text(path, dumps(cassette))


def write_text(path: Path, text: str) -> None:
    """Put text at ``path`` in one step, readable by its owner only until then.

    What is no ordinary file, such as ``/dev/stdout``, is written to and never replaced.
    """
    if path.exists() and not path.is_file() and not path.is_dir():
        path.write_text(text, encoding="utf-8", newline="\n")
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, part = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".part", dir=path.parent)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        Path(part).chmod(0o644)
        Path(part).replace(path)
    except BaseException:
        Path(part).unlink(missing_ok=True)
        raise


def read(path: Path) -> Cassette:
    """The cassette of a file, or those of a folder as one, in the order of their names.

    Raises InputError that names the file and what is wrong, never a value in it.
    """
    if not path.is_dir():
        return _read(path)
    found = [_read(file) for file in files(path)]
    if not found:
        raise InputError("holds no cassette", str(path), ["*.yaml files that hjkit record wrote"])
    return _joined(path, found)


def files(folder: Path) -> Iterator[Path]:
    """The cassette files of a folder, by name; other YAML files, such as ``pending-rules.yaml``, are none.

    Raises InputError for a file that cannot be read.
    """
    for path in sorted((*folder.glob("*.yaml"), *folder.glob("*.yml"))):
        if path.is_file() and _first_line(path).startswith(("version:", "interactions:")):  # opening a pipe would wait
            yield path


def _first_line(path: Path) -> str:
    try:
        with path.open(encoding="utf-8", errors="replace") as file:
            return file.readline(LONGEST)
    except OSError as error:
        raise InputError(f"cannot be read ({error.strerror})", str(path)) from None


def _joined(path: Path, found: Sequence[Cassette]) -> Cassette:
    origins = sorted({cassette.origin for cassette in found})
    if len(origins) > 1:
        raise InputError(f"holds cassettes of different origins ({', '.join(origins)})", str(path))
    merged = {key: _merged([c.meta[key] for c in found if key in c.meta]) for c in found for key in c.meta}
    return Cassette(merged, tuple(exchange for cassette in found for exchange in cassette.exchanges))


def _merged(values: Sequence[Any]) -> Any:
    """Mappings become one; of anything else the first stands for all."""
    if all(isinstance(value, Mapping) for value in values):
        return {key: inner for value in values for key, inner in value.items()}
    return values[0]


def _read(path: Path) -> Cassette:
    document = _loaded(path)
    if not isinstance(document, dict) or not isinstance(document.get("interactions"), list):
        raise InputError("is not a cassette", str(path), ["a mapping with version, healthjump and interactions"])
    meta = document.get(KEY, {})
    if not isinstance(meta, dict):
        raise InputError("must be a mapping", f"{path}: {KEY}")
    entries = enumerate(document["interactions"], 1)
    return Cassette(meta, tuple(wireform.exchange(entry, f"{path}: interaction {i}") for i, entry in entries))


def _loaded(path: Path) -> object:
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        return yaml.load(path.read_bytes(), loader)
    except OSError as error:
        raise InputError(f"cannot be read ({error.strerror})", str(path)) from None
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise InputError(f"is not YAML that the safe loader reads (line {line})", str(path)) from None
    except (yaml.YAMLError, ValueError, RecursionError):
        raise InputError("is not YAML that the safe loader reads", str(path)) from None
