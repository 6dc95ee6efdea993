"""What an integrator asks the documentation: topics of documentation.yaml, and files that say what was found there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

from mockserver.errors import InputError

from .catalogue import ROOM, mapping
from .model import Document

NOT_READ: Final = "not read"
SAYS: Final = ("documented", "silent", "contradicted")
_TOPIC: Final = ("question", "why")
_DOCUMENT: Final = ("says", "source")


@dataclass(frozen=True)
class Topic:
    """One thing every integrator has to know. The part of ``id`` before the dot is its area."""

    id: str
    question: str
    why: str

    @property
    def area(self) -> str:
        return self.id.partition(".")[0]


@cache
def load() -> Mapping[str, Topic]:
    """The package's topics by id, in the order of the file. Raises InputError: file, key, what is valid, a guess."""
    where = f"{ROOM}/documentation.yaml"
    return _topics(mapping(files("evaluation.findings") / "documentation.yaml", where), where)


def topics(path: Path) -> Mapping[str, Topic]:
    """The topics of a reader's own file. Raises InputError."""
    return _topics(mapping(path, path.name), path.name)


def _topics(data: Mapping[str, Any], where: str) -> Mapping[str, Topic]:
    return {key: Topic(key, **_texts(value, _TOPIC, _TOPIC, _named(key, where))) for key, value in data.items()}


def _named(key: object, where: str) -> str:
    """The place of a topic. Raises InputError unless it is called ``area.thing``."""
    area, dot, thing = key.partition(".") if isinstance(key, str) else ("", "", "")
    if not (area and dot and thing):
        raise InputError(f"topic {key!r} must be called area.thing", where, ["for example sync.cursor"])
    return f"{where}: {key}"


def documents(path: Path, known: Mapping[str, Topic] | None = None) -> tuple[Document, ...]:
    """What somebody found in the documentation: a YAML file of topic -> {says, source}, in the order of the topics.

    ``source`` (optional) is a neutral id. Raises InputError for an unknown topic, key or verdict.
    """
    valid = load() if known is None else known
    data = mapping(path, path.name)
    for key in data:
        if key not in valid:
            raise InputError(f"topic {key} is not known", path.name, valid, str(key))
    return tuple(_document(topic, data[topic], f"{path.name}: {topic}") for topic in valid if topic in data)


def _document(topic: str, value: object, where: str) -> Document:
    texts = _texts(value, _DOCUMENT, ("says",), where)
    if texts["says"] not in SAYS:
        raise InputError(f"says is {texts['says']}", where, SAYS, texts["says"])
    return Document(topic, **texts)


def _texts(value: object, keys: Iterable[str], needed: Iterable[str], where: str) -> dict[str, str]:
    if not isinstance(value, Mapping):
        raise InputError("must be a mapping", where, keys)
    for key, text in value.items():
        if key not in keys:
            raise InputError(f"key {key} is not known", where, keys, str(key))
        if not isinstance(text, str) or not text.strip():
            raise InputError(f"{key} must be text", where)
    for key in needed:
        if key not in value:
            raise InputError(f"{key} is missing", where, keys)
    return {str(key): text.strip() for key, text in value.items()}


def states(found: Iterable[Document]) -> Mapping[str, str]:
    """Each topic and what the documentation says on it, ``not read`` where nobody looked.

    Where several documents speak of a topic, one that the API contradicts counts, then one that documents it.
    """
    said: dict[str, set[str]] = {}
    for document in found:
        said.setdefault(document.topic, set()).add(document.says)
    order = ("contradicted", "documented", "silent")
    return {topic: next((s for s in order if s in said.get(topic, ())), NOT_READ) for topic in load()}
