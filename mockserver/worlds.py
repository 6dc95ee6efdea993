"""From a profile to served tables: makers, timeline, quirks, wire, files; and the cache of what was built."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from typing import Any

from . import contract as contracts
from .contract import Contract
from .errors import InputError
from .store import Entry, Table, write

Progress = Callable[[str], None]
MANIFEST = "world.json"
TRUTH = "truth.ndjson"
KEPT = 60
"""Built worlds that stay in the cache."""


@dataclass(frozen=True)
class Practice:
    """One practice as served: its tables by element name."""

    code: str
    name: str
    world: str
    tables: Mapping[str, Table]
    folder: Path

    def truth(self) -> Iterator[dict[str, Any]]:
        """The answer key: what each row quirk did to which cell (see quirks/truth.py)."""
        try:
            lines = (self.folder / TRUTH).read_text(encoding="utf-8").splitlines()
        except OSError as error:
            what = f"cannot be read ({error.strerror}), start the mock again"
            raise InputError(what, str(self.folder / TRUTH)) from None
        yield from map(json.loads, lines)


@dataclass(frozen=True)
class World:
    """A built world under one set of quirks. Instants are microseconds of vendor time."""

    name: str
    now: int
    end: int
    quirks: frozenset[str]
    contract: Contract
    practices: Mapping[str, Practice]
    manifest: Mapping[str, Any]


def silent(message: str) -> None:
    """Progress for callers who do not want any."""


def cache_folder(setting: str = "") -> Path:
    """Where built worlds are kept: the setting, else ``HJKIT_CACHE_DIR``, else the user's cache."""
    chosen = setting or os.environ.get("HJKIT_CACHE_DIR", "")
    if chosen:
        return Path(chosen)
    base = os.environ.get("XDG_CACHE_HOME") or (os.environ.get("LOCALAPPDATA") or Path.home() / ".cache")
    return Path(base) / "healthjump-kit"


def load_world(
    source: str = "sandbox",
    quirks: frozenset[str] = contracts.quirks.VENDOR,
    *,
    cache: Path | None = None,
    progress: Progress = silent,
) -> World:
    """A world by profile name, profile file or world folder; a profile is built on first use, then cached.

    Raises InputError for a source that does not exist, or a folder built under other quirks.
    """
    check_source(source, "world")
    if is_folder(source):
        return open_world(Path(source), wanted=quirks)
    return _open_cached(source, quirks, cache or cache_folder(), progress)


def is_folder(source: str) -> bool:
    """Whether a source names a folder, and not a profile or a profile's file."""
    named = os.sep in source or "/" in source or source.startswith(".")
    return (Path(source) / MANIFEST).is_file() or (named and not source.endswith((".yaml", ".yml")))


def check_source(source: str, where: str) -> None:
    """Raises InputError for what is neither a shipped profile nor a path."""
    from .world import profiles

    names = profiles.names()
    if source not in names and not is_folder(source) and not source.endswith((".yaml", ".yml")):
        valid = [*names, "a profile's path ending in .yaml", "the path of a world's folder"]
        raise InputError(f"{source!r} is no world", where, valid, given=source)


def open_world(folder: Path, wanted: frozenset[str] | None = None) -> World:
    """Open a world folder. Raises InputError if it is broken or, with ``wanted``, built under other quirks."""
    manifest = _manifest(folder)
    quirks = frozenset(manifest["quirks"])
    if wanted is not None and quirks != wanted:
        described = contracts.quirks.describe
        raise InputError(f"built with quirks {described(quirks)}, asked for {described(wanted)}", str(folder))
    contract = contracts.load(quirks)
    practices = {
        code: _open_practice(folder, code, facts, manifest["name"], contract)
        for code, facts in manifest["practices"].items()
    }
    return World(manifest["name"], manifest["now"], manifest["end"], quirks, contract, practices, manifest)


def _manifest(folder: Path) -> dict[str, Any]:
    path = folder / MANIFEST
    try:
        manifest: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        form, lacking = manifest["format"], {"name", "now", "end", "quirks", "practices"} - manifest.keys()
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        raise InputError("is no world: build one with `hjkit world build`", str(path)) from None
    if form == "readable":
        raise InputError("is written to be read, not served: build it without --readable", str(folder))
    if form != 1 or lacking:
        raise InputError("is not a world of this version: build it again", str(path))
    return manifest


def _open_practice(folder: Path, code: str, facts: Mapping[str, Any], world: str, contract: Contract) -> Practice:
    if not (folder / code / TRUTH).is_file():
        raise InputError("is missing, build the world again", str(folder / code / TRUTH))
    tables = {name: Table.open(folder / code, name) for name in contract.elements if name != "client_ids"}
    return Practice(code, facts["name"], world, tables, folder / code)


def _cached(source: str, quirks: frozenset[str], cache: Path, progress: Progress) -> Path:
    from .world import profiles

    profile = profiles.load(source)
    target = cache / "worlds" / f"{profile.name}-{_digest(profile, quirks)}"
    if not (target / MANIFEST).is_file():
        with _lock(target):
            if not (target / MANIFEST).is_file():
                from .foundry import build

                build(profile, quirks, target, progress)
                _prune(target)
    with contextlib.suppress(OSError):  # a cache that can only be read is as good
        (target / MANIFEST).touch()
    return target


def _open_cached(source: str, quirks: frozenset[str], cache: Path, progress: Progress) -> World:
    """A world of the cache; one that somebody damaged is built again, for nobody else would."""
    target = _cached(source, quirks, cache, progress)
    try:
        return open_world(target)
    except InputError:
        with _lock(target):
            shutil.rmtree(target)
        return open_world(_cached(source, quirks, cache, progress))


def _prune(newest: Path) -> None:
    """Drop all but the most recently used worlds: every change of the kit's sources makes new ones."""
    built = [path.parent for path in newest.parent.glob(f"*/{MANIFEST}")]
    by_use = sorted(built, key=lambda folder: (folder / MANIFEST).stat().st_mtime, reverse=True)
    for folder in by_use[KEPT:]:
        shutil.rmtree(folder, ignore_errors=True)
        folder.with_suffix(".lock").unlink(missing_ok=True)


def _digest(profile: object, quirks: frozenset[str]) -> str:
    """What a built world depends on: the profile, the quirks and the sources that make it."""
    text = "\n".join([repr(profile), ",".join(sorted(quirks)), source_digest()])
    return sha256(text.encode()).hexdigest()[:20]


@lru_cache(maxsize=1)
def source_digest() -> str:
    """A digest of every file a world is made from, so that no stale world is ever served."""
    package = Path(str(files("mockserver")))
    rooms = ("contract", "world", "quirks", "store")
    paths = [p for room in rooms for p in sorted((package / room).rglob("*")) if p.is_file() and p.suffix != ".pyc"]
    digest = sha256()
    for path in [*paths, package / "foundry.py"]:
        digest.update(path.relative_to(package).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


@contextlib.contextmanager
def _lock(target: Path) -> Iterator[None]:
    """One builder at a time for one world, across processes where the platform can lock files."""
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        import fcntl
    except ImportError:  # pragma: no cover - Windows: two builders waste work, the last rename wins
        yield
        return
    with target.with_suffix(".lock").open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def write_table(folder: Path, element: str, entries: Iterable[Entry], quirks: frozenset[str]) -> Any:
    """Write one table in the serving order that the quirks call for (Q19)."""
    return write(folder, element, entries, order="newest" if "Q19" in quirks else "surrogate")
