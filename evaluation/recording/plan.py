"""The capture plan: a YAML file of steps, checked before anything is sent.

``Plan.steps`` are in the order they are asked, ``each`` already expanded. What a message says: file, key, what is valid
and a guess.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path
from typing import Any

from mockserver.errors import InputError

from . import planform
from .planform import ELEMENTS

DEFAULT = "plan.yaml"
NAME = re.compile(r"\{([a-z0-9_.-]+)(\+?)\}")


@dataclass(frozen=True, slots=True)
class Step:
    """One request, or a walk of several pages. Strings may hold ``{names}``.

    ``login`` is empty for anything but a login; ``token``, ``key`` and ``version`` say what the login headers carry.
    ``take`` maps names to places in the answer where their values are found. ``walk`` is the most pages asked for.
    """

    id: str
    why: str
    questions: tuple[int, ...] = ()
    method: str = "GET"
    path: str = "/authenticate"
    query: tuple[str, ...] = ()
    login: str = ""
    token: str = "good"
    key: str = "good"
    version: str = "3.0"
    headers: Mapping[str, str] = field(default_factory=dict)
    take: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    walk: int = 1
    when: str = ""

    @property
    def area(self) -> str:
        """The part of the id before the first dot; the cassette the step goes to."""
        return self.id.partition(".")[0]

    @property
    def names(self) -> tuple[str, ...]:
        """The names that must have a value before the step can be asked."""
        return tuple(dict.fromkeys(m[1] for text in (self.path, *self.query) for m in NAME.finditer(text)))

    @property
    def unusual(self) -> dict[str, str]:
        """What of login, token, key and version is not as a good data request has it."""
        usual = {"login": "", "token": "good", "key": "good", "version": "3.0"}
        return {key: getattr(self, key) for key, value in usual.items() if getattr(self, key) != value}


@dataclass(frozen=True, slots=True)
class Plan:
    """``rows`` of one answer are kept (0: all); at most ``limit`` requests are sent."""

    name: str
    rows: int
    limit: int
    variables: Mapping[str, str]
    steps: tuple[Step, ...]

    @property
    def query_names(self) -> frozenset[str]:
        """The names of all query parts the plan sends."""
        return frozenset(part.partition("=")[0] for step in self.steps for part in step.query)


def load(path: Path | None, elements: Sequence[str]) -> Plan:
    """The plan of a file, the one in the package when there is none. ``elements`` are the paths ``each`` may mean.

    Raises InputError.
    """
    where = str(path) if path else DEFAULT
    raw = planform.document(_text(path, where), where)
    planform.check(raw, where)
    steps = tuple(step for entry in raw["steps"] for step in _expanded(entry, elements))
    planform.check_whole([(s.id, s.login, s.names, tuple(s.take), s.when) for s in steps], raw, where)
    variables = {name: str(value) for name, value in raw.get("variables", {}).items()}
    return Plan(raw["plan"], raw.get("rows", 25), raw.get("limit", 200), variables, steps)


def _text(path: Path | None, where: str) -> str:
    try:
        return (path or files(__package__) / DEFAULT).read_text(encoding="utf-8")
    except OSError as error:
        raise InputError(f"cannot be read ({error.strerror})", where) from None
    except ValueError:
        raise InputError("is not UTF-8", where) from None


def _expanded(entry: Mapping[str, Any], elements: Sequence[str]) -> Iterator[Step]:
    """One step for each combination of the values of ``each``, the last name changing fastest."""
    each = entry.get("each", {})
    lists = [elements if values == ELEMENTS else values for values in each.values()]
    for combination in itertools.product(*lists):
        yield _step(_filled(entry, dict(zip(each, combination, strict=True))))


def _filled(value: Any, names: Mapping[str, str]) -> Any:
    """Put the values of ``each`` in, innermost braces first; other names stay for later."""
    if isinstance(value, str):
        return NAME.sub(lambda m: names.get(m[1], m[0]), value)
    if isinstance(value, Mapping):
        return {_filled(key, names): _filled(inner, names) for key, inner in value.items()}
    return [_filled(inner, names) for inner in value] if isinstance(value, list) else value


def _step(entry: Mapping[str, Any]) -> Step:
    given: dict[str, Any] = {key: value for key, value in entry.items() if key not in ("step", "each")}
    given["take"] = {n: tuple(p) if isinstance(p, list) else (p,) for n, p in entry.get("take", {}).items()}
    given["query"], given["questions"] = tuple(entry.get("query", ())), tuple(entry.get("questions", ()))
    given["method"] = "POST" if entry.get("login") else entry.get("method", "GET")
    return Step(id=entry["step"], **given)
