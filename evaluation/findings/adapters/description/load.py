"""Files of a description as plain data: one file by itself, or a description with all that it refers to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from mockserver.errors import InputError

from . import swagger
from .limits import BYTES, TooLarge, Unreadable
from .references import Links
from .text import content, decoded
from .tree import Parsed, parsed

VALID: Final = ("openapi: 3.0", "openapi: 3.1", 'swagger: "2.0"')


@dataclass(frozen=True, eq=False)
class Description:
    """A description of OpenAPI 3.x, also where it was written in Swagger 2, with every reference leading inside.

    ``partial`` has a sentence for each thing that could not be taken; ``where`` names the main file in messages.
    """

    document: Mapping[str, Any]
    partial: tuple[str, ...]
    where: str


def read_tree(path: Path, limit: int = BYTES) -> object:
    """The data of one JSON or YAML file, at most ``limit`` bytes: keys are text, dates too, numbers finite.

    Raises InputError in one sentence that repeats nothing of the file.
    """
    try:
        return _Reader(limit).read(path).tree
    except Unreadable as error:
        problem = str(error)
    raise InputError(problem, str(path))


def load(path: Path, limit: int = BYTES) -> Description:
    """A description with the files it refers to, at most ``limit`` bytes together.

    Files outside its folder and other hosts are never asked, and ``partial`` says so. Raises InputError in one sentence
    that repeats nothing of the files.
    """
    reader = _Reader(limit)
    problem = ""
    try:
        tree = reader.read(path).tree
        document = _checked(tree, str(path))
        links = Links(path, document, lambda other: reader.read(other).tree)
        links.follow()
    except TooLarge as error:
        problem = f"{error}, with the files it refers to" if reader.files else str(error)
    except Unreadable as error:
        problem = str(error)
    if problem:
        raise InputError(problem, str(path))
    if "swagger" in document:
        document = swagger.converted(document)
    return Description(document, (*reader.doubled(), *links.problems()), str(path))


class _Reader:
    """Reads files, all together not more than a number of bytes."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._left = limit
        self._doubled = 0
        self.files = 0

    def read(self, path: Path) -> Parsed:
        """The data of a file. Raises Unreadable."""
        found = parsed(self._text(path), json_only=path.suffix.lower() == ".json")
        self.files += 1
        self._doubled += found.doubled
        return found

    def _text(self, path: Path) -> str:
        """The text of a file, its bytes let go before it is parsed."""
        try:
            raw = content(path, self._left)
        except TooLarge:
            raise TooLarge(self._limit) from None
        self._left -= len(raw)
        return decoded(raw)

    def doubled(self) -> tuple[str, ...]:
        """A sentence on keys that are given twice, if there are any."""
        if not self._doubled:
            return ()
        return (f"{self._doubled} {'key is' if self._doubled == 1 else 'keys are'} given twice; only the last counts",)


def _checked(tree: Any, where: str) -> dict[str, Any]:
    """The tree if it is a description with paths. Raises InputError."""
    if not isinstance(tree, dict) or not _is_description(tree):
        raise InputError("is no OpenAPI or Swagger description", where, VALID)
    if not isinstance(tree.get("paths"), dict):
        raise InputError("has no paths", where)
    return tree


def _is_description(tree: Mapping[str, Any]) -> bool:
    """Whether it says that it is OpenAPI 3.x or Swagger 2."""
    return str(tree.get("openapi", "")).startswith("3.") or str(tree.get("swagger", "")) in ("2.0", "2")
