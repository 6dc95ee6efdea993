"""What an integrator asks the documentation: topics of documentation.yaml, and files that say what was found there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from evaluation.schema import Node, bundled, document
from mockserver.errors import InputError

from .model import Document

NOT_READ: Final = "not read"
SAYS: Final = ("documented", "silent", "contradicted")


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
    return _topics(bundled("evaluation/findings/documentation.yaml"))


def topics(path: Path) -> Mapping[str, Topic]:
    """The topics of a reader's own file. Raises InputError."""
    return _topics(document(path, path.name))


def _topics(top: Node) -> Mapping[str, Topic]:
    for key in top.data:
        area, _, thing = key.partition(".")
        if not (area and thing):
            raise InputError(f"topic {key} must be called area.thing", top.where, ["for example sync.cursor"])
    found = top.nodes("question", "why")
    return {key: Topic(key, node.text("question"), node.text("why")) for key, node in found}


def documents(path: Path, known: Mapping[str, Topic] | None = None) -> tuple[Document, ...]:
    """What somebody found in the documentation: a YAML file of topic -> {says, source}, in the order of the topics.

    ``source`` (optional) is a neutral id. Raises InputError for an unknown topic, key or verdict.
    """
    valid = load() if known is None else known
    top = document(path, path.name).allow(*valid, of="topic")
    found = dict(top.nodes("says", "source"))
    return tuple(_document(topic, found[topic]) for topic in valid if topic in found)


def _document(topic: str, node: Node) -> Document:
    return Document(topic, node.text("says", valid=SAYS), node.text("source", ""))


def states(found: Iterable[Document]) -> Mapping[str, str]:
    """Each topic and what the documentation says on it, ``not read`` where nobody looked.

    Where several documents speak of a topic, one that the API contradicts counts, then one that documents it.
    """
    said: dict[str, set[str]] = {}
    for one in found:
        said.setdefault(one.topic, set()).add(one.says)
    order = ("contradicted", "documented", "silent")
    return {topic: next((s for s in order if s in said.get(topic, ())), NOT_READ) for topic in load()}
