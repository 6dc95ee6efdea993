"""YAML as plain data, built from the parser's events: no recursion, and nothing but what JSON can say.

Dates stay text, ``on`` and ``no`` too; keys are text as they are written. Aliases are shared, and count as often as
they are used.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import Any, Final

import yaml

from .limits import DEPTH, VALUES, TooDeep, TooMany, Unreadable

_LOADER: Final = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_TEXT_TAGS: Final = ("!", "tag:yaml.org,2002:str")
_WORDS: Final = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
_WHOLE = re.compile(r"-?(0|[1-9][0-9]{0,39})")
_REAL = re.compile(r"-?(?:0|[1-9][0-9]*)?\.[0-9]+(?:[eE][-+]?[0-9]+)?|-?(?:0|[1-9][0-9]*)[eE][-+]?[0-9]+")
_MERGE: Final = "<<"


def parsed(text: str) -> tuple[Any, int]:
    """The data of one YAML document, and how many keys are given twice. Raises Unreadable."""
    builder = Builder()
    line = 0
    try:
        for event in yaml.parse(text, Loader=_LOADER):
            builder.take(event)
        return builder.document(), builder.doubled
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        mark = getattr(error, "problem_mark", None)
        line = min(mark.line, text.count("\n")) + 1 if mark is not None else 0
    raise Unreadable(f"is neither JSON nor YAML (line {line})" if line else "is neither JSON nor YAML")


@dataclass(eq=False)
class Value:
    """A value with what it counts: itself and all inside it, and the levels below it. ``key`` is it as a key."""

    data: Any
    size: int = 1
    levels: int = 0
    key: str | None = None


@dataclass(eq=False)
class Open:
    """A list or mapping that is not complete yet; ``key`` waits for its value."""

    value: Value
    anchor: str | None
    key: str | None = None
    merged: tuple[Any, ...] = ()


class Builder:
    """Takes the events of one stream and makes the data of its only document."""

    def __init__(self) -> None:
        self.doubled = 0
        self._open: list[Open] = []
        self._anchors: dict[str, Value | None] = {}
        self._documents: list[Any] = []

    def document(self) -> Any:
        """The data. Raises Unreadable where there are several documents, or none."""
        if len(self._documents) != 1:
            raise Unreadable("holds several documents" if self._documents else "is empty")
        return self._documents[0]

    def take(self, event: yaml.Event) -> None:
        """Raises Unreadable for what is too large or deep, refers to itself, or has a key that is no text."""
        if isinstance(event, yaml.ScalarEvent):
            self._put(Value(_scalar(event), key=event.value), event.anchor)
        elif isinstance(event, yaml.AliasEvent):
            self._put(self._aliased(event.anchor))
        elif isinstance(event, yaml.CollectionStartEvent):
            self._start(Value([] if isinstance(event, yaml.SequenceStartEvent) else {}), event.anchor)
        elif isinstance(event, yaml.CollectionEndEvent):
            done = self._open.pop()
            for more in done.merged:
                done.value.data.update({key: one for key, one in more.items() if key not in done.value.data})
            self._put(done.value, done.anchor)

    def _start(self, value: Value, anchor: str | None) -> None:
        if anchor is not None:
            self._anchors[anchor] = None
        self._open.append(Open(value, anchor))
        if len(self._open) > DEPTH:
            raise TooDeep

    def _aliased(self, anchor: str | None) -> Value:
        found = self._anchors.get(anchor or "")
        if found is None:
            raise Unreadable("holds a YAML alias of itself" if anchor in self._anchors else "is neither JSON nor YAML")
        return found

    def _put(self, value: Value, anchor: str | None = None) -> None:
        """Into what is open, or as the document."""
        if anchor is not None:
            self._anchors[anchor] = value
        if not self._open:
            self._documents.append(value.data)
            return
        around = self._open[-1]
        around.value.size += value.size
        around.value.levels = max(around.value.levels, value.levels + 1)
        if around.value.size > VALUES:
            raise TooMany
        if len(self._open) + value.levels > DEPTH:
            raise TooDeep
        self._add(around, value)

    def _add(self, around: Open, value: Value) -> None:
        data = around.value.data
        if isinstance(data, list):
            data.append(value.data)
        elif around.key is None:
            if value.key is None:
                raise Unreadable("holds a key that is no text")
            around.key = value.key
        else:
            key, around.key = around.key, None
            several = value.data if isinstance(value.data, list) else [value.data]
            if key == _MERGE and all(isinstance(one, dict) for one in several):
                around.merged += tuple(several)
                return
            self.doubled += key in data
            data[key] = value.data


def _scalar(event: yaml.ScalarEvent) -> Any:
    """A plain scalar as null, a truth value, a number or text, zeros in front are text; a quoted one is text."""
    text: str = event.value
    if event.style or event.tag in _TEXT_TAGS:
        return text
    if text in _WORDS:
        return _WORDS[text]
    if _WHOLE.fullmatch(text):
        return int(text)
    if _REAL.fullmatch(text) and math.isfinite(float(text)):
        return float(text)
    return text
