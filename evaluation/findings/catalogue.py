"""The catalogue of checks: catalogue/HJ-*.yaml, one file each, and the rule of severity.yaml that grades findings."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

import yaml

from mockserver.errors import InputError

from .outcome import Place

ROOM = "evaluation/findings"
KEYS = {"title": str, "topic": str, "claims": list, "consequence": str, "rule": str, "effect": str, "workaround": dict}
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
    data = mapping(source, where)
    levels = tuple(str(level) for level in _of(data, "levels", list, where))
    consequences = {
        key: (_level(value, levels, f"{where}: consequences.{key}"), str(value.get("means", "")))
        for key, value in _of(data, "consequences", dict, where).items()
    }
    narrow = _of(data, "narrow", dict, where)
    return Severities(levels, consequences, int(narrow.get("resources", 0)), int(narrow.get("of", 0)))


def mapping(source: Traversable, where: str) -> dict[str, Any]:
    """A YAML file that holds a mapping. Raises InputError."""
    try:
        data = yaml.safe_load(source.read_text(encoding="utf-8"))
    except OSError as error:
        raise InputError(f"cannot be read ({error.strerror})", where) from None
    except (yaml.YAMLError, UnicodeDecodeError):
        raise InputError("is not YAML", where) from None
    if not isinstance(data, dict):
        raise InputError("must be a mapping", where)
    return data


def _entry(file: Traversable, levels: Severities) -> Entry:
    where = f"{ROOM}/catalogue/{file.name}"
    data = mapping(file, where)
    for key in data:
        if key not in KEYS:
            raise InputError(f"key {key} is not known", where, KEYS, str(key))
    texts = {key: str(_of(data, key, str, where)).strip() for key in ("title", "topic", "rule", "effect")}
    consequence = _of(data, "consequence", str, where)
    if consequence not in levels.consequences:
        raise InputError(f"consequence is {consequence}", where, levels.consequences, consequence)
    claims = tuple(str(claim) for claim in data.get("claims", ()))
    work = _workaround(data.get("workaround", {}), f"{where}: workaround")
    return Entry(file.name.removesuffix(".yaml"), claims=claims, consequence=consequence, workaround=work, **texts)


def _workaround(data: Mapping[str, Any], where: str) -> Workaround:
    for key in data:
        if key not in ("text", "code"):
            raise InputError(f"key {key} is not known", where, ["text", "code"], str(key))
    made = Workaround(str(data.get("text", "")).strip(), str(data.get("code", "")))
    if made.code and not CODE.fullmatch(made.code):
        raise InputError("code must be module:function", where)
    return made


def _level(value: object, levels: tuple[str, ...], where: str) -> str:
    level = str(value.get("severity", "")) if isinstance(value, Mapping) else ""
    if level not in levels:
        raise InputError(f"severity is {level or 'missing'}", where, levels, level)
    return level


def _of(data: Mapping[str, Any], key: str, kind: type, where: str) -> Any:
    if not isinstance(data.get(key), kind):
        raise InputError(f"{key} must be a {kind.__name__}" if key in data else f"{key} is missing", where)
    return data[key]
