"""Free text: no word and no number of it stays, its shape does.

Addresses, telephone and social security numbers inside a text become what such values become in columns of their own,
so that joins hold; then word by word and number by number.
"""

from __future__ import annotations

import re

from . import letters, numbers
from .context import Context

EMAIL = re.compile(r"[\w.+'-]{1,64}@(?:[\w-]{1,63}\.)+[\w-]{2,63}")
SSN = re.compile(r"(?<!\d)(\d{3})([- ])(\d{2})\2(\d{4})(?!\d)")
PHONE = re.compile(r"(?<!\d)\(?([2-9]\d{2})\)?[-. ]{0,2}(\d{3})[-. ](\d{4})(?!\d)")
SAFE_DOMAIN = re.compile(r"@(?:[\w-]+\.)*(?:test|invalid|example(?:\.(?:com|org|net))?)$", re.IGNORECASE)
_ENDING = ".test"
_FINDER = re.compile(
    rf"(?P<email>{EMAIL.pattern})|(?P<ssn>(?<!\d)\d{{3}}[- ]\d{{2}}[- ]\d{{4}}(?!\d))"
    r"|(?P<phone>(?<!\d)\(?[2-9]\d{2}\)?[-. ]{0,2}\d{3}[-. ]\d{4}(?!\d))|(?P<word>[^\W\d_]+)|(?P<digits>[0-9]+)"
)


def write(text: str, context: Context, use: str = "") -> str:
    """The text with every word and number replaced. ``use`` is order, near or nothing (table.py)."""
    return "".join(_pieces(text, context, use))


def _pieces(text: str, context: Context, use: str) -> list[str]:
    found, at = [], 0
    for match in _FINDER.finditer(text):
        found += [_sign(text[at : match.start()]), _piece(match, context, use)]
        at = match.end()
    return [*found, _sign(text[at:])]


def _piece(match: re.Match[str], context: Context, use: str) -> str:
    text = match[0]
    if match["email"]:
        return email(text, context) or letters.masked(text)
    if match["word"]:
        return word(text, context, use)
    if match["digits"]:
        return context.table.digits(text, "order" if use == "order" else "")
    return _spread(text, context.table.digits(re.sub(r"\D", "", text), "phone" if match["phone"] else ""))


def word(text: str, context: Context, use: str = "") -> str:
    """One word, its case kept."""
    return letters.cased(context.table.word(letters.lower(text), use), text)


def email(text: str, context: Context) -> str | None:
    """Name by name, in a domain below .test of the same length where that can be; None if it is no address."""
    if not EMAIL.fullmatch(text):
        return None
    local, _, domain = text.rpartition("@")
    size = max(1, len(domain) - len(_ENDING))
    host = context.table.other("domain", domain.lower(), lambda rng: letters.invented("a" * size, rng))
    return write(local, context) + "@" + host[:size] + _ENDING


def is_ours(text: str) -> bool:
    """Whether a text may have been written here."""
    plain = EMAIL.sub("", text)
    mails = all(SAFE_DOMAIN.search(m) and letters.is_invented(m.split("@")[0]) for m in EMAIL.findall(text))
    numbered = all(not numbers.is_ssn(re.sub(r"\D", "", m[0])) for m in SSN.finditer(plain))
    return mails and numbered and letters.is_invented(plain)


def _spread(like: str, digits: str) -> str:
    """The digits in the places of those of ``like``."""
    rest = iter(digits)
    return re.sub(r"\d", lambda _: next(rest), like)


def _sign(between: str) -> str:
    """What is neither word nor number: signs of ASCII and marks of writing stay."""
    return "".join(c if c.isascii() else letters.masked(c) if not c.isalpha() else "¤" for c in between)
