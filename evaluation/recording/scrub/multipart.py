"""multipart/form-data: boundaries and names of the parts stay."""

from __future__ import annotations

import re

from .rules import UNKNOWN, Rule
from .walker import Walker

_BOUNDARY = re.compile(r'boundary="?([0-9a-fA-F-]{8,70})"?')
_NAME = re.compile(r'\bname="([^"]*)"')
_PROSE = Rule("keep", "prose")


def rewrite(walker: Walker, text: str, content_type: str, place: str) -> str | None:
    """The body with the value of each part replaced by the rules of a login; None if it is no such body."""
    found = _BOUNDARY.search(content_type)
    if found is None or not text.startswith(f"--{found[1]}"):
        return None
    mark = f"--{found[1]}"
    return mark.join(_part(walker, part, place) for part in text.split(mark))


def _part(walker: Walker, part: str, place: str) -> str:
    head, blank, value = part.partition("\r\n\r\n")
    if not blank:
        return walker.value(_PROSE, part, place)
    name = _NAME.search(head)
    known = name[1] if name else ""
    rule = walker.context.rules.of("login", known)
    if rule is None:
        walker.unknown(f"form.{known}", "text", value)
    end = "\r\n" if value.endswith("\r\n") else ""
    where = f"{place}/{known if walker.is_field(known) else '…'}"
    return _head(walker, head, where) + blank + walker.value(rule or UNKNOWN, value.removesuffix("\r\n"), where) + end


def _head(walker: Walker, head: str, place: str) -> str:
    """The lines of a part's head: names by the list or as keys, everything else by the list."""
    out, at = [], 0
    for match in _NAME.finditer(head):
        name = match[1] if walker.context.rules.of("login", match[1]) else walker.key(match[1], place)
        out += [walker.value(_PROSE, head[at : match.start()], place), f'name="{name}"']
        at = match.end()
    return "".join([*out, walker.value(_PROSE, head[at:], place)])
