"""Label files of public API descriptions, and the descriptions, which lie in a folder of whoever runs this."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from evaluation.schema import Node, document
from mockserver.errors import InputError
from tests.findings.bench.loader import Label
from tests.findings.bench.shape import CHECKS

HERE: Final = Path(__file__).parent
FOLDERS: Final = (HERE / "labels", HERE / "held_out", HERE / "third")
"""One folder for each set, in the order in which they were labelled; all but the first are held out."""
ABOUT: Final = ("name", "kind", "registry", "package", "version", "integrity", "file", "sha256", "licence", "openapi")
LISTS: Final = ("true", "innocent", "not_judged", "later")


@dataclass(frozen=True)
class Judged:
    """What somebody said later of a place a check reported and nobody had labelled."""

    check: str
    at: tuple[str, ...]
    right: bool
    why: str


@dataclass(frozen=True, eq=False)
class Labelled:
    """One description as it was labelled. ``about`` holds the texts of ABOUT by key.

    ``resources``: name -> a path it is served at. ``whole``: checks that are not judged at all. ``held_out``: the
    labels were written after checks had been corrected on the sets before, and before any run. ``set_no`` counts sets
    from 0, the one that checks were corrected on from the start.
    """

    stem: str
    about: Mapping[str, str]
    resources: Mapping[str, str]
    true: tuple[Label, ...]
    innocent: tuple[Label, ...]
    not_judged: tuple[Label, ...]
    later: tuple[Judged, ...] = ()
    searched: Mapping[str, str] | None = None
    schemas: int = 0
    paths: int = 0
    held_out: bool = False
    set_no: int = 0

    @property
    def whole(self) -> frozenset[str]:
        return frozenset(label.check for label in self.not_judged if not label.at)

    def fetched_by(self) -> tuple[str, str]:
        """The commands that fetch the description into a folder of its own below this one."""
        package, version = self.about["package"], self.about["version"]
        archive = f"{package.lstrip('@').replace('/', '-')}-{version}.tgz"
        return f"npm pack {package}@{version}", f"mkdir -p {self.stem} && tar xzf {archive} -C {self.stem}"


def labelled(folders: Iterable[Path] = FOLDERS) -> tuple[Labelled, ...]:
    """Every label file, set by set, in order of their names. Raises InputError, also where one is in a wrong folder."""
    every = enumerate(folders)
    return tuple(_of_set(read(path), number) for number, folder in every for path in sorted(folder.glob("*.yaml")))


def _of_set(one: Labelled, number: int) -> Labelled:
    if one.held_out is not (number > 0):
        raise InputError("only the first set is not held out", f"{one.stem}.yaml: held_out", ("true", "false"))
    return replace(one, set_no=number)


def read(path: Path) -> Labelled:
    """One label file. Raises InputError that says file, key and what is valid."""
    node = document(path, path.name)
    node.allow(*ABOUT, "schemas", "paths", "resources", "searched", "held_out", *LISTS)
    return Labelled(
        path.stem,
        {key: node.text(key) for key in ABOUT},
        node.node("resources").sentences(),
        tuple(_labels(node, "true", "any_of", "also")),
        tuple(_labels(node, "innocent")),
        tuple(_labels(node, "not_judged")),
        tuple(_later(node)),
        node.node("searched").sentences(),
        node.count("schemas"),
        node.count("paths"),
        node.flag("held_out"),
    )


def _labels(node: Node, part: str, *more: str) -> Iterator[Label]:
    for item in node.items(part, "check", "at", "why", *more):
        places = [item.texts(key) for key in ("at", *more)]
        if part != "not_judged" and not (places[0] or places[1:2] > [()]):
            raise InputError("names no place", item.where)
        yield Label(item.text("check", valid=CHECKS), _sentence(item), *places)


def _later(node: Node) -> Iterator[Judged]:
    for item in node.items("later", "check", "at", "right", "why") if "later" in node.data else ():
        where = item.texts("at", some=True)
        yield Judged(item.text("check", valid=CHECKS), where, item.need("right").flag("right"), _sentence(item))


def _sentence(item: Node) -> str:
    why = item.text("why")
    if not why.endswith("."):
        raise InputError("why must be a sentence", item.where)
    return why


def find(folder: Path, one: Labelled) -> Path | None:
    """The labelled file, anywhere in the folder, told by its name and sha256; None where it is not there."""
    named = sorted(folder.rglob(Path(one.about["file"]).name))
    return next((path for path in named if path.is_file() and sha256(path) == one.about["sha256"]), None)


def sha256(path: Path) -> str:
    """What a file is told by."""
    return hashlib.sha256(path.read_bytes()).hexdigest()
