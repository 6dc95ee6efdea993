"""What docs/examples/examples.yaml says, read strictly."""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evaluation import schema
from mockserver.contract.quirks import catalogue as quirks
from mockserver.errors import InputError

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "docs" / "examples"
FILES = {"curl": "example.sh", "python": "example.py", "node": "example.mjs"}
PROGRAMS = {"curl": "bash", "python": "python", "node": "node"}
KEYS = ("title", "language", "teaches", "settings", "needs", "runs", "exit", "command", "follows", "quirks")


@dataclass(frozen=True)
class Example:
    """One example: where it lies, how it is run, what must come out."""

    id: str
    title: str
    language: str
    teaches: str
    settings: Mapping[str, Any]
    needs: tuple[str, ...]
    runs: tuple[tuple[str, ...], ...]
    exit: int
    command: str
    follows: tuple[str, ...]
    quirks: tuple[str, ...]

    @property
    def file(self) -> Path:
        return FOLDER / self.id / FILES[self.language]

    @property
    def expected(self) -> Path:
        return FOLDER / self.id / "expected.txt"

    def commands(self) -> list[str]:
        """One command line a run, as a reader would type it beside the file."""
        return [shlex.join([*shlex.split(self.command), *arguments]) for arguments in self.runs]

    @property
    def text(self) -> str:
        return self.file.read_text(encoding="utf-8")


def load(file: Path = FOLDER / "examples.yaml") -> dict[str, Example]:
    """All examples in reading order. Raises InputError for anything that is not as the head of the file says."""
    found: dict[str, Example] = {}
    for id_, node in schema.document(file, "docs/examples/examples.yaml").nodes():
        found[id_] = _example(id_, node.allow(*KEYS), tuple(found))
    return found


def _example(id_: str, node: schema.Node, before: tuple[str, ...]) -> Example:
    language = node.text("language", valid=FILES)
    return Example(
        id=id_,
        title=node.text("title"),
        language=language,
        teaches=node.text("teaches"),
        settings=node.node("settings").data,
        needs=node.texts("needs"),
        runs=_runs(node),
        exit=int(node.number("exit")) if "exit" in node.data else 0,
        command=node.text("command", f"{PROGRAMS[language]} {FILES[language]}"),
        follows=node.texts("follows", valid=before or ("",)),
        quirks=node.texts("quirks", valid=quirks()),
    )


def _runs(node: schema.Node) -> tuple[tuple[str, ...], ...]:
    runs = node.data.get("runs", [[]])
    if not isinstance(runs, list) or not runs:
        raise InputError("runs must be a list of lists", node.where)
    return tuple(schema.Node({"runs": run}, node.where).texts("runs") for run in runs)
