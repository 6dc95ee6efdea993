"""Bodies: rows of an element by its columns, answers without rows by their members, anything else by its words."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from . import jsontext, markup, multipart, urls
from .columns import Column
from .jsontext import Path
from .rules import UNKNOWN, Rule
from .walker import Walker

_ZIPPED = b"\x1f\x8b"
_STAMPS = ("hj_create_timestamp", "hj_modify_timestamp")
_LARGEST = 64_000_000
_REFUSALS = {"error", "errors", "message", "exception"}


@dataclass(frozen=True, slots=True)
class Member:
    """What a place in a document is: its rule, if there is one, its column, if it is one, and its name on the list."""

    rule: Rule | None
    name: str
    column: Column | None = None


def body(walker: Walker, raw: bytes, content_type: str, element: str | None, asked: bool, place: str) -> bytes:
    """``asked``: it is the body of a request. Text keeps its encoding; bytes that are no text keep their number."""
    if not raw:
        return raw
    raw = unzipped(raw)
    text, encoding = _text(raw, content_type)
    if text is None:
        return markup.opaque(raw)
    mark = "\ufeff" if text.startswith("\ufeff") else ""
    inner = text.removeprefix("\ufeff")
    return (mark + _rewritten(walker, inner, content_type, element, asked, place)).encode(encoding, "replace")


def unzipped(raw: bytes) -> bytes:
    """A body that came compressed although nothing says so is opened, for bytes cannot be scrubbed as they are."""
    if not raw.startswith(_ZIPPED):
        return raw
    try:
        plain = gzip.decompress(raw)
        return plain if len(plain) <= _LARGEST else raw
    except (OSError, EOFError, zlib.error):
        return raw


def _text(raw: bytes, content_type: str) -> tuple[str | None, str]:
    try:
        return raw.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        readable = content_type.startswith(("text/", "application/json")) and b"\0" not in raw
        return (raw.decode("latin-1"), "latin-1") if readable else (None, "")


def _rewritten(walker: Walker, text: str, kind: str, element: str | None, asked: bool, place: str) -> str:
    try:
        document = jsontext.parsed(text)
    except ValueError:
        return _other(walker, text, kind, place)
    return _json(walker, text, _login if asked else _answer(walker, document, element), place)


def _other(walker: Walker, text: str, kind: str, place: str) -> str:
    if kind.startswith("application/x-www-form-urlencoded"):
        return urls.query(walker, text, None, place)
    parts = multipart.rewrite(walker, text, kind, place) if kind.startswith("multipart/") else None
    return markup.rewrite(walker, text, place) if parts is None else parts


MemberOf = Callable[[Walker, Path], Member]


def _json(walker: Walker, text: str, member_of: MemberOf, place: str) -> str:
    def leaf(path: Path, kind: str, value: str) -> str:
        member = member_of(walker, path)
        if member.rule is None:
            walker.unknown(member.name, kind, value)
        if member.column is not None and member.column.vendor in _STAMPS:
            walker.context.shift.saw(value)
        use = walker.context.use(member.column)
        return walker.json(member.rule or UNKNOWN, kind, value, walker.place(place, path), use)

    def key(path: Path, name: str) -> str:
        known = member_of(walker, (*path, name)).rule
        return name if known and known != UNKNOWN and not _by_parent(path, known) else walker.key(name, place)

    return jsontext.rewrite(text, leaf, key)


def _by_parent(path: Path, rule: Rule) -> bool:
    """Whether a member has its rule from the error object it is in, so that its own name is not on any list."""
    return len(path) > 0 and rule.kind == "prose"


def _login(walker: Walker, path: Path) -> Member:
    name = str(path[-1]) if path else ""
    return Member(walker.context.rules.of("login", name) if len(path) == 1 else None, f"request.{name}")


def _answer(walker: Walker, document: Any, element: str | None) -> MemberOf:
    """What the members of this answer are."""
    paged = isinstance(document, dict) and "data" in document
    depth = 2 if paged and isinstance(document["data"], list) else 1 if paged or isinstance(document, list) else 0
    inner = ("data",) if paged else ()
    refused = depth == 0 and isinstance(document, dict) and not _REFUSALS.isdisjoint(document)

    def member_of(walker: Walker, path: Path) -> Member:
        name = str(path[-1]) if path else ""
        if not refused and len(path) == depth + 1 and path[: len(inner)] == inner:
            column = walker.context.columns.of(element, name)
            if column is not None:
                return Member(column.rule, name, column)
        return Member(_around(walker, path, paged), f"{element or 'answer'}.{_dotted(path)}")

    return member_of


def _around(walker: Walker, path: Path, paged: bool) -> Rule | None:
    """The rule of a member that is no column."""
    if not path:
        return None
    first = str(path[0])
    rules = walker.context.rules
    found = rules.of("envelope", first) if paged and len(path) == 1 else None
    return found or (rules.of("errors", first) if not paged or len(path) == 1 else None)


def _dotted(path: Path) -> str:
    return ".".join(str(part) for part in path if isinstance(part, str) and part != "data")
