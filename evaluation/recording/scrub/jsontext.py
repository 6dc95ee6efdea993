"""JSON rewritten in place: only strings, numbers and keys that change are touched, every other byte stays.

So the order of keys, keys given twice, blanks and the escapes of slashes and letters survive: nobody knows them yet.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from json.decoder import scanstring  # type: ignore[attr-defined]
from typing import Any

Path = tuple[str | int, ...]
Leaf = Callable[[Path, str, str], str]
"""(path, ``text`` | ``number`` | ``word``, value) -> new value. A word is true, false or null."""
Key = Callable[[Path, str], str]
NUMBER = re.compile(r"-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?")
_WORD = re.compile(r"true|false|null")
_BLANK = re.compile(r"[ \t\r\n]*")
_DEEPEST = 60  # levels; what is deeper is treated as text


def parsed(text: str) -> Any:
    """The document. Raises ValueError for what is none or too deep to be walked."""
    try:
        document = json.loads(text, parse_constant=_refuse)
    except RecursionError:
        raise ValueError("too deep") from None
    if _depth(document) > _DEEPEST:
        raise ValueError("too deep")
    return document


def rewrite(text: str, leaf: Leaf, key: Key) -> str:
    """``text``, which ``parsed`` takes, with every leaf and key passed through the functions."""
    out: list[str] = []
    at = _value(text, _blank(text, 0, out), (), leaf, key, out)
    return "".join([*out, text[at:]])


def pointer(path: Path) -> str:
    """The path as a JSON pointer (RFC 6901)."""
    return "".join("/" + str(part).replace("~", "~0").replace("/", "~1") for part in path)


def _refuse(name: str) -> Any:
    raise ValueError(name)


def _depth(value: Any, level: int = 0) -> int:
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return max((_depth(v, level + 1) for v in inner), default=level) if level <= _DEEPEST else level


def _blank(text: str, at: int, out: list[str]) -> int:
    end = _BLANK.match(text, at).end()  # type: ignore[union-attr]
    out.append(text[at:end])
    return end


def _value(text: str, at: int, path: Path, leaf: Leaf, key: Key, out: list[str]) -> int:
    match text[at]:
        case "{":
            return _container(text, at, path, leaf, key, out, "}")
        case "[":
            return _container(text, at, path, leaf, key, out, "]")
        case '"':
            value, end = scanstring(text, at + 1, True)
            out.append(_quoted(text[at:end], value, leaf(path, "text", value)))
            return int(end)
    kind, match = ("word", _WORD.match(text, at)) if text[at] in "tfn" else ("number", NUMBER.match(text, at))
    assert match is not None
    out.append(leaf(path, kind, match[0]))
    return match.end()


def _container(text: str, at: int, path: Path, leaf: Leaf, key: Key, out: list[str], closing: str) -> int:
    """An object or a list, from its bracket to behind the other."""
    out.append(text[at])
    at = _blank(text, at + 1, out)
    index = 0
    while text[at] != closing:
        if text[at] == ",":
            out.append(",")
            at = _blank(text, at + 1, out)
        name: str | int = index
        if closing == "}":
            name, at = _key(text, at, path, key, out)
        at = _blank(text, _value(text, at, (*path, name), leaf, key, out), out)
        index += 1
    out.append(closing)
    return at + 1


def _key(text: str, at: int, path: Path, key: Key, out: list[str]) -> tuple[str, int]:
    name, end = scanstring(text, at + 1, True)
    out.append(_quoted(text[at:end], name, key(path, name)))
    at = _blank(text, end, out)
    out.append(":")
    return name, _blank(text, at + 1, out)


def _quoted(raw: str, old: str, new: str) -> str:
    """The new text escaped in the manner of the old one."""
    if new == old:
        return raw
    ascii_only = "\\u" in raw or raw.isascii()
    quoted = json.dumps(new, ensure_ascii=ascii_only)
    return quoted.replace("/", "\\/") if "\\/" in raw else quoted
