"""URLs, queries and forms: spelled as they were, values replaced by the rules of the columns they are about."""

from __future__ import annotations

import re
from urllib.parse import quote, unquote, unquote_plus

from .columns import Column
from .context import COMPARING, Context
from .rules import UNKNOWN, Rule
from .walker import Walker

_URL = re.compile(r"(?:(https?)://([^/?#\s]*))?(/[^?#\s]*)?(\?[^#\s]*)?(#\S*)?")
_TILDE = re.compile(r"(~|%7[Ee])")
_PRACTICE = Rule("pseudonym", "practice")
_DIGITS = Rule("pseudonym", "digits")
_PROSE = Rule("keep", "prose")
_HOST = Rule("pseudonym", "hostname")
ROOT = "hjdw"


def url(walker: Walker, text: str, place: str) -> str | None:
    """An absolute URL, or a path with or without a query. None if it is neither."""
    if text in ("*", "null"):
        return text
    m = _URL.fullmatch(text)
    if m is None:
        return None
    scheme, netloc, path, asked, fragment = m.groups()
    head = f"{scheme}://{host(walker, netloc, place)}" if scheme else ""
    rest = f"?{query(walker, asked[1:], element_of(walker.context, path or ''), place)}" if asked else ""
    tail = f"#{walker.value(UNKNOWN, fragment[1:], place)}" if fragment else ""
    return f"{head}{_path(walker, path or '', place)}{rest}{tail}"


def host(walker: Walker, text: str, place: str) -> str:
    """Host and port; a login in front of them is masked."""
    login, at, rest = text.rpartition("@")
    m = re.fullmatch(r"(\[[^\]]*\]|[^:]*)(:\d{0,5})?", rest)
    masked = f"{walker.value(UNKNOWN, login, place)}{at}"
    if m is None:
        return masked + walker.value(UNKNOWN, rest, place)
    return masked + walker.value(_HOST, m[1], place) + (m[2] or "")


def element_of(context: Context, path: str) -> str | None:
    """The element that a path names."""
    parts = path.split("/")
    return context.columns.paths.get(parts[3]) if len(parts) > 3 and parts[1] == ROOT else None


def _path(walker: Walker, path: str, place: str) -> str:
    parts = path.split("/")
    ruled = enumerate(parts)
    return "/".join(_rewritten(walker, _segment_rule(parts, i), part, place, plus=False) for i, part in ruled)


def _segment_rule(parts: list[str], i: int) -> Rule:
    if i == 2 and parts[1] == ROOT:
        return _PRACTICE
    return _DIGITS if parts[i].isdigit() else _PROSE


def query(walker: Walker, text: str, element: str | None, place: str) -> str:
    """The part behind the question mark, or a form."""
    pairs = (pair.partition("=") for pair in text.split("&"))
    return "&".join(_pair(walker, name, sign, value, element, place) for name, sign, value in pairs)


def _pair(walker: Walker, name: str, sign: str, value: str, element: str | None, place: str) -> str:
    plain = unquote_plus(name)
    column = walker.context.columns.of(element, plain)
    rule = column.rule if column else walker.context.rules.of("login", plain)
    where = f"{place}?{plain if walker.is_field(plain) else '…'}"
    if rule is None:
        walker.unknown(f"query.{plain}", "text", value)
        name = _quoted(name, walker.key(plain, where), plain, plus=True)
    return name + sign + _filter(walker, rule or UNKNOWN, column, value, where)


def _filter(walker: Walker, rule: Rule, column: Column | None, value: str, place: str) -> str:
    """``operator~value~value``, the tildes as they are spelled, or one value."""
    pieces = _TILDE.split(value)
    start = 2 if len(pieces) > 1 else 0
    if start:
        operators = Rule("keep", "listed", walker.context.rules.lists["operators"])
        pieces[0] = _rewritten(walker, operators, pieces[0], place, plus=True)
    use = walker.context.use(column)
    for i in range(start, len(pieces), 2):
        pieces[i] = _rewritten(walker, rule, pieces[i], place, plus=True, use=use)
    return "".join(pieces)


def _rewritten(walker: Walker, rule: Rule, raw: str, place: str, *, plus: bool, use: str = "") -> str:
    old = unquote_plus(raw) if plus else unquote(raw)
    return _quoted(raw, walker.value(rule, old, place, use), old, plus=plus)


def _quoted(raw: str, new: str, old: str, *, plus: bool) -> str:
    """The new text escaped as the old one was: what stood bare stays bare."""
    if new == old:
        return raw
    bare = "".join({c for c in raw if c.isascii() and c not in "%+ "})
    escaped = quote(new, safe=bare + ("" if not plus else " "))
    return escaped.replace(" ", "+" if "+" in raw else "%20")


def compared(context: Context, text: str) -> set[tuple[str, str]]:
    """The columns that a URL compares by order."""
    path, _, asked = text.partition("?")
    element = element_of(context, re.sub(r"^https?://[^/]*", "", path))
    found = set()
    for name, _, value in (pair.partition("=") for pair in asked.split("&")):
        column = context.columns.of(element, unquote_plus(name))
        if column and _TILDE.split(value)[0] in COMPARING:
            found.add((column.element, column.vendor))
    return found
