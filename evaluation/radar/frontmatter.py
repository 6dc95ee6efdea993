"""Front matter of a Markdown file, with the line of every key, so that an error can name it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from mockserver.errors import InputError

MARK = "---"
DEEPEST = 10
LARGEST = 1_000_000  # characters of a page; an entry has a few thousand
At = tuple[str | int, ...]


@dataclass(frozen=True, eq=False)
class Front:
    """``lines`` has the line in the file of each key and list item, by its path such as ``('alternatives', 0)``."""

    where: str
    data: Mapping[str, Any]
    body: str
    lines: Mapping[At, int] = field(default_factory=dict)

    def at(self, *path: str | int) -> str:
        """File, line and key, for an error."""
        known = next((path[:n] for n in range(len(path), 0, -1) if path[:n] in self.lines), ())
        line = self.lines.get(known, 1)
        return f"{self.where}, line {line}: {'.'.join(map(str, path))}" if path else f"{self.where}, line {line}"


def read(path: Path) -> Front:
    """The front matter and body of a file. Raises InputError that names file and line."""
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise InputError(f"cannot be read ({error.strerror})", str(path)) from None
    except UnicodeDecodeError:
        raise InputError("is not UTF-8 text", str(path)) from None
    return parse(text, str(path))


def parse(text: str, where: str) -> Front:
    """The front matter and body of a page's text. Raises InputError."""
    if len(text) > LARGEST:
        raise InputError(f"is longer than {LARGEST} characters", where)
    lines = text.removeprefix("\ufeff").splitlines()
    marks = [number for number, line in enumerate(lines) if line.rstrip() == MARK]
    if len(marks) < 2 or marks[0] != 0:
        raise InputError("has no front matter: the first line must be --- and another --- must end it", where)
    head, body = "\n".join(lines[1 : marks[1]]), "\n".join(lines[marks[1] + 1 :])
    node = _composed(head, where)
    return Front(where, _plain(head, where), body, dict(_lines(node, (), where)))


def _composed(head: str, where: str) -> yaml.MappingNode:
    try:
        plainly_written(head, where)
        node = yaml.compose(head, Loader=yaml.SafeLoader)
    except yaml.YAMLError as error:
        raise InputError("is not YAML", f"{where}, line {_line_of(error)}") from None
    if not isinstance(node, yaml.MappingNode):
        raise InputError("front matter must be keys and values", where)
    return node


def plainly_written(head: str, where: str) -> None:
    """Refuse aliases, which unfold without end, and deep nesting, which PyYAML takes minutes for.

    Raises InputError, and YAMLError for what is no YAML.
    """
    depth = 0
    for event in yaml.parse(head, Loader=yaml.SafeLoader):
        if isinstance(event, yaml.AliasEvent):
            raise InputError("uses a YAML alias (*name); write the value out", where)
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > DEEPEST:
            raise InputError(f"is nested more than {DEEPEST} deep", where)


def _plain(head: str, where: str) -> Mapping[str, Any]:
    try:
        loaded: dict[str, Any] = yaml.safe_load(head)
    except (yaml.YAMLError, ValueError):
        raise InputError("holds a value that YAML cannot read, such as a day that does not exist", where) from None
    return loaded


def _line_of(error: yaml.YAMLError) -> int:
    mark = getattr(error, "problem_mark", None)
    return 2 if mark is None else int(mark.line) + 2


def _lines(node: yaml.Node, path: At, where: str) -> Iterator[tuple[At, int]]:
    """Line of each key and item; the mark stands on the file's first line. Raises InputError for a key given twice."""
    if isinstance(node, yaml.SequenceNode):
        for index, item in enumerate(node.value):
            yield (*path, index), item.start_mark.line + 2
            yield from _lines(item, (*path, index), where)
    elif isinstance(node, yaml.MappingNode):
        seen: set[str] = set()
        for key, value in node.value:
            name, line = str(key.value), key.start_mark.line + 2
            if name in seen:
                raise InputError("is given twice", f"{where}, line {line}: {name}")
            seen.add(name)
            yield (*path, name), line
            yield from _lines(value, (*path, name), where)
