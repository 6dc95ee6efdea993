"""Bodies that are not JSON: the tags of a page stay, words follow the list, bytes nobody can read keep their number."""

from __future__ import annotations

import re

from . import letters
from .rules import Rule
from .walker import Walker

_TAG = re.compile(r"<(/?)([A-Za-z][\w:-]*)([^<>]*)>")
_ATTRIBUTE = re.compile(r"""([^\s=/"'<>]+)(\s*=\s*)?("[^"]*"|'[^']*'|(?<==)[^\s"'>]+|(?<== )[^\s"'>]+)?""")
_PROSE = Rule("keep", "prose")


def rewrite(walker: Walker, text: str, place: str) -> str:
    """Text with or without tags."""
    out, at = [], 0
    for match in _TAG.finditer(text):
        out += [walker.value(_PROSE, text[at : match.start()], place), _tag(walker, match, place)]
        at = match.end()
    return "".join([*out, walker.value(_PROSE, text[at:], place)])


def _tag(walker: Walker, match: re.Match[str], place: str) -> str:
    name = match[2] if match[2].lower() in walker.context.rules.tags else walker.value(_PROSE, match[2], place)
    attributes = _ATTRIBUTE.sub(lambda m: _attribute(walker, m, place), match[3])
    return f"<{match[1]}{name}{attributes}>"


def _attribute(walker: Walker, match: re.Match[str], place: str) -> str:
    known = match[1].lower() in walker.context.rules.attributes
    name = match[1] if known else walker.value(_PROSE, match[1], place)
    return name + (match[2] or "") + walker.value(_PROSE, match[3] or "", place)


def opaque(body: bytes) -> bytes:
    """Bytes that are no text: as many, and not one of them."""
    return b"x" * len(body)


def is_opaque(body: bytes) -> bool:
    return body.strip(b"x") == b"" or letters.is_masked(body.decode("latin-1"))
