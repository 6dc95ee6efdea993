"""The form of a capture plan: which keys there are, what they may hold, and what a plan must be as a whole."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from mockserver.errors import InputError

ELEMENTS = "elements"
ENCODINGS = ("form", "json", "multipart", "wrong")
METHODS = ("GET", "HEAD", "OPTIONS", "POST")
TOKENS = ("good", "none", "garbled", "no-space", "lower-case", "query", "later", "expired")
KEYS = ("good", "none", "wrong")
QUESTIONS = tuple(range(1, 17))
TOP = ("plan", "rows", "limit", "variables", "steps")
STEP = (
    "step",
    "why",
    "questions",
    "each",
    "when",
    "method",
    "path",
    "query",
    "login",
    "token",
    "key",
    "version",
    "headers",
    "take",
    "walk",
)
WHEN = re.compile(r"wait-expiry|cut [a-z0-9_.{}-]+")
ID = re.compile(r"[a-z0-9_{}-]+(\.[a-z0-9_{}-]+)+")
SECRET = {"authorization", "secretkey", "cookie", "proxy-authorization"}
Facts = tuple[str, str, tuple[str, ...], tuple[str, ...], str]


def document(text: str, where: str) -> dict[str, Any]:
    """The mapping a plan file holds. Raises InputError with the line."""
    import yaml

    try:
        raw = yaml.safe_load(text)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise InputError(f"is not YAML (line {line})", where) from None
    except (yaml.YAMLError, ValueError, RecursionError):
        raise InputError("is not YAML", where) from None
    if not isinstance(raw, dict):
        raise InputError("must be a mapping", where, TOP)
    return raw


def check(raw: Mapping[str, Any], where: str) -> None:
    """Every key and value by itself. Raises InputError."""
    _known(raw, TOP, where)
    if not isinstance(raw.get("plan"), str):
        raise InputError("must name the plan", f"{where}: plan")
    _number(raw.get("rows", 0), 0, 100_000, f"{where}: rows")
    _number(raw.get("limit", 1), 1, 10_000, f"{where}: limit")
    _mapping(raw.get("variables", {}), f"{where}: variables")
    steps = raw.get("steps")
    if not isinstance(steps, list) or not steps:
        raise InputError("must be a list of steps", f"{where}: steps")
    for i, step in enumerate(steps, 1):
        named = step.get("step") if isinstance(step, dict) else None
        _check_step(step, f"{where}: {named if isinstance(named, str) else f'step {i}'}")


def _check_step(step: Any, where: str) -> None:
    if not isinstance(step, dict):
        raise InputError("a step is a mapping", where, STEP)
    _known(step, STEP, where)
    for key in ("step", "why"):
        if not isinstance(step.get(key), str):
            raise InputError("must be given as text", f"{where}: {key}")
    if not ID.fullmatch(step["step"]):
        raise InputError("must be area.name in lower-case letters, digits, - and _", f"{where}: step")
    _words(step, where)
    _places(step, where)
    _number(step.get("walk", 1), 1, 100, f"{where}: walk")
    for question in _list(step.get("questions", []), int, f"{where}: questions"):
        if question not in QUESTIONS:
            raise InputError(f"{question} is no open question", f"{where}: questions", ["1 to 16"])


def _words(step: Mapping[str, Any], where: str) -> None:
    choices = {"method": METHODS, "login": ENCODINGS, "token": TOKENS, "key": KEYS}
    for key, valid in choices.items():
        value = step.get(key, valid[0])
        if value not in valid and not ("each" in step and "{" in str(value)):
            raise InputError(f"{value!r} is not possible", f"{where}: {key}", valid, given=str(value))
    if not isinstance(step.get("version", ""), str):
        raise InputError("must be text, so it needs quotes", f"{where}: version", ["'3.0'", "'3'", "none"])
    if not WHEN.fullmatch(str(step.get("when", "wait-expiry"))):
        raise InputError("is not possible", f"{where}: when", ["wait-expiry", "cut STEP"])


def _places(step: Mapping[str, Any], where: str) -> None:
    path = step.get("path", "/authenticate")
    if not isinstance(path, str) or not path.startswith("/") or set(path) & set("?# \t\r\n"):
        raise InputError("must begin with / and hold no query", f"{where}: path")
    if "login" not in step and "path" not in step:
        raise InputError("a step needs a path or a login", where, ["path", "login"])
    for part in _list(step.get("query", []), str, f"{where}: query"):
        if not part.isascii() or set(part) & set("&# \t\r\n"):
            raise InputError("must be parts such as date=eq~20211115, escaped", f"{where}: query")
    for name in _mapping(step.get("headers", {}), f"{where}: headers"):
        if str(name).lower() in SECRET:
            raise InputError(f"{name} is set by token and key, never by a plan", f"{where}: headers")
    for values in _mapping(step.get("each", {}), f"{where}: each").values():
        if values != ELEMENTS:
            _list(values, str, f"{where}: each")
    for places in _mapping(step.get("take", {}), f"{where}: take").values():
        _list(places if isinstance(places, list) else [places], str, f"{where}: take")


def check_whole(steps: Sequence[Facts], raw: Mapping[str, Any], where: str) -> None:
    """The expanded steps together: ids, the order of values, the wrong login last and once. Raises InputError."""
    ids: list[str] = []
    known = set(raw.get("variables", {}))
    for id_, login, names, takes, when in steps:
        if id_ in ids:
            raise InputError("there are two steps of this name", f"{where}: {id_}")
        if login == "wrong" and id_ != steps[-1][0]:
            raise InputError("the wrong login must be the last step, and there can be only one", f"{where}: {id_}")
        _all_known(names, known, f"{where}: {id_}")
        if when.startswith("cut ") and when[4:] not in ids:
            raise InputError(f"no earlier step {when[4:]!r}", f"{where}: {id_}: when", given=when[4:])
        ids.append(id_)
        known |= set(takes)


def _all_known(names: Collection[str], known: Collection[str], where: str) -> None:
    for name in names:
        if name not in known:
            raise InputError(f"no earlier step takes {name!r}", where, sorted(known), given=name)


def _known(raw: Mapping[Any, Any], valid: Collection[str], where: str) -> None:
    for key in raw:
        if key not in valid:
            raise InputError(f"unknown key {key!r}", where, valid, given=str(key))


def _mapping(value: Any, where: str) -> Mapping[Any, Any]:
    if not isinstance(value, Mapping) or not all(isinstance(key, str) for key in value):
        raise InputError("must be a mapping with names as keys", where)
    return value


def _list(value: Any, kind: type, where: str) -> list[Any]:
    if not isinstance(value, list) or not all(type(inner) is kind for inner in value):
        raise InputError(f"must be a list of {'numbers' if kind is int else 'texts'}", where)
    return value


def _number(value: Any, low: int, high: int, where: str) -> None:
    if type(value) is not int or not low <= value <= high:
        raise InputError("is out of range", where, [f"{low} to {high}"])
