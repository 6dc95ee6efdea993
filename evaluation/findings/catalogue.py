"""The catalogue of checks: catalogue/HJ-*.yaml, one file each, and the rule of severity.yaml that grades findings."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from evaluation.schema import Node, document
from mockserver.errors import InputError

from .outcome import Place

ROOM = "evaluation/findings"
KEYS = ("title", "topic", "claims", "consequence", "rule", "effect", "workaround")
CONSEQUENCES = ("wrong-rows", "wrong-values", "leak", "breaks", "blind", "effort")
CODE = re.compile(r"[a-z_][\w.]*:[a-z_]\w*")


@dataclass(frozen=True)
class Workaround:
    """What an integrator can do: words, and ``module:function`` of tested code where code helps."""

    text: str = ""
    code: str = ""


@dataclass(frozen=True)
class Entry:
    """What a check is about. ``claims`` are those of the radar entry it tests, such as ``6a``."""

    id: str
    title: str
    topic: str
    claims: tuple[str, ...]
    consequence: str
    rule: str
    effect: str
    workaround: Workaround = field(default_factory=Workaround)


@dataclass(frozen=True)
class Severities:
    """severity.yaml: levels from worst to mildest, the level and meaning of each consequence, the narrowing rule."""

    levels: tuple[str, ...]
    consequences: Mapping[str, tuple[str, str]]
    narrow: int
    of: int

    def of_finding(self, entry: Entry, places: Iterable[Place], resources: int) -> str:
        """The severity of a finding at these places, in an API with so many resources."""
        level = self.levels.index(self.consequences[entry.consequence][0])
        touched = {place.resource for place in places}
        narrow = resources >= self.of and 0 < len(touched) <= self.narrow
        return self.levels[min(level + narrow, len(self.levels) - 1)]


@cache
def load() -> Mapping[str, Entry]:
    """Every entry by id. Raises InputError that names file, key, what is valid and a guess."""
    folder = files("evaluation.findings") / "catalogue"
    found = sorted((file for file in folder.iterdir() if file.name.endswith(".yaml")), key=lambda file: file.name)
    levels = severities()
    return {entry.id: entry for entry in (_entry(file, levels) for file in found)}


def severities(path: Path | None = None) -> Severities:
    """The rule of severity: the package's, or a file of the reader's. Raises InputError."""
    source: Traversable = path or files("evaluation.findings") / "severity.yaml"
    where = str(path) if path else f"{ROOM}/severity.yaml"
    node = document(source, where).allow("levels", "consequences", "narrow")
    levels = node.texts("levels", some=True)
    found = node.node("consequences").nodes("severity", "means")
    consequences = {key: (below.text("severity", valid=levels), below.text("means", "")) for key, below in found}
    for wanted in CONSEQUENCES:
        if wanted not in consequences:
            raise InputError(f"consequences.{wanted} is missing", where, CONSEQUENCES)
    if len(set(levels)) < len(levels):
        raise InputError("levels has one twice", where)
    narrow = node.node("narrow", "resources", "of")
    return Severities(levels, consequences, narrow.count("resources", 0), narrow.count("of", 0))


def _entry(file: Traversable, levels: Severities) -> Entry:
    node = document(file, f"{ROOM}/catalogue/{file.name}").allow(*KEYS)
    title, topic, rule, effect = (node.text(key) for key in ("title", "topic", "rule", "effect"))
    consequence = node.text("consequence", valid=levels.consequences)
    work = _workaround(node.node("workaround", "text", "code", optional=True))
    return Entry(
        file.name.removesuffix(".yaml"), title, topic, node.texts("claims"), consequence, rule, effect, work
    )  # fmt: skip


def _workaround(node: Node) -> Workaround:
    made = Workaround(node.text("text", ""), node.text("code", ""))
    if made.code and not CODE.fullmatch(made.code):
        raise InputError("code must be module:function", node.where)
    return made
