"""The kinds of single values: how each is recognised and replaced, and how it is known again once it is.

``write`` gives None for a text that is not of the kind: a canary in the wrong column is masked by whoever asked.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from random import Random
from types import MappingProxyType

from . import codes, letters, numbers, prose, texts
from .context import Context
from .rules import Rule

Write = Callable[[str, Context, str], str | None]
Ours = Callable[[str, Context], bool]
KEY_MARK = "scrubbed"
PASSWORD = "scrubbed-password"
_OPEN_HOST = re.compile(
    r"localhost|127(?:\.\d{1,3}){3}|\[?::1\]?|(?:testserver|decoy|app|api|mail|www)?\.?(?:example(?:\.com|\.org|\.net)?|test|invalid)"
)
SIGNATURE_MARK = "c2NydWJiZWQ"  # base64url of the word scrubbed


@dataclass(frozen=True, slots=True)
class Kind:
    """``ours`` tells whether a text may be a result of ``write``."""

    write: Write
    ours: Ours


def write(rule: Rule, text: str, context: Context, use: str = "") -> str | None:
    """The replaced text, or None where it is not of the rule's kind."""
    if rule.action == "mask" and rule.kind != "secret":
        return None
    if rule.kind == "listed":
        if rule.passes(text):
            return text
        return texts.write(text, context, use or "near") if rule.otherwise else None
    return KINDS[rule.kind].write(text, context, use)


def ours(rule: Rule, text: str, context: Context) -> bool:
    """Whether the text may be what ``write`` or a mask left."""
    if letters.is_masked(text):
        return True
    if rule.kind == "listed":
        return rule.passes(text) or (bool(rule.otherwise) and texts.is_ours(text))
    return rule.kind in KINDS and KINDS[rule.kind].ours(text, context)


def _digits(use: str) -> Write:
    def written(text: str, context: Context, asked: str) -> str | None:
        return context.table.digits(text, asked or use) if re.fullmatch("[0-9]+", text) else None

    return written


def _nobodys(text: str, context: Context) -> bool:
    return bool(re.fullmatch("[0-9]+", text)) and numbers.nobodys(text)


def _money(text: str, context: Context, use: str) -> str | None:
    """Sign and point stay, and zeros at the ends, so that a JSON number stays one of the same spelling."""
    m = re.fullmatch(r"(-?)(\d{1,9}(?:\.\d{1,4})?)", text)
    if m is None:
        return None
    if not m[2].strip("0."):
        return text
    return m[1] + context.table.other("money", m[2], lambda rng: _amount(m[2], rng))


def _amount(like: str, rng: Random) -> str:
    ends = {0, len(like) - 1}
    digits = (_digit(c, rng, bare=i in ends) if c.isdigit() else c for i, c in enumerate(like))
    return "".join(digits)


def _digit(old: str, rng: Random, *, bare: bool) -> str:
    """A random digit; at the ends a zero stays one, and only a zero."""
    if bare:
        return "0" if old == "0" else rng.choice("123456789")
    return rng.choice("0123456789")


def _measure(text: str, context: Context, use: str) -> str | None:
    return text if re.fullmatch(r"-?\d{1,4}(\.\d{1,2})?", text) else None


def _hex(text: str, context: Context, use: str) -> str | None:
    if not re.fullmatch(r"[0-9a-f]{16,128}", text):
        return None
    return context.table.other("hex", text, lambda rng: f"{rng.getrandbits(4 * len(text)):0{len(text)}x}")


def _practice(text: str, context: Context, use: str) -> str | None:
    if not re.fullmatch(r"[A-Z]{4}[0-9]{2}", text):
        return None
    return context.table.other(
        "practice", text, lambda rng: letters.invented("abcd", rng).upper() + f"{rng.randrange(100):02}"
    )


def _zip(text: str, context: Context, use: str) -> str | None:
    m = re.fullmatch(r"(\d{3})\d\d(?:(-?)\d{4})?", text)
    if m is None:
        return None
    area = "000" if m[1] in context.rules.lists["restricted_zips"] else m[1]
    return letters.masked(text).replace("000", area, 1)


def _ours_zip(text: str, context: Context) -> bool:
    return _zip(text, context, "") == text


def _opaque(text: str, context: Context, use: str) -> str | None:
    """Letters and digits without meaning, such as a token's number."""

    def drawn(rng: Random) -> str:
        digits = (rng.choice("0123456789") if c.isdigit() else c for c in text)
        return "".join(letters.cased(letters.invented("a", rng), c) if c.isalpha() else c for c in digits)

    return context.table.other("opaque", text, drawn) if text.isascii() and text.isprintable() else None


def _key(text: str, context: Context, use: str) -> str | None:
    """The account's key: 40 lower-case letters and digits that begin with the word scrubbed."""
    if not re.fullmatch(r"[0-9A-Za-z]{16,}", text):
        return None
    return context.table.other("key", text, lambda rng: KEY_MARK + letters.invented("a" * (len(text) - 8), rng))


def _hostname(text: str, context: Context, use: str) -> str | None:
    """The vendor's host, this machine and the domains for examples stay, any other becomes one below .invalid."""
    if _is_open(text, context):
        return text
    size = max(1, len(text) - len(".invalid"))
    return context.table.other("host", text.lower(), lambda rng: letters.invented("a" * size, rng) + ".invalid")


def _is_open(text: str, context: Context) -> bool:
    known = text.lower() in context.rules.lists["hosts"]
    return known or _OPEN_HOST.fullmatch(text.lower()) is not None


def _mediatype(text: str, context: Context, use: str) -> str | None:
    kind, _, boundary = text.partition("boundary=")
    if boundary and not re.fullmatch(r'"?[0-9a-fA-F-]{8,70}"?', boundary):
        boundary = letters.masked(boundary)
    return prose.write(kind, context) + ("boundary=" if _ else "") + boundary


KINDS: Mapping[str, Kind] = MappingProxyType(
    {
        "surrogate": Kind(_digits("order"), _nobodys),
        "digits": Kind(_digits(""), _nobodys),
        "provider": Kind(_digits(""), _nobodys),
        "ssn": Kind(_digits(""), _nobodys),
        "phone": Kind(_digits("phone"), _nobodys),
        "money": Kind(_money, lambda text, context: True),
        "measure": Kind(_measure, lambda text, context: _measure(text, context, "") is not None),
        "email": Kind(lambda t, c, use: texts.email(t, c), lambda t, c: texts.is_ours(t)),
        "hex": Kind(_hex, lambda t, c: _hex(t, c, "") is not None),
        "practice": Kind(_practice, lambda t, c: bool(re.fullmatch(r"[B-DF-HJ-NP-TV-XZ]{4}\d\d", t))),
        "words": Kind(lambda t, c, use: texts.write(t, c, use or "near"), lambda t, c: texts.is_ours(t)),
        "name": Kind(lambda t, c, use: _name(t, c, use), lambda t, c: texts.is_ours(t)),
        "date": Kind(lambda t, c, use: c.shift.text(t), lambda t, c: c.shift.text(t) is not None),
        "httpdate": Kind(lambda t, c, use: c.shift.http(t), lambda t, c: c.shift.http(t) is not None),
        "epoch": Kind(lambda t, c, use: c.shift.epoch(t), lambda t, c: c.shift.epoch(t) is not None),
        "zip": Kind(_zip, _ours_zip),
        "code": Kind(codes.write, codes.ours),
        "opaque": Kind(_opaque, lambda t, c: letters.is_invented(t)),
        "key": Kind(_key, lambda t, c: t.startswith(KEY_MARK)),
        "secret": Kind(lambda t, c, use: PASSWORD, lambda t, c: t == PASSWORD),
        "prose": Kind(lambda t, c, use: prose.write(t, c), lambda t, c: prose.write(t, c) == t),
        "hostname": Kind(_hostname, lambda t, c: _is_open(t, c) or letters.is_invented(t.removesuffix(".invalid"))),
        "mediatype": Kind(_mediatype, lambda t, c: _mediatype(t, c, "") == t),
    }
)


def _name(text: str, context: Context, use: str) -> str:
    """A person's name; its words are remembered, so that none of them passes as the name of a column."""
    context.table.names.update(letters.lower(w) for w in letters.WORD.findall(text))
    return texts.write(text, context, use)
