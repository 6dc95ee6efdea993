"""What a file may be at most, so that a small file cannot cost much: bytes, values, depth."""

from __future__ import annotations

from typing import Any, Final

BYTES: Final = 32_000_000
"""Of all files of a description together. The largest known one has 13 million."""
VALUES: Final = 1_000_000
"""Values a file may hold, aliases of YAML written out. The largest known description has 260,000."""
DEPTH: Final = 200
"""Lists and objects inside each other."""


class Unreadable(Exception):
    """A file that cannot be taken. The message lacks a subject and repeats nothing of the file."""


class TooLarge(Unreadable):
    """More bytes than may be read."""

    def __init__(self, most: int) -> None:
        super().__init__(f"is larger than the {megabytes(most)} that are read")


class TooMany(Unreadable):
    """More values than may be read."""

    def __init__(self) -> None:
        super().__init__(f"holds more than {VALUES:,} values")


class TooDeep(Unreadable):
    """Values inside each other deeper than they are read."""

    def __init__(self) -> None:
        super().__init__(f"is nested deeper than {DEPTH} levels")


def megabytes(count: int) -> str:
    """A number of bytes to read; small ones are told exactly."""
    return f"{count / 1_000_000:.3g} MB" if count >= 100_000 else f"{count} bytes"


def check(tree: Any) -> None:
    """Raise TooMany or TooDeep for a tree, level by level, so that no depth of it needs the stack."""
    level, values = [tree], 1
    for _ in range(DEPTH + 1):
        inner = [node for node in level if type(node) is dict or type(node) is list]
        values += sum(map(len, inner))
        if values > VALUES:
            raise TooMany
        level = [child for node in inner for child in (node.values() if type(node) is dict else node)]
        if not level:
            return
    raise TooDeep
